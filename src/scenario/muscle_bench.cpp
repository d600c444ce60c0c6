#include "scenario/muscle_bench.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "psoas/core/error.hpp"
#include "psoas/core/nearest_name.hpp"
#include "psoas/forward/adaptive.hpp"
#include "psoas/muscle/curves.hpp"
#include "psoas/muscle/equilibrium.hpp"
#include "scenario/signal.hpp"
#include "scenario/time_limits.hpp"
#include "scenario/watch.hpp"

namespace psoas::simulation {
namespace {

using muscle::MuscleParameters;

/// The parameters of a strand, or of a group: means weighted by force, and the force of all strands together.
MuscleParameters parameters_of(const Model& model, const Simulation& s) {
  std::vector<int> strands;
  for (int i = 0; i < model.n_strands(); ++i) {
    if (model.strands[static_cast<std::size_t>(i)].name == s.muscle) strands = {i};
  }
  try {
    if (strands.empty()) strands = model.group(s.muscle).strands;
  } catch (const Error& error) {
    throw SpecError({{s.about.where, error.what()}});
  }
  const StrandParameters& p = model.muscle;
  MuscleParameters out{.max_isometric_force = 0.0};
  for (const int i : strands) out.max_isometric_force += p.max_isometric_force(i);
  const auto mean = [&](const VecX& column) {
    double sum = 0.0;
    for (const int i : strands) sum += column(i) * p.max_isometric_force(i);
    return sum / out.max_isometric_force;
  };
  out.optimal_fiber_length = mean(p.optimal_fiber_length);
  out.tendon_slack_length = mean(p.tendon_slack_length);
  out.pennation_at_optimal = mean(p.pennation);
  out.max_contraction_velocity = mean(p.max_contraction_velocity);
  out.passive_fiber_strain = mean(p.passive_strain);
  out.active_width = mean(p.active_width);
  out.passive_offset = p.passive_offset[static_cast<std::size_t>(strands.front())] != 0;
  return out;
}

void set_parameters(const Simulation& s, const std::map<std::string, double>& known, MuscleParameters& p) {
  const std::map<std::string, double*> slots = {{"max_isometric_force", &p.max_isometric_force},
                                                {"optimal_fiber_length", &p.optimal_fiber_length},
                                                {"tendon_slack_length", &p.tendon_slack_length},
                                                {"pennation", &p.pennation_at_optimal},
                                                {"max_contraction_velocity", &p.max_contraction_velocity},
                                                {"passive_strain", &p.passive_fiber_strain},
                                                {"active_width", &p.active_width},
                                                {"damping", &p.damping},
                                                {"tendon_strain", &p.tendon_strain},
                                                {"rise_time", &p.rise_time},
                                                {"fall_time", &p.fall_time}};
  std::vector<std::string> names;
  for (const auto& [name, slot] : slots) names.push_back(name);
  for (const auto& [name, value] : s.parameters) {
    const auto slot = slots.find(name);
    if (slot == slots.end()) {
      throw SpecError({{value.where, "no muscle parameter \"" + name + '"' + did_you_mean(name, names)}});
    }
    *slot->second = evaluate(value, known);
  }
  const std::vector<std::string> faults = faults_in(p);
  if (!faults.empty()) throw SpecError({{s.about.where, faults.front()}});
}

muscle::MuscleType type_named(const Simulation& s) {
  std::vector<std::string> names;
  for (const muscle::MuscleType type : muscle::muscle_types) {
    if (to_string(type) == s.type) return type;
    names.emplace_back(to_string(type));
  }
  throw SpecError({{s.about.where, "no muscle type \"" + s.type + '"' + did_you_mean(s.type, names)}});
}

muscle::Tendon tendon_named(const std::string& word) {
  if (word == "elastic") return muscle::Tendon::elastic;
  return word == "rigid" ? muscle::Tendon::rigid : muscle::Tendon::automatic;
}

/// The bench for one type of curves.
template <class Curves>
class Bench {
 public:
  Bench(const Simulation& s, const std::map<std::string, double>& known, const MuscleParameters& p, Curves curves,
        const AnalyzeOptions& analyze)
      : name_(s.muscle),
        unit_(p, tendon_named(s.tendon), std::move(curves)),
        excitation_(s.excitation, known, Signal::Kind::excitation),
        length_(s.length, with_lengths(known, p)),
        cancel_(analyze.cancel) {
    duration_ = evaluate(s.duration, known);
    options_.absolute_tolerance = options_.relative_tolerance = evaluate(s.tolerance, known);
    options_.output_step = evaluate(s.output_step, known);
    require_times(s, duration_, options_.output_step, most_bench_outputs);
    require_step(s, duration_, options_.largest_step);
    require_tolerance(s, options_.absolute_tolerance);
  }

