#pragma once

#include "psoas/analysis/forward_report.hpp"
#include "psoas/analysis/outcome.hpp"
#include "psoas/forward/integrate.hpp"
#include "psoas/model/model.hpp"
#include "psoas/scenario/simulation.hpp"

namespace psoas::simulation {

/// What a simulation asks to be watched, and the range of every free coordinate.
/// @throws SpecError for patches and coordinates that are not there
void watch(const Model& model, const Simulation& s, const Trajectory& trajectory, ForwardReport& report);

/// Psoas, hip and lumbar loads with rigid and with elastic tendons.
void watch_tendons(const Outcome& rigid, const Outcome& elastic, ForwardReport& report);

}  // namespace psoas::simulation
