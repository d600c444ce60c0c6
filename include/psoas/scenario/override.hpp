#pragma once

#include <span>
#include <string>

#include "psoas/analysis/options.hpp"
#include "psoas/model/spec.hpp"
#include "psoas/scenario/scenario.hpp"
#include "psoas/subject/subject.hpp"

namespace psoas {

/// One parameter path and the value that it gets, both as typed.
///
///   motion.NAME                         a parameter of the scenario, in the unit of its file
///   support.NAME.friction | reach       a support of the scenario                     [-, m]
///   scenario.tone                       least activation of trunk and psoas           [-]
///   subject.KEY                         a key of Subject, e.g. subject.mass_kg
///   muscle.NAME.KEY                     a strand, or a group on both sides or one: muscle.psoas_r.strength (factor),
///                                       optimal_fiber_length, tendon_slack_length, pcsa, specific_tension, pennation,
///                                       passive_strain, active_width, max_contraction_velocity  [SI]
///   recruit.KEY                         cost, power, w_support, w_shear, w_reserve, w_motor, ... (RecruitSpec)
///   spine.level_rotation_cost           per deg2; inf for rigid levels
struct Override {
  std::string path;
  std::string value;
};

/// False where the path names a motion parameter or a support that the scenario does not have.
bool concerns(const Override& override, const Scenario& scenario);

/// Sets the values, before the model is fitted to the subject. The scenario's reference posture gets all but motion and
/// support.
/// @throws Error in one line: an unknown part of a path with the nearest names, a value that is none or out of range
void apply(std::span<const Override> overrides, ModelSpec& model, Subject& subject, Scenario& scenario,
           AnalyzeOptions& options);

}  // namespace psoas
