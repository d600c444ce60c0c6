#pragma once

#include "psoas/analysis/outcome.hpp"
#include "psoas/forward/integrate.hpp"
#include "psoas/model/model.hpp"
#include "psoas/model/task.hpp"

namespace psoas {

/// What a trajectory loads on the body: every time of it is a frame, with the muscle forces that were integrated.
/// Loads, muscle groups and moments as in a static analysis; what hangs on strands that were not simulated is NaN.
///
/// @param task  that drove the simulation: name, bounds, parameters
Outcome forward_outcome(const Model& model, const Task& task, const Trajectory& trajectory);

/// The answers of a static analysis with other muscle forces in the same frames, supports and motors unchanged: what
/// the difference alone does to the loads.
/// @param force  of all strands  [N]  (n_strands, n_frames)
Outcome with_other_forces(const Model& model, const Outcome& outcome, const MatX& activation, const MatX& force);

}  // namespace psoas
