#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace psoas::io::toml {

inline constexpr int most_depth = 24;          ///< brackets in brackets, parts of a dotted key
inline constexpr int most_values = 1'000'000;  ///< of a file

/// A byte of the text, and what is wrong there.
struct TooMuch {
  std::size_t offset = 0;
  std::string message;
};

/// The first place at which a text is nested deeper, or has more values, than any description; judged by brackets, dots
/// and separators outside strings and comments. Up to the first syntax error this is what a parser sees.
std::optional<TooMuch> first_excess(std::string_view text);

}  // namespace psoas::io::toml
