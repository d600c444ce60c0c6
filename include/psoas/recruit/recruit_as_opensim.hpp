#pragma once

#include <string>
#include <utility>
#include <vector>

#include "psoas/core/status.hpp"
#include "psoas/core/types.hpp"
#include "psoas/mechanics/inverse_dynamics.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/mechanics/paths.hpp"
#include "psoas/mechanics/strengths.hpp"
#include "psoas/model/model.hpp"
#include "psoas/recruit/options.hpp"
#include "psoas/recruit/recruitment.hpp"

namespace psoas {

/// Optimal forces of the actuators that a recruitment as OpenSim's has beside the model's own.
struct OpensimActuators {
  double reserve = 1.0;           ///< on each coordinate with an equation  [N m or N]
  double residual_force = 100.0;  ///< on each shift of a free root         [N]
  double residual_moment = 50.0;  ///< on each turn of a free root          [N m]
};

namespace detail {

/// True for the six coordinates of a free root.
inline bool is_root_coordinate(const Model& model, int coordinate) {
  if (!model.free_root) return false;
  const Body& root = model.bodies.front();
  for (int m = root.first_motion; m < root.first_motion + root.n_motions; ++m) {
    if (model.motions[static_cast<std::size_t>(m)].coordinate == coordinate) return true;
  }
  return false;
}

}  // namespace detail

/// The model's actuators, and others from elsewhere.
/// @throws Error for a coordinate that the model does not have, naming the nearest
inline std::vector<recruit::Actuator> listed_actuators(const Model& model, const std::vector<ActuatorSpec>& others) {
  std::vector<recruit::Actuator> out;
  for (const std::vector<ActuatorSpec>* list : {&model.spec->actuators, &others}) {
    for (const ActuatorSpec& a : *list) {
      out.push_back(
          {a.name, model.coordinate(a.coordinate), a.optimal_force.value, a.minimum_control, a.maximum_control});
    }
  }
  return out;
}

/// The model's actuators, residuals on the coordinates of a free root (`pelvis_tx_residual`) and reserves on every
/// other coordinate with an equation of its own (`hip_flexion_r_reserve`).
inline std::vector<recruit::Actuator> opensim_actuators(const Model& model, const OpensimActuators& extra = {}) {
  std::vector<recruit::Actuator> out = listed_actuators(model, {});
  for (int c = 0; c < model.n_coordinates(); ++c) {
    const Coordinate& coordinate = model.coordinates[static_cast<std::size_t>(c)];
    if (detail::is_root_coordinate(model, c)) {
      out.push_back(
          {coordinate.name + "_residual", c, coordinate.translational ? extra.residual_force : extra.residual_moment});
    } else if (coordinate.row >= 0) {
      out.push_back({coordinate.name + "_reserve", c, extra.reserve});
    }
  }
  return out;
}

/// Shares the moments of a frame as OpenSim's StaticOptimization does.
///
///   minimise   sum a_i^2 + sum u_k^2      (activations of muscles, controls of actuators)
///   subject to every equation of motion, with muscle force = a_i * active force of `strengths`,
///              lower <= a <= upper, controls within their bounds
///
/// No tissue, support, level rotation or motor, and no balance of helper frames, has a part in it. `reserve` and
/// `motor` of the answer hold what the actuators give to each equation.
///
/// @param strengths  of compute_opensim_strengths()
/// @return    ok, or why there is no answer; then every number of `out` is NaN
/// @allocates nothing once a program of the same size has been seen
[[nodiscard]] Status recruit_as_opensim(const Model& model, const Kinematics& k, const InverseDynamics& id,
                                        const Paths& paths, const Strengths& strengths, const VecX& lower,
                                        const VecX& upper, const recruit::RecruitOptions& options,
                                        Recruitment& out) noexcept;

}  // namespace psoas

#ifndef PSOAS_COMPILED
#include "psoas/recruit/impl/recruit_as_opensim.hpp"
#endif
