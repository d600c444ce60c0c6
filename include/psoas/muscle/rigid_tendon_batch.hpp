#pragma once

#include <algorithm>
#include <cmath>
#include <span>
#include <vector>

#include "psoas/core/status.hpp"
#include "psoas/muscle/detail/lanes.hpp"
#include "psoas/muscle/rigid_tendon.hpp"

/// Many rigid-tendon muscles at once: the formulas of rigid_tendon.hpp, eight strands side by side.
namespace psoas::muscle {

/// Written by rigid_tendon_forces(); one entry a strand, as in RigidTendonForce.
struct RigidTendonForces {
  VecX norm_fiber_length;    ///< [-]
  VecX cos_pennation;        ///< [-]    0 exactly where slack
  VecX norm_fiber_velocity;  ///< [-]    lengthening positive
  VecX active;               ///< [N]    along the tendon, at activation 1
  VecX passive;              ///< [N]    along the tendon
  VecX active_slope;         ///< [N/m]
  VecX passive_slope;        ///< [N/m]

  RigidTendonForces() = default;
  /// Sizes everything, fills it with NaN.
  explicit RigidTendonForces(Eigen::Index n_strands)
      : norm_fiber_length(VecX::Constant(n_strands, not_a_number)),
        cos_pennation(norm_fiber_length),
        norm_fiber_velocity(norm_fiber_length),
        active(norm_fiber_length),
        passive(norm_fiber_length),
        active_slope(norm_fiber_length),
        passive_slope(norm_fiber_length) {}

  Eigen::Index size() const { return active.size(); }
  bool slack(Eigen::Index i) const { return cos_pennation[i] == 0.0; }
  bool length_outside_curve(Eigen::Index i) const {
    return slack(i) || muscle::length_outside_curve(norm_fiber_length[i]);
  }
  bool speed_outside_curve(Eigen::Index i) const { return muscle::speed_outside_curve(norm_fiber_velocity[i]); }
};

namespace detail {

/// The constants of eight strands: RigidTendon, turned on its side.
struct RigidTendonLanes {
  Lanes max_isometric_force, per_optimal_fiber_length, tendon_slack_length, square_thickness, per_max_velocity;
  Lanes per_active_width, damping;
  Lanes passive_rate, passive_gain, passive_zero, passive_start;
};

/// passive_force_length().
inline LaneCurve passive_force_length(const RigidTendonLanes& m, const Lanes& l) noexcept {
  const Lanes growth = exp(m.passive_rate * (l - 1.0));
  LaneCurve f{m.passive_gain * (growth - m.passive_zero), m.passive_gain * m.passive_rate * growth};
  for (Eigen::Index i = 0; i < n_lanes; ++i) {
    f.value[i] = l[i] <= m.passive_start[i] ? 0.0 : f.value[i];
    f.slope[i] = l[i] <= m.passive_start[i] ? 0.0 : f.slope[i];
  }
  return f;
}

struct RigidTendonLaneForces {
  Lanes norm_fiber_length, cos_pennation, norm_fiber_velocity, active, passive, active_slope, passive_slope;
};

/// Turns lanes whose path is no longer than its tendon into slack ones.
inline void slacken(const RigidTendonLanes& m, const Lanes& along, RigidTendonLaneForces& out) noexcept {
  for (Eigen::Index i = 0; i < n_lanes; ++i) {
    if (!(along[i] <= 0.0)) continue;
    out.norm_fiber_length[i] = std::sqrt(m.square_thickness[i]);
    out.cos_pennation[i] = out.norm_fiber_velocity[i] = out.active[i] = out.passive[i] = 0.0;
    out.active_slope[i] = out.passive_slope[i] = 0.0;
  }
}

/// rigid_tendon_force() of eight strands. Isometric: the force-velocity factor is 1 and its terms drop out.
template <bool isometric>
void rigid_tendon_forces(const RigidTendonLanes& m, const Lanes& length, const Lanes& speed,
                         RigidTendonLaneForces& out) noexcept {
  const Lanes along = (length - m.tendon_slack_length) * m.per_optimal_fiber_length;
  const Lanes l = (along * along + m.square_thickness).sqrt();
  const Lanes per_l = 1.0 / l;
  const Lanes cosine = along * per_l;
  const Lanes cosine_slope = m.square_thickness * per_l * per_l * per_l * m.per_optimal_fiber_length;
  const Lanes l_slope = cosine * m.per_optimal_fiber_length;

  const LaneCurve fL = active_force_length(l, m.per_active_width);
  const LaneCurve fP = passive_force_length(m, l);
  Lanes v = Lanes::Zero();
  Lanes active = fL.value, active_slope = fL.slope * l_slope;
  Lanes passive = fP.value, passive_slope = fP.slope * l_slope;
  if constexpr (!isometric) {
    v = cosine * speed * m.per_max_velocity;
    const Lanes v_slope = cosine_slope * speed * m.per_max_velocity;
    const LaneCurve fV = force_velocity(v);
    active = fL.value * fV.value;
    active_slope = active_slope * fV.value + fL.value * fV.slope * v_slope;
    passive += m.damping * v;
    passive_slope += m.damping * v_slope;
  }

  const Lanes along_tendon = m.max_isometric_force * cosine;
  const Lanes turning = m.max_isometric_force * cosine_slope;
  out.norm_fiber_length = l;
  out.cos_pennation = cosine;
  out.norm_fiber_velocity = v;
  out.active = along_tendon * active;
  out.passive = along_tendon * passive;
  out.active_slope = turning * active + along_tendon * active_slope;
  out.passive_slope = turning * passive + along_tendon * passive_slope;
  bool any_slack = false;
  for (Eigen::Index i = 0; i < n_lanes; ++i) any_slack |= along[i] <= 0.0;
  if (any_slack) slacken(m, along, out);
}

}  // namespace detail

/// The constants of many strands, in blocks of eight; copies of the last strand fill up the last block.
class RigidTendonBatch {
 public:
  RigidTendonBatch() = default;
  explicit RigidTendonBatch(std::span<const MuscleParameters> strands)
      : size_(static_cast<Eigen::Index>(strands.size())) {
    blocks_.resize((strands.size() + detail::n_lanes - 1) / detail::n_lanes);
    for (std::size_t i = 0; i < blocks_.size() * detail::n_lanes; ++i) {
      put(rigid_tendon(strands[std::min(i, strands.size() - 1)]), blocks_[i / detail::n_lanes],
          static_cast<Eigen::Index>(i % detail::n_lanes));
    }
  }

