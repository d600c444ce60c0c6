#include <benchmark/benchmark.h>

#include <random>
#include <vector>

#include "psoas/muscle/rigid_tendon_batch.hpp"

namespace {

using namespace psoas::muscle;

constexpr int n_strands = 300;

std::vector<MuscleParameters> strands() {
  std::mt19937 generator(3);
  std::uniform_real_distribution<double> unit(0.0, 1.0);
  std::vector<MuscleParameters> out(n_strands);
  for (MuscleParameters& p : out) {
    p.max_isometric_force = 100.0 + 900.0 * unit(generator);
    p.optimal_fiber_length = 0.05 + 0.1 * unit(generator);
    p.tendon_slack_length = 0.2 * unit(generator);
    p.pennation_at_optimal = 0.4 * unit(generator);
    p.active_width = 1.5;
    p.passive_offset = true;
  }
  return out;
}

/// Path lengths that put the fibres between 0.6 and 1.4 of their optimal length.
std::vector<double> path_lengths(const std::vector<MuscleParameters>& strands) {
  std::mt19937 generator(5);
  std::uniform_real_distribution<double> along(0.6, 1.4);
  std::vector<double> out;
  for (const MuscleParameters& p : strands) {
    out.push_back(p.tendon_slack_length + p.optimal_fiber_length * along(generator));
  }
  return out;
}

void per_strand(benchmark::State& state) {
  state.counters["per_strand"] = benchmark::Counter(static_cast<double>(state.iterations()) * n_strands,
                                                    benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void rigid_tendon_one_by_one(benchmark::State& state) {
  std::vector<RigidTendon> muscles;
  for (const MuscleParameters& p : strands()) muscles.push_back(rigid_tendon(p));
  const std::vector<double> length = path_lengths(strands());
  for (auto _ : state) {
    for (std::size_t i = 0; i < n_strands; ++i) {
      benchmark::DoNotOptimize(rigid_tendon_force(muscles[i], length[i], 0.01));
    }
  }
  per_strand(state);
}
BENCHMARK(rigid_tendon_one_by_one);

void rigid_tendon_batch(benchmark::State& state) {
  const RigidTendonBatch batch(strands());
  const std::vector<double> length = path_lengths(strands());
  const std::vector<double> speed(state.range(0) != 0 ? n_strands : 0, 0.01);
  RigidTendonForces forces(n_strands);
  for (auto _ : state) {
    benchmark::DoNotOptimize(rigid_tendon_forces(batch, length, speed, forces));
    benchmark::ClobberMemory();
  }
  per_strand(state);
}
BENCHMARK(rigid_tendon_batch)->ArgName("moving")->Arg(0)->Arg(1);

}  // namespace