  /// Fills times, status, signals and what is watched.
  void run(Outcome& out, ForwardReport& report) {
    const double activation = excitation_.at(0.0);
    const muscle::Instant start = unit_.static_equilibrium(activation, length_.at(0.0));
    report.status = start.status;
    if (!usable(start.status)) {
      report.reason = told(start.reason, 0.0);
      return;
    }
    forward::SmallSystem system;
    system.rate = [this](const VecX& x, VecX& rate, double t, bool left) { this->rate(x, rate, t, left); };
    for (const Signal* signal : {&excitation_, &length_}) {
      for (const double at : signal->switches()) system.switches.push_back(at);
    }
    std::sort(system.switches.begin(), system.switches.end());
    system.switches.erase(std::unique(system.switches.begin(), system.switches.end()), system.switches.end());
    VecX x(2);
    x << activation, start.norm_fiber_length;
    const auto result = forward::integrate_adaptive(system, x, 0.0, duration_, options_);
    report.status = result.status;
    report.duration = result.time.back();
    if (!usable(result.status)) {
      const bool known = result.status == Status::not_finite && failed_ != muscle::Reason::none;
      report.reason = known ? told(failed_, report.duration) : name_ + ": " + result.reason;
    }
    report.rhs_evaluations = result.evaluations;
    (unit_.tendon() == muscle::Tendon::elastic ? report.elastic_tendons : report.rigid_tendons) = 1;
    out.time = result.time;
    tabulate(result, report);
  }

 private:
  std::string told(muscle::Reason reason, double t) const {
    return name_ + " at " + short_text(t) + " s: " + std::string(to_string(reason));
  }

  static std::map<std::string, double> with_lengths(std::map<std::string, double> known, const MuscleParameters& p) {
    known["optimal"] = p.optimal_fiber_length;
    known["slack"] = p.tendon_slack_length;
    known["rest"] = p.tendon_slack_length + p.optimal_fiber_length * std::cos(p.pennation_at_optimal);
    known["fastest"] = p.optimal_fiber_length * p.max_contraction_velocity;
    return known;
  }

  void rate(const VecX& x, VecX& rate, double t, bool left) {
    if (cancel_ != nullptr && *cancel_) throw Error("stopped from outside");
    rate.resize(2);
    rate(0) = unit_.curves().activation_rate(excitation_.at(t, left), x(0));
    const muscle::FiberVelocity v = unit_.fiber_velocity(x(0), x(1), length_.at(t, left), length_.rate_at(t, left));
    rate(1) = unit_.parameters().max_contraction_velocity * v.value;
    if (!usable(v.status)) failed_ = v.reason;
  }

  void tabulate(const forward::AdaptiveResult& result, ForwardReport& report) const {
    const auto n = static_cast<Eigen::Index>(result.time.size());
    VecX excitation(n), activation(n), length(n), fiber(n), force(n);
    for (Eigen::Index i = 0; i < n; ++i) {
      const double t = result.time[static_cast<std::size_t>(i)];
      const VecX& x = result.state[static_cast<std::size_t>(i)];
      const muscle::Instant now = unit_.instant(x(0), x(1), length_.at(t), length_.rate_at(t));
      excitation(i) = excitation_.at(t);
      activation(i) = x(0);
      length(i) = length_.at(t);
      fiber(i) = now.norm_fiber_length;
      force(i) = now.tendon_force;
    }
    Eigen::Index highest = 0;
    const double peak = force.maxCoeff(&highest);
    report.watched["tendon_force_N"] = {{"start", force(0)},
                                        {"peak", peak},
                                        {"time_s", result.time[static_cast<std::size_t>(highest)]},
                                        {"final", force(n - 1)}};
    report.watched["fiber_length_norm"] = {
        {"lowest", fiber.minCoeff()}, {"highest", fiber.maxCoeff()}, {"final", fiber(n - 1)}};
    report.signals = {{"excitation", excitation},
                      {"activation", activation},
                      {"path_length_m", length},
                      {"fiber_length_norm", fiber},
                      {"tendon_force_N", force}};
    watch_pull({name_}, result.time, force.transpose(), report);
  }

  std::string name_;
  muscle::MuscleTendonUnit<Curves> unit_;
  Signal excitation_, length_;
  double duration_ = 0.0;
  forward::AdaptiveOptions options_;
  const std::atomic<bool>* cancel_;
  muscle::Reason failed_ = muscle::Reason::none;  ///< why there was no velocity, the last time that there was none
};

}  // namespace

Outcome run_muscle_bench(const Model& model, const Simulation& s, const AnalyzeOptions& options) {
  const std::map<std::string, double> known = parameter_values(s.about);
  MuscleParameters p = parameters_of(model, s);
  set_parameters(s, known, p);
  Outcome out;
  ForwardReport report;
  std::visit([&](const auto& curves) { Bench(s, known, p, curves, options).run(out, report); },
             muscle::make_curves(type_named(s), p));
  out.name = out.task.name = s.about.name;
  out.model = std::make_shared<const Model>(model);
  out.cost = model.recruit.cost + std::to_string(model.recruit.power);
  out.status = report.status;
  out.task.parameters = known;
  for (const ScenarioParameter& parameter : s.about.parameters) {
    if (!parameter.choices.empty()) out.task.choices[parameter.name] = parameter.choice;
  }
  out.frame_status.assign(out.time.size(), Status::ok);
  out.forward = std::move(report);
  add_pull_gate(options.gates, out);
  return out;
}

}  // namespace psoas::simulation
