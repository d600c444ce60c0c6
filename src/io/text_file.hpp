#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

/// Whole text files, for every reader.
namespace psoas::io {

inline constexpr std::size_t largest_description = 16u << 20;  ///< models and scenarios  [bytes]

/// Line and column in a text, both counted from 1; a column is a character, not a byte.
struct Place {
  int line = 1;
  int column = 1;

  friend bool operator==(const Place&, const Place&) = default;
};

/// `file:line:column`
std::string where_in(std::string_view file, Place place);

/// Place of a byte of a text.
Place place_of(std::string_view text, std::size_t offset);

/// Something that no text has: where, and what.
struct NotText {
  std::size_t offset = 0;
  std::string message;
};

/// The first NUL byte or broken UTF-8 sequence of a text, if there is one.
std::optional<NotText> first_fault_of_text(std::string_view text);

/// `no file "x"`, with the folder that is missing, or the nearest names in it.
std::string no_such_file(const std::filesystem::path& path);

/// The whole file, byte for byte.
/// @param most_bytes  refuse more than this; pipes are read to that limit
/// @throws Error when there is no such file (with the nearest names in its folder), when it is a folder, cannot be
///         read, is too large, or holds a NUL byte. One line, with the path as given.
std::string read_text_file(const std::filesystem::path& path, std::size_t most_bytes = largest_description);

}  // namespace psoas::io
