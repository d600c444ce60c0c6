#include "psoas/io/read_motion.hpp"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "io/cells.hpp"
#include "io/faults.hpp"
#include "io/motion_header.hpp"
#include "io/number_text.hpp"
#include "io/text_file.hpp"

namespace psoas::io {
namespace {

constexpr std::size_t largest_recording = 256u << 20;
constexpr std::string_view motion_separators = " \t\r";

std::string in_quotes(std::string_view text) {
  return '"' + std::string(text.substr(0, 60)) + (text.size() > 60 ? "...\"" : "\"");
}

/// Cells between single tabs, without the blanks about them; empty ones at the end of the line are left out.
std::vector<std::string_view> tab_cells(std::string_view line) {
  std::vector<std::string_view> cells;
  for (std::size_t start = 0; start <= line.size();) {
    const std::size_t end = std::min(line.find('\t', start), line.size());
    const std::string_view cell = line.substr(start, end - start);
    const std::size_t first = std::min(cell.find_first_not_of(motion_separators), cell.size());
    const std::size_t last = cell.find_last_not_of(motion_separators);
    cells.push_back(cell.substr(first, last == std::string_view::npos ? 0 : last + 1 - first));
    start = end + 1;
  }
  while (!cells.empty() && cells.back().empty()) cells.pop_back();
  return cells;
}

class MotionReader {
 public:
  MotionReader(std::string_view text, const std::string& name) : text_(text), file_(name), faults_(name) {}

  Imported<Table> run() {
    if (const auto fault = first_fault_of_text(text_)) {
      faults_.add(place_of(text_, fault->offset), fault->message);
    } else {
      if (text_.starts_with("\xEF\xBB\xBF")) text_.remove_prefix(3);
      if (auto header = read_motion_header(text_, faults_, out_.notes)) {
        header_ = std::move(*header);
        read_body();
      }
    }
    faults_.throw_if_any();
    fill_table();
    return std::move(out_);
  }

 private:
  std::vector<std::string>& labels() { return out_.value.labels; }
  std::size_t n_columns() { return labels().size() + 1; }

  void fault(std::string_view at, std::string message) {
    const auto offset = static_cast<std::size_t>(at.data() - raw_.data());
    faults_.add({line_, place_of(raw_, offset).column}, std::move(message));
  }

  void read_body() {
    line_ = header_.lines;
    bool titles = true, gap = false, noted = false;
    for (std::size_t start = header_.end; start < text_.size() && !hopeless_;) {
      const std::size_t end = std::min(text_.find('\n', start), text_.size());
      raw_ = text_.substr(start, end - start);
      start = end + 1;
      ++line_;
      split_cells(raw_, motion_separators, cells_);
      if (cells_.empty()) {
        gap = !titles;
        continue;
      }
      if (gap && !noted) {
        out_.notes.push_back("there are blank lines inside the data, which OpenSim 4 would take for its end");
        noted = true;
      }
      titles ? read_labels() : read_row();
      titles = false;
    }
    if (hopeless_) return;
    if (titles) faults_.add({line_, 1}, "there are no columns below \"endheader\"");
    if (!titles && time_.empty() && !faults_.any()) faults_.add({line_, 1}, "there are no rows of numbers");
    compare_with_header();
  }

  void read_labels() {
    if (const std::size_t comma = raw_.find(','); comma != std::string_view::npos) {
      fault(raw_.substr(comma), "a comma among the names of the columns: they are separated by tabs");
      hopeless_ = true;
      return;
    }
    // blanks and runs of tabs separate names as OpenSim has it, unless the header counts the columns otherwise
    const std::vector<std::string_view> by_tab = tab_cells(raw_);
    const auto header_counts = [&](const auto& cells) {
      return header_.columns && *header_.columns == static_cast<long>(cells.size());
    };
    if (header_counts(by_tab) && by_tab.size() < cells_.size()) {
      out_.notes.push_back("names of columns hold blanks, at which OpenSim's older reader would cut them");
      cells_ = by_tab;
    } else if (by_tab.size() > cells_.size() && !header_counts(cells_)) {
      for (const std::string_view cell : by_tab) {
        if (cell.empty()) fault(cell, "a column without a name");
      }
    }
    if (cells_.front() == "Time" || cells_.front() == "TIME") {
      out_.notes.push_back("the first column is called " + in_quotes(cells_.front()) + ", which is read as \"time\"");
    } else if (cells_.front() != "time") {
      fault(cells_.front(), "the first column must be \"time\", got " + in_quotes(cells_.front()));
    }
    if (cells_.size() < 2) fault(cells_.front(), "there is no column beside \"time\"");
    std::set<std::string_view> seen{cells_.front()};
    for (std::size_t i = 1; i < cells_.size(); ++i) {
      if (!seen.insert(cells_[i]).second) fault(cells_[i], "two columns are called " + in_quotes(cells_[i]));
      labels().emplace_back(cells_[i]);
    }
    if (header_.rows)
      numbers_.reserve(std::min(n_columns() * static_cast<std::size_t>(*header_.rows), text_.size() / 2));
  }

