#pragma once

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "psoas/model/model.hpp"
#include "psoas/model/pose.hpp"

/// Values that OpenSim computed for one model: poses in a JSON file, answers in CSV files beside it.
namespace opensim_values {

/// A CSV file, its first column the number of a pose.
struct Table {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;

  std::size_t column(const std::string& name) const {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (columns[i] == name) return i;
    }
    throw std::runtime_error("no column " + name);
  }
};

inline std::vector<std::string> cells(const std::string& line) {
  std::vector<std::string> out;
  std::stringstream in(line);
  for (std::string cell; std::getline(in, cell, ',');) out.push_back(cell);
  if (!line.empty() && line.back() == ',') out.emplace_back();
  return out;
}

inline Table read_table(const std::string& path) {
  std::ifstream in(path);
  if (!in) throw std::runtime_error("cannot read " + path);
  Table out;
  std::string line;
  std::getline(in, line);
  out.columns = cells(line);
  while (std::getline(in, line)) out.rows.push_back(cells(line));
  return out;
}

struct Poses {
  std::vector<std::string> coordinates, kinds;
  std::vector<psoas::Pose> poses;  ///< in the order of the model
};

inline Poses read_poses(const std::string& path, const psoas::Model& model) {
  std::ifstream in(path);
  const nlohmann::json data = nlohmann::json::parse(in);
  Poses out;
  for (const auto& name : data["coordinates"]) out.coordinates.push_back(name);
  for (const auto& pose : data["poses"]) {
    psoas::Pose p = psoas::rest_pose(model);
    for (std::size_t i = 0; i < out.coordinates.size(); ++i) {
      const int c = model.coordinate(out.coordinates[i]);
      p.q(c) = pose["q"][i], p.v(c) = pose["u"][i], p.a(c) = pose["udot"][i];
    }
    out.poses.push_back(std::move(p));
  }
  return out;
}

/// The largest difference of one quantity, relative to its largest value.
struct Difference {
  double largest = 0.0, worst = 0.0;
  std::string where;

  void add(double got, double wanted, const std::string& place) {
    largest = std::max(largest, std::abs(wanted));
    const double error = std::abs(got - wanted);
    if (error > worst || std::isnan(got)) worst = std::isnan(got) ? psoas::infinity : error, where = place;
  }
  double relative() const { return worst / std::max(largest, 1e-300); }
};

}  // namespace opensim_values
