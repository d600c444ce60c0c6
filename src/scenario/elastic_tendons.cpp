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
namespace {

/// The motion of a static solution once more, its activations as excitations, with tendons of one kind.
class Again {
 public:
  Again(const Model& model, const Task& task, const Outcome& statics, const AnalyzeOptions& options)
      : model_(model), statics_(statics), drive_{&task, {}, simulation::recruited(statics)} {
    integration_.muscle_damping = 0.0;  // as in the static solution
    integration_.step = 2e-3;
    integration_.cancel = options.cancel;
    integration_.duration = posture() ? 1.0 : statics.time.back() - statics.time.front();
    integration_.output_times = posture() ? std::vector{statics.time.front() + 1.0} : statics.time;
  }

  Trajectory integrated(muscle::Tendon tendon) {
    integration_.tendon = tendon;
    State start;
    start.time = statics_.time.front();
    return integrate(model_, start, drive_, integration_);
  }

  /// The static solution with the muscle forces of a trajectory; NaN where that did not come.
  Outcome with_forces(const Trajectory& t) const {
    const auto frames = static_cast<Eigen::Index>(statics_.time.size());
    MatX activation = MatX::Constant(model_.n_strands(), frames, not_a_number), force = activation;
    const auto got = std::max<Eigen::Index>(0, static_cast<Eigen::Index>(t.time.size()) - (posture() ? 1 : 0));
    activation.leftCols(std::min(got, frames)) = t.activation.rightCols(got).leftCols(std::min(got, frames));
    force.leftCols(std::min(got, frames)) = t.force.rightCols(got).leftCols(std::min(got, frames));
    return with_other_forces(model_, statics_, activation, force);
  }

 private:
  bool posture() const { return statics_.time.size() == 1; }

  const Model& model_;
  const Outcome& statics_;
  Drive drive_;
  IntegrateOptions integration_;
};

}  // namespace

Outcome simulate(const Model& model, const Scenario& scenario, const AnalyzeOptions& options) {
  const Task task = assemble(model, scenario);
  const Outcome statics = analyze(model, task, options);
  Again again(model, task, statics, options);
  const Outcome rigid = again.with_forces(again.integrated(muscle::Tendon::rigid));
  const Trajectory elastic = again.integrated(muscle::Tendon::elastic);
  Outcome out = again.with_forces(elastic);
  out.status = usable(elastic.status) ? statics.status : elastic.status;
  out.reference = simulation::reference_of(model, scenario, options);
  out.forward = simulation::report_of(elastic);
  simulation::watch_tendons(statics, rigid, out, *out.forward);
  simulation::watch_pull(model, elastic, *out.forward);
  simulation::add_pull_gate(options.gates, out);
  return out;
}

}  // namespace psoas
