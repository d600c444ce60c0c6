// What psoas computes for a model in given postures, as JSON: `oracle_values MODEL POSES.json`.
#include <nlohmann/json.hpp>

#include <cmath>
#include <fstream>
#include <iostream>
#include <string>
#include <vector>

#include "psoas/io/read_model.hpp"
#include "psoas/mechanics/inverse_dynamics.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/mechanics/paths.hpp"
#include "psoas/model/compile.hpp"

namespace {

using nlohmann::json;
using namespace psoas;

std::vector<Pose> poses_of(const json& data, const Model& model) {
  std::vector<Pose> out;
  for (const json& given : data["poses"]) {
    Pose pose = rest_pose(model);
    for (std::size_t i = 0; i < data["coordinates"].size(); ++i) {
      const int c = model.coordinate(data["coordinates"][i].get<std::string>());
      pose.q(c) = given["q"][i], pose.v(c) = given["u"][i], pose.a(c) = given["udot"][i];
    }
    out.push_back(std::move(pose));
  }
  return out;
}

VecX lengths_at(const Model& model, Pose pose, int coordinate, double step) {
  pose.q(coordinate) += step;
  Kinematics kinematics(model);
  Paths paths(model);
  compute_kinematics(model, pose, kinematics);
  compute_paths(model, kinematics, paths);
  return paths.length;
}

/// - d length / d coordinate with everything that follows it; NaN where two steps disagree (a path that switches).
VecX arms_about(const Model& model, const Pose& pose, int coordinate) {
  constexpr double step = 1e-4;
  const auto slope = [&](double h) -> VecX {
    return (lengths_at(model, pose, coordinate, -h) - lengths_at(model, pose, coordinate, h)) / (2.0 * h);
  };
  const VecX narrow = slope(step), wide = slope(2.0 * step);
  VecX arms = (4.0 * narrow - wide) / 3.0;
  for (Eigen::Index s = 0; s < arms.size(); ++s) {
    if (!(std::abs(narrow(s) - wide(s)) < 1e-6)) arms(s) = not_a_number;
  }
  return arms;
}

void add_moments(const Model& model, const Pose& pose, const char* name, json& out) {
  Kinematics kinematics(model);
  InverseDynamics id(model);
  compute_kinematics(model, pose, kinematics);
  compute_inertia(model, kinematics, {}, id);
  for (int c = 0; c < model.n_coordinates(); ++c) {
    const Coordinate& coordinate = model.coordinates[static_cast<std::size_t>(c)];
    if (coordinate.leader < 0) out[name][coordinate.name].push_back(coordinate_moment(model, kinematics, id, c));
  }
}

void add_pose(const Model& model, const Pose& pose, json& out) {
  Kinematics kinematics(model);
  compute_kinematics(model, pose, kinematics);
  for (std::size_t b = 0; b < model.bodies.size(); ++b) {
    const auto& X = kinematics.X_GB[b];
    json row = json::array({X.p.x(), X.p.y(), X.p.z()});
    for (int i = 0; i < 9; ++i) row.push_back(X.R(i / 3, i % 3));
    out["bodies"][model.bodies[b].name].push_back(row);
  }
  const Vec3 center = mass_center(model, kinematics);
  out["mass_center"].push_back({center.x(), center.y(), center.z()});
  const VecX lengths = lengths_at(model, pose, 0, 0.0);
  for (int s = 0; s < model.n_strands(); ++s) {
    out["lengths"][model.strands[static_cast<std::size_t>(s)].name].push_back(lengths(s));
  }
  for (int c = 0; c < model.n_coordinates(); ++c) {
    const Coordinate& coordinate = model.coordinates[static_cast<std::size_t>(c)];
    if (coordinate.leader >= 0) continue;
    const VecX arms = arms_about(model, pose, c);
    for (int s = 0; s < model.n_strands(); ++s) {
      out["arms"][model.strands[static_cast<std::size_t>(s)].name][coordinate.name].push_back(arms(s));
    }
  }
  Pose at_rest = pose;
  at_rest.v.setZero(), at_rest.a.setZero();
  add_moments(model, at_rest, "hold", out);
  add_moments(model, pose, "tau", out);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) return std::cerr << "oracle_values MODEL POSES.json\n", 2;
  const Model model = compile(io::read_model(argv[1]));
  std::ifstream in(argv[2]);
  json out;
  out["mass"] = model.mass;
  for (const Pose& pose : poses_of(json::parse(in), model)) add_pose(model, pose, out);
  std::cout << out << '\n';
}
