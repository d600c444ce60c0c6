#pragma once

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "psoas/analysis/forward_report.hpp"
#include "psoas/core/error.hpp"
#include "psoas/core/nearest_name.hpp"
#include "psoas/core/status.hpp"
#include "psoas/core/types.hpp"
#include "psoas/model/model.hpp"
#include "psoas/model/task.hpp"
#include "psoas/recruit/options.hpp"

namespace psoas {

/// One answer over time, named as in the summary: `spine.L4_L5.compression_N`. The unit is the end of the name.
struct Channel {
  std::string name;
  VecX values;  ///< one a frame, NaN where the frame failed
};

/// The value of largest magnitude, with its sign; the first one of equals.
struct Peak {
  double value = not_a_number;
  double time = not_a_number;  ///< [s]
  int frame = -1;
};

enum class Verdict { pass, warn, fail };

constexpr std::string_view to_string(Verdict verdict) {
  return verdict == Verdict::pass ? "pass" : verdict == Verdict::warn ? "warn" : "fail";
}

/// One check of a result against its limits.
struct Gate {
  std::string name;
  double value = not_a_number;    ///< largest over all frames
  double warn = 0.0, fail = 0.0;  ///< limits; beyond them the verdict changes
  Verdict verdict = Verdict::fail;
  std::string at;              ///< what was worst: coordinate, muscle, level; empty when nothing stands out
  double time = not_a_number;  ///< when  [s]
};

/// One part of one load at one time.
struct LedgerEntry {
  std::string load;   ///< channel name
  double time = 0.0;  ///< [s]
  std::string cause;  ///< gravity, inertia, support, external, ligament, bushing, muscle; total and sum are not added
  std::string part;   ///< body, patch, load or strand; group for `sum`; empty for `total`
  double value = 0.0;
  std::string unit;  ///< N, Nm or BW
};

/// What came out of a motion.
struct Outcome {
  std::string name;
  Status status = Status::not_computed;
  std::shared_ptr<const Model> model;
  Task task;
  std::string cost;          ///< "volume2": cost and power of the recruitment
  std::vector<double> time;  ///< [s]
  std::vector<Status> frame_status;
  std::vector<Channel> channels;
  std::vector<Gate> gates;
  std::vector<LedgerEntry> ledger;                      ///< at each load's peak, or of all frames when asked for
  MatX activation, force, passive_force, fiber_length;  ///< [-, N, N, -] (n_strands, n_frames)
  MatX joint_moment;                         ///< net moment or force of each equation [N m or N] (n_rows, n_frames)
  MatX reserve;                              ///< of each equation  [N m or N] (n_rows, n_frames)
  std::vector<recruit::Actuator> actuators;  ///< of a recruitment as OpenSim's
  MatX control;                              ///< of each of them [-] (n_actuators, n_frames)
  /// Each joint's load on its child: force, moment, point in the child's axes, then all three in the world's
  /// (see JointReactions) [N, N m, m] (18 n_bodies, n_frames)
  MatX joint_reaction;
  std::vector<std::vector<Vec3>> node_force;  ///< of the active nodes of each frame, world axes [N]
  MatX level_rotation;                        ///< [rad] (3 n_levels, n_frames)
  std::shared_ptr<const Outcome> reference;   ///< the posture that ratios refer to, null for itself
  std::optional<ForwardReport> forward;       ///< of a simulation

  bool usable() const { return psoas::usable(status); }
  int failed_frames() const {
    int n = 0;
    for (Status s : frame_status) n += psoas::usable(s) ? 0 : 1;
    return n;
  }

  const Channel* find(std::string_view name_) const {
    for (const Channel& c : channels) {
      if (c.name == name_) return &c;
    }
    return nullptr;
  }

  /// @throws Error naming the nearest channels
  const Channel& channel(std::string_view wanted) const {
    if (const Channel* found = find(wanted)) return *found;
    std::vector<std::string> names;
    for (const Channel& c : channels) names.push_back(c.name);
    throw Error("no load \"" + std::string(wanted) + '"' + did_you_mean(wanted, names));
  }

  Peak peak(std::string_view name_) const { return peak_of(channel(name_)); }

  Peak peak_of(const Channel& c) const {
    Peak best;
    for (Eigen::Index f = 0; f < c.values.size(); ++f) {
      if (std::isnan(c.values(f))) continue;
      if (best.frame < 0 || std::abs(c.values(f)) > std::abs(best.value)) {
        best = {c.values(f), time[static_cast<std::size_t>(f)], static_cast<int>(f)};
      }
    }
    return best;
  }

  /// Peak over the reference posture's value; NaN where that is below 20 N (1 N m) or has the other sign.
  double relative_to_standing(std::string_view name_) const {
    const Outcome& base = reference ? *reference : *this;
    const double own = peak(name_).value, other = base.peak(name_).value;
    const bool moment = name_.size() > 3 && name_.substr(name_.size() - 3) == "_Nm";
    const bool newtons = name_.size() > 2 && name_.substr(name_.size() - 2) == "_N";
    const bool share = name_.size() > 3 && name_.substr(name_.size() - 3) == "_BW";
    const double least = moment ? 1.0 : newtons ? 20.0 : share ? 20.0 / model->body_weight : infinity;
    if (!(std::abs(other) >= least) || own * other < 0.0) return not_a_number;
    return own / other;
  }

  /// Worst verdict of all gates.
  Verdict verdict() const {
    Verdict worst = usable() ? Verdict::pass : Verdict::fail;
    for (const Gate& gate : gates) worst = std::max(worst, gate.verdict);
    return worst;
  }
};

}  // namespace psoas
