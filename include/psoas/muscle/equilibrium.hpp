#pragma once

#include <algorithm>
#include <cmath>
#include <utility>
#include <variant>

#include "psoas/core/root_finding.hpp"
#include "psoas/core/types.hpp"
#include "psoas/muscle/curves.hpp"
#include "psoas/muscle/instant.hpp"

/// Fibre and tendon in series: which velocity, or which length, balances their forces.
namespace psoas::muscle {

/// A fibre velocity, or why there is none.
struct FiberVelocity {
  double value = not_a_number;  ///< normalised, lengthening positive [-]
  Status status = Status::not_computed;
  Reason reason = Reason::none;
};

/// One muscle: fibres of constant thickness h = sin(pennation at optimal) * optimal length, in series with a tendon.
///
///   along = sqrt(l^2 - h^2)      cos = along / l      lT = (L - optimal * along) / slack
///   fT(lT) = cos (a fL(l) fV(v) + fP(l) + damping v)
///
/// Every member is const, allocates nothing and throws nothing; each muscle carries its own constants.
template <FiberCurves Curves>
class MuscleTendonUnit {
 public:
  /// @param p       free of faults, see faults_in()
  /// @param curves  for a shape other than the default of the type; made from the same parameters
  explicit MuscleTendonUnit(const MuscleParameters& p, Tendon tendon = Tendon::automatic)
      : MuscleTendonUnit(p, tendon, Curves(p)) {}
  MuscleTendonUnit(const MuscleParameters& p, Tendon tendon, Curves curves)
      : p_(resolved(p, Curves::type)),
        curves_(std::move(curves)),
        rigid_(tendon_for(tendon, p) == Tendon::rigid),
        thickness_(std::sin(p.pennation_at_optimal)),
        max_speed_(p_.max_contraction_velocity * p_.optimal_fiber_length) {}

  const MuscleParameters& parameters() const { return p_; }
  const Curves& curves() const { return curves_; }
  Tendon tendon() const { return rigid_ ? Tendon::rigid : Tendon::elastic; }

  /// The velocity at which the fibre balances the tendon.
  ///
  /// Elastic: with damping > 0 the residual rises with v and changes sign between two velocities known beforehand, so
  /// the bracketed Newton iteration finds its only root; without damping the force-velocity curve is inverted.
  /// Rigid: the fibre takes the speed of the path, v = cos V / (maximal velocity * optimal), and l is not read.
  /// Slack: no force. Rigid, L no longer than the tendon: the fibre rests. Elastic, L longer by no more than
  /// shortest_along_tendon * optimal: it takes up the slack, a fL fV(v) + fP + damping v = 0, until it lies across.
  /// @param activation  a        [-]    >= 0
  /// @param l           normalised fibre length
  /// @param L           path length [m]
  /// @param V           its rate, lengthening positive [m/s]; read where the tendon is rigid
  /// @return  ok, with reason slack where it is; no_equilibrium: fiber_too_short, no_velocity; not_finite
  [[nodiscard]] FiberVelocity fiber_velocity(double activation, double l, double L, double V) const noexcept {
    if (!std::isfinite(activation + l + L + V)) return {not_a_number, Status::not_finite, Reason::not_finite};
    if (rigid_) {
      const double along = rigid_along(L);
      if (along <= 0.0) return {0.0, Status::ok, Reason::slack};
      return {along / std::hypot(along, thickness_) * V / max_speed_, Status::ok, Reason::none};
    }
    const double active = activation * curves_.active_force_length(l).value;
    if (rigid_along(L) <= shortest_along_tendon) {
      if (l <= shortest()) return {0.0, Status::ok, Reason::slack};
      FiberVelocity free = balancing_velocity(activation, active, -curves_.passive_force_length(l).value);
      if (usable(free.status)) free.reason = Reason::slack;
      return free;
    }
    if (!(l > thickness_)) return {not_a_number, Status::no_equilibrium, Reason::fiber_too_short};
    const double along = along_of(l), cosine = along / l;
    const double fT = curves_.tendon_force(norm_tendon_length(along, L)).value;
    return balancing_velocity(activation, active, fT / cosine - curves_.passive_force_length(l).value);
  }

