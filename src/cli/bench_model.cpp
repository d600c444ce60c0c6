#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "bench_rows.hpp"
#include "inputs.hpp"
#include "psoas/analysis/frame.hpp"
#include "psoas/core/random.hpp"
#include "psoas/mechanics/inverse_dynamics.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/mechanics/paths.hpp"
#include "psoas/mechanics/strengths.hpp"
#include "psoas/recruit/recruit_as_opensim.hpp"

namespace psoas::cli {
namespace {

using Clock = std::chrono::steady_clock;

/// Postures within the middle half of every range, so that each is a new problem.
std::vector<Pose> drawn_poses(const Model& model, int count) {
  std::vector<Pose> out;
  Random random(1);
  for (int i = 0; i < count; ++i) {
    Pose pose = rest_pose(model);
    for (int c = 0; c < model.n_coordinates(); ++c) {
      const Coordinate& coordinate = model.coordinates[static_cast<std::size_t>(c)];
      if (coordinate.role == Role::prescribed || coordinate.leader >= 0) continue;
      const double least = std::max(coordinate.minimum, coordinate.default_value - 1.0);
      const double most = std::min(coordinate.maximum, coordinate.default_value + 1.0);
      pose.q(c) = least + random.uniform(0.25, 0.75) * (most - least);
      pose.v(c) = random.uniform(-1.0, 1.0);
    }
    out.push_back(std::move(pose));
  }
  return out;
}

/// The fastest of nine passes over all postures, a posture [ns].
template <class F>
double a_posture(const std::vector<Pose>& poses, const F& work) {
  double best = infinity;
  for (int pass = 0; pass < 9; ++pass) {
    const auto start = Clock::now();
    for (std::size_t i = 0; i < poses.size(); ++i) work(i);
    best = std::min(best, since(start) / static_cast<double>(poses.size()));
  }
  return best;
}

/// Complete frames, each recruited as OpenSim does from the answer of another posture.
BenchRow bench_opensim_frame(const Model& model, const std::vector<Pose>& poses) {
  AnalyzeOptions options;
  options.recruit.opensim = opensim_actuators(model);
  const VecX lower = model.muscle.minimum_activation, upper = VecX::Ones(model.n_strands());
  Workspace w(model);
  FrameInput in;
  in.lower = &lower, in.upper = &upper;
  std::size_t solved = 0, steps = 0;
  const double time = a_posture(poses, [&](std::size_t i) {
    in.pose = &poses[i];
    if (i == 0) solved = steps = 0;
    solved += usable(solve_frame(model, in, options, w)) ? 1 : 0;
    steps += static_cast<std::size_t>(w.recruitment.solution.iterations);
  });
  return {"frame_as_opensim", time, 150e3,
          std::to_string(solved) + " of " + std::to_string(poses.size()) + " postures solved, " +
              std::to_string(steps / poses.size()) + " Newton steps each"};
}

}  // namespace

void bench_model(const std::string& source, std::vector<BenchRow>& rows) {
  double load = infinity;
  for (int i = 0; i < 3; ++i) {
    const auto start = Clock::now();
    read_and_compile(source);
    load = std::min(load, since(start));
  }
  const Model model = read_and_compile(source);
  rows.push_back({"load", load, 100e6, "reading, checking and compiling " + model.name});

  const std::vector<Pose> poses = drawn_poses(model, 64);
  std::vector<Kinematics> moved;
  for (const Pose& pose : poses) {
    moved.emplace_back(model);
    compute_kinematics(model, pose, moved.back());
  }
  Kinematics k(model);
  rows.push_back({"kinematics", a_posture(poses, [&](std::size_t i) { compute_kinematics(model, poses[i], k); }),
                  not_a_number, std::to_string(model.n_bodies()) + " bodies"});
  Paths paths(model);
  rows.push_back(
      {"lengths_and_arms", a_posture(poses, [&](std::size_t i) { compute_paths(model, moved[i], paths); }), 25e3,
       std::to_string(model.n_strands()) + " strands, " + std::to_string(model.segments.size()) + " segments, " +
           std::to_string(model.path_wraps.size()) + " wraps, " + std::to_string(model.n_arms()) + " moment arms"});
  InverseDynamics id(model);
  rows.push_back({"inverse_dynamics",
                  a_posture(poses, [&](std::size_t i) { compute_inertia(model, moved[i], {}, id); }), not_a_number,
                  std::to_string(model.n_bodies()) + " bodies"});
  std::vector<Paths> strung(poses.size(), paths);
  for (std::size_t i = 0; i < poses.size(); ++i) compute_paths(model, moved[i], strung[i]);
  Strengths strengths(model);
  rows.push_back({"strengths", a_posture(poses, [&](std::size_t i) { compute_strengths(model, strung[i], strengths); }),
                  not_a_number, std::to_string(strengths.others.size()) + " strands without De Groote-Fregly curves"});
  rows.push_back(bench_opensim_frame(model, poses));
}

}  // namespace psoas::cli
