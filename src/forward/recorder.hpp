#pragma once

#include <utility>
#include <vector>

#include "forward/limb.hpp"
#include "psoas/core/error.hpp"
#include "psoas/forward/implicit_muscles.hpp"
#include "psoas/forward/integrate.hpp"

namespace psoas::forward {

/// Gathers what a trajectory shows, one column a time.
class Recorder {
 public:
  explicit Recorder(const Limb& limb) : limb_(limb) {
    out_.free = limb.free();
    out_.strands = limb.strands();
    out_.elastic = limb.muscles().elastic;
  }

  /// The limb stands where it was placed and accelerated last.
  /// @param free_speed  of the free coordinates at the end of a step; the limb was placed with a predicted one
  void record(double time, const MuscleStates& muscles, const VecX& force, const VecX& free_speed) {
    out_.time.push_back(time);
    out_.pose.push_back(limb_.pose());
    for (std::size_t f = 0; f < limb_.free().size(); ++f) {
      out_.pose.back().v(limb_.free()[f]) = free_speed(static_cast<Eigen::Index>(f));
    }
    out_.pushing.push_back(pushing(muscles));
    out_.loads.push_back(limb_.loads());
    activation_.push_back(muscles.activation);
    fiber_length_.push_back(muscles.fiber_length);
    force_.push_back(force);
    muscle_moment_.push_back(limb_.muscle_moment());
    passive_moment_.push_back(limb_.passive_moment());
  }

  Trajectory take() {
    out_.activation = columns(activation_);
    out_.fiber_length = columns(fiber_length_);
    out_.force = columns(force_);
    out_.muscle_moment = columns(muscle_moment_);
    out_.passive_moment = columns(passive_moment_);
    return std::move(out_);
  }

 private:
  int pushing(const MuscleStates& muscles) const {
    const MuscleSet& m = limb_.muscles();
    int count = 0;
    for (Eigen::Index i = 0; i < m.size(); ++i) {
      if (m.is_elastic_at(i)) continue;
      count += rigid_law(m, i, limb_.length()(i), limb_.speed()(i), muscles.activation(i)) < 0.0 ? 1 : 0;
    }
    return count;
  }

  static MatX columns(const std::vector<VecX>& each) {
    if (each.empty()) return {};
    MatX out(each.front().size(), static_cast<Eigen::Index>(each.size()));
    for (std::size_t i = 0; i < each.size(); ++i) out.col(static_cast<Eigen::Index>(i)) = each[i];
    return out;
  }

  const Limb& limb_;
  Trajectory out_;
  std::vector<VecX> activation_, fiber_length_, force_, muscle_moment_, passive_moment_;
};

/// @throws Error where an end is asked for
inline void require_wanted(const IntegrateOptions& options) {
  if (options.cancel != nullptr && *options.cancel) throw Error("stopped from outside");
}

/// integrate() with Method::dopri5.
Trajectory integrate_explicitly(const Model& model, const State& start, const Drive& drive,
                                const IntegrateOptions& options, Limb& limb);

}  // namespace psoas::forward
