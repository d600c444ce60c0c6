#pragma once

#include "psoas/core/types.hpp"
#include "psoas/recruit/cholesky.hpp"
#include "psoas/recruit/kkt.hpp"
#include "psoas/recruit/program.hpp"
#include "psoas/recruit/response.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace psoas::recruit {

/// The pieces of one Newton step on the dual of a Program, and the memory they work in.
///
///   minimise over λ   Ψ(λ) = Σⱼ φⱼ*(Aⱼᵀ λ) − rhsᵀ λ
///   gradient          A x(λ) − rhs,  x(λ) = the response to the prices s = Aᵀ λ
///   Hessian           H = A D Aᵀ,    D = dx/ds: 0 for a column at a bound
///
/// Ψ is convex and piecewise smooth. Where too many columns stand at a bound H is singular; from then on
/// the steps belong to the proximal problem Ψ(λ) + pull/2 Σ diagonalᵢ (λᵢ − centreᵢ)², whose centre follows
/// λ. The diagonal is that of H with every column free, so that nothing depends on units. Without an answer
/// the centre runs off along a proof of that.
class DualNewton {
 public:
  /// Takes a program, sizes everything; allocates only when it has to grow.
  /// @return false if a number of the program is not finite
  bool prepare(const Program& program);

  /// Forgets how an earlier start went: all multipliers 0, no proximal problem.
  void restart() {
    pull = 0.0;
    tries = 0;
    std::fill(centre.begin(), centre.end(), 0.0);
    std::fill(lambda.begin(), lambda.end(), 0.0);
  }

  Response response;
  Cholesky hessian, factor;
  std::vector<double> lambda, step;                  ///< multipliers and their change       (n_rows)
  std::vector<double> s, ds;                         ///< Aᵀ λ and Aᵀ step                   (n_columns)
  std::vector<double> x, slope, built_slope, trial;  ///< x(s), dx/ds, dx/ds in H, a refined x (n_columns)
  std::vector<double> residual, magnitude;           ///< A x − rhs, |A| |x| + |rhs|         (n_rows)
  std::vector<double> diagonal, least;               ///< reference diagonal, least pivots   (n_rows)
  std::vector<double> centre, gradient;              ///< of the proximal problem            (n_rows)
  double pull = 0.0;                                 ///< of the proximal problem, 0 while it is not needed [-]
  int tries = 0;                                     ///< answers tried without progress     [-]
  std::vector<double> target;                        ///< multipliers of a refined answer    (n_rows)
  std::vector<double> scratch;                       ///< (3 n_rows)
  std::vector<char> busy, has_own_column;            ///< what makes a row idle, see evaluate_rows  (n_rows)

  /// out = Aᵀ y.
  static void transposed_product(const Program& program, const std::vector<double>& y, std::vector<double>& out);

  /// residual and magnitude of x.
  ///
  /// A row whose right-hand side is 0 and in which only free columns that stand in no other row have a
  /// value is idle:
  /// there the answer is exactly 0, which rounding never reaches by itself.
  /// @return the largest ratio of residual to magnitude among rows that are not idle [-]
  double evaluate_rows(const Program& program);

  /// Sets the multipliers of idle rows, and the columns that stand in them alone, to 0.
  void settle_idle_rows(const Program& program, std::vector<double>& unknowns, std::vector<double>& multipliers) const;

  /// Derivative of Ψ along the step at its start; minus the square of the Newton decrement.
  double descent() const;

  /// Σ |λᵢ| (|A| |x| + |rhs|)ᵢ: what the descent is small or large against.
  double scale() const;

  /// The gradient; moves the centre to λ where the proximal problem is solved well enough.
  /// @return true if the way of the centre proves that there is no answer
  bool update_gradient(const Program& program);

  /// step = −(H + pull · diagonal)⁻¹ gradient and ds = Aᵀ step. Turns to the proximal problem where H is
  /// singular.
  /// @return false if the matrix does not factorise at all
  bool newton_step(const Program& program);

