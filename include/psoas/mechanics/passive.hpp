#pragma once

#include <cstdint>

#include "psoas/core/types.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/model/model.hpp"
#include "psoas/tissue/capsule.hpp"
#include "psoas/tissue/disc.hpp"

namespace psoas {

/// What discs with their ligaments and hip capsules do by themselves. Written by compute_passive(). Passive fibres
/// are not here: they belong to Strengths.
struct Passive {
  VecX moment;          ///< on each equation, positive in the coordinate's sense    [N m] (n_rows)
  VecX disc_moment;     ///< of each level: extension, right bend, left turn         [N m] (3 n_levels)
  VecX disc_stiffness;  ///< minus its slope                                         [N m/rad] (3 n_levels)
  VecX capsule_moment;  ///< of each hip, positive flexes                            [N m] (n_hips)
  std::uint64_t stamp = 0;

  explicit Passive(const Model& model) {
    moment = VecX::Constant(model.n_rows(), not_a_number);
    disc_moment = disc_stiffness = VecX::Constant(3 * static_cast<Eigen::Index>(model.levels.size()), not_a_number);
    capsule_moment = VecX::Constant(static_cast<Eigen::Index>(model.hips.size()), not_a_number);
  }
};

/// Moments and tangents of discs and capsules at the present angles (Heuer 2007; van Arkel 2015, Anderson 1999).
///
/// @reads kinematics @cost O(levels + hips) @allocates nothing @throws nothing
inline void compute_passive(const Model& model, const Kinematics& k, Passive& out) noexcept {
  static const tissue::DiscParameters disc;
  static const tissue::HipCapsuleParameters capsule;
  constexpr tissue::DiscAxis axes[] = {tissue::DiscAxis::flexion_extension, tissue::DiscAxis::lateral_bending,
                                       tissue::DiscAxis::axial_rotation};
  out.moment.setZero();
  for (std::size_t l = 0; l < model.levels.size(); ++l) {
    const Level& level = model.levels[l];
    for (std::size_t axis = 0; axis < 3; ++axis) {
      const auto i = static_cast<Eigen::Index>(3 * l + axis);
      const int coordinate = level.coordinates[axis];
      const auto held = tissue::disc_moment_holding<double>(disc, axes[axis], k.q(coordinate));
      out.disc_moment(i) = -level.disc_stiffness * held.moment;
      out.disc_stiffness(i) = level.disc_stiffness * held.tangent;
      const int row = model.coordinates[static_cast<std::size_t>(coordinate)].row;
      if (row >= 0) out.moment(row) += out.disc_moment(i);
    }
  }
  for (std::size_t h = 0; h < model.hips.size(); ++h) {
    const Hip& hip = model.hips[h];
    const auto i = static_cast<Eigen::Index>(h);
    out.capsule_moment(i) =
        hip.capsule_stiffness * tissue::hip_capsule_moment<double>(capsule, k.q(hip.flexion)).moment;
    const int row = model.coordinates[static_cast<std::size_t>(hip.flexion)].row;
    if (row >= 0) out.moment(row) += out.capsule_moment(i);
  }
  out.stamp = k.stamp;
}

}  // namespace psoas
