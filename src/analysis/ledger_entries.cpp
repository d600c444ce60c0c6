#include "ledger_entries.hpp"

#include <string>

#include "psoas/analysis/ledger_at.hpp"
#include "psoas/core/error.hpp"

namespace psoas {
namespace {

std::string part_name(const Outcome& outcome, int frame, const Ledger::Part& part) {
  const auto i = static_cast<std::size_t>(part.part);
  const Model& model = *outcome.model;
  switch (part.cause) {
    case Cause::support: return model.patches[i].name;
    case Cause::external: return outcome.task.frames[static_cast<std::size_t>(frame)].loads[i].name;
    case Cause::ligament: return model.ligaments[i].name;
    case Cause::bushing: return model.bushings[i].name;
    case Cause::muscle: return model.strands[i].name;
    default: return model.bodies[i].name;
  }
}

}  // namespace

namespace detail {

void replay_ledger(const Outcome& outcome, int frame, Workspace& w, Ledger& ledger) {
  FrameInput in = at(outcome.task, frame);
  w.recruitment.force = outcome.force.col(frame);
  w.recruitment.node_force = outcome.node_force[static_cast<std::size_t>(frame)];
  if (w.recruitment.node_force.empty()) in.supports = {};  // a recruitment as OpenSim's, or a simulation: none pressed
  prepare_frame(*outcome.model, in, w);
  compute_loads(*outcome.model, w.kinematics, w.inverse_dynamics, w.paths, w.supports, w.recruitment, w.loads);
  compute_ledger(*outcome.model, w.kinematics, in.loads, w.inverse_dynamics, w.paths, w.supports, w.recruitment,
                 w.loads, ledger);
}

void add_ledger_entries(const Outcome& outcome, int frame, std::size_t load, const Loads& loads, const Ledger& ledger,
                        std::vector<LedgerEntry>& out) {
  const Model& model = *outcome.model;
  const Load& of = loads.loads[load];
  const double time = outcome.time[static_cast<std::size_t>(frame)];
  const std::string unit(of.unit);
  std::vector<double> strand(model.strands.size(), 0.0);
  for (const Ledger::Part& part : ledger.parts) {
    if (part.load != static_cast<int>(load)) continue;
    const std::string cause(to_string(part.cause));
    out.push_back({of.name, time, cause, part_name(outcome, frame, part), part.value, unit});
    if (part.cause == Cause::muscle) strand[static_cast<std::size_t>(part.part)] += part.value;
  }
  out.push_back({of.name, time, "total", "", of.value, unit});
  for (const Group& group : model.groups) {
    double sum = 0.0;
    for (const int g : group.strands) sum += strand[static_cast<std::size_t>(g)];
    if (group.main && sum != 0.0) out.push_back({of.name, time, "sum", group.name, sum, unit});
  }
}

}  // namespace detail

std::vector<LedgerEntry> ledger_at(const Outcome& outcome, int frame) {
  if (outcome.task.frames.empty()) throw Error("\"" + outcome.name + "\" has no skeleton, and so no ledger");
  if (frame < 0 || frame >= static_cast<int>(outcome.task.frames.size())) {
    throw Error("no frame " + std::to_string(frame) + ": \"" + outcome.name + "\" has frames 0 to " +
                std::to_string(outcome.task.frames.size() - 1));
  }
  std::vector<LedgerEntry> entries;
  if (!usable(outcome.frame_status[static_cast<std::size_t>(frame)])) return entries;
  Workspace w(*outcome.model);
  Ledger ledger;
  detail::replay_ledger(outcome, frame, w, ledger);
  for (std::size_t l = 0; l < w.loads.loads.size(); ++l) {
    detail::add_ledger_entries(outcome, frame, l, w.loads, ledger, entries);
  }
  return entries;
}

}  // namespace psoas