  /// Where Ψ is least along the step, or close to it. @return multiple of the step [-]
  double line_search(const Program& program, double smoothing) const;

  /// A direction y with prices q = Aᵀ y as a proof that there is no answer: rhsᵀ y > max of qᵀ x between
  /// the bounds.
  /// Unbounded columns count as useless where q is below 1e-10 of what y could make of it, the rows
  /// measured by their diagonal.
  bool proves_infeasible(const Program& program, const std::vector<double>& y, const std::vector<double>& q) const;

 private:
  void update_hessian(const Program& program);
  void add_column(const Program& program, int column, double amount);

  bool built_ = false;
};

inline bool DualNewton::prepare(const Program& program) {
  const int m = program.rows(), n = program.columns();
  response.prepare(program);
  hessian.resize(m);
  factor.resize(m);
  for (auto* rows : {&lambda, &step, &target, &centre, &gradient, &residual, &magnitude, &diagonal, &least})
    rows->resize(m);
  for (auto* columns : {&s, &ds, &x, &slope, &built_slope, &trial}) columns->resize(n);
  scratch.resize(3 * m);
  busy.resize(m);
  has_own_column.resize(m);
  built_ = false;
  restart();

  std::fill(diagonal.begin(), diagonal.end(), 0.0);
  for (int j = 0; j < n; ++j)
    for (int k = program.column_start[j]; k < program.column_start[j + 1]; ++k)
      diagonal[program.row[k]] += response.reference_slope(j) * program.value[k] * program.value[k];
  double poison = 0.0;
  for (int i = 0; i < m; ++i) {
    poison += 0.0 * (diagonal[i] + program.rhs[i]);
    if (diagonal[i] == 0.0) diagonal[i] = 1.0;
  }
  return poison == 0.0;
}

inline void DualNewton::transposed_product(const Program& program, const std::vector<double>& y,
                                           std::vector<double>& out) {
  const int* start = program.column_start.data();
  const int* row = program.row.data();
  const double* value = program.value.data();
  const double* from = y.data();
  for (int j = 0; j < program.columns(); ++j) {
    double even = 0.0, odd = 0.0;  // two sums, since each waits for its last term
    int k = start[j];
    const int end = start[j + 1];
    for (; k + 1 < end; k += 2) {
      even += value[k] * from[row[k]];
      odd += value[k + 1] * from[row[k + 1]];
    }
    if (k < end) even += value[k] * from[row[k]];
    out[j] = even + odd;
  }
}

inline double DualNewton::evaluate_rows(const Program& program) {
  const int m = program.rows();
  for (int i = 0; i < m; ++i) {
    residual[i] = -program.rhs[i];
    magnitude[i] = std::abs(program.rhs[i]);
    busy[i] = program.rhs[i] != 0.0;
    has_own_column[i] = 0;
  }
  const int* const start = program.column_start.data();
  const int* const row = program.row.data();
  const double* const value = program.value.data();
  double* const sum = residual.data();
  double* const size = magnitude.data();
  for (int j = 0; j < program.columns(); ++j) {
    const double amount = x[j];
    if (amount == 0.0) continue;
    const int begin = start[j], end = start[j + 1];
    char* const mark = (end - begin == 1 && slope[j] > 0.0 ? has_own_column : busy).data();
    for (int k = begin; k < end; ++k) {
      const int i = row[k];
      const double term = value[k] * amount;
      sum[i] += term;
      size[i] += std::abs(term);
      mark[i] = 1;
    }
  }
  double worst = 0.0;
  for (int i = 0; i < m; ++i)
    if (residual[i] != 0.0 && (busy[i] || !has_own_column[i]))
      worst = std::max(worst, std::abs(residual[i]) / magnitude[i]);
  return worst;
}

