#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/json_text.hpp"
#include "io/toml/digits.hpp"
#include "psoas/core/types.hpp"

namespace psoas::io::toml {

/// `[1, 2.5]`
inline std::string list_text(const std::vector<double>& values) {
  std::string list;
  for (const double value : values) list += (list.empty() ? "" : ", ") + exact_text(value);
  return '[' + list + ']';
}

/// `["a", "b"]`
inline std::string list_text(const std::vector<std::string>& values) {
  std::string list;
  for (const std::string& value : values) list += (list.empty() ? "" : ", ") + json_string(value);
  return '[' + list + ']';
}

/// Writes a TOML document, one table after the other. Texts are JSON's, which TOML reads as well.
class TomlText {
 public:
  void section(const std::string& header) { text_ += (text_.empty() ? "" : "\n") + header + '\n'; }
  void raw(std::string_view key, const std::string& value) { text_ += std::string(key) + " = " + value + '\n'; }
  void text(std::string_view key, const std::string& value) { raw(key, json_string(value)); }
  void text_if_any(std::string_view key, const std::string& value) {
    if (!value.empty()) text(key, value);
  }
  void truth(std::string_view key, bool value) { raw(key, value ? "true" : "false"); }
  void number(std::string_view key, double value) { raw(key, exact_text(value)); }
  void numbers(std::string_view key, const std::vector<double>& values) { raw(key, list_text(values)); }
  void vector(std::string_view key, const Vec3& v) { numbers(key, {v.x(), v.y(), v.z()}); }
  void texts(std::string_view key, const std::vector<std::string>& values) { raw(key, list_text(values)); }
  void texts_if_any(std::string_view key, const std::vector<std::string>& values) {
    if (!values.empty()) texts(key, values);
  }
  /// A line of its own inside a table, such as the header of a table in it.
  void line(const std::string& text) { text_ += text + '\n'; }

  std::string take() { return std::move(text_); }

 private:
  std::string text_;
};

}  // namespace psoas::io::toml
