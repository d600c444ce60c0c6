#pragma once

#include "psoas/core/types.hpp"
#include "psoas/recruit/program.hpp"

#include <algorithm>
#include <cmath>

namespace psoas::recruit {

/// Derivative of the cost of one column, power · weight · sign(x) |x|^(power − 1).
inline double marginal_cost(double weight, int power, double x) {
  const double size = std::abs(x);
  double slope = power * weight;
  for (int k = 1; k < power; ++k) slope *= size;
  return x < 0.0 ? -slope : slope;
}

/// How far an answer is from optimal: the largest relative error of the optimality conditions.
///
///   L = f(x) − λᵀ (A x − rhs),   z = ∇f − Aᵀ λ
///   rows     |A x − rhs| / (|rhs| + |A| |x|)
///   columns  what z has of the wrong sign / (|∇f| + |A|ᵀ |λ|): z = 0 between the bounds, ≥ 0 at `lower`,
///            ≤ 0 at `upper`, of any sign where both are equal
///   bounds   the largest distance of x outside [lower, upper]
///
/// With these signs λᵢ is the derivative of the optimal cost by rhsᵢ.
///
/// Where nothing is asked of a row every term is rounding, and a ratio of roundings says nothing. So each denominator
/// also holds 1e-9 of what a single column could put there for the whole cost f: √(f/w) |a| in a row, 2 √(f w) in a
/// column (columns of power 2 only). Terms below 1e-21 of that, at a tolerance of 1e-12, count as met.
///
/// @param row_scratch  room for three numbers a row (3 n_rows)
/// @return the largest of all of them [-]; NaN if x or the multiplier is not finite
inline double relative_kkt_residual(const Program& program, const double* x, const double* multiplier,
                                    double* row_scratch) {
  const int m = program.rows();
  double* sum = row_scratch;
  double* size = row_scratch + m;
  double* reach = row_scratch + 2 * m;  // largest a²/w of the columns of power 2
  std::fill_n(sum, 3 * m, 0.0);
  double cost = 0.0;
  for (int j = 0; j < program.columns(); ++j) {
    cost += std::abs(marginal_cost(program.weight[j], program.power[j], x[j]) * x[j]) / program.power[j];
  }
  double worst = 0.0, poison = 0.0;
  for (int j = 0; j < program.columns(); ++j) {
    double s = 0.0, s_size = 0.0;
    const double per_weight = program.power[j] == 2 && program.weight[j] > 0.0 ? 1.0 / program.weight[j] : 0.0;
    for (int k = program.column_start[j]; k < program.column_start[j + 1]; ++k) {
      const int i = program.row[k];
      const double along = program.value[k] * x[j];
      const double across = program.value[k] * multiplier[i];
      sum[i] += along;
      size[i] += std::abs(along);
      reach[i] = std::max(reach[i], program.value[k] * program.value[k] * per_weight);
      s += across;
      s_size += std::abs(across);
    }
    const double lower = program.lower[j], upper = program.upper[j];
    const double g = marginal_cost(program.weight[j], program.power[j], x[j]);
    const double z = g - s;
    poison += 0.0 * (x[j] + z);
    worst = std::max({worst, lower - x[j], x[j] - upper});
    double wrong = std::abs(z);
    if (lower == upper)
      wrong = 0.0;
    else if (x[j] == lower)
      wrong = std::max(-z, 0.0);
    else if (x[j] == upper)
      wrong = std::max(z, 0.0);
    if (wrong > 0.0) {
      const double floor = program.power[j] == 2 ? 2e-9 * std::sqrt(cost * program.weight[j]) : 0.0;
      worst = std::max(worst, wrong / (std::abs(g) + s_size + floor));
    }
  }
  for (int i = 0; i < m; ++i) {
    const double error = std::abs(sum[i] - program.rhs[i]);
    poison += 0.0 * error;
    if (error > 0.0) {
      const double floor = 1e-9 * std::sqrt(cost * reach[i]);
      worst = std::max(worst, error / (std::abs(program.rhs[i]) + size[i] + floor));
    }
  }
  return worst + poison;
}

/// The same for vectors.
/// @param x           answer       [unit of the columns]  (n_columns)
/// @param multiplier  λ            [cost / row unit]      (n_rows)
inline double relative_kkt_residual(const Program& program, const VecX& x, const VecX& multiplier) {
  if (x.size() != program.columns() || multiplier.size() != program.rows())
    throw Error("relative_kkt_residual: got " + std::to_string(x.size()) + " unknowns and " +
                std::to_string(multiplier.size()) + " multipliers for a program of " +
                std::to_string(program.columns()) + " and " + std::to_string(program.rows()));
  VecX scratch(3 * program.rows());
  return relative_kkt_residual(program, x.data(), multiplier.data(), scratch.data());
}

}  // namespace psoas::recruit
