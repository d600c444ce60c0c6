#pragma once

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "psoas/muscle/equilibrium.hpp"

/// Muscles of OpenSim and what it computes for them, read from a folder of CSV files.
namespace psoas::muscle::golden {

/// One row of a CSV file; a cell that is no number reads as NaN.
class Row {
 public:
  Row(const std::vector<std::string>& titles, const std::string& line) {
    std::istringstream cells(line);
    std::string cell;
    for (std::size_t i = 0; std::getline(cells, cell, ','); ++i) cells_[titles.at(i)] = cell;
  }
  const std::string& text(const std::string& title) const { return cells_.at(title); }
  double operator[](const std::string& title) const {
    const auto found = cells_.find(title);
    if (found == cells_.end() || found->second.empty()) return not_a_number;
    return std::stod(found->second);
  }

 private:
  std::map<std::string, std::string> cells_;
};

inline std::vector<Row> rows_of(const std::string& path) {
  std::ifstream file(path);
  std::string line, title;
  std::getline(file, line);
  std::vector<std::string> titles;
  std::istringstream cells(line);
  while (std::getline(cells, title, ',')) titles.push_back(title);
  std::vector<Row> rows;
  while (std::getline(file, line)) rows.emplace_back(titles, line);
  return rows;
}

/// Curve shapes of the muscles of Rajagopal 2016, where they differ from the defaults.
inline MillardShape rajagopal_shape() {
  MillardShape shape;
  shape.shortest_active_length = 0.25;
  shape.transition_length = 0.77;
  shape.longest_active_length = 1.9;
  shape.shallow_ascending_slope = 0.75;
  return shape;
}

/// A muscle as parameters.csv has it.
struct Described {
  MuscleParameters parameters;
  std::map<std::string, double> other;
};

inline std::map<std::string, Described> muscles_of(const std::string& folder) {
  std::map<std::string, Described> muscles;
  for (const Row& row : rows_of(folder + "/parameters.csv")) {
    Described& m = muscles[row.text("case") + '/' + row.text("muscle")];
    std::istringstream words(row.text("other"));
    for (std::string word; words >> word;) {
      m.other[word.substr(0, word.find('='))] = std::stod(word.substr(word.find('=') + 1));
    }
    m.parameters = {.max_isometric_force = row["max_isometric_force"],
                    .optimal_fiber_length = row["optimal_fiber_length"],
                    .tendon_slack_length = row["tendon_slack_length"],
                    .pennation_at_optimal = row["pennation_at_optimal"],
                    .max_contraction_velocity = row["max_contraction_velocity"],
                    .damping = row["fiber_damping"]};
    if (m.other.count("FmaxTendonStrain")) m.parameters.tendon_strain = m.other["FmaxTendonStrain"];
  }
  return muscles;
}

/// Calls f with the muscle of a case, which is of the type that the case names.
template <class F>
void visit_muscle(const std::string& name, const Described& m, Tendon tendon, F&& f) {
  if (name == "dgf") {
    f(MuscleTendonUnit<DeGrooteFregly2016>(m.parameters, tendon));
  } else if (name == "thelen") {
    const ThelenShape shape{.active_shape = m.other.at("KshapeActive"),
                            .passive_shape = m.other.at("KshapePassive"),
                            .concentric_shape = m.other.at("Af"),
                            .eccentric_force = m.other.at("Flen"),
                            .straight_beyond = m.other.at("fv_linear_extrap_threshold")};
    f(MuscleTendonUnit<Thelen2003>(m.parameters, tendon, Thelen2003(m.parameters, shape)));
  } else {
    const MillardShape shape = name == "millard" ? MillardShape{} : rajagopal_shape();
    f(MuscleTendonUnit<Millard2012>(m.parameters, tendon, Millard2012(m.parameters, shape)));
  }
}

}  // namespace psoas::muscle::golden
