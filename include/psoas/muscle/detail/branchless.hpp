#pragma once

#include <bit>
#include <cmath>
#include <cstdint>

#include "psoas/muscle/de_groote_fregly_curves.hpp"

/// The De Groote-Fregly curves without a branch and without a call, so that a loop over them becomes vectors.
namespace psoas::muscle::detail {

inline constexpr double ln2_high = 6.93147180369123816490e-01, ln2_low = 1.90821492927058770002e-10;  // fdlibm

/// (exp(r) - 1 - r) / r^2 through Chebyshev points of |r| <= ln 2 / 2, highest power first; good to 2e-17.
inline constexpr double exp_series[] = {2.510038549551032e-08,  2.7620088445409746e-07, 2.7557268459997064e-06,
                                        2.4801521295954376e-05, 1.9841269863053618e-04, 1.3888888917213717e-03,
                                        8.333333333330062e-03,  4.166666666662413e-02,  0.16666666666666669,
                                        0.5000000000000001};

/// exp() to 2 ulp: x = n ln 2 + r, exp x = 2^n exp r. Infinite beyond 709.4, 3e-308 below -708, NaN for NaN.
[[gnu::always_inline]] inline double branchless_exp(double argument) noexcept {
  constexpr double per_ln2 = 1.44269504088896340736;
  constexpr double to_integer = 6755399441055744.0;  // 1.5 * 2^52: adding it rounds, its low bits then hold n
  double x = argument < -708.0 ? -708.0 : argument;
  x = x > 710.0 ? 710.0 : x;
  const double shifted = x * per_ln2 + to_integer;
  const double n = shifted - to_integer;
  const double r = (x - n * ln2_high) - n * ln2_low;
  double series = exp_series[0] * r + exp_series[1];
  for (int k = 2; k < 10; ++k) series = series * r + exp_series[k];
  series = (series * r + 1.0) * r + 1.0;
  return series * std::bit_cast<double>((std::bit_cast<std::uint64_t>(shifted) + 1023U) << 52U);
}

/// (log((1 + s)/(1 - s)) - 2 s) / s in powers of s^2, highest first (fdlibm).
inline constexpr double log_series[] = {1.479819860511658591e-01, 1.531383769920937332e-01, 1.818357216161805012e-01,
                                        2.222219843214978396e-01, 2.857142874366239149e-01, 3.999999999940941908e-01,
                                        6.666666666666735130e-01};

/// log() to 1 ulp of a number from 1 up: x = 2^n m with m in [sqrt(1/2), sqrt(2)), log m by s = (m - 1)/(m + 1).
/// NaN for infinity and NaN.
[[gnu::always_inline]] inline double branchless_log(double x) noexcept {
  constexpr std::uint64_t root_half = 0x3fe6a09e667f3bcdU, mantissa = 0x000fffffffffffffU;
  constexpr std::uint64_t two_52 = 0x4330000000000000U;
  const std::uint64_t above = std::bit_cast<std::uint64_t>(x) - root_half;
  const double n = std::bit_cast<double>((above >> 52U) | two_52) - std::bit_cast<double>(two_52);
  const double m = std::bit_cast<double>((above & mantissa) + root_half) + (x - x);
  const double f = m - 1.0, s = f / (2.0 + f), z = s * s;
  double series = log_series[0];
  for (int k = 1; k < 7; ++k) series = series * z + log_series[k];
  const double half = 0.5 * f * f;
  return n * ln2_high - ((half - (s * (half + series * z) + n * ln2_low)) - f);
}

/// active_force_length(). A bell whose width vanishes is widened until it is 1e-304 instead of 0/0.
[[gnu::always_inline]] inline ValueSlope<double> branchless_active_force_length(double l, double per_width) noexcept {
  constexpr Bell first = active_bells[0], second = active_bells[1], third = active_bells[2];
  static_assert(third.widening == 0.0);
  const double x = (l - 1.0) * per_width + 1.0;
  const double away_1 = x - first.center, spread_1 = first.width + first.widening * x;
  const double away_2 = x - second.center, spread_2 = second.width + second.widening * x;
  const double away_3 = x - third.center;
  const double least_1 = away_1 * away_1 * (1.0 / bell_reach), least_2 = away_2 * away_2 * (1.0 / bell_reach);
  double square_1 = spread_1 * spread_1, square_2 = spread_2 * spread_2;
  square_1 = square_1 < least_1 ? least_1 : square_1;
  square_2 = square_2 < least_2 ? least_2 : square_2;
  const double per_both = 1.0 / (square_1 * square_2);
  const double ratio_1 = away_1 * (per_both * square_2), ratio_2 = away_2 * (per_both * square_1);
  const double ratio_3 = away_3 * (1.0 / (third.width * third.width));
  const double f_1 = first.height * branchless_exp(-0.5 * away_1 * ratio_1);
  const double f_2 = second.height * branchless_exp(-0.5 * away_2 * ratio_2);
  const double f_3 = third.height * branchless_exp(-0.5 * away_3 * ratio_3);
  const double slope = f_1 * ratio_1 * (1.0 - first.widening * spread_1 * ratio_1) +
                       f_2 * ratio_2 * (1.0 - second.widening * spread_2 * ratio_2) + f_3 * ratio_3;
  return {f_1 + f_2 + f_3, -slope * per_width};
}

/// force_velocity().
[[gnu::always_inline]] inline ValueSlope<double> branchless_force_velocity(double v) noexcept {
  const double t = d2 * v + d3;
  const double root = std::sqrt(t * t + 1.0);
  return {d1 * std::copysign(branchless_log(root + std::abs(t)), t) + d4, d1 * d2 / root};
}

/// passive_force_length().
[[gnu::always_inline]] inline ValueSlope<double> branchless_passive_force_length(const PassiveCurve& curve,
                                                                                 double l) noexcept {
  const double growth = branchless_exp(curve.rate * (l - 1.0));
  const double value = curve.gain * (growth - curve.zero), slope = curve.gain * curve.rate * growth;
  return {l <= curve.start ? 0.0 : value, l <= curve.start ? 0.0 : slope};
}

/// 1 when the number is infinite or NaN, else 0.
[[gnu::always_inline]] inline std::uint64_t branchless_not_finite(double x) noexcept {
  constexpr std::uint64_t exponent = 0x7ff0000000000000U, lowest = 0x0010000000000000U;
  return ((std::bit_cast<std::uint64_t>(x) & exponent) + lowest) >> 63U;
}

}  // namespace psoas::muscle::detail
