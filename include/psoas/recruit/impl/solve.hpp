#pragma once

#include <algorithm>
#include <cmath>

#include "psoas/core/compiled.hpp"
#include "psoas/core/status.hpp"
#include "psoas/core/types.hpp"
#include "psoas/recruit/dual_newton.hpp"
#include "psoas/recruit/dual_newton_search.hpp"
#include "psoas/recruit/kkt.hpp"
#include "psoas/recruit/program.hpp"
#include "psoas/recruit/solve.hpp"

namespace psoas::recruit {

namespace detail {

inline constexpr double first_smoothing = 0.1;        ///< ε of the first stage; it applies to powers above 2
inline constexpr double steepening = 100.0;           ///< of the response at 0, from one stage to the next
inline constexpr double least_smoothing = 5e-4;       ///< below it the next stage is the exact cost (power 3)
inline constexpr double least_smoothing_high = 1e-5;  ///< the same for powers above 3
inline constexpr int warm_patience = 25;              ///< Newton steps before a warm start gives way to a cold one
inline constexpr int patience_at_rounding = 10;       ///< tries without progress that show rounding to be the limit
inline constexpr double close_descent = 1e-6;         ///< Newton decrement, relative, from which answers are tried

/// What keeps a program from being solved at all, or ok.
inline Status check(const Program& program) {
  for (int j = 0; j < program.columns(); ++j) {
    const double weight = program.weight[j], lower = program.lower[j], upper = program.upper[j];
    const bool idle = program.column_start[j] == program.column_start[j + 1];
    if (!std::isfinite(weight) || std::isnan(lower) || std::isnan(upper)) return Status::not_finite;
    if (weight < 0.0 || (weight == 0.0 && !idle) || program.power[j] < 2) return Status::not_computed;
    if (lower > upper || lower == infinity || upper == -infinity) return Status::infeasible;
  }
  return Status::ok;
}

/// Keeps the unknowns `work.trial` and the multipliers `work.target` if they are the best so far.
/// @return true if they are good enough, or good and long without progress
inline bool accept(const Program& program, const SolveOptions& options, Solution& solution) {
  DualNewton& work = solution.work;
  const double residual = relative_kkt_residual(program, work.trial.data(), work.target.data(), work.scratch.data());
  ++work.tries;
  if (residual < solution.kkt_residual || std::isnan(solution.kkt_residual)) {
    if (!(residual > 0.5 * solution.kkt_residual)) work.tries = 0;
    solution.kkt_residual = residual;
    std::copy(work.trial.begin(), work.trial.end(), solution.x.data());
    std::copy(work.target.begin(), work.target.end(), solution.multiplier.data());
  }
  return solution.kkt_residual <= options.tolerance ||
         (work.tries >= patience_at_rounding && solution.kkt_residual <= options.acceptable);
}

/// The answer at the current multipliers, if it is one.
inline bool accept_here(const Program& program, const SolveOptions& options, Solution& solution) {
  DualNewton& work = solution.work;
  work.trial = work.x;
  work.target = work.lambda;
  work.settle_idle_rows(program, work.trial, work.target);
  return accept(program, options, solution);
}

/// The answer one whole step ahead, if it is one. The unknowns move along their tangents and not through
/// the prices, so that they satisfy the rows to rounding even where they are small differences of large
/// prices.
inline bool accept_ahead(const Program& program, const SolveOptions& options, Solution& solution) {
  DualNewton& work = solution.work;
  for (int j = 0; j < program.columns(); ++j)
    work.trial[j] = std::min(std::max(work.x[j] + work.slope[j] * work.ds[j], program.lower[j]), program.upper[j]);
  for (int i = 0; i < program.rows(); ++i) work.target[i] = work.lambda[i] + work.step[i];
  work.settle_idle_rows(program, work.trial, work.target);
  return accept(program, options, solution);
}

/// Newton from the multipliers in `work.lambda` until the answer is accepted or `last_iteration` is reached.
inline Status iterate(const Program& program, const SolveOptions& options, double smoothing, int last_iteration,
                      Solution& solution) {
  DualNewton& work = solution.work;
  work.transposed_product(program, work.lambda, work.s);
  while (true) {
    work.response.evaluate(program, work.s.data(), smoothing, work.x.data(), work.slope.data());
    const double row_error = work.evaluate_rows(program);
    if (smoothing == 0.0 && row_error <= options.tolerance && accept_here(program, options, solution))
      return Status::ok;
    if (solution.iterations >= last_iteration) return Status::not_converged;
    if (work.update_gradient(program)) return Status::infeasible;
    if (!work.newton_step(program)) return Status::not_converged;
    ++solution.iterations;
    if (work.proves_infeasible(program, work.step, work.ds)) return Status::infeasible;

    const bool close = smoothing == 0.0 && -work.descent() <= close_descent * work.scale();
    if (close && accept_ahead(program, options, solution)) return Status::ok;

    const double t = work.line_search(program, smoothing);
    for (int i = 0; i < program.rows(); ++i) work.lambda[i] += t * work.step[i];
    if (close)
      work.transposed_product(program, work.lambda, work.s);
    else
      for (int j = 0; j < program.columns(); ++j) work.s[j] += t * work.ds[j];

    // a step that went most of its way has found the place where a stage ends: on to a sharper one
    if (smoothing > 0.0 && t > 0.5) {
      const int power = work.response.highest_power();
      smoothing *= std::pow(steepening, -1.0 / (power - 2));
      if (smoothing < (power == 3 ? least_smoothing : least_smoothing_high)) smoothing = 0.0;
    }
  }
}

}  // namespace detail

PSOAS_INLINE Status solve(const Program& program, const SolveOptions& options, Solution& solution) noexcept {
  const int m = program.rows(), n = program.columns();
  const bool warm = options.warm_start && m > 0 && solution.multiplier.size() == m && solution.multiplier.allFinite();
  DualNewton& work = solution.work;
  solution.iterations = 0;
  solution.objective = not_a_number;
  solution.kkt_residual = not_a_number;
  solution.x.resize(n);
  Status status = detail::check(program);
  if (status == Status::ok && !work.prepare(program)) status = Status::not_finite;

  if (status == Status::ok) {
    status = Status::not_converged;
    if (warm) {
      std::copy_n(solution.multiplier.data(), m, work.lambda.begin());
      const int patience = std::min(detail::warm_patience, options.max_iterations);
      status = detail::iterate(program, options, 0.0, patience, solution);
    }
    solution.multiplier.resize(m);
    if (status == Status::not_converged) {
      work.restart();
      const double smoothing = work.response.highest_power() > 2 && m > 0 ? detail::first_smoothing : 0.0;
      status = detail::iterate(program, options, smoothing, options.max_iterations, solution);
    }
  }
  if (status == Status::ok) {
    solution.objective = objective(program, solution.x);
  } else {
    solution.multiplier.resize(m);
    solution.x.setConstant(not_a_number);
    solution.multiplier.setConstant(not_a_number);
    solution.kkt_residual = not_a_number;
  }
  return solution.status = status;
}

}  // namespace psoas::recruit
