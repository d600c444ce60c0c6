#include "psoas/io/sto.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>
#include <string_view>

#include "io/number_text.hpp"
#include "io/output_file.hpp"

namespace psoas::io {
namespace {

std::string label_text(std::string label) {
  for (char& c : label) {
    if (c == ',' || static_cast<unsigned char>(c) <= ' ') c = '_';
  }
  return label;
}

/// Without what would end the line or make it a key of the header.
std::string name_text(std::string name) {
  constexpr std::string_view keys[] = {"name",
                                       "nr",
                                       "nRows",
                                       "datarows",
                                       "nc",
                                       "nColumns",
                                       "datacolumns",
                                       "units",
                                       "version",
                                       "Angles",
                                       "inDegrees",
                                       "DataType",
                                       "endheader",
                                       "range",
                                       "Range",
                                       "wrap",
                                       "Wrap",
                                       "WRAP",
                                       "event",
                                       "otherdata",
                                       "enforce_loops",
                                       "enforce_constraints",
                                       "calc_derivatives"};
  for (char& c : name) {
    if (c == '=' || static_cast<unsigned char>(c) < ' ') c = '_';
  }
  const std::string first = name.substr(0, name.find(' '));
  const bool taken = std::find(std::begin(keys), std::end(keys), first) != std::end(keys);
  return first.empty() || first[0] == '#' || taken ? '_' + name : name;
}

void require_readable(const Table& table) {
  const auto rows = static_cast<Eigen::Index>(table.time.size());
  const auto columns = static_cast<Eigen::Index>(table.labels.size());
  if (table.values.rows() != rows || table.values.cols() != columns) {
    throw Error("table \"" + table.name + "\" does not have one row a time and one column a label");
  }
  for (std::size_t i = 0; i < table.time.size(); ++i) {
    if (!std::isfinite(table.time[i])) throw Error("table \"" + table.name + "\": a time is not finite");
    if (i > 0 && !(table.time[i] > table.time[i - 1]))
      throw Error("table \"" + table.name + "\": time does not increase");
  }
  if (!table.values.allFinite()) throw Error("table \"" + table.name + "\" holds a value that is not finite");
  std::set<std::string> seen{"time"};
  for (const std::string& label : table.labels) {
    if (label.empty()) throw Error("table \"" + table.name + "\" has a column without a name");
    if (!seen.insert(label_text(label)).second) {
      throw Error("table \"" + table.name + "\" has two columns \"" + label + '"');
    }
  }
}

}  // namespace

std::string sto_text(const Table& table) {
  require_readable(table);
  std::string text = name_text(table.name) + "\nversion=1\nnRows=" + std::to_string(table.time.size());
  text += "\nnColumns=" + std::to_string(table.labels.size() + 1);
  text += table.in_degrees ? "\ninDegrees=yes\n" : "\ninDegrees=no\n";
  text += "\nUnits are S.I. units (second, meters, Newtons, ...)\n";
  if (table.in_degrees) text += "Angles are in degrees.\n";
  text += "\nendheader\ntime";
  for (const std::string& label : table.labels) text += '\t' + label_text(label);
  text += '\n';
  for (std::size_t row = 0; row < table.time.size(); ++row) {
    text += number_text(table.time[row]);
    for (Eigen::Index c = 0; c < table.values.cols(); ++c) {
      text += '\t' + number_text(table.values(static_cast<Eigen::Index>(row), c));
    }
    text += '\n';
  }
  return text;
}

void write_motion(const Table& table, const std::filesystem::path& path) { write_text_file(path, sto_text(table)); }

}  // namespace psoas::io
