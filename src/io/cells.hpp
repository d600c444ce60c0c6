#pragma once

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <string_view>
#include <system_error>
#include <vector>

/// Lines of text tables, for every reader of numbers.
namespace psoas::io {

/// What stands between runs of the separators; empty where there is nothing else.
inline void split_cells(std::string_view line, std::string_view separators, std::vector<std::string_view>& cells) {
  cells.clear();
  for (std::size_t at = line.find_first_not_of(separators); at != std::string_view::npos;) {
    const std::size_t end = std::min(line.find_first_of(separators, at), line.size());
    cells.push_back(line.substr(at, end - at));
    at = line.find_first_not_of(separators, end);
  }
}

/// A cell as a number, whatever the locale; nothing unless all of it is one, and a finite one. A plus sign may lead.
inline std::optional<double> finite_number(std::string_view cell) {
  if (cell.size() > 1 && cell[0] == '+' && cell[1] != '-') cell.remove_prefix(1);
  double number = 0.0;
  const char* const end = cell.data() + cell.size();
  const auto read = std::from_chars(cell.data(), end, number);
  if (read.ptr != end) return std::nullopt;
  if (read.ec == std::errc::result_out_of_range && cell.find_first_of("eE") != std::string_view::npos &&
      cell.find('-', cell.find_first_of("eE")) != std::string_view::npos) {
    return 0.0;  // nearer to zero than any number
  }
  if (read.ec != std::errc{} || !std::isfinite(number)) return std::nullopt;
  return number;
}

}  // namespace psoas::io
