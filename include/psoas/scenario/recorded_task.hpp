#pragma once

#include <span>

#include "psoas/model/model.hpp"
#include "psoas/model/motion.hpp"
#include "psoas/model/recording.hpp"
#include "psoas/model/task.hpp"

namespace psoas {

/// How a measured load runs between two of its samples.
enum class Between {
  straight,      ///< never beyond the samples
  natural_cubic  ///< a spline without curvature at its ends, as OpenSim: it swings a little where a foot lands
};

/// The task of a recorded motion: its frames, with what was measured acting on the bodies. Activations lie between 0
/// and 1; nothing else carries the body.
///
/// Outside its recording there is no load.
///
/// @throws Error when a load's numbers do not fit its times
Task recorded_task(const Model& model, const Motion& motion, std::span<const MeasuredLoad> loads,
                   Between between = Between::straight);

}  // namespace psoas
