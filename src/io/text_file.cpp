#include "io/text_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>
#include <vector>

#include "psoas/core/error.hpp"
#include "psoas/core/nearest_name.hpp"

namespace psoas::io {
namespace {

namespace fs = std::filesystem;

/// Bytes of the UTF-8 sequence at `at`, 0 where it is broken (overlong forms and surrogates are).
std::size_t sequence_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t k) { return at + k < text.size() ? static_cast<unsigned char>(text[at + k]) : 0u; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4) return 0;
  for (std::size_t k = 1; k < length; ++k) {
    if ((byte(k) & 0xC0u) != 0x80u) return 0;
  }
  const unsigned second = byte(1);
  const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
  const bool outside = (first == 0xED && second > 0x9F) || (first == 0xF4 && second > 0x8F);
  return overlong || outside ? 0 : length;
}

}  // namespace

std::string where_in(std::string_view file, Place place) {
  return std::string(file) + ':' + std::to_string(place.line) + ':' + std::to_string(place.column);
}

Place place_of(std::string_view text, std::size_t offset) {
  Place place;
  for (std::size_t i = 0; i < std::min(offset, text.size()); ++i) {
    if (text[i] == '\n') {
      ++place.line;
      place.column = 1;
    } else if ((static_cast<unsigned char>(text[i]) & 0xC0u) != 0x80u) {
      ++place.column;
    }
  }
  return place;
}

std::optional<NotText> first_fault_of_text(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    if (text[i] == '\0') return NotText{i, "a NUL byte: this is not a text file"};
    const std::size_t length = sequence_length(text, i);
    if (length == 0) return NotText{i, "a byte that is not UTF-8: this is not a text file, or an old encoding"};
    i += length;
  }
  return std::nullopt;
}

std::string no_such_file(const fs::path& path) {
  const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored)) {
    return "no file \"" + path.string() + "\": there is no folder \"" + folder.string() + '"';
  }
  std::vector<std::string> names;
  for (fs::directory_iterator entry(folder, ignored), end; entry != end && names.size() < 10000;
       entry.increment(ignored)) {
    if (ignored) break;
    names.push_back(entry->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return "no file \"" + path.string() + '"' + did_you_mean(path.filename().string(), names);
}

std::string read_text_file(const fs::path& path, std::size_t most_bytes) {
  const std::string name = '"' + path.string() + '"';
  std::error_code ignored;
  if (!fs::exists(path, ignored) && !ignored) throw Error(no_such_file(path));
  if (fs::is_directory(path, ignored)) throw Error(name + " is a folder, not a file");
  const auto too_large = [&] {
    return Error(name + " is too large: more than " + std::to_string(most_bytes) + " bytes");
  };
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), std::fclose);
  if (!file) throw Error("cannot read " + name + ": " + std::generic_category().message(errno));
  std::string text, chunk(1u << 16, '\0');
  while (const std::size_t got = std::fread(chunk.data(), 1, chunk.size(), file.get())) {
    if (got > most_bytes - text.size()) throw too_large();
    text.append(chunk, 0, got);
  }
  if (std::ferror(file.get())) throw Error("cannot read " + name + ": the file system reports a fault");
  const std::size_t nul = text.find('\0');
  if (nul != std::string::npos) {
    throw Error(where_in(path.string(), place_of(text, nul)) + ": " + first_fault_of_text({"\0", 1})->message);
  }
  return text;
}

}  // namespace psoas::io
