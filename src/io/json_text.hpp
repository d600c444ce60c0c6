#pragma once

#include <cmath>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "io/number_text.hpp"

namespace psoas::io {

/// A JSON string, with its quotes.
inline std::string json_string(std::string_view text) {
  constexpr char hex[] = "0123456789abcdef";
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (c == '\n') {
      out += "\\n";
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
      out += "\\u00";
      out += {hex[(c >> 4) & 15], hex[c & 15]};
    } else {
      out += c;
    }
  }
  return out + '"';
}

/// Writes a JSON document in order: numbers in their shortest form, numbers that do not exist as null. A container
/// that is opened with `flat` stands on one line.
class JsonText {
 public:
  JsonText& object(bool flat = false) { return open('{', flat); }
  JsonText& array(bool flat = false) { return open('[', flat); }

  JsonText& close() {
    const Level level = levels_.back();
    levels_.pop_back();
    if (!level.flat && level.count > 0) new_line();
    text_ += level.closing;
    return *this;
  }

  JsonText& key(std::string_view name) {
    next_item();
    text_ += json_string(name) + ": ";
    after_key_ = true;
    return *this;
  }

  JsonText& value(double number) { return raw(std::isfinite(number) ? number_text(number) : "null"); }
  JsonText& value(int number) { return raw(std::to_string(number)); }
  JsonText& value(std::uint64_t number) { return raw(std::to_string(number)); }
  JsonText& value(bool truth) { return raw(truth ? "true" : "false"); }
  JsonText& value(std::string_view text) { return raw(json_string(text)); }
  JsonText& value(const char* text) { return raw(json_string(text)); }
  JsonText& null() { return raw("null"); }

  /// A finished JSON text as the next value.
  JsonText& raw(std::string_view json) {
    if (!after_key_) next_item();
    after_key_ = false;
    for (const char c : json) {
      if (c == '\n') {
        new_line();
      } else {
        text_ += c;
      }
    }
    return *this;
  }

  template <class Value>
  JsonText& member(std::string_view name, const Value& value_) {
    return key(name).value(value_);
  }

  const std::string& text() const { return text_; }

 private:
  struct Level {
    char closing;
    bool flat;
    int count = 0;
  };

  JsonText& open(char opening, bool flat) {
    raw(std::string_view(&opening, 1));
    levels_.push_back({opening == '{' ? '}' : ']', flat || (!levels_.empty() && levels_.back().flat)});
    return *this;
  }

  void next_item() {
    if (levels_.empty()) return;
    Level& level = levels_.back();
    if (level.count++ > 0) text_ += level.flat ? ", " : ",";
    if (!level.flat) new_line();
  }

  void new_line() { text_ += '\n' + std::string(2 * levels_.size(), ' '); }

  std::string text_;
  std::vector<Level> levels_;
  bool after_key_ = false;
};

}  // namespace psoas::io
