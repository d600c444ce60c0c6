#include <benchmark/benchmark.h>

#include <array>
#include <vector>

#include "psoas/core/function.hpp"
#include "psoas/core/random.hpp"
#include "psoas/wrap/taut_path.hpp"

namespace psoas::wrap {
namespace {

std::vector<Vec3> moving_ends() {
  Random random(1);
  std::vector<Vec3> ends(256);
  for (Vec3& end : ends) end = {2.0 + 0.1 * random.normal(), -0.2 + 0.1 * random.normal(), 0.3 * random.normal()};
  return ends;
}

void one_surface(benchmark::State& state, const Surface& surface, double height) {
  const std::vector<Vec3> ends = moving_ends();
  const Vec3 P(-2.0, height, 0.0);
  std::size_t i = 0;
  for (auto _ : state) benchmark::DoNotOptimize(surface_path<double>(surface, P, ends[++i % ends.size()]));
}

const Surface cylinder = Surface::cylinder(0.5, WrapSide::clockwise);
BENCHMARK_CAPTURE(one_surface, cylinder_wrapped, cylinder, -0.2);
BENCHMARK_CAPTURE(one_surface, cylinder_straight, cylinder, 3.0);
BENCHMARK_CAPTURE(one_surface, sphere_wrapped, Surface::sphere(0.5), -0.2);

void several_obstacles(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  std::vector<Vec3> ends = moving_ends();
  std::array<Obstacle, max_obstacles> obstacles;
  for (std::size_t k = 0; k < count; ++k) {
    const WrapSide side = k % 2 == 0 ? WrapSide::clockwise : WrapSide::counterclockwise;
    obstacles[k] = {Surface::cylinder(0.5, side), Eigen::AngleAxisd(0.1 * double(k), Vec3::UnitX()).toRotationMatrix(),
                    Vec3(2.0 * double(k), 0.0, 0.0)};
  }
  for (Vec3& end : ends) end.x() += 2.0 * double(count - 1);
  const Vec3 P(-2.0, -0.2, 0.0);
  std::size_t i = 0;
  for (auto _ : state)
    benchmark::DoNotOptimize(taut_path(P, ends[++i % ends.size()], std::span(obstacles).first(count)));
}
BENCHMARK(several_obstacles)->DenseRange(1, 3);

void spline(benchmark::State& state) {
  const Function f = Function::natural_cubic_spline({-2, -1.5, -1, -0.5, 0, 0.3, 0.7}, {0, 1, 3, 2, 1, 5, 4});
  double x = -2.0;
  for (auto _ : state) {
    x = x > 0.7 ? -2.0 : x + 0.013;
    benchmark::DoNotOptimize(f.evaluate(x));
  }
}
BENCHMARK(spline);

void normal_number(benchmark::State& state) {
  Random random(1);
  for (auto _ : state) benchmark::DoNotOptimize(random.normal());
}
BENCHMARK(normal_number);

}  // namespace
}  // namespace psoas::wrap
