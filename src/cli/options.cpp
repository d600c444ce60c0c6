#include "options.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <system_error>

#include "exit_code.hpp"
#include "psoas/core/nearest_name.hpp"

namespace psoas::cli {
namespace {

Override pair_of(const std::string& option, const std::string& text, const std::string& example) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
    throw Failure(usage, option + " needs " + example + ", got \"" + text + '"');
  }
  return {text.substr(0, equals), text.substr(equals + 1)};
}

/// What stands between commas.
std::vector<std::string> parts_of(const std::string& list) {
  std::vector<std::string> parts;
  for (std::size_t start = 0; start <= list.size();) {
    const std::size_t comma = std::min(list.find(',', start), list.size());
    parts.push_back(list.substr(start, comma - start));
    start = comma + 1;
  }
  return parts;
}

}  // namespace

double real_number(const std::string& option, const std::string& text) {
  double number = 0.0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec == std::errc{} && read.ptr == end && std::isfinite(number)) return number;
  throw Failure(usage, option + " needs a number, got \"" + text + '"');
}

std::vector<double> real_numbers(const std::string& option, const std::string& text) {
  std::vector<double> numbers;
  for (const std::string& part : parts_of(text)) numbers.push_back(real_number(option, part));
  return numbers;
}

std::uint64_t whole_number(const std::string& option, const std::string& text, std::uint64_t least,
                           std::uint64_t most) {
  std::uint64_t number = 0;
  const char* const end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc{} || read.ptr != end || number < least || number > most) {
    throw Failure(usage, option + " needs a whole number from " + std::to_string(least) + " to " +
                             std::to_string(most) + ", got \"" + text + '"');
  }
  return number;
}

std::string word(const std::string& option, const std::string& text, const std::vector<std::string>& known) {
  if (std::count(known.begin(), known.end(), text)) return text;
  std::string all;
  for (const std::string& name : known) all += (all.empty() ? "" : ", ") + name;
  const std::string near = did_you_mean(text, known);
  throw Failure(usage, option + " is one of " + all + ", got \"" + text + '"' + near);
}

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::count(names.begin(), names.end(), name) > 0;
}

std::vector<Override> key_values(const std::string& option, const std::vector<std::string>& lists) {
  std::vector<Override> out;
  for (const std::string& list : lists) {
    for (const std::string& part : parts_of(list)) out.push_back(pair_of(option, part, "KEY=VALUE,KEY=VALUE"));
  }
  return out;
}

std::vector<Override> settings(const std::vector<std::string>& set, const std::vector<std::string>& subject) {
  std::vector<Override> out;
  for (const std::string& text : set) out.push_back(pair_of("--set", text, "PATH=VALUE"));
  for (Override& one : key_values("--subject", subject)) {
    one.path = "subject." + one.path;
    out.push_back(std::move(one));
  }
  for (auto one = out.begin(); one != out.end(); ++one) {
    const auto same = [&](const Override& other) { return other.path == one->path; };
    if (std::any_of(out.begin(), one, same)) throw Failure(usage, one->path + " is set twice");
  }
  return out;
}

}  // namespace psoas::cli
