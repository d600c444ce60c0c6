#pragma once

#include <cmath>
#include <concepts>
#include <variant>

#include "psoas/core/types.hpp"
#include "psoas/muscle/activation.hpp"
#include "psoas/muscle/de_groote_fregly_curves.hpp"
#include "psoas/muscle/millard_curves.hpp"
#include "psoas/muscle/parameters.hpp"
#include "psoas/muscle/thelen_curves.hpp"

/// Three muscle models with the same members: what a fibre and a tendon do, in normalised quantities.
namespace psoas::muscle {

/// The members that every muscle model has, each taking double or dual numbers:
///
///   active_force_length(l)         fL and its slope                                    l: fibre / optimal length
///   passive_force_length(l)        fP and its slope
///   force_velocity(v, a)           fV and dfV/dv; a matters to Thelen's alone           v: velocity / maximal, < 0
///   inverse_force_velocity(f, a)   v and dv/df; NaN where no velocity gives f              when shortening
///   tendon_force(lT)               fT and its slope                                    lT: tendon / slack length
///   inverse_tendon_force(f)        lT and dlT/df; NaN where no length gives f
///   passive_fiber_energy(l)        integral of fP, in F0 * optimal length
///   tendon_energy(lT)              integral of fT from slack length, in F0 * slack length
///   activation_rate(e, a)          da/dt                                               [1/s]
template <class C>
concept FiberCurves = requires(const C& c, double x) {
  { C::type } -> std::convertible_to<MuscleType>;
  { c.active_force_length(x) } -> std::same_as<ValueSlope<double>>;
  { c.passive_force_length(x) } -> std::same_as<ValueSlope<double>>;
  { c.force_velocity(x, x) } -> std::same_as<ValueSlope<double>>;
  { c.inverse_force_velocity(x, x) } -> std::same_as<ValueSlope<double>>;
  { c.tendon_force(x) } -> std::same_as<ValueSlope<double>>;
  { c.inverse_tendon_force(x) } -> std::same_as<ValueSlope<double>>;
  { c.passive_fiber_energy(x) } -> std::same_as<double>;
  { c.tendon_energy(x) } -> std::same_as<double>;
  { c.activation_rate(x, x) } -> std::same_as<double>;
};

namespace detail {

/// Activation with time constants that grow with it, and a switch at e = a: tau_rise z, or tau_fall / z.
template <Scalar T>
T switched_activation_rate(const ActivationParameters& p, const T& excitation, const T& activation) {
  const T z = 0.5 + 1.5 * activation;
  const T gap = excitation - activation;
  if (gap > 0.0) return gap / (p.rise_time * z);
  return gap * z / p.fall_time;
}

template <Scalar T>
T at_least(double minimum, const T& excitation) {
  return excitation < minimum ? T(minimum) : excitation;
}

/// Active curve stretched about l = 1.
template <Scalar T, class Curve>
ValueSlope<T> stretched(const Curve& curve, double width, const T& l) {
  const T narrow = (l - 1.0) / width + 1.0;
  const ValueSlope<T> f = curve(narrow);
  return {f.value, f.slope / width};
}

}  // namespace detail

/// De Groote, Kinney, Rao & Fregly 2016: every curve C-infinity with a closed inverse; the first choice.
/// @note  The tendon pushes a little (at most -0.2) below slack length, and the passive fibre below l = 0.2.
class DeGrooteFregly2016 {
 public:
  static constexpr MuscleType type = MuscleType::DeGrooteFregly2016;

  explicit DeGrooteFregly2016(const MuscleParameters& given = {}) : p_(resolved(given, type)) {}

  template <Scalar T>
  ValueSlope<T> active_force_length(const T& l) const {
    return muscle::active_force_length(l, p_.active_width);
  }
  template <Scalar T>
  ValueSlope<T> passive_force_length(const T& l) const {
    return muscle::passive_force_length(passive_, l);
  }
  template <Scalar T>
  ValueSlope<T> force_velocity(const T& v, const T&) const {
    return muscle::force_velocity(v);
  }
  template <Scalar T>
  ValueSlope<T> inverse_force_velocity(const T& f, const T&) const {
    return muscle::inverse_force_velocity(f);
  }
  template <Scalar T>
  ValueSlope<T> tendon_force(const T& lT) const {
    return muscle::tendon_force(tendon_, lT);
  }
  template <Scalar T>
  ValueSlope<T> inverse_tendon_force(const T& f) const {
    return muscle::inverse_tendon_force(tendon_, f);
  }
  template <Scalar T>
  T passive_fiber_energy(const T& l) const {
    return muscle::passive_fiber_energy(passive_, l);
  }
  template <Scalar T>
  T tendon_energy(const T& lT) const {
    return muscle::tendon_energy(tendon_, lT);
  }
  template <Scalar T>
  T activation_rate(const T& excitation, const T& activation) const {
    return muscle::activation_rate(activation_, detail::at_least(p_.minimum_activation, excitation), activation);
  }

