#include "io/toml/depth.hpp"

#include <algorithm>

namespace psoas::io::toml {
namespace {

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::optional<TooMuch> run() {
    while (at_ < text_.size()) {
      const std::size_t here = at_;
      const char c = text_[at_];
      if (c == '"' || c == '\'') {
        skip_string(c);
        continue;
      }
      if (c == '#') {
        at_ = std::min(text_.find('\n', at_), text_.size());
        continue;
      }
      ++at_;
      count(c);
      if (depth_ > most_depth) return TooMuch{here, "nested too deep: " + text_of(most_depth) + " is the most"};
      if (dots_ >= most_depth) {
        return TooMuch{here, "a key of too many parts: " + text_of(most_depth) + " is the most"};
      }
      if (values_ > most_values) return TooMuch{here, "too many values: " + text_of(most_values) + " is the most"};
    }
    return std::nullopt;
  }

 private:
  static std::string text_of(int number) { return std::to_string(number); }

  void count(char c) {
    switch (c) {
      case '.': ++dots_; return;
      case '[':
      case '{': ++depth_, ++values_, dots_ = 0; return;
      case ']':
      case '}': --depth_, dots_ = 0; return;
      case '=':
      case ',': ++values_, dots_ = 0; return;
      case '\n': dots_ = 0; return;
      default: return;
    }
  }

  void skip_string(char quote) {
    const std::string three(3, quote);
    const bool long_form = text_.substr(at_, 3) == three;
    at_ += long_form ? 3 : 1;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '\\' && quote == '"') {
        at_ += 2;
      } else if (!long_form && (c == quote || c == '\n')) {
        ++at_;
        return;
      } else if (long_form && text_.substr(at_, 3) == three) {
        at_ += 3;  // up to two more quotes belong to the string
        for (int more = 0; more < 2 && at_ < text_.size() && text_[at_] == quote; ++more) ++at_;
        return;
      } else {
        ++at_;
      }
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0, dots_ = 0, values_ = 0;
};

}  // namespace

std::optional<TooMuch> first_excess(std::string_view text) { return Scanner(text).run(); }

}  // namespace psoas::io::toml
