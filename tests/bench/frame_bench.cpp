// Kernels of one frame on the whole body, and whole scenarios. Ratios within one run are what counts.

#include <benchmark/benchmark.h>

#include "psoas/analysis/frame.hpp"
#include "psoas/io/read_model.hpp"
#include "psoas/io/read_scenario.hpp"
#include "psoas/model/compile.hpp"
#include "psoas/scenario/run.hpp"
#include "psoas/scenario/scenario.hpp"

namespace {

const psoas::Model& model() {
  static const psoas::Model it = psoas::compile(psoas::io::read_model("whole_body"));
  return it;
}

/// The bridge: its way up has a new problem in every frame.
const psoas::Task& task() {
  static const psoas::Task it = psoas::assemble(model(), psoas::io::read_scenario("bridge"));
  return it;
}

int frames_up() {
  int n = 0;
  for (const psoas::TaskFrame& frame : task().frames) n += frame.time <= task().phases.front().to ? 1 : 0;
  return n;
}

struct Stage {
  psoas::Workspace w{model()};
  psoas::FrameInput in = psoas::at(task(), 0);
  psoas::AnalyzeOptions options;

  Stage() { benchmark::DoNotOptimize(psoas::solve_frame(model(), in, options, w)); }
};

void kinematics(benchmark::State& state) {
  Stage s;
  for (auto _ : state) psoas::compute_kinematics(model(), *s.in.pose, s.w.kinematics);
}
BENCHMARK(kinematics);

void paths_and_moment_arms(benchmark::State& state) {
  Stage s;
  for (auto _ : state) psoas::compute_paths(model(), s.w.kinematics, s.w.paths);
}
BENCHMARK(paths_and_moment_arms);

void strengths(benchmark::State& state) {
  Stage s;
  for (auto _ : state) psoas::compute_strengths(model(), s.w.paths, s.w.strengths);
}
BENCHMARK(strengths);

void inverse_dynamics(benchmark::State& state) {
  Stage s;
  for (auto _ : state) psoas::compute_inertia(model(), s.w.kinematics, s.in.loads, s.w.inverse_dynamics);
}
BENCHMARK(inverse_dynamics);

/// Everything before the recruitment; what complete_frame takes longer is the recruitment.
void prepared_frame(benchmark::State& state) {
  Stage s;
  const int n = frames_up();
  int f = 0;
  for (auto _ : state) psoas::prepare_frame(model(), psoas::at(task(), f++ % n), s.w);
}
BENCHMARK(prepared_frame);

void complete_frame(benchmark::State& state) {
  Stage s;
  s.options.recruit.warm_start = state.range(0) != 0;
  const int n = frames_up();
  int f = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(psoas::solve_frame(model(), psoas::at(task(), f++ % n), s.options, s.w));
  }
}
BENCHMARK(complete_frame)->Arg(0)->Arg(1)->ArgName("warm");

void run_scenario(benchmark::State& state, const char* name) {
  const psoas::Scenario scenario = psoas::io::read_scenario(name);
  for (auto _ : state) {
    const psoas::Task made = psoas::assemble(model(), scenario);
    benchmark::DoNotOptimize(psoas::analyze(model(), made).status);
    state.counters["frames"] = static_cast<double>(made.frames.size());
  }
}
BENCHMARK_CAPTURE(run_scenario, standing, "standing")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(run_scenario, sitting, "sitting")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(run_scenario, bridge, "bridge")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(run_scenario, lunge, "lunge")->Unit(benchmark::kMillisecond);

}  // namespace
