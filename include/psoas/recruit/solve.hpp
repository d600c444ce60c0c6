#pragma once

#include "psoas/core/compiled.hpp"
#include "psoas/core/status.hpp"
#include "psoas/core/types.hpp"
#include "psoas/recruit/dual_newton.hpp"
#include "psoas/recruit/program.hpp"

namespace psoas::recruit {

/// When the solver stops and where it starts.
struct SolveOptions {
  double tolerance = 1e-12;  ///< relative KKT residual that counts as solved            [-]
  double acceptable = 1e-9;  ///< the same where rounding allows no better: ten tries without progress  [-]
  int max_iterations = 200;  ///< Newton steps before it gives up                        [-]
  bool warm_start = true;    ///< start from Solution::multiplier if its size fits and all of it is finite
};

/// Answer of a program. Hand the same one to the next solve: it holds the start and the working memory.
struct Solution {
  Status status = Status::not_computed;
  VecX x;                              ///< unknowns; NaN unless ok             [unit of the columns]  (n_columns)
  VecX multiplier;                     ///< derivative of the cost by rhs, λ    [cost / row unit]      (n_rows)
  double objective = not_a_number;     ///< Σ weight |x|^power                  [cost]
  double kkt_residual = not_a_number;  ///< see relative_kkt_residual           [-]
  int iterations = 0;                  ///< Newton steps, of all starts         [-]
  DualNewton work;                     ///< working memory
};

/// Solves a program by a semismooth Newton method on its dual (see DualNewton), warm or cold.
///
/// For powers above 2 a cold start walks along smoothed costs (see Response) that end in the exact one; a
/// warm start begins with the exact one. A warm start that leads nowhere is followed by a cold one.
///
/// @param program   any feasible or infeasible program
/// @param options   tolerance and limits
/// @param solution  start, working memory and answer; x and multiplier are NaN unless the status is ok
/// @return ok              kkt_residual ≤ tolerance, or ≤ acceptable where rounding allows no better
///         infeasible      no x satisfies rows and bounds (a proof was found in which unbounded columns
///                         count as useless below 1e-10 of their terms), or a lower bound above its upper
///         not_converged   max_iterations reached
///         not_finite      a number of the program is not finite, bounds apart
///         not_computed    a weight of a column with entries is not positive, or a power is below 2
/// @allocates only for a program larger than the solution has seen, or when x or multiplier changes size
/// @see Qi and Sun 1993, Math Program 58:353–367 (semismooth Newton)
[[nodiscard]] Status solve(const Program& program, const SolveOptions& options, Solution& solution) noexcept;

}  // namespace psoas::recruit

#ifndef PSOAS_COMPILED
#include "psoas/recruit/impl/solve.hpp"
#endif
