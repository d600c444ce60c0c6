#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <memory>

#include "analysis/lint_rules.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/mechanics/paths.hpp"
#include "psoas/mechanics/strengths.hpp"
#include "psoas/model/compile.hpp"

namespace psoas::detail {
namespace {

constexpr int samples = 49;           ///< along a range
constexpr double suspicious = 2e-5;   ///< length that slopes do not explain, worth a closer look [m]
constexpr double length_jump = 1e-4;  ///< [m]
constexpr double arm_jump = 1e-3;     ///< [m, or 1 for a translation]
constexpr double narrow = 1e-5;       ///< width of the interval that holds a jump [rad or m]
constexpr double clear_arm = 5e-3;    ///< on each side of a sign change [m]
constexpr double longest_fiber = 1.6, shortest_fiber = 0.4;

/// One posture, everything computed.
struct Posture {
  Pose pose;
  Kinematics kinematics;
  Paths paths;
  Strengths strengths;

  explicit Posture(const Model& model) : pose(rest_pose(model)), kinematics(model), paths(model), strengths(model) {}

  void compute(const Model& model, int coordinate, double value) {
    pose.q(coordinate) = value;
    compute_kinematics(model, pose, kinematics);
    compute_paths(model, kinematics, paths);
  }
};

/// Length and moment arm of one strand at one value of the coordinate.
struct Sample {
  double at, length, arm;
};

/// What a sweep found about one strand and one coordinate.
struct SweepJudgement {
  double jump = 0.0, jump_at = 0.0;
  double arm_step = 0.0, arm_step_at = 0.0;
  double greatest_arm = 0.0, least_arm = 0.0;
};

class Sweeper {
 public:
  Sweeper(const Model& model, std::vector<Finding>& out) : model_(model), out_(out), posture_(model) {}

  void run() {
    longest_ = VecX::Constant(model_.n_strands(), -infinity);
    shortest_ = VecX::Constant(model_.n_strands(), infinity);
    for (int c = 0; c < model_.n_coordinates(); ++c) {
      const Coordinate& coordinate = model_.coordinates[static_cast<std::size_t>(c)];
      if (coordinate.role == Role::follows || coordinate.row < 0) continue;
      sweep(c, std::max(coordinate.minimum, coordinate.default_value - pi),
            std::min(coordinate.maximum, coordinate.default_value + pi));
    }
    report_fibers();
  }

 private:
  static std::size_t at(int i) { return static_cast<std::size_t>(i); }

  void sweep(int c, double least, double most) {
    const int row = model_.coordinates[at(c)].row;
    std::map<int, int> entries;
    for (int s = 0; s < model_.n_strands(); ++s) {
      const int e = model_.arm_entry(s, row);
      if (e >= 0) entries[s] = e;
    }
    if (entries.empty()) return;
    const double rest = posture_.pose.q(c);
    std::map<int, std::vector<Sample>> seen;
    for (int i = 0; i < samples; ++i) {
      const double value = least + (most - least) * i / (samples - 1);
      posture_.compute(model_, c, value);
      compute_strengths(model_, posture_.paths, posture_.strengths);
      for (const auto& [s, e] : entries) {
        seen[s].push_back({value, posture_.paths.length(s), posture_.paths.moment_arm(e)});
        const double fiber = posture_.strengths.norm_fiber_length(s);
        longest_(s) = std::max(longest_(s), fiber), shortest_(s) = std::min(shortest_(s), fiber);
      }
    }
    for (const auto& [s, e] : entries) report(c, s, judge(c, s, seen[s]));
    posture_.pose.q(c) = rest;
  }

  /// A strand alone with its skeleton, for a closer look at little cost.
  struct Alone {
    Model model;
    Posture posture;

    explicit Alone(const ModelSpec& spec) : model(compile(spec)), posture(model) {}
  };

  Alone& alone(int s) {
    if (watched_ != s) {
      ModelSpec spec = *model_.spec;
      const std::string& name = model_.strands[at(s)].name;
      std::erase_if(spec.muscles, [&](const MuscleSpec& muscle) { return muscle.name != name; });
      alone_ = std::make_unique<Alone>(spec);
      watched_ = s;
    }
    return *alone_;
  }

  Sample closer(int c, int s, int row, double value) {
    Alone& one = alone(s);
    one.posture.pose = rest_pose(one.model);
    one.posture.compute(one.model, c, value);
    return {value, one.posture.paths.length(0), moment_arm(one.model, one.posture.paths, 0, row)};
  }

