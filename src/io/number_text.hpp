#pragma once

#include <charconv>
#include <cmath>
#include <string>

namespace psoas::io {

/// The shortest text that reads back as the same number, whatever the locale. Zero has no sign.
inline std::string number_text(double value) {
  char text[32];
  const auto end = std::to_chars(text, text + sizeof text, value == 0.0 ? 0.0 : value).ptr;
  return {text, end};
}

/// As number_text(), but nothing for a number that does not exist: an empty CSV cell.
inline std::string cell_text(double value) { return std::isfinite(value) ? number_text(value) : ""; }

}  // namespace psoas::io
