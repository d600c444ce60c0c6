#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "bench_rows.hpp"
#include "exit_code.hpp"
#include "psoas/core/random.hpp"
#include "psoas/forward/implicit_muscles.hpp"
#include "psoas/forward/integrate.hpp"
#include "psoas/muscle/rigid_tendon_batch.hpp"
#include "text_table.hpp"

namespace psoas::cli {
namespace {

constexpr int n_benched = 300;
constexpr double benched_step = 0.005;  // of the implicit method  [s]

std::vector<muscle::MuscleParameters> benched_muscles() {
  Random random(3);
  std::vector<muscle::MuscleParameters> out(n_benched);
  for (muscle::MuscleParameters& p : out) {
    p.max_isometric_force = random.uniform(100.0, 1000.0);
    p.optimal_fiber_length = random.uniform(0.05, 0.15);
    p.tendon_slack_length = random.uniform(0.02, 0.22);
    p.pennation_at_optimal = random.uniform(0.0, 0.4);
    p.active_width = 1.5;
    p.passive_offset = true;
  }
  return out;
}

/// The least time of a call over many rounds [ns].
template <class Call>
double least_time(int rounds, int calls, const Call& call) {
  double best = infinity;
  for (int r = 0; r < rounds; ++r) {
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < calls; ++i) call();
    best = std::min(best, since(start) / calls);
  }
  return best;
}

void bench_forces(std::vector<BenchRow>& rows) {
  const std::vector<muscle::MuscleParameters> muscles = benched_muscles();
  std::vector<muscle::RigidTendon> each;
  std::vector<double> length, speed(n_benched, 0.01);
  Random random(5);
  for (const muscle::MuscleParameters& p : muscles) {
    each.push_back(rigid_tendon(p));
    length.push_back(p.tendon_slack_length + p.optimal_fiber_length * random.uniform(0.6, 1.4));
  }
  volatile double seen = 0.0;  // what nobody reads need not be computed
  const double alone = least_time(200, 5, [&] {
    double sum = 0.0;
    for (std::size_t i = 0; i < n_benched; ++i) {
      const auto f = muscle::rigid_tendon_force(each[i], length[i], speed[i]);
      sum += f.active + f.passive + f.active_slope + f.passive_slope;
    }
    seen = sum;
  });
  const muscle::RigidTendonBatch batch(muscles);
  muscle::RigidTendonForces forces(n_benched);
  const double together = least_time(200, 5, [&] {
    if (!usable(muscle::rigid_tendon_forces(batch, length, speed, forces))) seen = not_a_number;
    seen = forces.active(0);
  });
  rows.push_back({"muscle_force", alone / n_benched, 45.0, "one call a muscle, path moving"});
  rows.push_back({"muscle_force_batch", together / n_benched, 12.0,
                  std::to_string(n_benched) + " muscles, " + fixed(alone / together, 1) + " times as fast as alone"});
}

/// One implicit step, of all muscles side by side [ns].
double bench_implicit_step(std::vector<BenchRow>& rows) {
  const forward::MuscleSet set(benched_muscles(), muscle::Tendon::elastic);
  const VecX rest = set.tendon_slack_length + set.optimal_fiber_length;
  forward::MuscleStates x{VecX::Constant(n_benched, 0.1), VecX::Zero(n_benched)};
  int failed = -1;
  bool sound = usable(forward::rest_fibers(set, rest, x, failed));
  forward::MuscleStepInput in(n_benched);
  forward::MuscleWork work;
  work.fiber_speed = VecX::Zero(n_benched);
  double t = 0.0;
  long steps = 0;
  const auto lengths = [&](double at, VecX& out) {
    out = rest + 0.1 * std::sin(2.0 * pi * at) * set.optimal_fiber_length;
  };
  const double step = least_time(60, 20, [&] {
    in.excitation_inside.setConstant(0.2 + 0.1 * std::sin(3.0 * t));
    in.excitation_end = in.excitation_inside;
    lengths(t + forward::sdirk_gamma * benched_step, in.length_inside);
    lengths(t += benched_step, in.length_end);
    sound = usable(forward::step_muscles(set, benched_step, in, x, work)) && sound;
    ++steps;
  });
  if (!sound) throw Failure(numerical_failure, "an implicit step of muscles did not converge");
  const double evaluations = static_cast<double>(work.evaluations) / static_cast<double>(steps) / n_benched;
  rows.push_back({"implicit_step", step / n_benched, 250.0, fixed(evaluations, 1) + " evaluations a muscle and step"});
  return step / n_benched;
}

/// A second in which hip and knee swing once.
Task swinging_leg(const Model& model) {
  Task task;
  for (int i = 0; i <= 50; ++i) {
    TaskFrame frame{0.02 * i, rest_pose(model), {}, {}};
    const double w = 2.0 * pi, t = frame.time;
    for (const char* name : {"hip_flexion_r", "knee_angle_r"}) {
      const int c = model.coordinate(name);
      frame.pose.q(c) = 0.5 * (1.0 - std::cos(w * t));
      frame.pose.v(c) = 0.5 * w * std::sin(w * t);
      frame.pose.a(c) = 0.5 * w * w * std::cos(w * t);
    }
    task.frames.push_back(frame);
  }
  return task;
}

void bench_forward_second(const Model& model, double step_of_muscle, std::vector<BenchRow>& rows) {
  const Task task = swinging_leg(model);
  const Drive drive{&task, {}, Excitations::constant(VecX::Constant(model.n_strands(), 0.1))};
  IntegrateOptions options;
  options.tendon = muscle::Tendon::elastic;
  options.step = benched_step;
  long steps = 0;
  const double second = least_time(5, 1, [&] {
    const Trajectory t = integrate(model, {}, drive, options);
    if (!usable(t.status)) throw Failure(numerical_failure, "a second of the whole body: " + t.reason);
    steps = t.steps;
  });
  const double of_muscles = step_of_muscle * model.n_strands() * static_cast<double>(steps);
  rows.push_back({"forward_second", second, 60e6,
                  std::to_string(model.n_strands()) + " muscles, " + std::to_string(steps) +
                      " steps; their equations " + fixed(100.0 * of_muscles / second, 0) + " %"});
}

}  // namespace

void bench_muscles(const Model& model, std::vector<BenchRow>& rows) {
  bench_forces(rows);
  const double step_of_muscle = bench_implicit_step(rows);
  bench_forward_second(model, step_of_muscle, rows);
}

}  // namespace psoas::cli
