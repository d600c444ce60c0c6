#pragma once

#include "psoas/mechanics/inverse_dynamics.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/model/model.hpp"

namespace psoas::test {

/// The generalised force of a coordinate and of everything that follows it, followers with equations of their own
/// included: what one gets who eliminates every follower.
inline double projected_moment(const Model& model, const Kinematics& k, const InverseDynamics& id, int coordinate) {
  double moment = coordinate_moment(model, k, id, coordinate);
  const bool owns_row = model.coordinates[static_cast<std::size_t>(coordinate)].row >= 0;
  for (int f = 0; f < model.n_coordinates(); ++f) {
    const Coordinate& follower = model.coordinates[static_cast<std::size_t>(f)];
    if (follower.leader != coordinate) continue;
    const double slope = follower.coupling.evaluate(k.q(coordinate)).slope;
    if (follower.row >= 0) moment += slope * projected_moment(model, k, id, f);
    if (follower.row < 0 && !owns_row) moment += projected_moment(model, k, id, f);  // its gain holds the slope
  }
  return moment;
}

}  // namespace psoas::test
