#pragma once

#include <cmath>

#include "psoas/core/types.hpp"
#include "psoas/model/model.hpp"

namespace psoas::forward {

/// What ends a joint's range and what damps it, besides the tissue of the model.
struct JointLimits {
  /// Slope of the moment well beyond the end of a coordinate's range. Chosen: stiff enough to stop a swinging shank
  /// within 3 degrees, soft enough for steps of a millisecond.
  double stiffness = 500.0;     ///< [N m/rad]
  double blend = 2.0 * degree;  ///< beyond the end, over which that slope grows from zero  [rad]
  /// Of every free rotation: synovial friction and the soft tissue that no muscle stands for.
  /// @source  as in Falisse et al. 2019, J R Soc Interface 16:20190402 (0.1 for every joint of the leg; unverified)
  double damping = 0.1;  ///< [N m s/rad]
};

/// Moment that pushes a coordinate back into its range; once differentiable, 0 inside  [N m].
inline double range_moment(const JointLimits& p, const Coordinate& c, double q) {
  const double beyond = q > c.maximum ? q - c.maximum : q < c.minimum ? q - c.minimum : 0.0;
  const double size = std::fabs(beyond);
  const double grown = size < p.blend ? 0.5 * size * size / p.blend : size - 0.5 * p.blend;
  return -p.stiffness * std::copysign(grown, beyond);
}

}  // namespace psoas::forward