  /// Follows the half that slopes explain less, until the interval is narrow.
  SweepJudgement judge(int c, int s, const std::vector<Sample>& seen) {
    SweepJudgement worst;
    for (std::size_t i = 0; i < seen.size(); ++i) {
      worst.greatest_arm = std::max(worst.greatest_arm, seen[i].arm);
      worst.least_arm = std::min(worst.least_arm, seen[i].arm);
      if (i == 0) continue;
      Sample a = seen[i - 1], b = seen[i];
      if (unexplained(a, b) < suspicious && std::abs(b.arm - a.arm) < arm_jump) continue;
      while (b.at - a.at > narrow) {
        const double middle = 0.5 * (a.at + b.at);
        const Sample m = closer(c, s, model_.coordinates[at(c)].row, middle);
        const bool first = doubt(a, m) >= doubt(m, b);
        (first ? b : a) = m;
      }
      if (unexplained(a, b) > worst.jump) worst.jump = unexplained(a, b), worst.jump_at = a.at;
      if (std::abs(b.arm - a.arm) > worst.arm_step) worst.arm_step = std::abs(b.arm - a.arm), worst.arm_step_at = a.at;
    }
    return worst;
  }

  static double unexplained(const Sample& a, const Sample& b) {
    return std::abs(b.length - a.length + 0.5 * (a.arm + b.arm) * (b.at - a.at));
  }
  static double doubt(const Sample& a, const Sample& b) { return unexplained(a, b) + 0.01 * std::abs(b.arm - a.arm); }

  void report(int c, int s, const SweepJudgement& worst) {
    const Coordinate& coordinate = model_.coordinates[at(c)];
    const double unit = coordinate.translational ? 1.0 : degree;
    const char* unit_name = coordinate.translational ? "m" : "deg";
    const std::string place = model_.strands[at(s)].name;
    char text[240];
    if (worst.jump > length_jump) {
      std::snprintf(text, sizeof text, "its length jumps by %.2f mm at %s %.1f %s: its moment arm means nothing there",
                    1000.0 * worst.jump, coordinate.name.c_str(), worst.jump_at / unit, unit_name);
      out_.push_back({"path_jump", Severity::error, place, worst.jump, text});
    } else if (!coordinate.translational && worst.arm_step > arm_jump) {
      std::snprintf(text, sizeof text, "its moment arm about %s jumps by %.1f mm at %.1f %s", coordinate.name.c_str(),
                    1000.0 * worst.arm_step, worst.arm_step_at / unit, unit_name);
      out_.push_back({"arm_jump", Severity::warning, place, worst.arm_step, text});
    }
    if (!coordinate.translational && worst.greatest_arm > clear_arm && worst.least_arm < -clear_arm) {
      std::snprintf(text, sizeof text, "its moment arm about %s runs from %.0f to %.0f mm: it changes its action",
                    coordinate.name.c_str(), 1000.0 * worst.least_arm, 1000.0 * worst.greatest_arm);
      out_.push_back({"arm_sign", Severity::note, place, worst.greatest_arm, text});
    }
  }

  void report_fibers() {
    for (int s = 0; s < model_.n_strands(); ++s) {
      const std::string& place = model_.strands[at(s)].name;
      char text[200];
      if (longest_(s) > longest_fiber) {
        std::snprintf(text, sizeof text,
                      "its fibres reach %.2f of optimal within the range of one coordinate: passive force without "
                      "measure",
                      longest_(s));
        out_.push_back({"fiber_range", Severity::warning, place, longest_(s), text});
      }
      if (shortest_(s) < shortest_fiber) {
        std::snprintf(text, sizeof text,
                      "its fibres shorten to %.2f of optimal within the range of one coordinate: "
                      "it cannot pull there",
                      shortest_(s));
        out_.push_back({"fiber_range", Severity::warning, place, shortest_(s), text});
      }
    }
  }

  const Model& model_;
  std::vector<Finding>& out_;
  Posture posture_;
  VecX longest_, shortest_;
  std::unique_ptr<Alone> alone_;
  int watched_ = -1;
};

}  // namespace

void lint_paths(const Model& model, std::vector<Finding>& out) { Sweeper(model, out).run(); }

}  // namespace psoas::detail
