#include "scenario/simulation_parts.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>

#include "psoas/core/error.hpp"
#include "psoas/scenario/run.hpp"
#include "scenario/time_limits.hpp"

namespace psoas::simulation {

Scenario base_with(const Simulation& s, const std::map<std::string, std::string>& settings) {
  Scenario base = *s.base;
  for (const auto& [name, text] : settings) {
    std::string value = text;
    const auto word = std::find_if(s.about.parameters.begin(), s.about.parameters.end(),
                                   [&](const auto& p) { return !p.choices.empty() && text == '$' + p.name; });
    const auto target = std::find_if(base.parameters.begin(), base.parameters.end(),
                                     [&](const ScenarioParameter& p) { return p.name == name; });
    if (word != s.about.parameters.end()) {
      value = word->choice;
    } else if (target != base.parameters.end() && target->choices.empty()) {
      char number[32];
      std::snprintf(number, sizeof number, "%.17g", evaluate({text, s.about.where}, known_of(s)));
      value = number;
    }
    try {
      set_parameter(base, name, value);
    } catch (const Error& error) {
      throw SpecError({{s.about.where, error.what()}});
    }
  }
  return base;
}

Task posture_of(const Model& model, const Simulation& s) {
  Task task;
  task.lower = VecX::Zero(model.n_strands());
  task.upper = VecX::Ones(model.n_strands());
  Pose pose = rest_pose(model);
  for (const auto& [name, value] : s.posture) {
    int c = -1;
    try {
      c = model.coordinate(name);
    } catch (const Error& error) {
      throw SpecError({{value.where, error.what()}});
    }
    const bool shift = model.coordinates[static_cast<std::size_t>(c)].translational;
    pose.q(c) = evaluate(value, known_of(s)) * (shift ? 1.0 : degree);
  }
  task.frames.push_back({0.0, pose, {}, {}});
  return task;
}

void add_ground(const Model& model, const Simulation& s, Task& task) {
  for (const auto& [plane, patches] : s.ground) {
    const auto found =
        std::find_if(task.planes.begin(), task.planes.end(), [&](const SupportPlane& p) { return p.name == plane; });
    if (found == task.planes.end()) throw SpecError({{s.about.where, "ground: no plane \"" + plane + '"'}});
    for (const std::string& patch : patches) {
      int p = -1;
      try {
        p = model.patch(patch);
      } catch (const Error& error) {
        throw SpecError({{s.about.where, error.what()}});
      }
      for (std::size_t n = 0; n < model.nodes.size(); ++n) {
        if (model.nodes[n].patch != p) continue;
        task.frames.front().supports.push_back(
            {static_cast<int>(n), static_cast<int>(found - task.planes.begin()), 1.0});
      }
    }
  }
}

Excitations recruited(const Outcome& statics) {
  if (!statics.usable()) {
    throw StaticsFailed("the static solution of \"" + statics.name + "\" ended as " +
                        std::string(to_string(statics.status)) + ": there are no activations to start from");
  }
  return {statics.time, statics.activation.cwiseMax(0.0).cwiseMin(1.0)};
}

Excitations sampled(const Model& model, const Signal& signal, double duration, const Simulation& s) {
  constexpr double sample = 0.005, most_samples = 1e5;
  if (duration > sample * most_samples) {
    throw SpecError(
        {{place_of(s.duration, s), "under a signal of its own a simulation of a limb may last " +
                                       short_text(sample * most_samples) + " s, got " + short_text(duration)}});
  }
  std::vector<double> stops{0.0, duration};
  for (const double at : signal.switches()) {
    if (at > 0.0 && at < duration) stops.push_back(at);
  }
  std::sort(stops.begin(), stops.end());
  Excitations out;
  std::vector<double> values;
  for (std::size_t i = 1; i < stops.size(); ++i) {
    const int n = std::max(1, static_cast<int>(std::ceil((stops[i] - stops[i - 1]) / sample)));
    for (int k = 0; k <= n && stops[i] > stops[i - 1]; ++k) {
      out.time.push_back(k == n ? stops[i] : stops[i - 1] + (stops[i] - stops[i - 1]) * k / n);
      values.push_back(signal.at(out.time.back(), k == n));
    }
  }
  out.value = VecX::Ones(model.n_strands()) *
              Eigen::Map<const VecX>(values.data(), static_cast<Eigen::Index>(values.size())).transpose();
  return out;
}

std::shared_ptr<const Outcome> reference_of(const Model& model, const Scenario& base, const AnalyzeOptions& options) {
  if (!base.reference_scenario) return nullptr;
  return std::make_shared<const Outcome>(run(model, *base.reference_scenario, options, nullptr));
}

ForwardReport report_of(const Trajectory& t) {
  ForwardReport report;
  report.status = t.status;
  report.reason = t.reason;
  report.duration = t.time.empty() ? 0.0 : t.time.back() - t.time.front();
  report.steps = t.steps;
  report.rhs_evaluations = t.rhs_evaluations;
  report.fiber_evaluations = t.fiber_evaluations;
  for (const char elastic : t.elastic) (elastic ? report.elastic_tendons : report.rigid_tendons)++;
  return report;
}

}  // namespace psoas::simulation
