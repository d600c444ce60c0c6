#pragma once

#include "psoas/muscle/parameters.hpp"

/// The iliopsoas of one side of the default body as whole muscles, for use without a skeleton.
///
/// Each is the mean of its strands in models/whole_body.toml, weighted by their cross-sections, and its force is their
/// sum at 76 N/cm2 (chosen so that psoas has the 1112 N of gait2392; 46 to 122 have been measured or used).
/// Damping, tendon strain and activation times are those of the muscle's type.
namespace psoas::muscle {

/// What the three have in common: the default body's curves.
/// @source  active width 1.5: Dembia et al. 2020, PLoS Comput Biol 16:e1008493; passive strain and offset: judgement,
///          beside leg muscles that were fitted to Riener & Edrich 1999, J Biomech 32:539-544
inline MuscleParameters iliopsoas_curves() {
  MuscleParameters p;
  p.max_contraction_velocity = 10.0;
  p.passive_fiber_strain = 0.6;
  p.active_width = 1.5;
  p.passive_offset = true;
  return p;
}

/// Psoas major: eleven strands, 14.63 cm2.
/// @source  cross-sections: Bogduk et al. 1992, Clin Biomech 7:109-119 (unverified reading); fibre length 11.69 +- 1.66
///          cm and pennation 10.7 +- 3.2 deg: Ward et al. 2009, Clin Orthop Relat Res 467:1074-1082; slack length:
///          fitted so that each strand stands at 1.13 upright, 10 cm from L5 to 24 cm from L1
inline MuscleParameters psoas_major() {
  MuscleParameters p = iliopsoas_curves();
  p.max_isometric_force = 1111.88;       // [N]
  p.optimal_fiber_length = 0.1169;       // [m]
  p.tendon_slack_length = 0.1798954204;  // [m]
  p.pennation_at_optimal = 0.187;        // [rad]
  return p;
}

/// Psoas minor: one strand, absent in about half of people.
/// @source  fibre 59 mm and force 40 N (24 to 67): TLEM, Klein Horsman et al. 2007, Clin Biomech 22:239-247; parallel
///          fibres assumed; slack length fitted as that of psoas major
inline MuscleParameters psoas_minor() {
  MuscleParameters p = iliopsoas_curves();
  p.max_isometric_force = 39.9988;  // [N]
  p.optimal_fiber_length = 0.059;   // [m]
  p.tendon_slack_length = 0.2133;   // [m]
  p.pennation_at_optimal = 0.0;     // [rad]
  return p;
}

/// Iliacus: one strand, 14.12 cm2.
/// @source  force: gait2392 (Delp et al. 1990, IEEE Trans Biomed Eng 37:757-767); fibre length 10.66 +- 1.86 cm and
///          pennation 14.3 +- 5.3 deg: Ward et al. 2009; slack length fitted as that of psoas major
inline MuscleParameters iliacus() {
  MuscleParameters p = iliopsoas_curves();
  p.max_isometric_force = 1072.9984;  // [N]
  p.optimal_fiber_length = 0.1066;    // [m]
  p.tendon_slack_length = 0.0764;     // [m]
  p.pennation_at_optimal = 0.25;      // [rad]
  return p;
}

}  // namespace psoas::muscle
