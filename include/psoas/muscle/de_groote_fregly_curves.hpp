#pragma once

#include <cmath>

#include "psoas/core/types.hpp"
#include "psoas/muscle/value_slope.hpp"

/// The curves of De Groote, Kinney, Rao & Fregly 2016, Ann Biomed Eng 44(10):2922-2936, in normalised
/// quantities: l fibre length / optimal, v fibre velocity / maximal (shortening negative), force /
/// maximal isometric force.
///
/// Constants are those of the authors' published code where nothing else is said. OpenSim re-solved three of
/// them so that fL(1) = 1, fV(-1) = 0 and fV(0) = 1, and moved the zeros of the passive and tendon curves;
/// its values (DeGrooteFregly2016Muscle, opensim-core 4.6) are used here and marked.
namespace psoas::muscle {

// ---- active force-length ----

inline constexpr double shortest_norm_fiber_length = 0.2;  ///< the curves were fitted between these two  [-]
inline constexpr double longest_norm_fiber_length = 1.8;   ///< [-]

namespace detail {

/// One bell b1 exp(-(l - b2)^2 / (2 (b3 + b4 l)^2)) of the active curve.
struct Bell {
  double height, center, width, widening;
};

/// The paper's supplement prints the denominator without its square; the code has it.
inline constexpr Bell active_bells[3] = {
    {0.8150671134243542, 1.055033428970575, 0.162384573599574, 0.063303448465465},  // height: OpenSim, fL(1) = 1
    {0.433004984392647, 0.716775413397760, -0.029947116970696, 0.200356847296188},
    {0.1, 1.0, 0.353553390593274, 0.0},  // width sqrt(0.5) / 2
};

/// Beyond this many squared widths a bell is below 1e-304: 0, as is its slope.
inline constexpr double bell_reach = 1400.0;

}  // namespace detail

/// Active force of a fibre held at a length, at activation 1.
///
///   f(l) = sum of b1 exp(-(l' - b2)^2 / (2 (b3 + b4 l')^2)),   l' = (l - 1)/width + 1
///
/// @param l      normalised fibre length           [-]
/// @param width  1 is the published curve; greater stretches it about l = 1 [-]  > 0
/// @return       value in (0, 1.0011] and slope    [-]
/// @note  The maximum, 1.001073, stands at l' = 1.013294, and the slope at l = 1 is 0.1602 / width.
/// @note  The second bell's width vanishes at l' = 0.149469: it is 0 there, with its slope, not 0/0. No
///        floor is put under the curve: l' < 0.2 gives the formula's own small value.
template <Scalar T>
ValueSlope<T> active_force_length(const T& l, double width = 1.0) {
  using std::exp;
  const T stretched = (l - 1.0) / width + 1.0;
  T value(0.0), slope(0.0);
  for (const detail::Bell& bell : detail::active_bells) {
    const T away = stretched - bell.center;
    const T spread = bell.width + bell.widening * stretched;
    if (away * away > detail::bell_reach * spread * spread) continue;
    const T u = away / spread;
    const T f = bell.height * exp(-0.5 * u * u);
    value = value + f;
    slope = slope - f * u * (1.0 - bell.widening * u) / spread;
  }
  return {value, slope / width};
}

// ---- force-velocity ----

namespace detail {

// Force-velocity; the paper's own symbols.
inline constexpr double d1 = -0.3211346127989808;  // OpenSim
inline constexpr double d2 = -8.149;
inline constexpr double d3 = -0.374;
inline constexpr double d4 = 0.8825327733249912;  // OpenSim

/// asinh in its odd form: log(t + sqrt(t^2 + 1)) cancels for t << 0.
template <Scalar T>
T odd_asinh(const T& t) {
  using std::log;
  using std::sqrt;
  const T root = sqrt(t * t + 1.0);
  if (t < 0.0) return -log(root - t);
  return log(root + t);
}

}  // namespace detail

/// Factor on the active force of a moving fibre.
///
///   f(v) = d1 asinh(d2 v + d3) + d4
///
/// @param v  normalised fibre velocity, lengthening positive  [-]  fitted in [-1, 1]
/// @return   value and slope; f(-1) = 0, f(0) = 1, f(1) = 1.794343; negative below v = -1  [-]
template <Scalar T>
ValueSlope<T> force_velocity(const T& v) {
  using detail::d1, detail::d2, detail::d3, detail::d4;
  using std::sqrt;
  const T t = d2 * v + d3;
  return {d1 * detail::odd_asinh(t) + d4, d1 * d2 / sqrt(t * t + 1.0)};
}

/// Velocity at which the factor is f: v = (sinh((f - d4)/d1) - d3)/d2 (the supplement lacks "- d3").
/// @param f  force-velocity factor  [-]
/// @return   v and dv/df            [-]
template <Scalar T>
ValueSlope<T> inverse_force_velocity(const T& f) {
  using detail::d1, detail::d2, detail::d3, detail::d4;
  using std::exp;
  const T t = (f - d4) / d1;
  const T up = exp(t), down = exp(-t);
  return {(0.5 * (up - down) - d3) / d2, 0.5 * (up + down) / (d1 * d2)};
}

// ---- passive force-length ----

/// Constants of f(l) = gain (exp(rate (l - 1)) - zero), and 0 up to start.
struct PassiveCurve {
  double rate;   ///< k / e0                                  [-]
  double gain;   ///< 1 / (exp(k) - c)                        [-]
  double zero;   ///< c of the published curve, 1 when offset [-]
  double start;  ///< -infinity, or 1 when offset             [-]
};

/// The passive curve of a strain.
/// @param strain  e0: f(1 + e0) = 1                                               [-]  > 0
/// @param offset  false: OpenSim's curve, f(0.2) = 0 and f(1) = 0.018229 at e0 = 0.6, slightly negative below
///                0.2. true: f(l) - f(1), and 0 below l = 1: continuous, its slope jumps by f'(1) at l = 1.
inline PassiveCurve passive_curve(double strain = 0.6, bool offset = false) {
  constexpr double k = 4.0;
  const double rate = k / strain;
  const double c = std::exp(rate * (shortest_norm_fiber_length - 1.0));
  return {rate, 1.0 / (std::exp(k) - c), offset ? 1.0 : c, offset ? 1.0 : -infinity};
}

/// Passive force of a fibre.
/// @param l  normalised fibre length  [-]
/// @return   value and slope          [-]
template <Scalar T>
ValueSlope<T> passive_force_length(const PassiveCurve& curve, const T& l) {
  using std::exp;
  if (l <= curve.start) return {T(0.0), T(0.0)};
  const T growth = exp(curve.rate * (l - 1.0));
  return {curve.gain * (growth - curve.zero), curve.gain * curve.rate * growth};
}

/// The same, from the strain at unit force.
template <Scalar T>
ValueSlope<T> passive_force_length(const T& l, double strain = 0.6) {
  return passive_force_length(passive_curve(strain), l);
}

/// Energy stored in a passive fibre: the integral of its force from where the curve is zero (0.2, or 1 when
/// offset).
/// @return  energy / (maximal isometric force * optimal fibre length)  [-]
template <Scalar T>
T passive_fiber_energy(const PassiveCurve& curve, const T& l) {
  using std::exp;
  if (l <= curve.start) return T(0.0);
  const double from = curve.start > 0.0 ? curve.start : shortest_norm_fiber_length;
  const double at_zero = std::exp(curve.rate * (from - 1.0));
  return curve.gain * ((exp(curve.rate * (l - 1.0)) - at_zero) / curve.rate - curve.zero * (l - from));
}

// ---- tendon ----

/// Constants of f(lT) = c1 exp(kT (lT - c2)) - c3, lT the tendon length / slack length.
struct TendonCurve {
  double c1, c2, c3;  ///< [-]
  double rate;        ///< kT  [-]
};

/// OpenSim's tendon: zero at slack length, 1 at the given strain. kT = ln((1 + c3)/c1)/(1 + strain - c2).
/// @param strain  tendon strain at unit force  [-]  > 0
inline TendonCurve tendon_curve(double strain = 0.049) {
  constexpr double c1 = 0.2, c2 = 1.0, c3 = 0.2;
  return {c1, c2, c3, std::log((1.0 + c3) / c1) / (1.0 + strain - c2)};
}

/// The tendon as printed in the paper: f(1) = -0.0118, f(1.049) = 1.0739.
inline constexpr TendonCurve printed_tendon_curve{0.2, 0.995, 0.25, 35.0};

/// Tendon force; negative below slack length, never under -c3.
/// @param lT  normalised tendon length  [-]
/// @return    value and slope           [-]
template <Scalar T>
ValueSlope<T> tendon_force(const TendonCurve& curve, const T& lT) {
  using std::exp;
  const T growth = curve.c1 * exp(curve.rate * (lT - curve.c2));
  return {growth - curve.c3, curve.rate * growth};
}

/// The same, from the strain at unit force.
template <Scalar T>
ValueSlope<T> tendon_force(const T& lT, double strain = 0.049) {
  return tendon_force(tendon_curve(strain), lT);
}

/// Normalised tendon length at a force.
/// @param f  normalised force   [-]  > -c3; NaN otherwise
/// @return   lT and dlT/df      [-]
template <Scalar T>
ValueSlope<T> inverse_tendon_force(const TendonCurve& curve, const T& f) {
  using std::log;
  const T lifted = f + curve.c3;
  if (lifted <= 0.0) return {T(not_a_number), T(not_a_number)};
  return {log(lifted / curve.c1) / curve.rate + curve.c2, 1.0 / (curve.rate * lifted)};
}

/// The same, from the strain at unit force.
template <Scalar T>
ValueSlope<T> inverse_tendon_force(const T& f, double strain = 0.049) {
  return inverse_tendon_force(tendon_curve(strain), f);
}

/// Energy stored in a tendon: the integral of its force from slack length.
/// @return  energy / (maximal isometric force * tendon slack length)  [-]
template <Scalar T>
T tendon_energy(const TendonCurve& curve, const T& lT) {
  using std::exp;
  const double at_slack = std::exp(curve.rate * (1.0 - curve.c2));
  return curve.c1 / curve.rate * (exp(curve.rate * (lT - curve.c2)) - at_slack) - curve.c3 * (lT - 1.0);
}

}  // namespace psoas::muscle
