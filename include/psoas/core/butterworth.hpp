#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "psoas/core/error.hpp"
#include "psoas/core/types.hpp"

/// Low-pass filters of maximally flat gain, as coefficients; zero_phase.hpp runs them.
namespace psoas {

/// y_i = sum_k b_k x_(i-k) - sum_(k>0) a_k y_(i-k), the first coefficient of `a` being 1.
struct RecursiveFilter {
  std::vector<double> b, a;  ///< equal sizes, order + 1

  int order() const { return static_cast<int>(a.size()) - 1; }
};

/// Butterworth's low-pass filter for samples at equal intervals T, by the bilinear transform with the corner in its
/// place (prewarped). The gain at frequency f, for all passes P together, is
///
///   G(f) = (1 + (tan(pi f T) / w)^(2 N))^(-P/2),   w = tan(pi f_c T) (2^(1/P) - 1)^(-1/(2 N))
///
/// so that G(f_c) = 1/sqrt(2), -3 dB, however often the filter is run. With `passes` = 1 the filter itself has its
/// corner at f_c; run both ways it then has half the amplitude there, -6 dB.
///
/// @param order      N >= 1
/// @param cutoff_hz  f_c  [Hz]  > 0
/// @param interval   T    [s]   > 0
/// @param passes     P, times that the filter will be run: 1, or 2 for both ways
/// @throws Error     when the cut-off is not below half the sampling rate
/// @source           Butterworth 1930; for two passes Robertson & Dowling 2003, J Electromyogr Kinesiol 13:569-573
inline RecursiveFilter butterworth_low_pass(int order, double cutoff_hz, double interval, int passes = 1) {
  if (order < 1 || passes < 1) throw Error("a Butterworth filter needs an order and a number of passes of at least 1");
  if (!(interval > 0.0) || !(cutoff_hz > 0.0) || !(cutoff_hz * interval < 0.5)) {
    const auto text = [](double value) { return std::to_string(value); };
    throw Error("a low-pass filter needs a cut-off between 0 and half the sampling rate: " + text(cutoff_hz) +
                " Hz at " + text(1.0 / interval) + " samples a second");
  }
  const double w =
      std::tan(pi * cutoff_hz * interval) * std::pow(std::exp2(1.0 / passes) - 1.0, -0.5 / static_cast<double>(order));

  // polynomials in the delay, multiplied up from one factor for each pole or pair of poles
  RecursiveFilter filter{{1.0}, {1.0}};
  const auto times = [](std::vector<double>& polynomial, const std::vector<double>& factor) {
    std::vector<double> product(polynomial.size() + factor.size() - 1, 0.0);
    for (std::size_t i = 0; i < polynomial.size(); ++i) {
      for (std::size_t k = 0; k < factor.size(); ++k) product[i + k] += polynomial[i] * factor[k];
    }
    polynomial = std::move(product);
  };
  if (order % 2 == 1) {
    times(filter.b, {w / (1.0 + w), w / (1.0 + w)});
    times(filter.a, {1.0, (w - 1.0) / (1.0 + w)});
  }
  for (int pair = 1; pair <= order / 2; ++pair) {
    const double damping = 2.0 * std::sin((2 * pair - 1) * pi / (2.0 * order));
    const double first = 1.0 + damping * w + w * w, gain = w * w / first;
    times(filter.b, {gain, 2.0 * gain, gain});
    times(filter.a, {1.0, 2.0 * (w * w - 1.0) / first, (1.0 - damping * w + w * w) / first});
  }
  return filter;
}

}  // namespace psoas