  Eigen::Index size() const { return size_; }
  const std::vector<detail::RigidTendonLanes>& blocks() const { return blocks_; }

 private:
  static void put(const RigidTendon& m, detail::RigidTendonLanes& block, Eigen::Index lane) {
    block.max_isometric_force[lane] = m.max_isometric_force;
    block.per_optimal_fiber_length[lane] = m.per_optimal_fiber_length;
    block.tendon_slack_length[lane] = m.tendon_slack_length;
    block.square_thickness[lane] = m.norm_thickness * m.norm_thickness;
    block.per_max_velocity[lane] = m.per_max_velocity;
    block.per_active_width[lane] = 1.0 / m.active_width;
    block.damping[lane] = m.damping;
    block.passive_rate[lane] = m.passive.rate;
    block.passive_gain[lane] = m.passive.gain;
    block.passive_zero[lane] = m.passive.zero;
    block.passive_start[lane] = m.passive.start;
  }

  Eigen::Index size_ = 0;
  std::vector<detail::RigidTendonLanes> blocks_;
};

namespace detail {

template <bool isometric>
bool rigid_tendon_forces(const RigidTendonBatch& batch, std::span<const double> length, std::span<const double> speed,
                         RigidTendonForces& out) noexcept {
  const Eigen::Index n = batch.size();
  Lanes unsound = Lanes::Zero();  // stays 0 while every number is finite
  RigidTendonLaneForces block;
  for (Eigen::Index first = 0; first < n; first += n_lanes) {
    const Eigen::Index count = std::min(n_lanes, n - first);
    const RigidTendonLanes& m = batch.blocks()[static_cast<std::size_t>(first / n_lanes)];
    Lanes L, V = Lanes::Zero();
    for (Eigen::Index i = 0; i < n_lanes; ++i) {
      const auto strand = static_cast<std::size_t>(first + std::min(i, count - 1));
      L[i] = length[strand];
      if constexpr (!isometric) V[i] = speed[strand];
    }
    rigid_tendon_forces<isometric>(m, L, V, block);
    const Lanes sum = L + V + block.active + block.passive + block.active_slope + block.passive_slope;
    unsound += sum - sum;
    out.norm_fiber_length.segment(first, count) = block.norm_fiber_length.head(count);
    out.cos_pennation.segment(first, count) = block.cos_pennation.head(count);
    out.norm_fiber_velocity.segment(first, count) = block.norm_fiber_velocity.head(count);
    out.active.segment(first, count) = block.active.head(count);
    out.passive.segment(first, count) = block.passive.head(count);
    out.active_slope.segment(first, count) = block.active_slope.head(count);
    out.passive_slope.segment(first, count) = block.passive_slope.head(count);
  }
  return (unsound == 0.0).all();
}

}  // namespace detail

/// Force of every strand with a rigid tendon; agrees with rigid_tendon_force() to 1e-13 of the force.
///
/// @param batch   constants of the strands
/// @param length  path lengths                                                      [m]    (n_strands)
/// @param speed   their rates; empty when nothing moves, which is quicker           [m/s]  (n_strands or 0)
/// @param out     sized for n_strands
/// @return  ok; not_finite when an input or a result is no finite number (other strands' entries stand);
///          not_computed when a size does not fit: every entry of `out` is NaN
/// @allocates nothing  @throws nothing
[[nodiscard]] inline Status rigid_tendon_forces(const RigidTendonBatch& batch, std::span<const double> length,
                                                std::span<const double> speed, RigidTendonForces& out) noexcept {
  const auto n = static_cast<std::size_t>(batch.size());
  if (length.size() != n || (!speed.empty() && speed.size() != n) || out.size() != batch.size()) {
    for (VecX* column : {&out.norm_fiber_length, &out.cos_pennation, &out.norm_fiber_velocity, &out.active,
                         &out.passive, &out.active_slope, &out.passive_slope}) {
      column->setConstant(not_a_number);
    }
    return Status::not_computed;
  }
  const bool sound = speed.empty() ? detail::rigid_tendon_forces<true>(batch, length, speed, out)
                                   : detail::rigid_tendon_forces<false>(batch, length, speed, out);
  return sound ? Status::ok : Status::not_finite;
}

}  // namespace psoas::muscle
