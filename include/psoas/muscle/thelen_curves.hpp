#pragma once

#include <cmath>

#include "psoas/core/types.hpp"
#include "psoas/muscle/shapes.hpp"
#include "psoas/muscle/value_slope.hpp"

/// The curves of Thelen 2003, J Biomech Eng 125(1):70-77, in normalised quantities, with OpenSim's exact tendon toe
/// (the paper rounds it to 0.609 of the strain).
namespace psoas::muscle {

/// Active force-length: a bell.
template <Scalar T>
ValueSlope<T> thelen_active_force_length(const ThelenShape& s, const T& l) {
  using std::exp;
  const T away = l - 1.0;
  const T f = exp(-1.0 * away * away / s.active_shape);
  return {f, -2.0 / s.active_shape * away * f};
}

/// Force-velocity: Hill's hyperbola in w = v / (1/4 + 3/4 a), another when lengthening, straight beyond both.
///
///   f = (1 + w)/(1 - w/Af)                                  -1 <= w <= 0
///   f = (Flen - 1 + k Flen w)/(Flen - 1 + k w)              0 <= w, f <= 0.95 Flen,   k = 2 + 2/Af
///
/// @return  value and slope df/dv; negative below w = -1. The slope doubles at v = 0.
/// @note  The paper gives v from a force; with f = force / (a fL) the two cancel and f depends on w alone.
template <Scalar T>
ValueSlope<T> thelen_force_velocity(const ThelenShape& s, const T& v, const T& activation) {
  const T scale = 0.25 + 0.75 * activation;
  const T w = v / scale;
  const double per_af = 1.0 / s.concentric_shape;
  if (w < -1.0) {
    const double slope = 1.0 / (1.0 + per_af);
    return {slope * (w + 1.0), slope / scale};
  }
  if (w < 0.0) {
    const T below = 1.0 - per_af * w;
    return {(1.0 + w) / below, (1.0 + per_af) / (below * below * scale)};
  }
  const double rise = s.eccentric_force - 1.0, k = 2.0 + 2.0 * per_af;
  const double top = s.straight_beyond * s.eccentric_force;
  const double w_top = (top - 1.0) * rise / (k * (s.eccentric_force - top));
  const auto slope_at = [&](const T& at) { return k * rise * rise / ((rise + k * at) * (rise + k * at)); };
  if (w > w_top) {
    const T slope = slope_at(T(w_top));
    return {top + slope * (w - w_top), slope / scale};
  }
  return {(rise + k * s.eccentric_force * w) / (rise + k * w), slope_at(w) / scale};
}

/// Velocity at which the force-velocity factor is f, and dv/df.
template <Scalar T>
ValueSlope<T> thelen_inverse_force_velocity(const ThelenShape& s, const T& f, const T& activation) {
  const T scale = 0.25 + 0.75 * activation;
  const double per_af = 1.0 / s.concentric_shape;
  if (f < 0.0) return {scale * (f * (1.0 + per_af) - 1.0), scale * (1.0 + per_af)};
  if (f < 1.0) {
    const T below = 1.0 + per_af * f;
    return {scale * (f - 1.0) / below, scale * (1.0 + per_af) / (below * below)};
  }
  const double rise = s.eccentric_force - 1.0, k = 2.0 + 2.0 * per_af;
  const double top = s.straight_beyond * s.eccentric_force;
  const auto slope_at = [&](const T& at) {
    return rise * rise / (k * (s.eccentric_force - at) * (s.eccentric_force - at));
  };
  if (f > top) {
    const double w_top = (top - 1.0) * rise / (k * (s.eccentric_force - top));
    const T slope = slope_at(T(top));
    return {scale * (w_top + slope * (f - top)), scale * slope};
  }
  return {scale * ((f - 1.0) * rise / (k * (s.eccentric_force - f))), scale * slope_at(f)};
}

/// Passive force-length: exponential above l = 1, 0 below; the slope jumps at l = 1.
template <Scalar T>
ValueSlope<T> thelen_passive_force_length(const ThelenShape& s, double strain, const T& l) {
  using std::exp;
  if (l <= 1.0) return {T(0.0), T(0.0)};
  const double rate = s.passive_shape / strain, gain = 1.0 / (std::exp(s.passive_shape) - 1.0);
  const T growth = exp(rate * (l - 1.0));
  return {gain * (growth - 1.0), gain * rate * growth};
}

/// Integral of the passive force from l = 1.
template <Scalar T>
T thelen_passive_energy(const ThelenShape& s, double strain, const T& l) {
  using std::exp;
  if (l <= 1.0) return T(0.0);
  const double rate = s.passive_shape / strain, gain = 1.0 / (std::exp(s.passive_shape) - 1.0);
  return gain * ((exp(rate * (l - 1.0)) - 1.0) / rate - (l - 1.0));
}

/// Constants of the tendon: exponential toe, then straight.
struct ThelenTendon {
  double toe_strain;  ///< where the toe ends   [-]
  double toe_force;   ///< force there          [-]
  double rate;        ///< of the exponential   [-]
  double gain;        ///< of the exponential   [-]
  double slope;       ///< above the toe        [-]
};

/// The tendon of a strain at unit force. Toe and line meet with one slope; the slope jumps from 0 at slack length.
inline ThelenTendon thelen_tendon(double strain) {
  constexpr double k = 3.0, toe_force = 0.33;
  const double cube = std::exp(k);
  const double toe_strain = 99.0 * strain * cube / (166.0 * cube - 67.0);
  return {toe_strain, toe_force, k / toe_strain, toe_force / (cube - 1.0), (1.0 - toe_force) / (strain - toe_strain)};
}

/// Tendon force; 0 up to slack length.
template <Scalar T>
ValueSlope<T> thelen_tendon_force(const ThelenTendon& t, const T& lT) {
  using std::exp;
  const T strain = lT - 1.0;
  if (strain <= 0.0) return {T(0.0), T(0.0)};
  if (strain > t.toe_strain) return {t.toe_force + t.slope * (strain - t.toe_strain), T(t.slope)};
  const T growth = exp(t.rate * strain);
  return {t.gain * (growth - 1.0), t.gain * t.rate * growth};
}

/// Tendon length at a force, and its slope; f = 0 gives the slack length with the slope of the toe, f < 0 is NaN.
template <Scalar T>
ValueSlope<T> thelen_inverse_tendon_force(const ThelenTendon& t, const T& f) {
  using std::log;
  if (f < 0.0) return {T(not_a_number), T(not_a_number)};
  if (f > t.toe_force) return {1.0 + t.toe_strain + (f - t.toe_force) / t.slope, T(1.0 / t.slope)};
  const T lifted = f / t.gain + 1.0;
  return {1.0 + log(lifted) / t.rate, 1.0 / (t.gain * t.rate * lifted)};
}

/// Integral of the tendon force from slack length.
template <Scalar T>
T thelen_tendon_energy(const ThelenTendon& t, const T& lT) {
  using std::exp;
  const T strain = lT - 1.0;
  if (strain <= 0.0) return T(0.0);
  const auto toe = [&t](const T& e) { return t.gain * ((exp(t.rate * e) - 1.0) / t.rate - e); };
  if (strain <= t.toe_strain) return toe(strain);
  const T run = strain - t.toe_strain;
  return toe(T(t.toe_strain)) + run * (t.toe_force + 0.5 * t.slope * run);
}

}  // namespace psoas::muscle
