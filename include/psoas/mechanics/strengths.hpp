#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "psoas/core/types.hpp"
#include "psoas/mechanics/paths.hpp"
#include "psoas/model/model.hpp"
#include "psoas/muscle/parameters.hpp"
#include "psoas/muscle/rigid_tendon_batch.hpp"
#include "psoas/muscle/rigid_tendon_unit.hpp"

namespace psoas {

/// The muscle that a strand of a model is.
inline muscle::MuscleParameters strand_parameters(const Model& model, int strand) {
  const StrandParameters& p = model.muscle;
  return {.max_isometric_force = p.max_isometric_force(strand),
          .optimal_fiber_length = p.optimal_fiber_length(strand),
          .tendon_slack_length = p.tendon_slack_length(strand),
          .pennation_at_optimal = p.pennation(strand),
          .max_contraction_velocity = p.max_contraction_velocity(strand),
          .passive_fiber_strain = p.passive_strain(strand),
          .active_width = p.active_width(strand),
          .passive_offset = p.passive_offset[static_cast<std::size_t>(strand)] != 0};
}

/// What each strand can pull: force = passive + activation * active, along its tendon. Written by
/// compute_strengths(). Tendons are rigid; every strand has the curves of its own type.
struct Strengths {
  /// A strand that is no De Groote-Fregly muscle.
  struct Other {
    int strand = 0;
    muscle::RigidTendonUnit unit;
  };

  VecX active;             ///< force at activation 1, without the passive part  [N] (n_strands)
  VecX passive;            ///< force at activation 0                            [N] (n_strands)
  VecX norm_fiber_length;  ///< fibre length / optimal                           [-] (n_strands)
  int slack = 0;           ///< strands whose path is no longer than their tendon
  int outside_curve = 0;   ///< strands whose fibre leaves the range of the curves (slack ones included)
  std::uint64_t stamp = 0;

  muscle::RigidTendonBatch muscles;  ///< constants of all strands; empty where none is a De Groote-Fregly muscle
  std::vector<Other> others;         ///< those with other curves, in order
  muscle::RigidTendonForces forces;  ///< as computed, with slopes and pennation

  explicit Strengths(const Model& model) : forces(model.n_strands()) {
    active = passive = norm_fiber_length = VecX::Constant(model.n_strands(), not_a_number);
    std::vector<muscle::MuscleParameters> parameters(model.strands.size());
    for (std::size_t s = 0; s < parameters.size(); ++s) parameters[s] = strand_parameters(model, static_cast<int>(s));
    for (std::size_t s = 0; s < parameters.size(); ++s) {
      const MuscleSpec& m = model.spec->muscles[s];
      if (m.type == muscle::MuscleType::DeGrooteFregly2016) continue;
      others.push_back({static_cast<int>(s), muscle::rigid_tendon_unit(m.type, parameters[s], m.thelen, m.millard)});
    }
    if (others.size() < parameters.size()) muscles = muscle::RigidTendonBatch(parameters);
  }
};

namespace detail {

/// Replaces the entries of the strands with other curves.
void fill_others(const Paths& paths, Strengths& out) noexcept;

}  // namespace detail

/// Strengths of all strands at their present lengths and speeds.
///
/// @reads paths @cost O(strands) @allocates nothing @throws nothing
inline void compute_strengths(const Model& /*model*/, const Paths& paths, Strengths& out) noexcept {
  const std::span<const double> length(paths.length.data(), static_cast<std::size_t>(paths.length.size()));
  const bool still = paths.speed.isZero(0.0);
  const std::span<const double> speed(paths.speed.data(), still ? 0 : static_cast<std::size_t>(paths.speed.size()));
  out.slack = out.outside_curve = 0;
  if (out.muscles.size() > 0) {
    [[maybe_unused]] const Status status = muscle::rigid_tendon_forces(out.muscles, length, speed, out.forces);
  }
  detail::fill_others(paths, out);
  out.active = out.forces.active;
  out.passive = out.forces.passive;
  out.norm_fiber_length = out.forces.norm_fiber_length;
  for (Eigen::Index i = 0; i < out.active.size(); ++i) {
    out.slack += out.forces.slack(i) ? 1 : 0;
    out.outside_curve += out.forces.length_outside_curve(i) ? 1 : 0;
  }
  out.stamp = paths.stamp;
}

}  // namespace psoas

#ifndef PSOAS_COMPILED
#include "psoas/mechanics/impl/strengths.hpp"
#endif
