#pragma once

#include <cstdint>

#include "psoas/core/types.hpp"
#include "psoas/mechanics/inverse_dynamics.hpp"
#include "psoas/mechanics/passive.hpp"
#include "psoas/mechanics/paths.hpp"
#include "psoas/mechanics/strengths.hpp"
#include "psoas/model/model.hpp"

namespace psoas {

/// What active muscle, supports, level rotations, motors and reserves must supply together. Written by
/// compute_demand().
struct Demand {
  VecX moment;         ///< generalised force of each equation                       [N m or N] (n_rows)
  VecX passive_fiber;  ///< part that passive fibres already supply (taken off)      [N m or N] (n_rows)
  VecX balanced;       ///< minus the passive pull on each balanced axis             [N] (n_balanced)
  std::uint64_t stamp = 0;

  explicit Demand(const Model& model) {
    moment = passive_fiber = VecX::Constant(model.n_rows(), not_a_number);
    balanced = VecX::Constant(static_cast<Eigen::Index>(model.balanced.size()), not_a_number);
  }
};

/// demand = inverse dynamics - tissue - passive fibres
///
/// @reads inverse_dynamics paths strengths passive @cost O(moment arms) @allocates nothing @throws nothing
inline void compute_demand(const Model& model, const InverseDynamics& inverse_dynamics, const Paths& paths,
                           const Strengths& strengths, const Passive& passive, Demand& out) noexcept {
  out.passive_fiber.setZero();
  for (int s = 0; s < model.n_strands(); ++s) {
    const Strand& strand = model.strands[static_cast<std::size_t>(s)];
    const double force = strengths.passive(s);
    if (force == 0.0) continue;
    for (int k = strand.first_arm; k < strand.first_arm + strand.n_arms; ++k) {
      out.passive_fiber(model.arm_row[static_cast<std::size_t>(k)]) += paths.moment_arm(k) * force;
    }
  }
  out.moment = inverse_dynamics.moment - passive.moment - out.passive_fiber;
  out.balanced.setZero();
  for (std::size_t t = 0; t < model.balanced_terms.size(); ++t) {
    const BalancedTerm& term = model.balanced_terms[t];
    out.balanced(term.balanced) -= paths.balanced_pull(static_cast<Eigen::Index>(t)) * strengths.passive(term.strand);
  }
  out.stamp = inverse_dynamics.stamp;
}

}  // namespace psoas