inline void DualNewton::settle_idle_rows(const Program& program, std::vector<double>& unknowns,
                                         std::vector<double>& multipliers) const {
  const auto idle = [&](int i) { return !busy[i] && has_own_column[i]; };
  for (int i = 0; i < program.rows(); ++i)
    if (idle(i)) multipliers[i] = 0.0;
  for (int j = 0; j < program.columns(); ++j) {
    const int begin = program.column_start[j];
    if (program.column_start[j + 1] == begin + 1 && idle(program.row[begin])) unknowns[j] = 0.0;
  }
}

inline double DualNewton::descent() const {
  double sum = 0.0;
  for (std::size_t i = 0; i < step.size(); ++i) sum += gradient[i] * step[i];
  return sum;
}

inline double DualNewton::scale() const {
  double sum = 0.0;
  for (std::size_t i = 0; i < step.size(); ++i) sum += std::abs(lambda[i]) * magnitude[i];
  return sum;
}

inline void DualNewton::add_column(const Program& program, int column, double amount) {
  const int begin = program.column_start[column], n = program.column_start[column + 1] - begin;
  const int* const row = program.row.data() + begin;
  const double* const value = program.value.data() + begin;
  for (int a = 0; a < n; ++a) {
    double* const below = hessian.column(row[a]);
    const double factor_a = amount * value[a];
    for (int b = a; b < n; ++b) below[row[b]] += factor_a * value[b];
  }
}

inline void DualNewton::update_hessian(const Program& program) {
  // change the built matrix where few columns changed sides, otherwise build it anew
  const int n = program.columns();
  int free = 0, changed = 0;
  for (int j = 0; j < n; ++j) {
    free += slope[j] != 0.0;
    changed += slope[j] != built_slope[j];
  }
  const bool anew = !built_ || 2 * changed > free;
  if (anew) {
    hessian.set_zero();
    std::fill(built_slope.begin(), built_slope.end(), 0.0);
  }
  for (int j = 0; j < n; ++j) {
    if (slope[j] == built_slope[j]) continue;
    add_column(program, j, slope[j] - built_slope[j]);
    built_slope[j] = slope[j];
  }
  built_ = true;
}

inline bool DualNewton::update_gradient(const Program& program) {
  gradient = residual;
  if (pull == 0.0) return false;
  double error = 0.0, way = 0.0;
  for (int i = 0; i < program.rows(); ++i) {
    const double force = pull * diagonal[i] * (lambda[i] - centre[i]);
    gradient[i] += force;
    error += gradient[i] * gradient[i] / diagonal[i];
    way += force * force / diagonal[i];
  }
  if (error > 1e-2 * way) return false;
  for (int i = 0; i < program.rows(); ++i) target[i] = lambda[i] - centre[i];
  transposed_product(program, target, trial);
  centre = lambda;
  gradient = residual;
  pull = std::max(0.1 * pull, 1e-12);
  return proves_infeasible(program, target, trial);
}

inline bool DualNewton::newton_step(const Program& program) {
  update_hessian(program);
  const int m = program.rows();
  for (double regularisation = pull > 0.0 ? pull : 1e-14; regularisation < 1e3; regularisation *= 100.0) {
    factor = hessian;
    for (int i = 0; i < m; ++i) {
      // a pivot that is all cancellation, or all regularisation, calls for the proximal problem
      double& pivot = factor.column(i)[i];
      least[i] = 0.1 * regularisation * diagonal[i];
      if (pull == 0.0) least[i] = 1e-11 * pivot + 100.0 * least[i];
      pivot += regularisation * diagonal[i];
    }
    if (!factor.factorize(least.data())) {
      if (pull == 0.0) {
        centre = lambda;
        regularisation = pull = 1e-6;
        regularisation *= 0.01;
      }
      continue;
    }
    for (int i = 0; i < m; ++i) step[i] = -gradient[i];
    factor.solve(step.data());
    transposed_product(program, step, ds);
    return true;
  }
  return false;
}

}  // namespace psoas::recruit