  /// Everything at one instant, from the state (activation, l) and the path.
  [[nodiscard]] Instant instant(double activation, double l, double L, double V) const noexcept {
    const FiberVelocity v = fiber_velocity(activation, l, L, V);
    if (!usable(v.status)) return failed(v.status, v.reason);
    if (rigid_) {
      const double along = rigid_along(L);
      if (along <= 0.0) return loose();
      return filled(activation, std::hypot(along, thickness_), along, v.value, 1.0, V);
    }
    if (v.reason == Reason::slack) return taking_up_slack(activation, l, v.value, L);
    const double along = along_of(l);
    return filled(activation, l, along, v.value, norm_tendon_length(along, L), V);
  }

  /// The instant at which the tendon force is steady: the tendon keeps its length and the fibre takes the speed of the
  /// path. With V = 0 the muscle is at rest.
  ///
  /// The tendon length is sought from slack to five times the maximal force. On the descending limb a long tendon may
  /// allow three equilibria; a stable one is returned (a longer tendon pulls harder than its fibre).
  /// @return  no_equilibrium: slack, fiber_pushes, tendon_overstretched; not_finite; not_converged. A rigid tendon has
  ///          an answer where the fibre pushes: status ok, the negative force of the law, reason fiber_pushes.
  [[nodiscard]] Instant static_equilibrium(double activation, double L, double V = 0.0) const noexcept {
    if (!std::isfinite(activation + L + V)) return failed(Status::not_finite, Reason::not_finite);
    const double along_at_slack = rigid_along(L);
    if (along_at_slack <= 0.0) return failed(Status::no_equilibrium, Reason::slack);
    if (rigid_) return instant(activation, not_read, L, V);

    const auto residual = [&](double lT) { return steady_residual(activation, lT, L, V); };
    const auto [low, high, reason] = steady_bracket(residual, L);
    if (reason != Reason::none) return failed(status_of(reason), reason);
    Root root = find_root(residual, low, high, not_a_number, tight);
    while (root.status == Status::ok && residual(root.x).slope < 0.0) {  // unstable: a stable one lies below
      const Root below = find_root(residual, low, root.x - 1e-9, not_a_number, tight);
      if (below.status != Status::ok) break;
      root = below;
    }
    if (root.status != Status::ok) return failed(root.status, Reason::not_converged);
    const double along = (L - p_.tendon_slack_length * root.x) / p_.optimal_fiber_length;
    const double l = std::hypot(along, thickness_);
    return filled(activation, l, along, along / l * V / max_speed_, root.x, V);
  }

 private:
  static constexpr RootOptions tight{.tolerance = 1e-14};
  static constexpr double not_read = 1.0;  ///< the fibre length that a rigid tendon does without

  static Status status_of(Reason reason) {
    return reason == Reason::not_finite ? Status::not_finite : Status::no_equilibrium;
  }
  static Instant failed(Status status, Reason reason) {
    Instant out;
    out.status = status;
    out.reason = reason;
    return out;
  }

  double rigid_along(double L) const { return (L - p_.tendon_slack_length) / p_.optimal_fiber_length; }
  /// A fibre that lies nearly across, as far as slack is taken up.
  double shortest() const { return std::hypot(thickness_, shortest_along_tendon); }
  double along_of(double l) const { return std::sqrt((l - thickness_) * (l + thickness_)); }
  double norm_tendon_length(double along, double L) const {
    return (L - p_.optimal_fiber_length * along) / p_.tendon_slack_length;
  }

  /// Tendon lengths between which the fibre's pull falls below the tendon's, or why there are none.
  struct Bracket {
    double low, high;
    Reason reason;
  };
  template <class Residual>
  Bracket steady_bracket(const Residual& residual, double L) const noexcept {
    constexpr int pieces = 64;
    const double longest = std::min(curves_.inverse_tendon_force(5.0).value, L / p_.tendon_slack_length);
    const double at_slack = residual(1.0).value, at_longest = residual(longest).value;
    if (at_longest == -infinity) return {1.0, longest, Reason::tendon_overstretched};  // the passive curve overflows
    if (!std::isfinite(at_slack + at_longest)) return {1.0, longest, Reason::not_finite};
    if (at_slack <= 0.0 && at_longest >= 0.0) return {1.0, longest, Reason::none};
    double before = 1.0;
    bool pulls = at_slack <= 0.0;
    for (int i = 1; i <= pieces; ++i) {  // a fast path may have its only equilibrium in between
      const double lT = 1.0 + (longest - 1.0) * i / pieces;
      const double value = residual(lT).value;
      if (pulls && value >= 0.0) return {before, lT, Reason::none};
      before = lT;
      pulls = value <= 0.0;
    }
    return {1.0, longest, at_slack > 0.0 ? Reason::fiber_pushes : Reason::tendon_overstretched};
  }

