#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <string>
#include <vector>

#include "psoas/core/random.hpp"
#include "psoas/mechanics/inverse_dynamics.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/mechanics/paths.hpp"
#include "psoas/model/compile.hpp"

/// Two models in the same postures: what they compute, matched by name.
namespace psoas::test {

/// Index of a coordinate, -1 where the model does not have it.
inline int coordinate_or_none(const Model& model, const std::string& name) {
  for (int c = 0; c < model.n_coordinates(); ++c) {
    if (model.coordinates[static_cast<std::size_t>(c)].name == name) return c;
  }
  return -1;
}

/// Greatest differences, relative for moments [1], absolute for places and lengths [m].
struct Apart {
  double place = 0.0, length = 0.0, moment = 0.0;
  std::string where;
};

/// Postures drawn from the ranges of the first model, moving. Coordinates that only one model has keep their defaults.
/// @param skipped  muscles whose length is not compared
inline Apart apart(const Model& a, const Model& b, int postures, const std::set<std::string>& skipped = {}) {
  Apart out;
  Random random(7);
  Kinematics ka(a), kb(b);
  Paths pa(a), pb(b);
  InverseDynamics ia(a), ib(b);
  for (int i = 0; i < postures; ++i) {
    Pose at = rest_pose(a), bt = rest_pose(b);
    for (int c = 0; c < a.n_coordinates(); ++c) {
      const Coordinate& coordinate = a.coordinates[static_cast<std::size_t>(c)];
      const int other = coordinate_or_none(b, coordinate.name);
      if (other < 0 || coordinate.leader >= 0 || coordinate.role == Role::prescribed) continue;
      const double low = std::max(coordinate.minimum, coordinate.default_value - 1.0);
      const double high = std::min(coordinate.maximum, coordinate.default_value + 1.0);
      bt.q(other) = at.q(c) = low + (high - low) * random.uniform();
      bt.v(other) = at.v(c) = random.uniform() - 0.5;
      bt.a(other) = at.a(c) = random.uniform() - 0.5;
    }
    compute_kinematics(a, at, ka);
    compute_kinematics(b, bt, kb);
    for (std::size_t body = 0; body < a.bodies.size(); ++body) {
      const auto& X = kb.X_GB[static_cast<std::size_t>(b.body(a.bodies[body].name))];
      const double place = std::max((ka.X_GB[body].p - X.p).norm(), (ka.X_GB[body].R - X.R).norm());
      if (!(place <= out.place)) out.place = place, out.where += a.bodies[body].name + ' ';
    }
    compute_paths(a, ka, pa);
    compute_paths(b, kb, pb);
    for (int s = 0; s < a.n_strands(); ++s) {
      const std::string& name = a.strands[static_cast<std::size_t>(s)].name;
      if (skipped.count(name)) continue;
      const double length = std::abs(pa.length(s) - pb.length(b.strand(name)));
      if (!(length <= out.length)) out.length = length, out.where += name + ' ';
    }
    compute_inertia(a, ka, {}, ia);
    compute_inertia(b, kb, {}, ib);
    for (int c = 0; c < a.n_coordinates(); ++c) {
      const Coordinate& coordinate = a.coordinates[static_cast<std::size_t>(c)];
      const int other = coordinate_or_none(b, coordinate.name);
      if (other < 0 || coordinate.leader >= 0) continue;
      const double moment = coordinate_moment(a, ka, ia, c);
      const double difference = std::abs(moment - coordinate_moment(b, kb, ib, other)) / (1.0 + std::abs(moment));
      if (!(difference <= out.moment)) out.moment = difference, out.where += coordinate.name + ' ';
    }
  }
  return out;
}

}  // namespace psoas::test
