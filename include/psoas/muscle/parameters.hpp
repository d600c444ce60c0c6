#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "psoas/core/types.hpp"

namespace psoas::muscle {

/// What makes one muscle (or one strand of it) differ from another. The first three have no default.
struct MuscleParameters {
  double max_isometric_force = not_a_number;   ///< of the fibres, along themselves            [N]       > 0
  double optimal_fiber_length = not_a_number;  ///< where the active force is full             [m]       > 0
  double tendon_slack_length = not_a_number;   ///< tendon length at zero force                [m]       >= 0
  double pennation_at_optimal = 0.0;           ///< angle of fibre to tendon at optimal length [rad]     [0, pi/2)
  double max_contraction_velocity = 10.0;      ///< in optimal fibre lengths per second        [1/s]     > 0
  double passive_fiber_strain = 0.6;           ///< e0: strain at which passive force is full  [-]       > 0
  double active_width = 1.0;                   ///< stretches the active curve about l = 1     [-]       >= 1
  double damping = 0.0;                        ///< fibre force / (full force * norm velocity) [-]       >= 0
  bool passive_offset = false;                 ///< passive curve less its value at l = 1, zero below it
};

/// Every rule that the parameters break, one line each; empty when they are sound.
inline std::vector<std::string> faults_in(const MuscleParameters& p) {
  std::vector<std::string> faults;
  const auto require = [&](bool holds, const char* rule, double value) {
    if (!holds || !std::isfinite(value)) faults.push_back(std::string(rule) + ", got " + std::to_string(value));
  };
  require(p.max_isometric_force > 0.0, "max_isometric_force must be > 0 N", p.max_isometric_force);
  require(p.optimal_fiber_length > 0.0, "optimal_fiber_length must be > 0 m", p.optimal_fiber_length);
  require(p.tendon_slack_length >= 0.0, "tendon_slack_length must be >= 0 m", p.tendon_slack_length);
  require(p.pennation_at_optimal >= 0.0 && p.pennation_at_optimal < 0.5 * pi,
          "pennation_at_optimal must be >= 0 and < pi/2 rad", p.pennation_at_optimal);
  require(p.max_contraction_velocity > 0.0, "max_contraction_velocity must be > 0 optimal fibre lengths per second",
          p.max_contraction_velocity);
  require(p.passive_fiber_strain > 0.0, "passive_fiber_strain must be > 0", p.passive_fiber_strain);
  require(p.active_width >= 1.0, "active_width must be >= 1", p.active_width);
  require(p.damping >= 0.0, "damping must be >= 0", p.damping);
  return faults;
}

}  // namespace psoas::muscle
