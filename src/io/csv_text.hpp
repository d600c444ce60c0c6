#pragma once

#include <string>
#include <string_view>

namespace psoas::io {

/// A cell of a CSV file, quoted where RFC 4180 asks for it.
inline std::string csv_cell(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

}  // namespace psoas::io
