#pragma once

#include "psoas/core/types.hpp"
#include "psoas/model/model.hpp"

namespace psoas {

/// Coordinates with their first and second rates, one entry a coordinate of the model. Entries of coordinates that
/// follow others are ignored: kinematics computes them.
struct Pose {
  VecX q;  ///< [rad or m]
  VecX v;  ///< [rad/s or m/s]
  VecX a;  ///< [rad/s2 or m/s2]
};

/// The model's defaults, at rest.
inline Pose rest_pose(const Model& model) {
  const Eigen::Index n = model.n_coordinates();
  Pose pose{VecX::Zero(n), VecX::Zero(n), VecX::Zero(n)};
  for (Eigen::Index c = 0; c < n; ++c) pose.q(c) = model.coordinates[static_cast<std::size_t>(c)].default_value;
  return pose;
}

}  // namespace psoas
