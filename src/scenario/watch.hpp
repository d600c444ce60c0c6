#pragma once

#include <string>
#include <vector>

#include "psoas/analysis/forward_report.hpp"
#include "psoas/analysis/options.hpp"
#include "psoas/analysis/outcome.hpp"
#include "psoas/forward/integrate.hpp"
#include "psoas/model/model.hpp"
#include "psoas/model/task.hpp"
#include "psoas/scenario/simulation.hpp"

namespace psoas::simulation {

/// What a simulation asks to be watched, and the range of every free coordinate: where it went, where the motion of the
/// base wanted it (`wanted_*`), how often it came to an end of its range and when first.
/// @throws SpecError for patches and coordinates that are not there
void watch(const Model& model, const Simulation& s, const Task& task, const Trajectory& trajectory,
           ForwardReport& report);

/// Psoas, hip and lumbar loads: the static solution, the same excitations with rigid tendons (activation lags), and
/// with elastic ones.
void watch_tendons(const Outcome& statics, const Outcome& rigid, const Outcome& elastic, ForwardReport& report);

/// `lowest_tendon_force_N`: the least pull of any muscle, and when.
/// @param names  of the rows of `force`  [N]  (n_muscles, n_times)
void watch_pull(const std::vector<std::string>& names, const std::vector<double>& time, const MatX& force,
                ForwardReport& report);
/// The same of a trajectory; and `rigid_tendons_slack`: the most rigid muscles at a time that hung slack because their
/// fibre would have pushed.
void watch_pull(const Model& model, const Trajectory& trajectory, ForwardReport& report);

/// The gate `tendon_push_N` over what watch_pull() found.
void add_pull_gate(const GateLimits& limits, Outcome& outcome);

}  // namespace psoas::simulation
