#pragma once

#include <string>

#include "psoas/core/butterworth.hpp"
#include "psoas/core/error.hpp"
#include "psoas/core/types.hpp"

/// Filtering without delay. Signals are the rows of a matrix, samples its columns.
namespace psoas {

/// The signal continued on both sides by `samples` of its own, turned about its end points:
/// x_(-i) = 2 x_0 - x_i, likewise at the end. Value and slope go on; a straight line stays one.
/// @throws Error unless 0 <= samples < number of columns
inline MatX odd_reflection(const MatX& signals, Eigen::Index samples) {
  const Eigen::Index n = signals.cols();
  if (samples < 0 || samples >= n) {
    throw Error("a signal of " + std::to_string(n) + " samples cannot be reflected over " + std::to_string(samples));
  }
  MatX padded(signals.rows(), n + 2 * samples);
  padded.middleCols(samples, n) = signals;
  for (Eigen::Index i = 1; i <= samples; ++i) {
    padded.col(samples - i) = 2.0 * signals.col(0) - signals.col(i);
    padded.col(samples + n - 1 + i) = 2.0 * signals.col(n - 1) - signals.col(n - 1 - i);
  }
  return padded;
}

/// The filter run once, from the first sample to the last. The first `order` samples pass as they are: a constant
/// signal stays what it is. Each signal is filtered as its difference from its first sample, so that an offset costs
/// no digits.
inline MatX filtered_forward(const RecursiveFilter& filter, const MatX& signals) {
  const Eigen::Index order = filter.order();
  if (signals.cols() <= order) return signals;
  const VecX offset = signals.col(0);
  const MatX in = signals.colwise() - offset;
  MatX out = in;
  for (Eigen::Index i = order; i < in.cols(); ++i) {
    out.col(i) = filter.b[0] * in.col(i);
    for (Eigen::Index k = 1; k <= order; ++k) {
      const auto at = static_cast<std::size_t>(k);
      out.col(i) += filter.b[at] * in.col(i - k) - filter.a[at] * out.col(i - k);
    }
  }
  return out.colwise() + offset;
}

/// The filter run forward, then backward over its own output: the gain is squared, the delays cancel.
inline MatX filtered_both_ways(const RecursiveFilter& filter, const MatX& signals) {
  return filtered_forward(filter, filtered_forward(filter, signals).rowwise().reverse()).rowwise().reverse();
}

}  // namespace psoas
