#include <algorithm>
#include <vector>

#include "psoas/analysis/analyze.hpp"
#include "psoas/analysis/forward_outcome.hpp"
#include "psoas/forward/integrate.hpp"
#include "psoas/scenario/scenario.hpp"
#include "psoas/scenario/simulation.hpp"
#include "scenario/simulation_parts.hpp"
#include "scenario/watch.hpp"

namespace psoas {

Outcome simulate(const Model& model, const Scenario& scenario, const AnalyzeOptions& options) {
  const Task task = assemble(model, scenario);
  const Outcome statics = analyze(model, task, options);
  const Drive drive{&task, {}, simulation::recruited(statics)};
  const bool posture = task.frames.size() == 1;
  IntegrateOptions integration;
  integration.tendon = muscle::Tendon::elastic;
  integration.muscle_damping = 0.0;  // as in the static solution: the difference is the tendon's alone
  integration.step = 2e-3;
  integration.duration = posture ? 1.0 : statics.time.back() - statics.time.front();
  integration.output_times = posture ? std::vector{statics.time.front() + 1.0} : statics.time;
  State start;
  start.time = statics.time.front();
  const Trajectory trajectory = integrate(model, start, drive, integration);
  const auto frames = static_cast<Eigen::Index>(statics.time.size());
  MatX activation = MatX::Constant(model.n_strands(), frames, not_a_number), force = activation;
  const auto got = std::max<Eigen::Index>(0, static_cast<Eigen::Index>(trajectory.time.size()) - (posture ? 1 : 0));
  activation.leftCols(std::min(got, frames)) = trajectory.activation.rightCols(got).leftCols(std::min(got, frames));
  force.leftCols(std::min(got, frames)) = trajectory.force.rightCols(got).leftCols(std::min(got, frames));
  Outcome out = with_other_forces(model, statics, activation, force);
  out.status = usable(trajectory.status) ? statics.status : trajectory.status;
  out.reference = simulation::reference_of(model, scenario, options);
  out.forward = simulation::report_of(trajectory);
  simulation::watch_tendons(statics, out, *out.forward);
  return out;
}

}  // namespace psoas
