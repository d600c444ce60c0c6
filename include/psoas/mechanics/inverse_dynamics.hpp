#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "psoas/core/compiled.hpp"
#include "psoas/core/types.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/model/model.hpp"
#include "psoas/model/task.hpp"

namespace psoas {

/// What moves the body without its muscles and supports. Written by compute_inertia(). Wrenches are at the world
/// origin and summed over everything beyond each body's joint (the body itself included).
struct InverseDynamics {
  std::vector<Vec6> gravity;   ///< weight                                       [N m, N] (n_bodies)
  std::vector<Vec6> inertia;   ///< minus the rate of momentum                   [N m, N] (n_bodies)
  std::vector<Vec6> external;  ///< external forces, ligaments and bushings      [N m, N] (n_bodies)
  std::vector<std::vector<Vec6>> external_by_load;  ///< one for each external force           (n_loads, n_bodies)
  VecX moment;  ///< generalised force that the joints must supply [N m or N] (n_rows)
  std::uint64_t stamp = 0;

  explicit InverseDynamics(const Model& model)
      : gravity(model.bodies.size(), Vec6::Constant(not_a_number)), inertia(gravity), external(gravity) {
    moment = VecX::Constant(model.n_rows(), not_a_number);
  }
};

/// Newton-Euler over the tree: weight, inertia, external forces and what the model's ligaments and bushings pull, and
/// the generalised force that is left for muscles, tissue and supports.
///
///   moment_e = - twist_e . (gravity + inertia + external) beyond the joint of e
///
/// @reads kinematics @cost O(bodies) @allocates only when the number of external loads grows @throws nothing
void compute_inertia(const Model& model, const Kinematics& k, std::span<const ExternalForce> loads,
                     InverseDynamics& out) noexcept;

/// The same for one coordinate as files of OpenSim name it, the six of a floating root included: the generalised force
/// of the coordinate and of everything that follows it, levels with equations of their own included.
///
///   moment_c = own_c + sum over followers f: (d q_f / d q_c) moment_f
///
/// @cost O(motions + coordinates) for each follower @allocates nothing @throws nothing
inline double coordinate_moment(const Model& model, const Kinematics& k, const InverseDynamics& id,
                                int coordinate) noexcept {
  const int row = model.coordinates[static_cast<std::size_t>(coordinate)].row;
  double moment = row >= 0 ? id.moment(row) : 0.0;
  for (int f = 0; f < model.n_coordinates(); ++f) {
    const Coordinate& follower = model.coordinates[static_cast<std::size_t>(f)];
    if (follower.leader != coordinate) continue;
    if (follower.row >= 0) {
      moment += follower.coupling.evaluate(k.q(coordinate)).slope * coordinate_moment(model, k, id, f);
    } else if (row < 0) {  // its motions carry the slope; where the leader has an equation, that holds them already
      moment += coordinate_moment(model, k, id, f);
    }
  }
  if (row >= 0) return moment;
  for (std::size_t m = 0; m < model.motions.size(); ++m) {
    if (model.motions[m].coordinate != coordinate) continue;
    const auto b = static_cast<std::size_t>(model.motions[m].body);
    moment -= k.twist[m].dot(id.gravity[b] + id.inertia[b] + id.external[b]);
  }
  return moment;
}

}  // namespace psoas

#ifndef PSOAS_COMPILED
#include "psoas/mechanics/impl/inverse_dynamics.hpp"
#endif
