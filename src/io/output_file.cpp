#include "io/output_file.hpp"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>
#include <utility>

#include "psoas/io/write_outcome.hpp"

namespace psoas::io {
namespace {

namespace fs = std::filesystem;

}  // namespace

void cannot_write(const fs::path& path, const std::string& reason) {
  throw OutputError("cannot write " + path.string() + ": " + reason);
}

OutputFile::OutputFile(fs::path path, fs::path shown)
    : shown_(shown.empty() ? path : std::move(shown)), file_(std::fopen(path.c_str(), "wb")) {
  if (file_ == nullptr) cannot_write(shown_, std::strerror(errno));
}

OutputFile::~OutputFile() {
  if (file_ != nullptr) std::fclose(file_);
}

void OutputFile::write(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), file_) != text.size()) cannot_write(shown_, std::strerror(errno));
}

void OutputFile::close() {
  if (std::fclose(std::exchange(file_, nullptr)) != 0) cannot_write(shown_, std::strerror(errno));
}

void write_text_file(const fs::path& path, std::string_view text) {
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (fs::is_directory(status)) cannot_write(path, "there is a folder of that name");
  if (fs::exists(status) && !fs::is_regular_file(status)) {  // a pipe or a device takes what it is given
    OutputFile file(path);
    file.write(text);
    file.close();
    return;
  }
  const fs::path target = fs::is_symlink(path, error) ? fs::weakly_canonical(path, error) : path;
  const std::string tag = '.' + target.filename().string() + ".psoas-" + std::to_string(::getpid()) + ".new";
  const fs::path beside = target.parent_path() / tag;
  try {
    OutputFile file(beside, path);
    file.write(text);
    file.close();
    fs::rename(beside, target, error);
    if (error) cannot_write(path, error.message());
  } catch (const OutputError&) {
    std::error_code ignored;
    fs::remove(beside, ignored);
    throw;
  }
}

}  // namespace psoas::io
