#pragma once

#include <vector>

#include "psoas/analysis/frame.hpp"
#include "psoas/analysis/options.hpp"
#include "psoas/analysis/outcome.hpp"

namespace psoas::detail {

/// What the gates need of one solved frame beyond the outcome's own arrays.
struct FrameChecks {
  double balance = not_a_number;  ///< what is left of the sum of all outer forces on the whole body  [N]
  double abdomen = 0.0;           ///< largest force left on a balanced axis                          [N]
  double range_excess = 0.0;      ///< largest angle beyond a coordinate's validated range            [rad]
  int range_coordinate = -1;
  int slack = 0, outside_curve = 0, inside_surface = 0;
  VecX length, speed;  ///< of every strand, for jumps  [m, m/s]
};

FrameChecks check_frame(const Model& model, const Workspace& w);

/// All gates of an outcome whose frames are solved.
std::vector<Gate> make_gates(const Outcome& outcome, const std::vector<FrameChecks>& frames, const GateLimits& limits);

}  // namespace psoas::detail
