#pragma once

#include "psoas/mechanics/kinematics.hpp"
#include "psoas/model/model.hpp"
#include "psoas/model/pose.hpp"
#include "psoas/spatial/inertia.hpp"

namespace psoas {

/// Kinetic energy of all bodies and their height in the field of gravity [J].
inline double mechanical_energy(const Model& model, const Pose& pose) {
  Kinematics k(model);
  compute_kinematics(model, pose, k);
  double sum = 0.0;
  for (std::size_t b = 0; b < model.bodies.size(); ++b) {
    const Body& body = model.bodies[b];
    sum += spatial::inertia_at<double>(k.X_GB[b], body.mass, body.mass_center, body.inertia).kinetic_energy(k.V_GB[b]);
    sum += body.mass * model.gravity * k.X_GB[b].apply_to_point(body.mass_center).y();
  }
  return sum;
}

}  // namespace psoas