  void read_row() {
    const std::size_t before = numbers_.size();
    bool timed = true;
    for (const std::string_view cell : cells_) {
      if (const auto number = finite_number(cell)) {
        numbers_.push_back(*number);
      } else if (const std::size_t comma = cell.find(','); comma != std::string_view::npos) {
        fault(cell.substr(comma), "a comma: numbers have a decimal point and are separated by tabs");
        hopeless_ = true;  // so it is in every row
        return;
      } else {
        fault(cell, in_quotes(cell) + " is no finite number");
        timed = timed && numbers_.size() > before;
        numbers_.push_back(0.0);
      }
    }
    if (cells_.size() != n_columns()) {
      fault_of_count();
      numbers_.resize(before);
      return;
    }
    if (timed && !time_.empty() && !(numbers_[before] > time_.back())) {
      fault(cells_.front(),
            "time must increase, got " + std::string(cells_.front()) + " after " + number_text(time_.back()));
    }
    time_.push_back(timed ? numbers_[before] : time_.empty() ? -infinity : time_.back());
  }

  void fault_of_count() {
    const std::vector<std::string_view> by_tab = tab_cells(raw_);
    if (cells_.size() < n_columns()) {
      for (const std::string_view cell : by_tab) {
        if (cell.empty()) return fault(cell, "an empty cell: every column needs a number in every row");
      }
    }
    fault(cells_.front(), std::to_string(n_columns()) + " numbers are needed, got " + std::to_string(cells_.size()));
  }

  void compare_with_header() {
    const auto differ = [&](const char* key, std::optional<long> said, std::size_t found, const char* kind) {
      if (!said || *said == static_cast<long>(found)) return;
      out_.notes.push_back(std::string(key) + " is " + std::to_string(*said) + " in the header, but there are " +
                           std::to_string(found) + ' ' + kind);
    };
    differ("nRows", header_.rows, time_.size(), "rows");
    differ("nColumns", header_.columns, n_columns(), "columns");
  }

  bool in_degrees() {
    std::string ending = std::filesystem::path(file_).extension().string();
    for (char& c : ending) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    const bool old_mot = ending == ".mot" && !header_.version;
    const bool degrees = header_.in_degrees.value_or(old_mot);
    if (old_mot && !degrees) {
      out_.notes.push_back("angles are in radians as the header says; OpenSim takes degrees in a .mot without version");
    } else if (!header_.in_degrees) {
      out_.notes.push_back(std::string("the header has no \"inDegrees\": angles are taken to be in ") +
                           (degrees ? "degrees, as in every .mot without version" : "radians"));
    }
    return degrees;
  }

  void fill_table() {
    Table& table = out_.value;
    table.name = header_.name;
    table.in_degrees = in_degrees();
    const auto rows = static_cast<Eigen::Index>(time_.size()), columns = static_cast<Eigen::Index>(n_columns());
    table.values = Eigen::Map<const RowMatX>(numbers_.data(), rows, columns).rightCols(columns - 1);
    table.time = std::move(time_);
  }

  std::string_view text_, raw_;  ///< all of it, the line that is being read
  std::string file_;
  Faults faults_;
  MotionHeader header_;
  Imported<Table> out_;
  std::vector<std::string_view> cells_;
  std::vector<double> time_, numbers_;  ///< numbers row by row, time first
  int line_ = 0;
  bool hopeless_ = false;  ///< the rest would be the same fault over and over
};

}  // namespace

Imported<Table> read_motion_text(std::string_view text, const std::string& name) {
  return MotionReader(text, name).run();
}

Imported<Table> read_motion(const std::filesystem::path& path) {
  return read_motion_text(read_text_file(path, largest_recording), path.string());
}

}  // namespace psoas::io
