#include "psoas/io/write_outcome.hpp"

#include <algorithm>
#include <string>
#include <system_error>

#include "manifest.hpp"
#include "psoas/io/ledger_csv.hpp"
#include "psoas/io/sto.hpp"
#include "psoas/io/summary.hpp"
#include "result_folder.hpp"

namespace psoas::io {
namespace fs = std::filesystem;

void require_writable(const fs::path& folder, const WriteOptions& options) {
  std::error_code error;
  const fs::path path = folder_name(folder);
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
  const fs::path path = folder_name(folder);
  const std::vector<std::string> earlier = files_of_earlier_result(path).value_or(std::vector<std::string>{});
  ResultFolder out(path);
  Manifest manifest{outcome, provenance, {}, {}};
  if (provenance.scenario) out.write("scenario.resolved.toml", scenario_toml(*provenance.scenario));
  out.write("summary.json", summary_json(outcome));
  out.write("summary.csv", summary_csv(outcome));
  out.write_pieces("ledger.csv", [&](const TextSink& sink) { ledger_csv(outcome, sink); });
  for (const NamedTable& table : options.tables) {
    out.write(outcome.name + '_' + table.suffix + ".sto", sto_text(table.table));
  }
  for (const ResultTable& table : result_tables(outcome, options.reactions)) {
    const auto own = [&](const NamedTable& t) { return t.suffix == table.suffix; };
    if (std::any_of(options.tables.begin(), options.tables.end(), own)) continue;
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

void write_tables(const std::string& name, const std::vector<NamedTable>& tables, const fs::path& folder,
                  const Provenance& provenance, const WriteOptions& options) {
  require_writable(folder, options);
  const fs::path path = folder_name(folder);
  const std::vector<std::string> earlier = files_of_earlier_result(path).value_or(std::vector<std::string>{});
  ResultFolder out(path);
  for (const NamedTable& table : tables) out.write(name + '_' + table.suffix + ".sto", sto_text(table.table));
  std::vector<std::string> files = out.files();
  files.push_back("manifest.json");
  std::sort(files.begin(), files.end());
  out.write("manifest.json", tables_manifest_json(name, provenance, files));
  out.commit(earlier);
}

}  // namespace psoas::io
