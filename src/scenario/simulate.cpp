#include "psoas/scenario/simulation.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

#include "psoas/analysis/analyze.hpp"
#include "psoas/analysis/forward_outcome.hpp"
#include "psoas/core/error.hpp"
#include "psoas/forward/integrate.hpp"
#include "psoas/scenario/scenario.hpp"
#include "scenario/muscle_bench.hpp"
#include "scenario/signal.hpp"
#include "scenario/simulation_parts.hpp"
#include "scenario/time_limits.hpp"
#include "scenario/watch.hpp"

namespace psoas {
namespace {

using namespace simulation;

/// Strands that a name stands for. @throws SpecError with the nearest names
std::vector<int> strands_of(const Model& model, const std::string& name, const std::string& where) {
  for (int s = 0; s < model.n_strands(); ++s) {
    if (model.strands[static_cast<std::size_t>(s)].name == name) return {s};
  }
  try {
    return model.group(name).strands;
  } catch (const Error& error) {
    throw SpecError({{where, error.what()}});
  }
}

Model weakened(const Model& model, const Simulation& s) {
  Model out = model;
  for (const auto& [name, factor] : s.strength) {
    const double value = evaluate(factor, known_of(s));
    if (!(value > 0.0)) throw SpecError({{factor.where, "a strength must be above 0"}});
    for (const int strand : strands_of(model, name, factor.where)) {
      out.muscle.max_isometric_force(strand) *= value;
      out.muscle.pcsa(strand) *= value;
    }
  }
  return out;
}

muscle::Tendon tendon_named(const std::string& word) {
  if (word == "elastic") return muscle::Tendon::elastic;
  return word == "rigid" ? muscle::Tendon::rigid : muscle::Tendon::automatic;
}

/// Coordinates by name. @throws SpecError with the nearest names
std::vector<int> coordinates_named(const Model& model, const Simulation& s) {
  std::vector<int> out;
  for (const std::string& name : s.free) {
    try {
      out.push_back(model.coordinate(name));
    } catch (const Error& error) {
      throw SpecError({{s.about.where, error.what()}});
    }
  }
  return out;
}

State start_of(const Model& model, const Simulation& s, const Task& task, const std::vector<int>& free) {
  State start;
  start.time = task.frames.front().time;
  if (s.start.empty()) return start;
  start.q.resize(static_cast<Eigen::Index>(free.size()));
  start.v = VecX::Zero(start.q.size());
  for (std::size_t f = 0; f < free.size(); ++f) {
    const Coordinate& c = model.coordinates[static_cast<std::size_t>(free[f])];
    const auto given = s.start.find(c.name);
    start.q(static_cast<Eigen::Index>(f)) = task.frames.front().pose.q(free[f]);
    if (given == s.start.end()) continue;
    start.q(static_cast<Eigen::Index>(f)) = evaluate(given->second, known_of(s)) * (c.translational ? 1.0 : degree);
  }
  for (const auto& [name, angle] : s.start) {
    if (std::count(s.free.begin(), s.free.end(), name)) continue;
    throw SpecError({{angle.where, "start: \"" + name + "\" is not among the free coordinates"}});
  }
  return start;
}

/// The columns of a table on the strands that they name; none on the others.
/// @throws SpecError for a table that begins after the simulation does
Excitations tabled(const Model& model, const ExcitationTable& table, double start) {
  if (table.time.front() > start) {
    throw SpecError({{table.where, "the first time is " + short_text(table.time.front()) +
                                       " s, but the simulation begins at " + short_text(start) + " s"}});
  }
  Excitations out{table.time, MatX::Zero(model.n_strands(), static_cast<Eigen::Index>(table.time.size()))};
  for (std::size_t c = 0; c < table.names.size(); ++c) {
    const auto row = table.value.row(static_cast<Eigen::Index>(c));
    if (table.names[c] == "excitation") {
      out.value.rowwise() = row;
      continue;
    }
    for (const int s : strands_of(model, table.names[c], table.where)) out.value.row(s) = row;
  }
  return out;
}

/// What excites the muscles: a table, the signal of the file, or the static solution of the base.
Excitations excitations_of(const Model& model, const Simulation& s, const Task& task, double duration,
                           const AnalyzeOptions& options) {
  if (s.table) return tabled(model, *s.table, task.frames.front().time);
  if (!s.excitation.empty()) {
    return sampled(model, Signal(s.excitation, known_of(s), Signal::Kind::excitation), duration, s);
  }
  if (s.expected_settings.empty()) return recruited(analyze(model, task, options));
  std::map<std::string, std::string> settings = s.settings;
  for (const auto& [name, value] : s.expected_settings) settings[name] = value;
  return recruited(analyze(model, assemble(model, base_with(s, settings)), options));
}

Outcome simulate_limb(const Model& model, const Simulation& s, const AnalyzeOptions& options) {
  Task task = s.base ? assemble(model, base_with(s, s.settings)) : posture_of(model, s);
  const Model body = weakened(model, s);
  IntegrateOptions integration;
  const double whole = task.frames.back().time - task.frames.front().time;
  integration.duration = s.duration.text.empty() ? whole : evaluate(s.duration, known_of(s));
  if (s.duration.text.empty() && !(whole > 0.0)) {
    throw SpecError({{s.about.where, "a single posture needs duration_s"}});
  }
  integration.step = evaluate(s.step, known_of(s));
  integration.output_step = evaluate(s.output_step, known_of(s));
  integration.cancel = options.cancel;
  require_times(s, integration.duration, integration.output_step, most_limb_outputs);
  require_step(s, integration.duration, integration.step);
  integration.tendon = tendon_named(s.tendon);
  const Drive drive{&task, coordinates_named(model, s), excitations_of(model, s, task, integration.duration, options)};
  add_ground(model, s, task);
  const Trajectory trajectory = integrate(body, start_of(model, s, task, drive.free), drive, integration);
  Outcome out = forward_outcome(body, task, trajectory);
  out.name = s.about.name;
  for (const auto& [name, value] : known_of(s)) out.task.parameters[name] = value;
  for (const ScenarioParameter& p : s.about.parameters) {
    if (!p.choices.empty()) out.task.choices[p.name] = p.choice;
  }
  if (s.base) out.reference = reference_of(model, *s.base, options);
  out.forward = report_of(trajectory);
  simulation::watch(body, s, task, trajectory, *out.forward);
  watch_pull(body, trajectory, *out.forward);
  add_pull_gate(options.gates, out);
  return out;
}

}  // namespace

void apply(std::span<const Override> overrides, ModelSpec& model, Subject& subject, Simulation& simulation,
           AnalyzeOptions& options) {
  Scenario none;
  none.name = simulation.about.name;
  Scenario base = simulation.base ? *simulation.base : none;
  Scenario both = simulation.about;  // for a parameter that neither has: the nearest names of both
  both.parameters.insert(both.parameters.end(), base.parameters.begin(), base.parameters.end());
  for (const Override& o : overrides) {
    const bool nobodys = o.path.rfind("motion.", 0) == 0 && !concerns(o, both);
    if (nobodys) apply(std::span(&o, 1), model, subject, both, options);  // says so
    const bool own = o.path.rfind("motion.", 0) == 0 && (concerns(o, simulation.about) || !simulation.base);
    apply(std::span(&o, 1), model, subject, own ? simulation.about : base, options);
  }
  if (simulation.base) simulation.base = std::make_shared<const Scenario>(std::move(base));
}

Outcome simulate(const Model& model, const Simulation& simulation, const AnalyzeOptions& options) {
  return simulation.kind == Simulation::Kind::limb ? simulate_limb(model, simulation, options)
                                                   : simulation::run_muscle_bench(model, simulation, options);
}

}  // namespace psoas
