#pragma once

#include <atomic>

#include "psoas/core/types.hpp"
#include "psoas/recruit/options.hpp"

namespace psoas {

/// Limits of the gates: beyond `warn` a result is marked, beyond `fail` it must not be used unread.
struct GateLimits {
  double root_force_warn = 0.01, root_force_fail = 0.05;  ///< root reserve over body weight               [-]
  double root_moment_warn = 0.01,
         root_moment_fail = 0.05;                   ///< root reserve over body weight x height      [-]
  double reserve_floor = 1.0;                       ///< coordinate reserve that never matters       [N m]
  double reserve_warn = 0.05, reserve_fail = 0.10;  ///< over the coordinate's peak net moment       [-]
  double level_rotation_warn = 3.0 * degree, level_rotation_fail = 5.0 * degree;  ///< [rad]
  double abdomen_warn = 10.0, abdomen_fail = 50.0;  ///< unbalanced force on the abdomen             [N]
  double saturated = 0.99;                          ///< activation that counts as at its limit      [-]
  double saturated_fail = 0.10;                     ///< share of all strands at their limit         [-]
  double slack_fail = 0.05;                         ///< share of all strands that hang slack        [-]
  double outside_curve_fail = 0.10;                 ///< share whose fibre leaves its curves         [-]
  double inside_surface_fail = 0.05;                ///< share with a point inside a wrap surface    [-]
  /// Greatest push of a tendon in a simulation; no tendon pushes, the elastic ones of De Groote-Fregly do. Chosen. [N]
  double tendon_push_warn = 1.0, tendon_push_fail = 100.0;
  double balance_fail = 1e-6;  ///< free-body balance over body weight          [-]
};

struct AnalyzeOptions {
  recruit::RecruitOptions recruit = {};
  GateLimits gates = {};
  bool ledger_full = false;  ///< ledger of every frame instead of each load's peak
  int threads = 1;           ///< the answer has the same bytes for any number
  const std::atomic<bool>* cancel =
      nullptr;  ///< set to true from outside: the run ends with an Error before its next frame
};

}  // namespace psoas
