#include "io/excitation_file.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/cells.hpp"
#include "io/text_file.hpp"
#include "psoas/core/error.hpp"

namespace psoas::io {
namespace {

/// What stands between commas, without blanks about it; an empty cell is one.
std::vector<std::string_view> comma_cells(std::string_view line) {
  std::vector<std::string_view> cells;
  for (std::size_t at = 0; at <= line.size();) {
    const std::size_t end = std::min(line.find(',', at), line.size());
    std::string_view cell = line.substr(at, end - at);
    const std::size_t first = std::min(cell.find_first_not_of(" \t\r"), cell.size());
    cell.remove_prefix(first);
    cells.push_back(cell.substr(0, cell.find_last_not_of(" \t\r") + 1));
    at = end + 1;
  }
  return cells;
}

class Reader {
 public:
  Reader(std::string file, std::string_view text) : file_(std::move(file)), text_(text) {}

  ExcitationTable run() {
    const std::size_t header = text_.find("endheader");
    bool titles = true;
    std::vector<std::string_view> cells;
    for (std::size_t start = 0, line = 1; start < text_.size(); ++line) {
      const std::size_t end = std::min(text_.find('\n', start), text_.size());
      const bool above = header != std::string_view::npos && start <= header;
      const std::string_view content = above ? std::string_view{} : text_.substr(start, end - start);
      if (content.find(',') != std::string_view::npos) {
        cells = comma_cells(content);
      } else {
        split_cells(content, " \t\r", cells);
      }
      start = end + 1;
      if (cells.empty()) continue;
      titles ? read_titles(cells, line) : read_row(cells, line);
      titles = false;
    }
    if (out_.time.empty()) fault(1, "a table of excitations needs a row of names and rows of numbers");
    if (!faults_.empty()) throw SpecError(std::move(faults_));
    const auto columns = static_cast<Eigen::Index>(out_.names.size());
    out_.value = Eigen::Map<const MatX>(numbers_.data(), columns, static_cast<Eigen::Index>(out_.time.size()));
    out_.where = file_;
    return std::move(out_);
  }

 private:
  void fault(std::size_t line, const std::string& what) {
    faults_.push_back({file_ + ':' + std::to_string(line), what});
  }

  void read_titles(const std::vector<std::string_view>& cells, std::size_t line) {
    if (cells.front() != "time")
      fault(line, "the first column must be time, got \"" + std::string(cells.front()) + '"');
    if (cells.size() < 2) fault(line, "there is no column beside time");
    for (std::size_t i = 1; i < cells.size(); ++i) {
      const std::string name{cells[i]};
      if (name.empty()) fault(line, "a column has no name");
      if (std::count(out_.names.begin(), out_.names.end(), name) || name == "time") {
        fault(line, "the column \"" + name + "\" stands there twice");
      }
      out_.names.push_back(name);
    }
  }

  void read_row(const std::vector<std::string_view>& cells, std::size_t line) {
    if (cells.size() != out_.names.size() + 1) {
      return fault(line,
                   std::to_string(out_.names.size() + 1) + " numbers are needed, got " + std::to_string(cells.size()));
    }
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::optional<double> read = finite_number(cells[i]);
      const double number = read.value_or(not_a_number);
      if (!read) {
        fault(line, '"' + std::string(cells[i]) + "\" is no finite number");
      } else if (i == 0 && !out_.time.empty() && number < out_.time.back()) {
        fault(line, "time runs backwards");
      } else if (i > 0 && !(number >= 0.0 && number <= 1.0)) {
        fault(line, "an excitation must be from 0 to 1, got " + std::string(cells[i]));
      }
      i == 0 ? out_.time.push_back(number) : numbers_.push_back(number);
    }
  }

  std::string file_;
  std::string_view text_;
  ExcitationTable out_;
  std::vector<double> numbers_;
  std::vector<Fault> faults_;
};

}  // namespace

ExcitationTable read_excitations(const std::filesystem::path& path) {
  const std::string text = read_text_file(path);
  return Reader(path.string(), text).run();
}

}  // namespace psoas::io
