#include "psoas/io/write_outcome.hpp"

#include <algorithm>
#include <fstream>
#include <string>
#include <system_error>

#include <nlohmann/json.hpp>

#include "manifest.hpp"
#include "psoas/io/ledger_csv.hpp"
#include "psoas/io/sto.hpp"
#include "psoas/io/summary.hpp"
#include "result_folder.hpp"

namespace psoas::io {
namespace {

namespace fs = std::filesystem;

/// Without a slash at the end, so that the last part is a name.
fs::path plain(const fs::path& folder) {
  const fs::path absolute = fs::absolute(folder).lexically_normal();
  return absolute.has_filename() ? absolute : absolute.parent_path();
}

/// The files that the manifest of an earlier result lists; nothing where there is no such manifest.
std::optional<std::vector<std::string>> files_of_earlier_result(const fs::path& folder) {
  std::ifstream file(folder / "manifest.json");
  if (!file) return std::nullopt;
  const auto json = nlohmann::json::parse(file, nullptr, false);
  if (!json.is_object() || json.value("program", nlohmann::json()) != "psoas") return std::nullopt;
  std::vector<std::string> files;
  const auto listed = json.find("files");
  if (listed == json.end() || !listed->is_array()) return files;
  for (const auto& name : *listed) {
    if (name.is_string()) files.push_back(name.get<std::string>());
  }
  return files;
}

}  // namespace

void require_writable(const fs::path& folder, const WriteOptions& options) {
  std::error_code error;
  const fs::path path = plain(folder);
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) return;
  if (!fs::is_directory(status))
    throw OutputError("cannot write " + folder.string() + ": there is a file of that name");
  const bool empty = fs::is_empty(path, error);
  if (error) throw OutputError("cannot write " + folder.string() + ": " + error.message());
  if (empty || options.force || files_of_earlier_result(path)) return;
  throw OutputError(folder.string() + " is not empty and holds no earlier result (--force writes there all the same)");
}

void write(const Outcome& outcome, const fs::path& folder, const Provenance& provenance, const WriteOptions& options) {
  require_writable(folder, options);
  const fs::path path = plain(folder);
  const std::vector<std::string> earlier = files_of_earlier_result(path).value_or(std::vector<std::string>{});
  ResultFolder out(path);
  Manifest manifest{outcome, provenance, {}, {}};
  if (provenance.scenario) out.write("scenario.resolved.toml", scenario_toml(*provenance.scenario));
  out.write("summary.json", summary_json(outcome));
  out.write("summary.csv", summary_csv(outcome));
  out.write_pieces("ledger.csv", [&](const TextSink& sink) { ledger_csv(outcome, sink); });
  for (const ResultTable& table : result_tables(outcome)) {
    const std::string name = outcome.name + '_' + table.suffix + ".sto";
    out.write(name, sto_text(table.table));
    for (const std::string& column : table.left_out) manifest.columns_left_out.push_back(name + ": " + column);
  }
  manifest.files = out.files();
  manifest.files.push_back("manifest.json");
  std::sort(manifest.files.begin(), manifest.files.end());
  out.write("manifest.json", manifest_json(manifest));
  out.commit(earlier);
}

}  // namespace psoas::io
