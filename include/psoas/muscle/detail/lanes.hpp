#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

#include "psoas/core/types.hpp"
#include "psoas/muscle/de_groote_fregly_curves.hpp"

/// The De Groote-Fregly curves for eight fibres side by side, in whatever vectors the machine has.
namespace psoas::muscle::detail {

inline constexpr Eigen::Index n_lanes = 8;
using Lanes = Eigen::Array<double, n_lanes, 1>;

/// A curve at eight points.
struct LaneCurve {
  Lanes value, slope;
};

/// (exp(r) - 1 - r) / r^2 through Chebyshev points of |r| <= ln 2 / 2, highest power first; good to 2e-17.
inline constexpr double exp_series[] = {2.510038549551032e-08,  2.7620088445409746e-07, 2.7557268459997064e-06,
                                        2.4801521295954376e-05, 1.9841269863053618e-04, 1.3888888917213717e-03,
                                        8.333333333330062e-03,  4.166666666662413e-02,  0.16666666666666669,
                                        0.5000000000000001};

/// exp() to 2 ulp: x = n ln 2 + r, exp x = 2^n exp r. Infinite beyond 709.4, 3e-308 below -708, NaN for NaN.
inline Lanes exp(const Lanes& argument) noexcept {
  constexpr double per_ln2 = 1.44269504088896340736;
  constexpr double ln2_high = 6.93147180369123816490e-01, ln2_low = 1.90821492927058770002e-10;  // fdlibm
  constexpr double to_integer = 6755399441055744.0;  // 1.5 * 2^52: adding it rounds, its low bits then hold n
  Lanes x;
  for (Eigen::Index i = 0; i < n_lanes; ++i) {
    x[i] = argument[i] < -708.0 ? -708.0 : argument[i];
    x[i] = x[i] > 710.0 ? 710.0 : x[i];
  }
  const Lanes shifted = x * per_ln2 + to_integer;
  const Lanes n = shifted - to_integer;
  const Lanes r = (x - n * ln2_high) - n * ln2_low;
  Lanes series = exp_series[0] * r + exp_series[1];
  for (int k = 2; k < 10; ++k) series = series * r + exp_series[k];
  series = (series * r + 1.0) * r + 1.0;
  Lanes power;
  for (Eigen::Index i = 0; i < n_lanes; ++i) {
    power[i] = std::bit_cast<double>((std::bit_cast<std::uint64_t>(shifted[i]) + 1023U) << 52U);
  }
  return series * power;
}

/// Adds one bell of the active curve. A vanishing width is widened until the bell is 1e-304 instead of 0/0.
template <Bell bell>
void add_bell(const Lanes& stretched, LaneCurve& f) noexcept {
  const Lanes away = stretched - bell.center;
  if constexpr (bell.widening == 0.0) {
    const Lanes ratio = away * (1.0 / (bell.width * bell.width));
    const Lanes value = bell.height * exp(-0.5 * away * ratio);
    f.value += value;
    f.slope -= value * ratio;
  } else {
    const Lanes spread = bell.width + bell.widening * stretched;
    const Lanes ratio = away / (spread * spread).max(away * away * (1.0 / bell_reach));
    const Lanes value = bell.height * exp(-0.5 * away * ratio);
    f.value += value;
    f.slope -= value * ratio * (1.0 - bell.widening * spread * ratio);
  }
}

/// active_force_length().
inline LaneCurve active_force_length(const Lanes& l, const Lanes& per_width) noexcept {
  const Lanes stretched = (l - 1.0) * per_width + 1.0;
  LaneCurve f{Lanes::Zero(), Lanes::Zero()};
  add_bell<active_bells[0]>(stretched, f);
  add_bell<active_bells[1]>(stretched, f);
  add_bell<active_bells[2]>(stretched, f);
  f.slope *= per_width;
  return f;
}

/// force_velocity().
inline LaneCurve force_velocity(const Lanes& v) noexcept {
  const Lanes t = d2 * v + d3;
  const Lanes root = (t * t + 1.0).sqrt();
  const Lanes odd = (root + t.abs()).log();
  LaneCurve f{Lanes::Zero(), d1 * d2 / root};
  for (Eigen::Index i = 0; i < n_lanes; ++i) f.value[i] = d1 * (t[i] < 0.0 ? -odd[i] : odd[i]) + d4;
  return f;
}

}  // namespace psoas::muscle::detail
