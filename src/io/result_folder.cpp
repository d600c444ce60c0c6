#include "result_folder.hpp"

#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <system_error>
#include <utility>

#include <nlohmann/json.hpp>

#include "io/output_file.hpp"

namespace psoas::io {
namespace {

namespace fs = std::filesystem;

/// Makes the missing folders above a path, outermost first.
void make_parents(const fs::path& parent, std::vector<fs::path>& made) {
  std::error_code error;
  if (parent.empty() || fs::is_directory(parent, error)) return;
  make_parents(parent.parent_path(), made);
  if (fs::create_directory(parent, error)) {
    made.push_back(parent);
  } else if (!fs::is_directory(parent)) {
    cannot_write(parent, fs::exists(fs::status(parent)) ? "there is a file of that name" : error.message());
  }
}

void remove_folders(const std::vector<fs::path>& outermost_first) {
  std::error_code ignored;  // one that somebody else uses by now stays
  for (auto folder = outermost_first.rbegin(); folder != outermost_first.rend(); ++folder) fs::remove(*folder, ignored);
}

}  // namespace

ResultFolder::ResultFolder(fs::path final_name) : final_(std::move(final_name)) {
  const fs::path parent = final_.parent_path();
  const std::string tag = '.' + final_.filename().string() + ".psoas-" + std::to_string(::getpid());
  beside_ = parent / (tag + ".new");
  earlier_ = parent / (tag + ".old");
  try {
    make_parents(parent, made_parents_);
    std::error_code error;
    fs::remove_all(beside_, error);
    if (!fs::create_directory(beside_, error)) cannot_write(final_, error.message());
  } catch (...) {
    remove_folders(made_parents_);
    throw;
  }
}

ResultFolder::~ResultFolder() {
  if (committed_) return;
  std::error_code ignored;
  fs::remove_all(beside_, ignored);
  remove_folders(made_parents_);
}

void ResultFolder::write(const std::string& name, std::string_view text) {
  write_pieces(name, [&](const std::function<void(std::string_view)>& sink) { sink(text); });
}

void ResultFolder::write_pieces(const std::string& name,
                                const std::function<void(const std::function<void(std::string_view)>&)>& producer) {
  OutputFile file(beside_ / name);
  producer([&](std::string_view piece) { file.write(piece); });
  file.close();
  files_.push_back(name);
}

void ResultFolder::commit(const std::vector<std::string>& replaceable) {
  std::error_code error;
  const bool replaces = fs::exists(final_);
  if (replaces) {
    fs::rename(final_, earlier_, error);
    if (error) cannot_write(final_, error.message());
  }
  fs::rename(beside_, final_, error);
  if (error) {
    std::error_code ignored;
    if (replaces) fs::rename(earlier_, final_, ignored);
    cannot_write(final_, error.message());
  }
  committed_ = true;
  if (!replaces) return;
  const auto listed = [](const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  std::vector<fs::path> kept;
  for (const fs::directory_entry& entry : fs::directory_iterator(earlier_)) {
    const std::string name = entry.path().filename().string();
    if (!listed(files_, name) && !listed(replaceable, name)) kept.push_back(entry.path());
  }
  for (const fs::path& path : kept) {
    fs::rename(path, final_ / path.filename(), error);
    if (error) cannot_write(final_ / path.filename(), error.message());
  }
  fs::remove_all(earlier_, error);
}

/// Without a slash at the end, so that the last part is a name.
std::filesystem::path folder_name(const std::filesystem::path& folder) {
  const std::filesystem::path absolute = std::filesystem::absolute(folder).lexically_normal();
  return absolute.has_filename() ? absolute : absolute.parent_path();
}

/// The files that the manifest of an earlier result lists; nothing where there is no such manifest.
std::optional<std::vector<std::string>> files_of_earlier_result(const std::filesystem::path& folder) {
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

}  // namespace psoas::io
