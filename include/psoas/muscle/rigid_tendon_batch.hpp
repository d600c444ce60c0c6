#pragma once

#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "psoas/core/status.hpp"
#include "psoas/core/vector_loop.hpp"
#include "psoas/muscle/rigid_tendon.hpp"

/// Many rigid-tendon muscles at once: the formulas of rigid_tendon.hpp, as vectors.
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

/// The constants of many strands, a column each: RigidTendon, turned on its side.
class RigidTendonBatch {
 public:
  VecX max_isometric_force, per_optimal_fiber_length, tendon_slack_length, square_thickness, per_max_velocity;
  VecX per_active_width, damping, passive_rate, passive_gain, passive_zero, passive_start;

  RigidTendonBatch() = default;
  explicit RigidTendonBatch(std::span<const MuscleParameters> strands) {
    for (VecX* column :
         {&max_isometric_force, &per_optimal_fiber_length, &tendon_slack_length, &square_thickness, &per_max_velocity,
          &per_active_width, &damping, &passive_rate, &passive_gain, &passive_zero, &passive_start}) {
      column->resize(static_cast<Eigen::Index>(strands.size()));
    }
    for (std::size_t i = 0; i < strands.size(); ++i) put(rigid_tendon(strands[i]), static_cast<Eigen::Index>(i));
  }

  Eigen::Index size() const { return max_isometric_force.size(); }

 private:
  void put(const RigidTendon& m, Eigen::Index i) {
    max_isometric_force[i] = m.max_isometric_force;
    per_optimal_fiber_length[i] = m.per_optimal_fiber_length;
    tendon_slack_length[i] = m.tendon_slack_length;
    square_thickness[i] = m.norm_thickness * m.norm_thickness;
    per_max_velocity[i] = m.per_max_velocity;
    per_active_width[i] = 1.0 / m.active_width;
    damping[i] = m.damping;
    passive_rate[i] = m.passive.rate;
    passive_gain[i] = m.passive.gain;
    passive_zero[i] = m.passive.zero;
    passive_start[i] = m.passive.start;
  }
};

namespace detail {

/// rigid_tendon_force() of every strand, without a branch.
/// @tparam Moving  false: the force-velocity factor is 1 and its terms drop out; `speed` is not read
/// @return  0 while every number is finite
template <bool Moving>
PSOAS_VECTOR_CLONES std::uint64_t rigid_tendon_forces(const RigidTendonBatch& m, const double* length,
                                                      const double* speed, RigidTendonForces& out) noexcept {
  const Eigen::Index n = m.size();
  const double* const max_isometric_force = m.max_isometric_force.data();
  const double* const per_optimal = m.per_optimal_fiber_length.data();
  const double* const slack_length = m.tendon_slack_length.data();
  const double* const square_thickness = m.square_thickness.data();
  const double* const per_max_velocity = m.per_max_velocity.data();
  const double* const per_active_width = m.per_active_width.data();
  const double* const damping = m.damping.data();
  const double* const rate = m.passive_rate.data();
  const double* const gain = m.passive_gain.data();
  const double* const zero = m.passive_zero.data();
  const double* const start = m.passive_start.data();
  double* const norm_fiber_length = out.norm_fiber_length.data();
  double* const cos_pennation = out.cos_pennation.data();
  double* const norm_fiber_velocity = out.norm_fiber_velocity.data();
  double *const active = out.active.data(), *const passive = out.passive.data();
  double *const active_slope = out.active_slope.data(), *const passive_slope = out.passive_slope.data();
  std::uint64_t unsound = 0;
  PSOAS_INDEPENDENT_STEPS
  for (Eigen::Index i = 0; i < n; ++i) {
    const BranchlessMuscle muscle{
        max_isometric_force[i], per_optimal[i],      slack_length[i], square_thickness[i],
        per_max_velocity[i],    per_active_width[i], damping[i],      {rate[i], gain[i], zero[i], start[i]}};
    const double at = length[i], moving = Moving ? speed[i] : 0.0;
    const RigidTendonForce<double> f = branchless_rigid_tendon_force<Moving>(muscle, at, moving);
    norm_fiber_length[i] = f.norm_fiber_length;
    cos_pennation[i] = f.cos_pennation;
    norm_fiber_velocity[i] = f.norm_fiber_velocity;
    active[i] = f.active;
    passive[i] = f.passive;
    active_slope[i] = f.active_slope;
    passive_slope[i] = f.passive_slope;
    unsound |= branchless_not_finite((at + moving) + (f.active + f.passive) + (f.active_slope + f.passive_slope));
  }
  return unsound;
}

}  // namespace detail

/// Force of every strand with a rigid tendon: the same bits as rigid_tendon_force() gives each alone.
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
  const std::uint64_t unsound = speed.empty()
                                    ? detail::rigid_tendon_forces<false>(batch, length.data(), nullptr, out)
                                    : detail::rigid_tendon_forces<true>(batch, length.data(), speed.data(), out);
  return unsound == 0 ? Status::ok : Status::not_finite;
}

}  // namespace psoas::muscle
