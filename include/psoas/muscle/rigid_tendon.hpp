#pragma once

#include <cmath>

#include "psoas/core/types.hpp"
#include "psoas/muscle/de_groote_fregly_curves.hpp"
#include "psoas/muscle/detail/branchless.hpp"
#include "psoas/muscle/parameters.hpp"

/// A De Groote-Fregly muscle whose tendon does not stretch: path length and activation give its force.
namespace psoas::muscle {

/// What does not change from pose to pose. Made by rigid_tendon(); the parameters must be free of faults.
struct RigidTendon {
  double max_isometric_force;       ///< [N]
  double per_optimal_fiber_length;  ///< 1 / optimal fibre length                             [1/m]
  double tendon_slack_length;       ///< [m]
  double norm_thickness;            ///< sine of the pennation at optimal length               [-]
  double per_max_velocity;          ///< 1 / (maximal velocity * optimal fibre length)         [s/m]
  double active_width;              ///< [-]
  double damping;                   ///< [-]
  PassiveCurve passive;
};

/// The constants of one muscle; a damping that was not given is 0 here.
inline RigidTendon rigid_tendon(const MuscleParameters& given) {
  const MuscleParameters p = resolved(given, MuscleType::DeGrooteFregly2016);
  return {.max_isometric_force = p.max_isometric_force,
          .per_optimal_fiber_length = 1.0 / p.optimal_fiber_length,
          .tendon_slack_length = p.tendon_slack_length,
          .norm_thickness = std::sin(p.pennation_at_optimal),
          .per_max_velocity = 1.0 / (p.max_contraction_velocity * p.optimal_fiber_length),
          .active_width = p.active_width,
          .damping = std::isnan(given.damping) ? 0.0 : given.damping,
          .passive = passive_curve(p.passive_fiber_strain, p.passive_offset)};
}

/// The fibre is shorter or longer than the curves were fitted for (or not a number).
template <Scalar T>
bool length_outside_curve(const T& norm_fiber_length) {
  return !(norm_fiber_length >= shortest_norm_fiber_length && norm_fiber_length <= longest_norm_fiber_length);
}

/// The fibre moves faster than the curve was fitted for (or not a number).
template <Scalar T>
bool speed_outside_curve(const T& norm_fiber_velocity) {
  return !(norm_fiber_velocity >= -1.0 && norm_fiber_velocity <= 1.0);
}

/// Force along the tendon: passive + activation * active.
template <Scalar T>
struct RigidTendonForce {
  T norm_fiber_length;        ///< fibre length / optimal                                      [-]
  T cos_pennation;            ///< 0 exactly where slack                                       [-]
  T norm_fiber_velocity;      ///< fibre velocity / maximal, lengthening positive              [-]
  T active;                   ///< along the tendon, at activation 1                           [N]
  T passive;                  ///< along the tendon: elastic and damping                       [N]
  T active_slope;             ///< d active / d path length, at the same lengthening speed     [N/m]
  T passive_slope;            ///< d passive / d path length, at the same lengthening speed    [N/m]
  bool slack;                 ///< the path is no longer than the tendon: forces and slopes are exactly 0
  bool length_outside_curve;  ///< the fibre is not within [0.2, 1.8]
  bool speed_outside_curve;   ///< the fibre velocity is not within [-1, 1]
};

namespace detail {

/// What the curves of a fibre give at one length and velocity.
template <Scalar T>
struct FiberCurves {
  ValueSlope<T> active, velocity, passive;
};

/// The formula of rigid_tendon_force(), for any curves.
/// @param m       constants of the muscle, under the names of RigidTendon
/// @param curves  FiberCurves by (l, v)
template <Scalar T, class Muscle, class Curves>
RigidTendonForce<T> rigid_tendon_force_by(const Muscle& m, const T& length, const T& speed, const Curves& curves) {
  using std::sqrt;
  const T along = (length - m.tendon_slack_length) * m.per_optimal_fiber_length;
  if (along <= 0.0) {
    const T none(0.0);
    return {T(m.norm_thickness), none, none, none, none, none, none, true, true, false};
  }

  // geometry, and how the cosine changes with path length
  const T l = sqrt(along * along + m.norm_thickness * m.norm_thickness);
  const T cosine = along / l;
  const T cosine_slope = (1.0 - cosine * cosine) / l * m.per_optimal_fiber_length;
  const T l_slope = cosine * m.per_optimal_fiber_length;
  const T v = cosine * speed * m.per_max_velocity;
  const T v_slope = cosine_slope * speed * m.per_max_velocity;

  const FiberCurves<T> f = curves(l, v);
  const T fiber_active = f.active.value * f.velocity.value;
  const T fiber_active_slope =
      f.active.slope * l_slope * f.velocity.value + f.active.value * f.velocity.slope * v_slope;
  const T fiber_passive = f.passive.value + m.damping * v;
  const T fiber_passive_slope = f.passive.slope * l_slope + m.damping * v_slope;
  const double F0 = m.max_isometric_force;
  return {.norm_fiber_length = l,
          .cos_pennation = cosine,
          .norm_fiber_velocity = v,
          .active = F0 * cosine * fiber_active,
          .passive = F0 * cosine * fiber_passive,
          .active_slope = F0 * (cosine_slope * fiber_active + cosine * fiber_active_slope),
          .passive_slope = F0 * (cosine_slope * fiber_passive + cosine * fiber_passive_slope),
          .slack = false,
          .length_outside_curve = length_outside_curve(l),
          .speed_outside_curve = speed_outside_curve(v)};
}

}  // namespace detail

/// Force of a muscle with a rigid tendon and fibres of constant thickness h, optimal length * sin(pennation).
///
///   along = path length - tendon slack length       fibre = sqrt(along^2 + h^2)       cos = along / fibre
///   l = fibre / optimal                             v = cos * speed / (maximal velocity * optimal)
///   active = F0 cos fL(l) fV(v)                     passive = F0 cos (fP(l) + damping v)
///
/// @param m       constants of the muscle
/// @param length  path length                          [m]
/// @param speed   its rate, lengthening positive       [m/s]
/// @return        forces, slopes and three flags; the numbers are NaN when an input is NaN
/// @note  A path no longer than its tendon holds no fibre that could pull: `slack`, and every force is 0.
///        Without pennation the active force jumps there by F0 fL(0), 2 % of F0 for an active_width of 1.5;
///        `length_outside_curve` is set from l = 0.2 down, well before, and where slack.
/// @note  Nothing is clamped: a fibre that shortens faster than its maximal velocity has a negative active
///        force, and `speed_outside_curve` says that it is no force of a muscle.
/// @note  active_width >= 1 keeps the widened curve's own argument within [0.2, 1.8] whenever l is.
template <Scalar T>
RigidTendonForce<T> rigid_tendon_force(const RigidTendon& m, const T& length, const T& speed) {
  return detail::rigid_tendon_force_by<T>(m, length, speed, [&](const T& l, const T& v) -> detail::FiberCurves<T> {
    return {active_force_length(l, m.active_width), force_velocity(v), passive_force_length(m.passive, l)};
  });
}

namespace detail {

/// What the formula without a branch reads of one muscle.
struct BranchlessMuscle {
  double max_isometric_force, per_optimal_fiber_length, tendon_slack_length, square_thickness, per_max_velocity;
  double per_active_width, damping;
  PassiveCurve passive;
};

inline BranchlessMuscle branchless(const RigidTendon& m) {
  return {m.max_isometric_force,
          m.per_optimal_fiber_length,
          m.tendon_slack_length,
          m.norm_thickness * m.norm_thickness,
          m.per_max_velocity,
          1.0 / m.active_width,
          m.damping,
          m.passive};
}

/// rigid_tendon_force() without a branch and without a call: one muscle and every lane of a batch run these operations.
/// @tparam Moving  false: the force-velocity factor is 1 and its terms drop out; `speed` is not read
template <bool Moving>
[[gnu::always_inline]] inline RigidTendonForce<double> branchless_rigid_tendon_force(const BranchlessMuscle& m,
                                                                                     double length,
                                                                                     double speed) noexcept {
  const double along = (length - m.tendon_slack_length) * m.per_optimal_fiber_length;
  const double l = std::sqrt(along * along + m.square_thickness);
  const double per_l = 1.0 / l;
  const double cosine = along * per_l;
  const double cosine_slope = m.square_thickness * per_l * per_l * per_l * m.per_optimal_fiber_length;
  const double l_slope = cosine * m.per_optimal_fiber_length;

  const ValueSlope<double> fL = branchless_active_force_length(l, m.per_active_width);
  const ValueSlope<double> fP = branchless_passive_force_length(m.passive, l);
  double v = 0.0;
  double fiber_active = fL.value, fiber_active_slope = fL.slope * l_slope;
  double fiber_passive = fP.value, fiber_passive_slope = fP.slope * l_slope;
  if constexpr (Moving) {
    v = cosine * speed * m.per_max_velocity;
    const double v_slope = cosine_slope * speed * m.per_max_velocity;
    const ValueSlope<double> fV = branchless_force_velocity(v);
    fiber_active = fL.value * fV.value;
    fiber_active_slope = fiber_active_slope * fV.value + fL.value * fV.slope * v_slope;
    fiber_passive += m.damping * v;
    fiber_passive_slope += m.damping * v_slope;
  }

  const double force = m.max_isometric_force * cosine, turning = m.max_isometric_force * cosine_slope;
  const double active_slope = turning * fiber_active + force * fiber_active_slope;
  const double passive_slope = turning * fiber_passive + force * fiber_passive_slope;
  const bool slack = along <= 0.0;  // no fibre that could pull
  return {.norm_fiber_length = slack ? std::sqrt(m.square_thickness) : l,
          .cos_pennation = slack ? 0.0 : cosine,
          .norm_fiber_velocity = slack ? 0.0 : v,
          .active = slack ? 0.0 : force * fiber_active,
          .passive = slack ? 0.0 : force * fiber_passive,
          .active_slope = slack ? 0.0 : active_slope,
          .passive_slope = slack ? 0.0 : passive_slope,
          .slack = slack,
          .length_outside_curve = slack || length_outside_curve(l),
          .speed_outside_curve = !slack && speed_outside_curve(v)};
}

}  // namespace detail

/// rigid_tendon_force() of plain numbers: the same bits as rigid_tendon_forces() gives the strand in a batch, within
/// 2e-15 of the maximal force of what the formula above gives with the exponential of the standard library.
inline RigidTendonForce<double> rigid_tendon_force(const RigidTendon& m, double length, double speed) noexcept {
  return detail::branchless_rigid_tendon_force<true>(detail::branchless(m), length, speed);
}

/// The same for a muscle that is held still.
inline RigidTendonForce<double> rigid_tendon_force(const RigidTendon& m, double length) noexcept {
  return detail::branchless_rigid_tendon_force<false>(detail::branchless(m), length, 0.0);
}

}  // namespace psoas::muscle