 private:
  MuscleParameters p_;
  PassiveCurve passive_ = passive_curve(p_.passive_fiber_strain, p_.passive_offset);
  TendonCurve tendon_ = tendon_curve(p_.tendon_strain);
  ActivationParameters activation_{.rise_time = p_.rise_time, .fall_time = p_.fall_time};
};

/// Millard, Uchida, Seth & Delp 2013: quintic Bezier curves, C2; activation switches hard at e = a.
/// @note  The force-velocity curve is flat at both ends: no velocity gives less than 0 or more than 1.4.
class Millard2012 {
 public:
  static constexpr MuscleType type = MuscleType::Millard2012;

  explicit Millard2012(const MuscleParameters& given = {}, const MillardShape& shape = {})
      : p_(resolved(given, type)),
        active_(millard_active_curve(shape)),
        velocity_(millard_force_velocity_curve(shape)),
        passive_(millard_passive_curve(shape, p_.passive_fiber_strain)),
        tendon_(millard_tendon_curve(shape, p_.tendon_strain)) {}

  template <Scalar T>
  ValueSlope<T> active_force_length(const T& l) const {
    return detail::stretched([this](const T& x) { return active_.at(x); }, p_.active_width, l);
  }
  template <Scalar T>
  ValueSlope<T> passive_force_length(const T& l) const {
    return passive_.at(l);
  }
  template <Scalar T>
  ValueSlope<T> force_velocity(const T& v, const T&) const {
    return velocity_.at(v);
  }
  template <Scalar T>
  ValueSlope<T> inverse_force_velocity(const T& f, const T&) const {
    return velocity_.inverse(f);
  }
  template <Scalar T>
  ValueSlope<T> tendon_force(const T& lT) const {
    return tendon_.at(lT);
  }
  template <Scalar T>
  ValueSlope<T> inverse_tendon_force(const T& f) const {
    return tendon_.inverse(f);
  }
  template <Scalar T>
  T passive_fiber_energy(const T& l) const {
    return passive_.integral(l);
  }
  template <Scalar T>
  T tendon_energy(const T& lT) const {
    return tendon_.integral(lT);
  }
  template <Scalar T>
  T activation_rate(const T& excitation, const T& activation) const {
    return detail::switched_activation_rate(activation_, detail::at_least(p_.minimum_activation, excitation),
                                            activation);
  }

 private:
  MuscleParameters p_;
  BezierChain<5> active_;
  BezierChain<4> velocity_;
  BezierChain<2> passive_, tendon_;
  ActivationParameters activation_{.rise_time = p_.rise_time, .fall_time = p_.fall_time};
};

/// Thelen 2003: closed curves with kinks (force-velocity at v = 0, passive at l = 1, tendon at slack length).
/// @note  The maximal velocity falls to a quarter with activation.
class Thelen2003 {
 public:
  static constexpr MuscleType type = MuscleType::Thelen2003;

  explicit Thelen2003(const MuscleParameters& given = {}, const ThelenShape& shape = {})
      : p_(resolved(given, type)), shape_(shape) {}

  template <Scalar T>
  ValueSlope<T> active_force_length(const T& l) const {
    return detail::stretched([this](const T& x) { return thelen_active_force_length(shape_, x); }, p_.active_width, l);
  }
  template <Scalar T>
  ValueSlope<T> passive_force_length(const T& l) const {
    return thelen_passive_force_length(shape_, p_.passive_fiber_strain, l);
  }
  template <Scalar T>
  ValueSlope<T> force_velocity(const T& v, const T& activation) const {
    return thelen_force_velocity(shape_, v, activation);
  }
  template <Scalar T>
  ValueSlope<T> inverse_force_velocity(const T& f, const T& activation) const {
    return thelen_inverse_force_velocity(shape_, f, activation);
  }
  template <Scalar T>
  ValueSlope<T> tendon_force(const T& lT) const {
    return thelen_tendon_force(tendon_, lT);
  }
  template <Scalar T>
  ValueSlope<T> inverse_tendon_force(const T& f) const {
    return thelen_inverse_tendon_force(tendon_, f);
  }
  template <Scalar T>
  T passive_fiber_energy(const T& l) const {
    return thelen_passive_energy(shape_, p_.passive_fiber_strain, l);
  }
  template <Scalar T>
  T tendon_energy(const T& lT) const {
    return thelen_tendon_energy(tendon_, lT);
  }
  template <Scalar T>
  T activation_rate(const T& excitation, const T& activation) const {
    return detail::switched_activation_rate(activation_, detail::at_least(p_.minimum_activation, excitation),
                                            activation);
  }

 private:
  MuscleParameters p_;
  ThelenShape shape_;
  ThelenTendon tendon_ = thelen_tendon(p_.tendon_strain);
  ActivationParameters activation_{.rise_time = p_.rise_time, .fall_time = p_.fall_time};
};

static_assert(FiberCurves<DeGrooteFregly2016> && FiberCurves<Millard2012> && FiberCurves<Thelen2003>);

/// A model chosen at run time; std::visit reaches the members.
using AnyCurves = std::variant<DeGrooteFregly2016, Millard2012, Thelen2003>;

/// The curves of a type.
inline AnyCurves make_curves(MuscleType type, const MuscleParameters& p) {
  switch (type) {
    case MuscleType::Millard2012: return Millard2012(p);
    case MuscleType::Thelen2003: return Thelen2003(p);
    case MuscleType::DeGrooteFregly2016: break;
  }
  return DeGrooteFregly2016(p);
}

}  // namespace psoas::muscle
