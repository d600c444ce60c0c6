#include "io/motion_header.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <system_error>

#include "io/text_file.hpp"

namespace psoas::io {
namespace {

constexpr std::string_view header_blanks = " \t\r";

std::string_view without_blanks(std::string_view text) {
  const std::size_t first = text.find_first_not_of(header_blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(header_blanks) - first + 1);
}

std::string lower_case(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return lower;
}

std::string quoted_text(std::string_view text) { return '"' + std::string(text) + '"'; }

/// Keys that say nothing about the numbers, with or without a value.
bool is_comment(std::string_view key) {
  constexpr std::string_view known[] = {"OpenSimVersion", "units", "nd", "nDescrip"};
  return key.starts_with('#') || std::find(std::begin(known), std::end(known), key) != std::end(known);
}

/// Keys of SIMM that change what it shows.
bool is_of_simm(std::string_view key) {
  constexpr std::string_view known[] = {
      "otherdata",          "range", "Range", "wrap", "Wrap", "WRAP", "event", "enforce_loops", "calc_derivatives",
      "enforce_constraints"};
  return std::find(std::begin(known), std::end(known), key) != std::end(known);
}

class HeaderReader {
 public:
  HeaderReader(std::string_view text, Faults& faults, std::vector<std::string>& notes)
      : text_(text), faults_(faults), notes_(notes) {}

  std::optional<MotionHeader> run() {
    if (!find_end()) return std::nullopt;
    std::size_t start = 0;
    for (line_ = 1; line_ < out_.lines; ++line_) {
      const std::size_t end = text_.find('\n', start);
      raw_ = text_.substr(start, end - start);
      start = end + 1;
      if (const std::string_view line = without_blanks(raw_); !line.empty()) read_line(line);
    }
    if (!plain_) return std::nullopt;
    return std::move(out_);
  }

 private:
  bool find_end() {
    for (std::size_t start = 0; start < text_.size();) {
      const std::size_t end = std::min(text_.find('\n', start), text_.size());
      ++out_.lines;
      if (without_blanks(text_.substr(start, end - start)) == "endheader") {
        out_.end = std::min(end + 1, text_.size());
        return true;
      }
      start = end + 1;
    }
    faults_.add({}, "no line \"endheader\": a .sto or .mot file has one above the names of its columns");
    return false;
  }

  void read_line(std::string_view line) {
    const std::size_t key_end = line.find_first_of(" \t=");
    const std::string_view key = line.substr(0, key_end);
    const std::size_t value_start =
        key_end == std::string_view::npos ? key_end : line.find_first_not_of(" \t=", key_end);
    const std::string_view value =
        value_start == std::string_view::npos ? std::string_view{} : line.substr(value_start);
    const bool first = !seen_line_;
    seen_line_ = true;
    if (read_key(key, value)) {
      note_repeated(key, value);
    } else if (line == "Angles are in degrees." || line == "Angles are in radians.") {
      if (!out_.version && !flag_) out_.in_degrees = line == "Angles are in degrees.";
    } else if (is_of_simm(key) || (!is_comment(key) && line.find('=') != std::string_view::npos)) {
      notes_.push_back("header line " + quoted_text(line) + " is not used");
    } else if (first && !is_comment(key)) {
      out_.name = line;
    }
  }

  /// False for a key that tells nothing about the numbers.
  bool read_key(std::string_view key, std::string_view value) {
    if (key == "name") {
      out_.name = value;
    } else if (key == "nr" || key == "nRows" || key == "datarows") {
      out_.rows = whole_number(key, value);
      out_.rows_line = line_;
    } else if (key == "nc" || key == "nColumns" || key == "datacolumns") {
      out_.columns = whole_number(key, value);
      out_.columns_line = line_;
    } else if (key == "version") {
      out_.version = whole_number(key, value);
      if (out_.version == 0) out_.version.reset();
      if (out_.version.value_or(1) > 3) fault(value, "version " + std::string(value) + " is not known, 1 to 3 are");
      if (!flag_) out_.in_degrees.reset();  // the sentence counts in files without a version only
    } else if (key == "inDegrees") {
      const std::string word = lower_case(value);
      if (word == "yes" || word == "y" || word == "no" || word == "n") {
        out_.in_degrees = word[0] == 'y';
      } else {
        fault(value, "inDegrees must be yes or no, got " + quoted_text(value));
      }
      flag_ = true;
    } else if (key == "DataType") {
      plain_ = lower_case(value) == "double";
      if (!plain_) fault(value, "DataType " + quoted_text(value) + " is not supported, only double is");
    } else {
      return false;
    }
    return true;
  }

  void note_repeated(std::string_view key, std::string_view value) {
    const auto [at, is_new] = values_.emplace(key, value);
    if (!is_new && at->second != value)
      notes_.push_back(quoted_text(key) + " stands twice in the header: the last is taken");
    at->second = value;
  }

  std::optional<long> whole_number(std::string_view key, std::string_view value) {
    long number = 0;
    const char* const end = value.data() + value.size();
    const auto read = std::from_chars(value.data(), end, number);
    if (!value.empty() && read.ec == std::errc{} && read.ptr == end && number >= 0) return number;
    fault(value, std::string(key) + " must be a whole number, got " + quoted_text(value));
    return std::nullopt;
  }

  /// At a value of this line, or at its first character where the value is missing.
  void fault(std::string_view value, std::string message) {
    const std::size_t offset = value.empty() ? 0 : static_cast<std::size_t>(value.data() - raw_.data());
    faults_.add({line_, place_of(raw_, offset).column}, std::move(message));
  }

  std::string_view text_, raw_;
  Faults& faults_;
  std::vector<std::string>& notes_;
  MotionHeader out_;
  std::map<std::string_view, std::string_view> values_;
  int line_ = 1;
  bool seen_line_ = false, flag_ = false, plain_ = true;
};

}  // namespace

std::optional<MotionHeader> read_motion_header(std::string_view text, Faults& faults, std::vector<std::string>& notes) {
  return HeaderReader(text, faults, notes).run();
}

}  // namespace psoas::io
