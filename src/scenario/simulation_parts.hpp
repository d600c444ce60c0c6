#pragma once

#include <map>
#include <memory>
#include <string>

#include "psoas/analysis/options.hpp"
#include "psoas/analysis/outcome.hpp"
#include "psoas/forward/integrate.hpp"
#include "psoas/model/model.hpp"
#include "psoas/model/task.hpp"
#include "psoas/scenario/scenario.hpp"
#include "psoas/scenario/simulation.hpp"
#include "scenario/signal.hpp"

/// The pieces from which a simulation of a limb is put together.
namespace psoas::simulation {

/// The parameters that are numbers.
inline std::map<std::string, double> known_of(const Simulation& s) { return parameter_values(s.about); }

/// The base scenario with settings of the simulation. @throws SpecError for settings that it does not take
Scenario base_with(const Simulation& s, const std::map<std::string, std::string>& settings);

/// A posture without a base: one frame at rest. @throws SpecError for unknown coordinates
Task posture_of(const Model& model, const Simulation& s);

/// Lets further patches press on planes of the task. @throws SpecError for unknown ones
void add_ground(const Model& model, const Simulation& s, Task& task);

/// Activations of a static solution as excitations over its times. @throws Error where it is not usable
Excitations recruited(const Outcome& statics);

/// One signal for all strands, every 5 ms between its switches.
/// @throws SpecError where that takes more than a hundred thousand samples, or a value is no excitation
Excitations sampled(const Model& model, const Signal& signal, double duration, const Simulation& s);

/// The posture that ratios refer to, analysed; null for a scenario without.
std::shared_ptr<const Outcome> reference_of(const Model& model, const Scenario& base, const AnalyzeOptions& options);

/// How a trajectory went.
ForwardReport report_of(const Trajectory& t);

}  // namespace psoas::simulation
