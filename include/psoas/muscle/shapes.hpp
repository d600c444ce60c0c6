#pragma once

#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "psoas/core/types.hpp"

/// What the curves of one muscle may have of their own, beside MuscleParameters.
namespace psoas::muscle {

/// Shape of the curves of Thelen 2003; strains at unit force are MuscleParameters.
struct ThelenShape {
  double active_shape = 0.45;      ///< fL = exp(-(l - 1)^2 / this)                                [-]
  double passive_shape = 5.0;      ///< exponent of the passive curve (gait2392: 4)                [-]
  double concentric_shape = 0.25;  ///< Af (gait2392: 0.3)                                         [-]
  double eccentric_force = 1.4;    ///< Flen, the asymptote of a lengthening fibre (gait2392: 1.8) [-]
  double straight_beyond = 0.95;   ///< share of the asymptote above which the curve is straight   [-]
};

/// Shape of the four curves of Millard 2012; strains at unit force are MuscleParameters.
struct MillardShape {
  // active force-length
  double shortest_active_length = 0.4441;  ///< no active force below           [-]
  double transition_length = 0.73;         ///< steep limb meets shallow limb   [-]
  double longest_active_length = 1.8123;   ///< no active force above           [-]
  double shallow_ascending_slope = 0.8616;
  double minimum_active_value = 0.0;  ///< beyond both ends; OpenSim puts 0.1 under an undamped elastic muscle
  double active_curviness = 1.0;
  // force-velocity
  double concentric_slope_at_vmax = 0.0;
  double concentric_slope_near_vmax = 0.25;
  double isometric_slope = 5.0;
  double eccentric_slope_at_vmax = 0.0;
  double eccentric_slope_near_vmax = 0.15;
  double eccentric_force = 1.4;  ///< at v = 1
  double concentric_curviness = 0.6;
  double eccentric_curviness = 0.9;
  // passive force-length
  double passive_zero_strain = 0.0;
  double passive_low_slope = 0.2;
  double passive_slope_at_one = not_a_number;  ///< NaN: 2 / (strain at one - strain at zero)
  double passive_curviness = 0.75;
  // tendon
  double tendon_slope_at_one = not_a_number;  ///< NaN: 1.375 / strain at one
  double tendon_toe_force = 2.0 / 3.0;        ///< straight above
  double tendon_curviness = 0.5;
};

/// A number of a shape and the name that files give it.
template <class Shape>
struct ShapeMember {
  std::string_view name;
  double Shape::*member;
};

inline constexpr ShapeMember<ThelenShape> thelen_members[] = {{"active_shape", &ThelenShape::active_shape},
                                                              {"passive_shape", &ThelenShape::passive_shape},
                                                              {"concentric_shape", &ThelenShape::concentric_shape},
                                                              {"eccentric_force", &ThelenShape::eccentric_force},
                                                              {"straight_beyond", &ThelenShape::straight_beyond}};

inline constexpr ShapeMember<MillardShape> millard_members[] = {
    {"shortest_active_length", &MillardShape::shortest_active_length},
    {"transition_length", &MillardShape::transition_length},
    {"longest_active_length", &MillardShape::longest_active_length},
    {"shallow_ascending_slope", &MillardShape::shallow_ascending_slope},
    {"minimum_active_value", &MillardShape::minimum_active_value},
    {"active_curviness", &MillardShape::active_curviness},
    {"concentric_slope_at_vmax", &MillardShape::concentric_slope_at_vmax},
    {"concentric_slope_near_vmax", &MillardShape::concentric_slope_near_vmax},
    {"isometric_slope", &MillardShape::isometric_slope},
    {"eccentric_slope_at_vmax", &MillardShape::eccentric_slope_at_vmax},
    {"eccentric_slope_near_vmax", &MillardShape::eccentric_slope_near_vmax},
    {"eccentric_force", &MillardShape::eccentric_force},
    {"concentric_curviness", &MillardShape::concentric_curviness},
    {"eccentric_curviness", &MillardShape::eccentric_curviness},
    {"passive_zero_strain", &MillardShape::passive_zero_strain},
    {"passive_low_slope", &MillardShape::passive_low_slope},
    {"passive_slope_at_one", &MillardShape::passive_slope_at_one},
    {"passive_curviness", &MillardShape::passive_curviness},
    {"tendon_slope_at_one", &MillardShape::tendon_slope_at_one},
    {"tendon_toe_force", &MillardShape::tendon_toe_force},
    {"tendon_curviness", &MillardShape::tendon_curviness}};

/// Every rule that a shape breaks, one line each; empty when it is sound.
inline std::vector<std::string> faults_in(const ThelenShape& s) {
  std::vector<std::string> faults;
  const auto require = [&](bool holds, const char* rule, double value) {
    if (!holds || !std::isfinite(value)) faults.push_back(std::string(rule) + ", got " + std::to_string(value));
  };
  require(s.active_shape > 0.0, "active_shape must be > 0", s.active_shape);
  require(s.passive_shape > 0.0, "passive_shape must be > 0", s.passive_shape);
  require(s.concentric_shape > 0.0, "concentric_shape must be > 0", s.concentric_shape);
  require(s.eccentric_force > 1.0, "eccentric_force must be > 1", s.eccentric_force);
  require(s.straight_beyond * s.eccentric_force > 1.0 && s.straight_beyond < 1.0,
          "straight_beyond must be < 1 and above 1 / eccentric_force", s.straight_beyond);
  return faults;
}

/// The same; `strain` is the passive strain at unit force.
inline std::vector<std::string> faults_in(const MillardShape& s, double strain) {
  std::vector<std::string> faults;
  const auto require = [&](bool holds, const char* rule, double value) {
    if (!holds || !std::isfinite(value)) faults.push_back(std::string(rule) + ", got " + std::to_string(value));
  };
  require(s.shortest_active_length >= 0.0 && s.shortest_active_length < s.transition_length,
          "shortest_active_length must be >= 0 and below transition_length", s.shortest_active_length);
  require(s.transition_length < 0.95, "transition_length must be < 0.95", s.transition_length);
  require(s.longest_active_length > 1.1, "longest_active_length must be > 1.1", s.longest_active_length);
  const double steepest = 1.0 / (0.95 - s.transition_length);
  require(s.shallow_ascending_slope >= 0.0 && s.shallow_ascending_slope < steepest,
          "shallow_ascending_slope must be >= 0 and below 1 / (0.95 - transition_length)", s.shallow_ascending_slope);
  require(s.minimum_active_value >= 0.0 && s.minimum_active_value < 1.0, "minimum_active_value must be in [0, 1)",
          s.minimum_active_value);
  require(s.isometric_slope > 1.0, "isometric_slope must be > 1", s.isometric_slope);
  require(s.eccentric_force > 1.0, "eccentric_force must be > 1", s.eccentric_force);
  for (const double slope : {s.concentric_slope_at_vmax, s.concentric_slope_near_vmax, s.eccentric_slope_at_vmax,
                             s.eccentric_slope_near_vmax}) {
    require(slope >= 0.0 && slope < s.isometric_slope,
            "slopes of force-velocity must be >= 0 and below isometric_slope", slope);
  }
  require(s.passive_zero_strain < strain, "passive_zero_strain must be below the passive strain",
          s.passive_zero_strain);
  require(s.passive_low_slope >= 0.0, "passive_low_slope must be >= 0", s.passive_low_slope);
  if (!std::isnan(s.passive_slope_at_one)) {
    require(s.passive_slope_at_one > 1.0 / (strain - s.passive_zero_strain),
            "passive_slope_at_one must be above 1 / (passive strain - passive_zero_strain)", s.passive_slope_at_one);
  }
  for (const double curviness :
       {s.active_curviness, s.concentric_curviness, s.eccentric_curviness, s.passive_curviness, s.tendon_curviness}) {
    require(curviness >= 0.0 && curviness <= 1.0, "a curviness must be in [0, 1]", curviness);
  }
  return faults;
}

}  // namespace psoas::muscle
