#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "psoas/core/types.hpp"

namespace psoas {

/// Excitations over time, straight lines between columns, constant before the first and after the last. Two columns at
/// one time are a switch: the first is the limit from before, the second holds from there on.
struct Excitations {
  std::vector<double> time;  ///< never falling  [s]  (n_times)
  MatX value;                ///< [-]  (n_strands, n_times)

  /// The same at all times.
  static Excitations constant(VecX value) { return {{0.0}, MatX(value)}; }

  /// @param left  at a switch: the limit from before it
  double at(Eigen::Index strand, double t, bool left = false) const {
    const Column c = find(t, left);
    return (1.0 - c.share) * value(strand, c.first) + c.share * value(strand, c.next);
  }

  /// Times at which any may jump  [s].
  std::vector<double> switches() const {
    std::vector<double> out;
    for (std::size_t i = 1; i < time.size(); ++i) {
      if (time[i] == time[i - 1] && (out.empty() || out.back() != time[i])) out.push_back(time[i]);
    }
    return out;
  }

 private:
  struct Column {
    Eigen::Index first = 0, next = 0;
    double share = 0.0;
  };

  Column find(double t, bool left) const {
    const auto found =
        left ? std::lower_bound(time.begin(), time.end(), t) : std::upper_bound(time.begin(), time.end(), t);
    const auto next = static_cast<Eigen::Index>(found - time.begin());
    const auto last = static_cast<Eigen::Index>(time.size()) - 1;
    if (next == 0 || next > last) return {std::min(next, last), std::min(next, last), 0.0};
    const double start = time[static_cast<std::size_t>(next) - 1], end = time[static_cast<std::size_t>(next)];
    return {next - 1, next, end > start ? (t - start) / (end - start) : 1.0};
  }
};

}  // namespace psoas