  /// v with active * fV(v) + damping * v = needed.
  FiberVelocity balancing_velocity(double activation, double active, double needed) const noexcept {
    if (!std::isfinite(active + needed)) return {not_a_number, Status::not_finite, Reason::not_finite};
    const double undamped = active > 0.0 ? curves_.inverse_force_velocity(needed / active, activation).value : 0.0;
    if (p_.damping == 0.0) {
      if (active > 0.0 && std::isfinite(undamped)) return {undamped, Status::ok, Reason::none};
      return {not_a_number, Status::no_equilibrium, Reason::no_velocity};
    }
    // fV lies below 1 where the fibre shortens and above 0 where it lengthens; the margin is for rounding
    const double low = std::min(0.0, (needed - active) / p_.damping), high = std::max(0.0, needed / p_.damping);
    const double margin = 1e-6 * (1.0 + high - low);
    const double guess = std::isfinite(undamped) ? std::clamp(undamped, -1.0, 1.0) : 0.0;
    const auto residual = [&](double v) {
      const ValueSlope<double> fV = curves_.force_velocity(v, activation);
      return ValueSlope<double>{active * fV.value + p_.damping * v - needed, active * fV.slope + p_.damping};
    };
    const Root root = find_root(residual, low - margin, high + margin, guess, tight);
    if (root.status == Status::ok) return {root.x, Status::ok, Reason::none};
    // the force of a tendon stretched to several lengths may overflow
    return {not_a_number, root.status, root.status == Status::not_finite ? Reason::not_finite : Reason::not_converged};
  }

  /// Tendon force less the fibre's pull along it, with the fibre taking the speed of the path; slope by lT.
  ValueSlope<double> steady_residual(double activation, double lT, double L, double V) const noexcept {
    const double along = std::max(0.0, (L - p_.tendon_slack_length * lT) / p_.optimal_fiber_length);
    const double l = std::hypot(along, thickness_);
    const double cosine = l > 0.0 ? along / l : 1.0;
    const double v = cosine * V / max_speed_;
    const double along_slope = -p_.tendon_slack_length / p_.optimal_fiber_length;
    const double l_slope = cosine * along_slope;
    const double cosine_slope = l > 0.0 ? (1.0 - cosine * cosine) / l * along_slope : 0.0;
    const ValueSlope<double> fT = curves_.tendon_force(lT), fL = curves_.active_force_length(l);
    const ValueSlope<double> fP = curves_.passive_force_length(l), fV = curves_.force_velocity(v, activation);
    const double pull = activation * fL.value * fV.value + fP.value + p_.damping * v;
    const double v_slope = cosine_slope * V / max_speed_;
    const double pull_slope = activation * (fL.slope * l_slope * fV.value + fL.value * fV.slope * v_slope) +
                              fP.slope * l_slope + p_.damping * v_slope;
    return {fT.value - cosine * pull, fT.slope - cosine_slope * pull - cosine * pull_slope};
  }

  /// A rigid tendon that hangs loose: no force, and the fibre lies across.
  Instant loose() const noexcept {
    Instant out{.status = Status::ok, .reason = Reason::slack};
    out.norm_fiber_length = thickness_;
    out.norm_tendon_length = 1.0;
    for (double Instant::*zero :
         {&Instant::cos_pennation, &Instant::norm_fiber_velocity, &Instant::norm_fiber_length_rate,
          &Instant::norm_tendon_force, &Instant::tendon_force, &Instant::active_force, &Instant::passive_force,
          &Instant::damping_force, &Instant::path_power, &Instant::active_power, &Instant::dissipation,
          &Instant::fiber_storing, &Instant::tendon_storing, &Instant::fiber_energy, &Instant::tendon_energy}) {
      out.*zero = 0.0;
    }
    return out;
  }

