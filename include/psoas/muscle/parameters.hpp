#pragma once

#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "psoas/core/types.hpp"

namespace psoas::muscle {

/// Whose curves and activation dynamics a muscle has.
enum class MuscleType { DeGrooteFregly2016, Millard2012, Thelen2003 };

inline constexpr MuscleType muscle_types[] = {MuscleType::DeGrooteFregly2016, MuscleType::Millard2012,
                                              MuscleType::Thelen2003};

/// Name of the type, as files and messages write it.
constexpr std::string_view to_string(MuscleType type) {
  switch (type) {
    case MuscleType::DeGrooteFregly2016: return "DeGrooteFregly2016";
    case MuscleType::Millard2012: return "Millard2012";
    case MuscleType::Thelen2003: return "Thelen2003";
  }
  return "unknown";
}

/// What makes one muscle (or one strand of it) differ from another. The first three have no default; NaN in a field
/// marked "own" stands for the value of the muscle's type, which resolved() fills in.
struct MuscleParameters {
  double max_isometric_force = not_a_number;   ///< of the fibres, along themselves            [N]       > 0
  double optimal_fiber_length = not_a_number;  ///< where the active force is full             [m]       > 0
  double tendon_slack_length = not_a_number;   ///< tendon length at zero force                [m]       >= 0
  double pennation_at_optimal = 0.0;           ///< angle of fibre to tendon at optimal length [rad]     [0, pi/2)
  double max_contraction_velocity = 10.0;      ///< in optimal fibre lengths per second        [1/s]     > 0
  double passive_fiber_strain = not_a_number;  ///< strain at which passive force is full; own [-]       > 0
  double active_width = 1.0;                   ///< stretches the active curve about l = 1     [-]       >= 1
  double damping = not_a_number;               ///< fibre force / (full force * norm velocity) [-]       >= 0
                                               ///< NaN: 0.1 in motion, 0 in the static inverse (rigid_tendon())
  bool passive_offset = false;                 ///< De Groote-Fregly: passive curve less its value at l = 1, zero below
  double tendon_strain = not_a_number;         ///< strain at unit force; own                  [-]       > 0
  double rise_time = not_a_number;             ///< of activation; own                         [s]       > 0
  double fall_time = not_a_number;             ///< of activation; own                         [s]       > 0
  double minimum_activation = not_a_number;    ///< a lower excitation acts like this one; own [-]       [0, 1)
};

/// The parameters with the own values of the type in place of every NaN that has one.
///
/// | own value            | De Groote-Fregly 2016 | Millard 2012 | Thelen 2003 |
/// |----------------------|-----------------------|--------------|-------------|
/// | passive_fiber_strain | 0.6                   | 0.7          | 0.6         |
/// | tendon_strain        | 0.049                 | 0.049        | 0.04        |
/// | rise_time, fall_time | 15, 60 ms             | 10, 40 ms    | 15, 50 ms   |
/// | minimum_activation   | 0                     | 0.01         | 0.01        |
/// | damping              | 0.1                   | 0.1          | 0.1         |
///
/// @source  De Groote et al. 2016; Millard et al. 2013 (damping of all three); Thelen 2003. Strains and minima as
///          OpenSim 4.6 has them (Thelen's paper: a tendon strain of 0.033).
inline MuscleParameters resolved(MuscleParameters p, MuscleType type) {
  struct Own {
    double passive_fiber_strain, tendon_strain, rise_time, fall_time, minimum_activation;
  };
  constexpr Own own_values[] = {
      {0.6, 0.049, 0.015, 0.060, 0.0}, {0.7, 0.049, 0.010, 0.040, 0.01}, {0.6, 0.04, 0.015, 0.050, 0.01}};
  const Own& own = own_values[static_cast<int>(type)];
  const auto fill = [](double& field, double value) {
    if (std::isnan(field)) field = value;
  };
  fill(p.passive_fiber_strain, own.passive_fiber_strain);
  fill(p.tendon_strain, own.tendon_strain);
  fill(p.rise_time, own.rise_time);
  fill(p.fall_time, own.fall_time);
  fill(p.minimum_activation, own.minimum_activation);
  fill(p.damping, 0.1);
  return p;
}

/// Every rule that the parameters break, one line each; empty when they are sound.
inline std::vector<std::string> faults_in(const MuscleParameters& given) {
  const MuscleParameters p = resolved(given, MuscleType::DeGrooteFregly2016);  // an own value breaks no rule
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
  require(p.tendon_strain > 0.0, "tendon_strain must be > 0", p.tendon_strain);
  require(p.rise_time > 0.0, "rise_time must be > 0 s", p.rise_time);
  require(p.fall_time > 0.0, "fall_time must be > 0 s", p.fall_time);
  require(p.minimum_activation >= 0.0 && p.minimum_activation < 1.0, "minimum_activation must be >= 0 and < 1",
          p.minimum_activation);
  return faults;
}

}  // namespace psoas::muscle
