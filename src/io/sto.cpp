#include "psoas/io/sto.hpp"

#include <algorithm>
#include <cmath>
#include <set>

#include "io/number_text.hpp"

namespace psoas::io {
namespace {

std::string label_text(std::string label) {
  for (char& c : label) {
    if (c == ',' || static_cast<unsigned char>(c) <= ' ') c = '_';
  }
  return label;
}

void require_readable(const StoTable& table) {
  const auto rows = static_cast<Eigen::Index>(table.time.size());
  const auto columns = static_cast<Eigen::Index>(table.labels.size());
  if (table.values.rows() != rows || table.values.cols() != columns) {
    throw Error("table \"" + table.title + "\" does not have one row a time and one column a label");
  }
  for (std::size_t i = 1; i < table.time.size(); ++i) {
    if (!(table.time[i] > table.time[i - 1])) throw Error("table \"" + table.title + "\": time does not increase");
  }
  if (!table.values.allFinite()) throw Error("table \"" + table.title + "\" holds a value that is not finite");
  std::set<std::string> seen{"time"};
  for (const std::string& label : table.labels) {
    if (!seen.insert(label_text(label)).second) {
      throw Error("table \"" + table.title + "\" has two columns \"" + label + '"');
    }
  }
}

}  // namespace

std::string sto_text(const StoTable& table) {
  require_readable(table);
  std::string text = table.title + "\nversion=1\nnRows=" + std::to_string(table.time.size());
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

}  // namespace psoas::io