  /// An elastic tendon that hangs loose: no force, while the fibre shortens against its own damping.
  Instant taking_up_slack(double activation, double l, double v, double L) const noexcept {
    Instant out = loose();
    const double along = l > thickness_ ? along_of(l) : 0.0;
    out.norm_fiber_length = l;
    out.cos_pennation = l > 0.0 ? along / l : 0.0;
    out.norm_tendon_length = norm_tendon_length(along, L);
    out.norm_fiber_velocity = v;
    out.norm_fiber_length_rate = v * p_.max_contraction_velocity;
    out.fiber_energy = p_.max_isometric_force * p_.optimal_fiber_length * curves_.passive_fiber_energy(l);
    if (l <= shortest()) return out;
    const double F0 = p_.max_isometric_force, fiber_speed = v * max_speed_;
    out.active_force =
        F0 * activation * curves_.active_force_length(l).value * curves_.force_velocity(v, activation).value;
    out.passive_force = F0 * curves_.passive_force_length(l).value;
    out.damping_force = F0 * p_.damping * v;
    out.active_power = out.active_force * fiber_speed;
    out.dissipation = out.damping_force * fiber_speed;
    out.fiber_storing = out.passive_force * fiber_speed;
    return out;
  }

  Instant filled(double activation, double l, double along, double v, double lT, double V) const noexcept {
    const double F0 = p_.max_isometric_force;
    const double fiber_speed = v * max_speed_;
    Instant out{.status = Status::ok};
    out.norm_fiber_length = l;
    out.cos_pennation = l > 0.0 ? along / l : 1.0;
    out.norm_fiber_velocity = v;
    out.norm_fiber_length_rate = v * p_.max_contraction_velocity;
    out.norm_tendon_length = lT;
    out.active_force =
        F0 * activation * curves_.active_force_length(l).value * curves_.force_velocity(v, activation).value;
    out.passive_force = F0 * curves_.passive_force_length(l).value;
    out.damping_force = F0 * p_.damping * v;
    out.tendon_force = rigid_ ? out.cos_pennation * (out.active_force + out.passive_force + out.damping_force)
                              : F0 * curves_.tendon_force(lT).value;
    out.norm_tendon_force = out.tendon_force / F0;
    if (out.tendon_force < 0.0) out.reason = Reason::fiber_pushes;
    out.path_power = out.tendon_force * V;
    out.active_power = out.active_force * fiber_speed;
    out.dissipation = out.damping_force * fiber_speed;
    out.fiber_storing = out.passive_force * fiber_speed;
    out.tendon_storing = rigid_ ? 0.0 : out.tendon_force * (V - fiber_speed / out.cos_pennation);
    out.fiber_energy = F0 * p_.optimal_fiber_length * curves_.passive_fiber_energy(l);
    out.tendon_energy = rigid_ ? 0.0 : F0 * p_.tendon_slack_length * curves_.tendon_energy(lT);
    const double sum = out.path_power + out.active_power + out.dissipation + out.fiber_storing + out.tendon_storing +
                       out.fiber_energy + out.tendon_energy;
    if (!std::isfinite(sum)) return failed(Status::not_finite, Reason::not_finite);
    return out;
  }

  MuscleParameters p_;
  Curves curves_;
  bool rigid_;
  double thickness_;  ///< normalised by the optimal fibre length [-]
  double max_speed_;  ///< [m/s]
};

/// A muscle whose model is chosen at run time; std::visit reaches the members.
using AnyMuscle =
    std::variant<MuscleTendonUnit<DeGrooteFregly2016>, MuscleTendonUnit<Millard2012>, MuscleTendonUnit<Thelen2003>>;

/// The muscle of a type.
inline AnyMuscle make_muscle(MuscleType type, const MuscleParameters& p, Tendon tendon = Tendon::automatic) {
  switch (type) {
    case MuscleType::Millard2012: return MuscleTendonUnit<Millard2012>(p, tendon);
    case MuscleType::Thelen2003: return MuscleTendonUnit<Thelen2003>(p, tendon);
    case MuscleType::DeGrooteFregly2016: break;
  }
  return MuscleTendonUnit<DeGrooteFregly2016>(p, tendon);
}

}  // namespace psoas::muscle
