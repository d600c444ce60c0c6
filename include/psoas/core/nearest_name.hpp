#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace psoas {

/// Edits (insert, delete, replace, swap of neighbours) that turn one name into the other; capitals count as small.
inline int edit_distance(std::string_view a, std::string_view b) {
  const auto small = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  const std::size_t n = b.size();
  std::vector<int> before(n + 1), last(n + 1), row(n + 1);
  for (std::size_t j = 0; j <= n; ++j) last[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= n; ++j) {
      const int replace = last[j - 1] + (small(a[i - 1]) == small(b[j - 1]) ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, replace});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before = last;
    last = row;
  }
  return last[n];
}

/// The known names nearest to a misspelt one, best first; empty when nothing is close.
/// A name counts as close within a third of its length (at least two edits), or when it contains the wrong one.
inline std::vector<std::string> nearest_names(std::string_view wrong, const std::vector<std::string>& known,
                                              std::size_t most = 3) {
  std::vector<std::pair<int, std::string>> ranked;
  for (const std::string& name : known) {
    const int distance = edit_distance(wrong, name);
    const int allowed = std::max(2, static_cast<int>(std::max(wrong.size(), name.size())) / 3);
    const bool contains = wrong.size() >= 3 && name.find(wrong) != std::string::npos;
    if (distance <= allowed || contains) ranked.emplace_back(distance, name);
  }
  std::stable_sort(ranked.begin(), ranked.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> out;
  for (const auto& [distance, name] : ranked) {
    if (out.size() == most) break;
    if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(name);
  }
  return out;
}

/// ` (did you mean "x" or "y"?)`, or nothing: the tail of every message about an unknown name.
inline std::string did_you_mean(std::string_view wrong, const std::vector<std::string>& known) {
  const std::vector<std::string> near = nearest_names(wrong, known);
  if (near.empty()) return "";
  std::string text = " (did you mean ";
  for (std::size_t i = 0; i < near.size(); ++i) {
    if (i > 0) text += i + 1 == near.size() ? " or " : ", ";
    text += '"' + near[i] + '"';
  }
  return text + "?)";
}

}  // namespace psoas
