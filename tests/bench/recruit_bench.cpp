#include "psoas/recruit/solve.hpp"

#include "../recruit/recruitment_data.hpp"

#include <benchmark/benchmark.h>

namespace psoas::recruit {
namespace {

void run(benchmark::State& state, const char* name, int power, bool warm) {
  Program programs[2] = {test::program_from(test::load_json(name), power), Program{}};
  programs[1] = programs[0];
  for (double& rhs : programs[1].rhs) rhs *= 1.01;  // neighbouring frames
  SolveOptions options;
  options.warm_start = warm;
  Solution solution;
  int frame = 0;
  double iterations = 0.0;
  for (auto _ : state) {
    const Status status = solve(programs[frame ^= 1], options, solution);
    if (status != Status::ok) state.SkipWithError("not solved");
    iterations += solution.iterations;
  }
  state.counters["newton_steps"] = iterations / static_cast<double>(state.iterations());
}

#define RECRUIT_BENCH(pose)                                \
  BENCHMARK_CAPTURE(run, pose##_p2_cold, #pose, 2, false); \
  BENCHMARK_CAPTURE(run, pose##_p2_warm, #pose, 2, true);  \
  BENCHMARK_CAPTURE(run, pose##_p3_cold, #pose, 3, false); \
  BENCHMARK_CAPTURE(run, pose##_p3_warm, #pose, 3, true)

RECRUIT_BENCH(standing);
RECRUIT_BENCH(sitting);
RECRUIT_BENCH(bridge_90);
RECRUIT_BENCH(lunge);
RECRUIT_BENCH(boat_straight_flat);

}  // namespace
}  // namespace psoas::recruit

BENCHMARK_MAIN();
