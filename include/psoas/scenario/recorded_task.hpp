#pragma once

#include <span>

#include "psoas/model/model.hpp"
#include "psoas/model/motion.hpp"
#include "psoas/model/recording.hpp"
#include "psoas/model/task.hpp"

namespace psoas {

/// The task of a recorded motion: its frames, with what was measured acting on the bodies. Activations lie between 0
/// and 1; nothing else carries the body.
///
/// Between two samples a measured load runs straight, as in OpenSim; outside its recording there is none.
///
/// @throws Error when a load's numbers do not fit its times
Task recorded_task(const Model& model, const Motion& motion, std::span<const MeasuredLoad> loads);

}  // namespace psoas
