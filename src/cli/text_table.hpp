#pragma once

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

namespace psoas::cli {

/// A number with a fixed count of decimals; `-` where there is none.
inline std::string fixed(double value, int decimals) {
  if (!std::isfinite(value)) return "-";
  char text[64];
  std::snprintf(text, sizeof text, "%.*f", decimals, value);
  const std::string out = text;
  return out.find_first_of("123456789") == std::string::npos && out[0] == '-' ? out.substr(1) : out;  // no -0
}

/// A number in as few digits as tell it: 90, 1.5, 0.012.
inline std::string brief(double value) {
  char text[64];
  std::snprintf(text, sizeof text, "%.6g", value);
  return text;
}

/// Left column of words, then columns of numbers, right-aligned below their titles.
class TextTable {
 public:
  explicit TextTable(std::vector<std::string> titles) : rows_{std::move(titles)} {}

  void add(std::vector<std::string> cells) { rows_.push_back(std::move(cells)); }
  bool empty() const { return rows_.size() == 1; }

  /// @param bold  begin and end of the titles' colour, empty for none
  std::string text(const std::pair<std::string, std::string>& bold = {}, std::size_t words = 1) const {
    std::vector<std::size_t> width(rows_[0].size(), 0);
    for (const auto& row : rows_) {
      for (std::size_t c = 0; c < row.size(); ++c) width[c] = std::max(width[c], row[c].size());
    }
    std::string out;
    for (const auto& row : rows_) {
      std::string line;
      for (std::size_t c = 0; c < row.size(); ++c) {
        const std::string space(width[c] - row[c].size(), ' ');
        line += c == 0 ? "" : "  ";
        line += c < words ? row[c] + space : space + row[c];
      }
      line.erase(line.find_last_not_of(' ') + 1);
      out += (&row == &rows_[0] ? bold.first + line + bold.second : line) + '\n';
    }
    return out;
  }

 private:
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace psoas::cli
