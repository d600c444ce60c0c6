#pragma once

#include <cstdio>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace psoas::io {

/// Without a slash at the end, so that the last part is a name.
std::filesystem::path folder_name(const std::filesystem::path& folder);

/// The files that the manifest of an earlier result lists; nothing where there is no such manifest.
std::optional<std::vector<std::string>> files_of_earlier_result(const std::filesystem::path& folder);

/// A folder that appears whole or not at all: files are written into a folder beside it, commit() renames that. What
/// is not committed is removed, with the parent folders that had to be made.
class ResultFolder {
 public:
  /// @throws OutputError when the folder beside cannot be made
  explicit ResultFolder(std::filesystem::path final_name);
  ResultFolder(const ResultFolder&) = delete;
  ResultFolder& operator=(const ResultFolder&) = delete;
  ~ResultFolder();

  /// @throws OutputError when not every byte reached the file
  void write(const std::string& name, std::string_view text);

  /// As write(), for a text that comes in pieces: `producer` calls its argument for each.
  void write_pieces(const std::string& name,
                    const std::function<void(const std::function<void(std::string_view)>&)>& producer);

  /// Takes the final name. Files of an earlier folder of that name that are neither written anew nor listed in
  /// `replaceable` are kept.
  void commit(const std::vector<std::string>& replaceable);

  const std::vector<std::string>& files() const { return files_; }

 private:
  std::filesystem::path final_, beside_, earlier_;
  std::vector<std::filesystem::path> made_parents_;  ///< outermost first
  std::vector<std::string> files_;
  bool committed_ = false;
};

}  // namespace psoas::io
