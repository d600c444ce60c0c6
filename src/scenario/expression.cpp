#include "psoas/scenario/expression.hpp"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>
#include <string_view>
#include <system_error>
#include <vector>

#include "psoas/core/error.hpp"
#include "psoas/core/nearest_name.hpp"
#include "psoas/core/types.hpp"

namespace psoas {
namespace {

/// `file:line:column` moved to the right; other places as they are.
std::string moved_right(const std::string& where, std::size_t columns) {
  const std::size_t colon = where.rfind(':');
  if (colon == std::string::npos || colon + 1 == where.size()) return where;
  const std::string column = where.substr(colon + 1);
  if (column.find_first_not_of("0123456789") != std::string::npos || column.size() > 9) return where;
  return where.substr(0, colon + 1) + std::to_string(std::stoul(column) + columns);
}

class Parser {
 public:
  Parser(const Expression& expression, const std::map<std::string, double>& parameters)
      : expression_(expression), text_(expression.text), parameters_(parameters) {}

  double run() {
    const double value = sum();
    space();
    if (at_ < text_.size()) fail("expected an operator or the end, got \"" + std::string(1, text_[at_]) + '"');
    if (!std::isfinite(value)) fail("has no finite value");
    return value;
  }

 private:
  [[noreturn]] void fail(const std::string& message) const {
    // the place is that of the opening quote
    const std::string where = moved_right(expression_.where, std::min(at_, text_.size()) + 1);
    throw SpecError({{where, "expression \"" + expression_.text + "\": " + message}});
  }

  void space() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  }

  bool take(char wanted) {
    space();
    if (at_ >= text_.size() || text_[at_] != wanted) return false;
    ++at_;
    return true;
  }

  void need(char wanted) {
    if (take(wanted)) return;
    fail(std::string("expected \"") + wanted + '"' +
         (at_ < text_.size() ? ", got \"" + std::string(1, text_[at_]) + '"' : ", but it ends"));
  }

  double sum() {
    double value = product();
    for (;;) {
      if (take('+')) {
        value += product();
      } else if (take('-')) {
        value -= product();
      } else {
        return value;
      }
    }
  }

  double product() {
    double value = factor();
    for (;;) {
      if (take('*')) {
        value *= factor();
      } else if (take('/')) {
        value /= factor();
      } else {
        return value;
      }
    }
  }

  double factor() {
    if (++depth_ > 64) fail("is nested too deeply");
    const double value = take('-') ? -factor() : primary();
    --depth_;
    return value;
  }

  double primary() {
    if (take('(')) {
      const double value = sum();
      need(')');
      return value;
    }
    if (take('$')) return parameter();
    if (at_ >= text_.size()) fail("a value is missing at its end");
    if (std::isdigit(static_cast<unsigned char>(text_[at_])) || text_[at_] == '.') return number();
    if (std::isalpha(static_cast<unsigned char>(text_[at_]))) return call();
    fail("expected a number, \"$parameter\" or \"(\", got \"" + std::string(1, text_[at_]) + '"');
  }

  std::string name() {
    const std::size_t from = at_;
    while (at_ < text_.size() && (std::isalnum(static_cast<unsigned char>(text_[at_])) || text_[at_] == '_')) ++at_;
    return std::string(text_.substr(from, at_ - from));
  }

  double parameter() {
    const std::size_t from = at_;
    const std::string wanted = name();
    const auto found = parameters_.find(wanted);
    if (found != parameters_.end()) return found->second;
    std::vector<std::string> known;
    for (const auto& [key, value] : parameters_) known.push_back(key);
    at_ = from;
    fail("no parameter \"" + wanted + "\" that is a number" + did_you_mean(wanted, known));
  }

  double call() {
    const std::size_t from = at_;
    const std::string wanted = name();
    if (wanted != "min" && wanted != "max" && wanted != "sin") {
      at_ = from;
      fail("\"" + wanted + "\" is no function (min, max and sin are; parameters are written $" + wanted + ")");
    }
    need('(');
    const double a = sum();
    if (wanted == "sin") {
      need(')');
      return std::sin(a);
    }
    need(',');
    const double b = sum();
    need(')');
    return wanted == "min" ? std::min(a, b) : std::max(a, b);
  }

  double number() {
    double value = not_a_number;
    const char* const first = text_.data() + at_;
    const auto [end, error] = std::from_chars(first, text_.data() + text_.size(), value);
    if (error != std::errc{}) fail("expected a number that can be represented");
    at_ += static_cast<std::size_t>(end - first);
    return value;
  }

  const Expression& expression_;
  const std::string_view text_;
  const std::map<std::string, double>& parameters_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

double evaluate(const Expression& expression, const std::map<std::string, double>& parameters) {
  return Parser(expression, parameters).run();
}

}  // namespace psoas
