#pragma once

#include "psoas/core/types.hpp"
#include "psoas/recruit/program.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace psoas::recruit {

/// The unknowns as functions of their price: what minimises the cost of a column minus s x between its
/// bounds.
///
///   x(s) = clip(sign(s) ((|s| / (p w) + εᵖ⁻¹)^(1/(p−1)) − ε), lower, upper)
///
/// ε = 0 is the exact answer for the cost w |x|ᵖ. For p > 2 its slope is infinite at s = 0; ε > 0 belongs
/// to the cost w ((|x| + ε)ᵖ − εᵖ − p εᵖ⁻¹ |x|), is smooth there, and is what the homotopy walks along. For
/// p = 2 it changes nothing.
class Response {
 public:
  /// Takes the columns of a program; allocates only when it has to grow.
  void prepare(const Program& program);

  /// The largest power of all columns, 2 when there is none.
  int highest_power() const { return highest_power_; }

  /// Slope at unit activation, 1 / (p (p − 1) w u^(p−2)) with u the size of the bounds or 1; 0 for a fixed
  /// column.
  double reference_slope(int column) const { return reference_[column]; }

  /// x and dx/ds (0 at a bound).
  void evaluate(const Program& program, const double* s, double smoothing, double* x, double* slope) const;

  /// Derivative of Σ φ*(s + t ds) by t: Σ x(s + t ds) ds.
  double directional(const Program& program, const double* s, const double* ds, double t, double smoothing) const;

 private:
  struct Run {
    int begin, end, power;  ///< neighbouring columns of one power
  };

  /// Keeps the slope near s = 0 below 1e9 times the reference slope.
  static double least_base(int power) { return power == 3 ? 1e-9 : std::pow(1e-9, 1.0 / (power - 2)); }

  double curved_value(const Run& run, int j, double s, double smoothing) const {
    const double e = smoothing * unit_[j];
    const double size = std::abs(s) * inverse_[j];
    double x;
    if (run.power == 3)
      x = e > 0.0 ? size / (std::sqrt(size + e * e) + e) : std::sqrt(size);
    else
      x = std::pow(size + std::pow(e, run.power - 1), 1.0 / (run.power - 1)) - e;
    return s < 0.0 ? -x : x;
  }

  std::vector<Run> runs_;
  std::vector<double> inverse_;    ///< 1 / (p w)
  std::vector<double> unit_;       ///< size of the bounds, or 1
  std::vector<double> reference_;  ///< see reference_slope
  int highest_power_ = 2;
};

inline void Response::prepare(const Program& program) {
  const int n = program.columns();
  runs_.clear();
  runs_.reserve(n);
  inverse_.resize(n);
  unit_.resize(n);
  reference_.resize(n);
  highest_power_ = 2;
  for (int j = 0; j < n; ++j) {
    const int p = program.power[j];
    const double lower = program.lower[j], upper = program.upper[j], weight = program.weight[j];
    if (runs_.empty() || runs_.back().power != p) runs_.push_back({j, j, p});
    runs_.back().end = j + 1;
    inverse_[j] = weight > 0.0 ? 1.0 / (p * weight) : 0.0;
    unit_[j] = 1.0;
    reference_[j] = inverse_[j];
    if (p > 2) {
      highest_power_ = std::max(highest_power_, p);
      const double low = std::isfinite(lower) ? std::abs(lower) : 0.0;
      const double high = std::isfinite(upper) ? std::abs(upper) : 0.0;
      if (std::max(low, high) > 0.0) unit_[j] = std::max(low, high);
      reference_[j] = inverse_[j] / ((p - 1) * std::pow(unit_[j], p - 2));
    }
    if (lower == upper) reference_[j] = 0.0;
  }
}

inline void Response::evaluate(const Program& program, const double* s, double smoothing, double* x,
                               double* slope) const {
  for (const Run& run : runs_) {
    for (int j = run.begin; j < run.end; ++j) {
      const double lower = program.lower[j], upper = program.upper[j];
      if (run.power == 2) {
        const double raw = s[j] * inverse_[j];
        x[j] = std::min(std::max(raw, lower), upper);
        slope[j] = raw == x[j] && lower < upper ? inverse_[j] : 0.0;
        continue;
      }
      const double raw = curved_value(run, j, s[j], smoothing);
      const double e = smoothing * unit_[j];
      x[j] = std::min(std::max(raw, lower), upper);
      const bool inside = e > 0.0 ? raw == x[j] && lower < upper : raw > lower && raw < upper;
      const double base = std::max(std::abs(x[j]) + e, least_base(run.power) * unit_[j]);
      const double power = run.power == 3 ? base : std::pow(base, run.power - 2);
      slope[j] = inside ? inverse_[j] / ((run.power - 1) * power) : 0.0;
    }
  }
}

inline double Response::directional(const Program& program, const double* s, const double* ds, double t,
                                    double smoothing) const {
  using Values = Eigen::Map<const Eigen::ArrayXd>;
  double sum = 0.0;
  for (const Run& run : runs_) {
    const int begin = run.begin, n = run.end - run.begin;
    const Values low(program.lower.data() + begin, n), high(program.upper.data() + begin, n);
    const Values price(s + begin, n), change(ds + begin, n), inverse(inverse_.data() + begin, n);
    if (run.power == 2) {
      sum += (((price + t * change) * inverse).max(low).min(high) * change).sum();
      continue;
    }
    for (int j = begin; j < run.end; ++j) {
      const double raw = curved_value(run, j, s[j] + t * ds[j], smoothing);
      sum += std::min(std::max(raw, program.lower[j]), program.upper[j]) * ds[j];
    }
  }
  return sum;
}

}  // namespace psoas::recruit
