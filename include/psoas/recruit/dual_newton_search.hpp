#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "psoas/recruit/dual_newton.hpp"
#include "psoas/recruit/program.hpp"

/// How far a Newton step goes, and when it shows that there is no answer.
namespace psoas::recruit {

inline double DualNewton::line_search(const Program& program, double smoothing) const {
  const double start = descent();
  double demand = 0.0, force = 0.0, stiffness = 0.0;
  for (int i = 0; i < program.rows(); ++i) {
    demand += program.rhs[i] * step[i];
    force += pull * diagonal[i] * (lambda[i] - centre[i]) * step[i];
    stiffness += pull * diagonal[i] * step[i] * step[i];
  }
  const auto derivative = [&](double t) {
    return response.directional(program, s.data(), ds.data(), t, smoothing) - demand + force + t * stiffness;
  };
  const double enough = 0.1 * std::abs(start) + 1e-15 * std::abs(demand);

  // bracket the zero of the derivative, which never falls
  double low = 0.0, at_low = start, high = 1.0, at_high = derivative(1.0);
  for (int k = 0; at_high < -enough && k < 6; ++k) {
    low = high;
    at_low = at_high;
    high *= 4.0;
    at_high = derivative(high);
  }
  if (std::abs(at_high) <= enough || at_high < 0.0) return high;

  // false position (Illinois), a bisection whenever it is slow
  double stale_low = at_low, stale_high = at_high;
  for (int k = 0; k < 60; ++k) {
    double t = low + (high - low) * stale_low / (stale_low - stale_high);
    if (k % 3 == 2) t = 0.5 * (low + high);
    if (!(t > low && t < high)) t = 0.5 * (low + high);
    const double at = derivative(t);
    if (std::abs(at) <= enough) return t;
    if (at < 0.0) {
      low = t;
      stale_low = at;
      stale_high *= 0.5;
    } else {
      high = t;
      stale_high = at;
      stale_low *= 0.5;
    }
  }
  return high;
}

inline bool DualNewton::proves_infeasible(const Program& program, const std::vector<double>& y,
                                          const std::vector<double>& q) const {
  double gain = 0.0, size = 0.0, length = 0.0;
  for (int i = 0; i < program.rows(); ++i) {
    length = std::max(length, std::abs(y[i]) * std::sqrt(diagonal[i]));
    gain += program.rhs[i] * y[i];
    size += std::abs(program.rhs[i] * y[i]);
  }
  for (int j = program.columns() - 1; j >= 0; --j) {
    if (q[j] == 0.0) continue;
    const double bound = q[j] > 0.0 ? program.upper[j] : program.lower[j];
    if (std::isfinite(bound)) {
      gain -= q[j] * bound;
      size += std::abs(q[j] * bound);
      continue;
    }
    double terms = 0.0;
    for (int k = program.column_start[j]; k < program.column_start[j + 1]; ++k)
      terms += std::abs(program.value[k]) / std::sqrt(diagonal[program.row[k]]);
    if (std::abs(q[j]) > 1e-10 * terms * length) return false;
  }
  return gain > 1e-9 * size;
}

}  // namespace psoas::recruit
