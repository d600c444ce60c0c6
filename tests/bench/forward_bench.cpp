#include <benchmark/benchmark.h>

#include <random>
#include <vector>

#include "../whole_body.hpp"
#include "psoas/forward/implicit_muscles.hpp"
#include "psoas/forward/integrate.hpp"

namespace {

using namespace psoas;

constexpr int n_muscles = 300;

std::vector<muscle::MuscleParameters> muscles() {
  std::mt19937 generator(3);
  std::uniform_real_distribution<double> unit(0.0, 1.0);
  std::vector<muscle::MuscleParameters> out(n_muscles);
  for (muscle::MuscleParameters& p : out) {
    p.max_isometric_force = 100.0 + 900.0 * unit(generator);
    p.optimal_fiber_length = 0.05 + 0.1 * unit(generator);
    p.tendon_slack_length = 0.02 + 0.2 * unit(generator);
    p.pennation_at_optimal = 0.4 * unit(generator);
    p.active_width = 1.5;
    p.passive_offset = true;
  }
  return out;
}

/// One implicit step of 5 ms of 300 muscles with elastic tendons whose paths swing.
void implicit_step(benchmark::State& state) {
  const forward::MuscleSet set(muscles(), muscle::Tendon::elastic);
  const VecX rest = set.tendon_slack_length + set.optimal_fiber_length;
  forward::MuscleStates x{VecX::Constant(n_muscles, 0.1), VecX::Zero(n_muscles)};
  int failed = -1;
  if (!usable(forward::rest_fibers(set, rest, x, failed))) state.SkipWithError("no rest");
  forward::MuscleStepInput in(n_muscles);
  forward::MuscleWork work;
  work.fiber_speed = VecX::Zero(n_muscles);
  constexpr double step = 0.005;
  double t = 0.0;
  const auto lengths = [&](double at, VecX& out) {
    out = rest + 0.1 * std::sin(6.283 * at) * set.optimal_fiber_length;
  };
  for (auto _ : state) {
    in.excitation_inside.setConstant(0.2 + 0.1 * std::sin(3.0 * t));
    in.excitation_end = in.excitation_inside;
    lengths(t + forward::sdirk_gamma * step, in.length_inside);
    lengths(t += step, in.length_end);
    benchmark::DoNotOptimize(forward::step_muscles(set, step, in, x, work));
  }
  state.counters["per_muscle"] = benchmark::Counter(static_cast<double>(state.iterations()) * n_muscles,
                                                    benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
  state.counters["evaluations_per_muscle"] =
      static_cast<double>(work.evaluations) / (static_cast<double>(state.iterations()) * n_muscles);
}
BENCHMARK(implicit_step);

/// A second of all strands of the whole body with elastic tendons along a hip and knee that swing.
void forward_second(benchmark::State& state) {
  const Model& model = whole_body::model();
  Task task;
  const int hip = model.coordinate("hip_flexion_r"), knee = model.coordinate("knee_angle_r");
  for (int i = 0; i <= 50; ++i) {
    TaskFrame frame{0.02 * i, rest_pose(model), {}, {}};
    const double w = 2.0 * pi, t = frame.time;
    for (const int c : {hip, knee}) {
      frame.pose.q(c) = 0.5 * (1.0 - std::cos(w * t));
      frame.pose.v(c) = 0.5 * w * std::sin(w * t);
      frame.pose.a(c) = 0.5 * w * w * std::cos(w * t);
    }
    task.frames.push_back(frame);
  }
  const Drive drive{&task, {}, Excitations::constant(VecX::Constant(model.n_strands(), 0.1))};
  IntegrateOptions options;
  options.tendon = muscle::Tendon::elastic;
  options.step = 0.005;
  for (auto _ : state) {
    if (!usable(integrate(model, {}, drive, options).status)) state.SkipWithError("not integrated");
  }
}
BENCHMARK(forward_second)->Unit(benchmark::kMillisecond);

}  // namespace
