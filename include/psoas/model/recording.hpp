#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "psoas/core/error.hpp"
#include "psoas/core/imported.hpp"
#include "psoas/core/nearest_name.hpp"
#include "psoas/core/table.hpp"
#include "psoas/model/model.hpp"
#include "psoas/model/motion.hpp"

/// From tables of a recording to what a model does.
namespace psoas {

/// A force that was measured over time, and on which body it acts.
struct MeasuredLoad {
  std::string name;
  int body = 0;               ///< on which it acts
  int force_frame = ground;   ///< axes of force and torque: a body, or the ground
  int point_frame = ground;   ///< in which the point is given: a body, or the ground
  std::vector<double> time;   ///< increasing [s]        (n)
  MatX force, point, torque;  ///< [N, m, N m]           (3, n)
};

/// Name of a column as a coordinate: the last part of a path without its ending
/// (`/jointset/hip_r/hip_flexion_r/value` is `hip_flexion_r`).
inline std::string coordinate_of_label(std::string label) {
  if (label.ends_with("/value")) label.resize(label.size() - 6);
  return label.substr(label.find_last_of('/') + 1);
}

/// The columns of a table as the coordinates of a model that has their names. Coordinates without a column keep their
/// defaults, and the notes say so; so they do of columns that are no coordinate, with the nearest name that has none,
/// and of angles in degrees that are all as small as radians.
///
/// @throws Error where there is no row, no column is a coordinate, or a coordinate has two
inline Imported<Motion> motion_of(const Table& table, const Model& model) {
  Imported<Motion> out;
  const auto frames = static_cast<Eigen::Index>(table.time.size());
  out.value.name = table.name;
  if (frames == 0) throw Error("motion \"" + table.name + "\" has no rows");
  out.value.time = table.time;
  out.value.q.resize(model.n_coordinates(), frames);
  std::vector<int> column(model.coordinates.size(), -1);
  std::vector<std::string> names, unused;
  for (const Coordinate& c : model.coordinates) names.push_back(c.name);
  for (std::size_t i = 0; i < table.labels.size(); ++i) {
    const auto found = std::find(names.begin(), names.end(), coordinate_of_label(table.labels[i]));
    if (found == names.end()) {
      unused.push_back(table.labels[i]);
      continue;
    }
    int& own = column[static_cast<std::size_t>(found - names.begin())];
    if (own >= 0) throw Error("motion \"" + table.name + "\" has two columns for " + *found);
    own = static_cast<int>(i);
  }
  if (std::all_of(column.begin(), column.end(), [](int c) { return c < 0; })) {
    const std::string first = table.labels.empty() ? "" : table.labels.front();
    throw Error("motion \"" + table.name + "\": no column is a coordinate of " + model.name +
                (first.empty() ? "" : "; its first is \"" + first + '"' + did_you_mean(first, names)));
  }
  std::string missing, strange;
  std::vector<std::string> without;
  double widest_turn = 0.0;  // as it stands in the table
  for (std::size_t c = 0; c < names.size(); ++c) {
    const Coordinate& coordinate = model.coordinates[c];
    const auto row = static_cast<Eigen::Index>(c);
    if (column[c] < 0) {
      without.push_back(coordinate.name);
      out.value.q.row(row).setConstant(coordinate.default_value);
      if (coordinate.role != Role::prescribed && coordinate.leader < 0) {
        missing += (missing.empty() ? "" : ", ") + coordinate.name;
      }
      continue;
    }
    if (!coordinate.translational) {
      widest_turn = std::max(widest_turn, table.values.col(column[c]).cwiseAbs().maxCoeff());
    }
    const double unit = table.in_degrees && !coordinate.translational ? degree : 1.0;
    out.value.q.row(row) = unit * table.values.col(column[c]).transpose();
  }
  for (const std::string& label : unused) {
    strange += (strange.empty() ? "" : ", ") + label + did_you_mean(coordinate_of_label(label), without);
  }
  if (!strange.empty()) out.notes.push_back("columns that are no coordinate of the model: " + strange);
  if (!missing.empty()) out.notes.push_back("coordinates without a column keep their defaults: " + missing);
  if (table.in_degrees && widest_turn > 0.0 && widest_turn < 2.0 * pi) {
    out.notes.push_back("no angle is larger than " + std::to_string(widest_turn) +
                        " deg: are they degrees, as the header says, or radians?");
  }
  return out;
}

/// Holds at their defaults the coordinates that follow others, unless the table has a column of theirs. So does
/// OpenSim's InverseDynamicsTool, whose numbers are those of a model in which they do not move.
/// @return  the names of those that are held now
inline std::vector<std::string> hold_followers(ModelSpec& spec, const Table& table) {
  std::vector<std::string> held;
  for (CoordinateSpec& c : spec.coordinates) {
    const auto is_column = [&](const std::string& label) { return coordinate_of_label(label) == c.name; };
    if (c.role != Role::follows || std::any_of(table.labels.begin(), table.labels.end(), is_column)) continue;
    c.role = Role::prescribed;
    held.push_back(c.name);
  }
  return held;
}

}  // namespace psoas
