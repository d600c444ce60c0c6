#pragma once

#include <cstdint>
#include <vector>

#include "psoas/core/compiled.hpp"
#include "psoas/core/types.hpp"
#include "psoas/model/model.hpp"
#include "psoas/model/pose.hpp"
#include "psoas/spatial/transform.hpp"

namespace psoas {

/// Where every body is, how it moves, and which way every equation moves it. Written by compute_kinematics().
/// Twists are taken at the world origin, in world axes.
struct Kinematics {
  VecX q, v, a;                                  ///< all coordinates, followers filled in  [rad, m, s] (n_coordinates)
  std::vector<spatial::Transform<double>> X_GB;  ///< pose of each body in the world        (n_bodies)
  std::vector<Vec6> V_GB;                        ///< its twist                             (n_bodies)
  std::vector<Vec6> A_GB;                        ///< rate of its twist                     (n_bodies)
  std::vector<Vec6> twist;                       ///< per unit rate of the equation         (n_motions)
  std::vector<Vec3> center;                      ///< centre of each body's joint           [m] (n_bodies)
  VecX gain;                ///< d coordinate / d (coordinate whose equation feels it) (n_coordinates)
  std::uint64_t stamp = 0;  ///< changes with every pose; stage structs computed from it carry it

  explicit Kinematics(const Model& model)
      : X_GB(model.bodies.size()),
        V_GB(model.bodies.size(), Vec6::Constant(not_a_number)),
        A_GB(model.bodies.size(), Vec6::Constant(not_a_number)),
        twist(model.motions.size(), Vec6::Constant(not_a_number)),
        center(model.bodies.size(), Vec3::Constant(not_a_number)) {
    q = v = a = gain = VecX::Constant(model.n_coordinates(), not_a_number);
  }
};

/// Poses, twists and twist rates of all bodies, and the twist of everything beyond each joint per unit rate of the
/// equation that it belongs to (couplings included).
///
/// @param pose  sizes n_coordinates
/// @cost O(axes) @allocates nothing @throws nothing
void compute_kinematics(const Model& model, const Pose& pose, Kinematics& k) noexcept;

/// Place of a body point in the world [m].
inline Vec3 world_point(const Kinematics& k, int body, const Vec3& at) noexcept {
  return k.X_GB[static_cast<std::size_t>(body)].apply_to_point(at);
}

/// Mass centre of the whole body [m].
inline Vec3 mass_center(const Model& model, const Kinematics& k) noexcept {
  Vec3 sum = Vec3::Zero();
  for (std::size_t b = 0; b < model.bodies.size(); ++b) {
    sum += model.bodies[b].mass * k.X_GB[b].apply_to_point(model.bodies[b].mass_center);
  }
  return sum / model.mass;
}

}  // namespace psoas

#ifndef PSOAS_COMPILED
#include "psoas/mechanics/impl/kinematics.hpp"
#endif
