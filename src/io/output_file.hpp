#pragma once

#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>

namespace psoas::io {

/// @throws OutputError `cannot write PATH: REASON`
[[noreturn]] void cannot_write(const std::filesystem::path& path, const std::string& reason);

/// A file that is complete once close() has returned.
class OutputFile {
 public:
  /// @throws OutputError when it cannot be opened, as every function here when not every byte reached it
  /// @param shown  what messages call it, where that is another path
  explicit OutputFile(std::filesystem::path path, std::filesystem::path shown = {});
  OutputFile(const OutputFile&) = delete;
  OutputFile& operator=(const OutputFile&) = delete;
  ~OutputFile();

  void write(std::string_view text);
  void close();

 private:
  std::filesystem::path shown_;
  std::FILE* file_;
};

/// A whole file: written beside, then renamed, so that what carries the name is complete. A file there is replaced; a
/// link is followed; nothing is left behind when it fails.
/// @throws OutputError
void write_text_file(const std::filesystem::path& path, std::string_view text);

}  // namespace psoas::io
