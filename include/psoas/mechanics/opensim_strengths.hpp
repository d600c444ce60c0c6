#pragma once

#include <cmath>

#include "psoas/mechanics/paths.hpp"
#include "psoas/mechanics/strengths.hpp"
#include "psoas/model/model.hpp"

namespace psoas {

/// Strengths as OpenSim's StaticOptimization has them: force = activation * the value of
/// calcInextensibleTendonActiveFiberForce() at full activation, and nothing passive.
///
/// That value is F0 fL fV, times a factor that depends on the muscle's class (4.6):
///
///   Thelen2003            cos, and 0 where the fibre would push
///   Millard2012           sqrt(1 - (h / l)^2) with the thickness h in metres and l over optimal length
///   DeGrooteFregly2016    1
///
/// where only the first is the cosine of the pennation.
/// @reads paths @cost O(strands) @allocates nothing @throws nothing
/// @source what OpenSim 4.6 computes for single muscles; a fibre beyond 84 deg of pennation, which OpenSim stops from
///         turning, has its own cosine here
inline void compute_opensim_strengths(const Model& model, const Paths& paths, Strengths& out) noexcept {
  compute_strengths(model, paths, out);
  out.passive.setZero();
  for (Eigen::Index i = 0; i < out.active.size(); ++i) {
    const double cosine = out.forces.cos_pennation(i);
    if (cosine == 0.0) continue;  // slack
    switch (model.muscle.type[static_cast<std::size_t>(i)]) {
      case muscle::MuscleType::Thelen2003: out.active(i) = out.active(i) < 0.0 ? 0.0 : out.active(i); break;
      case muscle::MuscleType::DeGrooteFregly2016: out.active(i) /= cosine; break;
      case muscle::MuscleType::Millard2012: {
        const double metres = model.muscle.optimal_fiber_length(i) * std::sin(model.muscle.pennation(i));
        const double ratio = metres / out.norm_fiber_length(i);
        out.active(i) *= std::sqrt(1.0 - ratio * ratio) / cosine;
        break;
      }
    }
  }
}

}  // namespace psoas
