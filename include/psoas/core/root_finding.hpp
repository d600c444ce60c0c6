#pragma once

#include <cmath>
#include <utility>

#include "psoas/core/status.hpp"
#include "psoas/core/types.hpp"

namespace psoas {

struct RootOptions {
  double tolerance = 1e-12;      ///< width of the bracket or of a step at which the root counts as found [unit of x]
  double value_tolerance = 0.0;  ///< |f| at which the root counts as found at once                      [unit of f]
  int max_iterations = 100;
};

/// A root, or why there is none.
struct Root {
  double x = not_a_number;         ///< NaN unless the status is ok
  double residual = not_a_number;  ///< f at the last point tried
  int iterations = 0;              ///< evaluations of f after the two ends
  Status status = Status::not_computed;
};

/// Root of f in [low, high] by Newton steps, each kept inside a shrinking bracket; a step that leaves the bracket or
/// does not halve the last one but one is replaced by a bisection, so it ends on any continuous f.
///
/// @param f        x -> anything with `.value` and `.slope`
/// @param low      f(low) and f(high) must differ in sign, or one must be zero
/// @param guess    first point tried; outside the bracket its middle is taken
/// @return         status ok; no_equilibrium (both ends on one side of zero); not_finite; not_converged
/// @source         safeguarded Newton, Dennis & Schnabel 1983; rtsafe of Press et al. 2007
template <class F>
[[nodiscard]] Root find_root(F&& f, double low, double high, double guess = not_a_number,
                             const RootOptions& options = {}) noexcept(noexcept(f(low))) {
  Root root;
  const auto ends_at = [&root](double x, double value, Status status) {
    root.x = usable(status) ? x : not_a_number;
    root.residual = value;
    root.status = status;
    return root;
  };
  const double at_low = f(low).value, at_high = f(high).value;
  if (!std::isfinite(at_low)) return ends_at(low, at_low, Status::not_finite);
  if (!std::isfinite(at_high)) return ends_at(high, at_high, Status::not_finite);
  if (at_low == 0.0) return ends_at(low, at_low, Status::ok);
  if (at_high == 0.0) return ends_at(high, at_high, Status::ok);
  if ((at_low > 0.0) == (at_high > 0.0)) return ends_at(low, at_low, Status::no_equilibrium);

  // from here on f(negative) < 0 < f(positive)
  double negative = at_low < 0.0 ? low : high;
  double positive = at_low < 0.0 ? high : low;
  double x = guess > std::fmin(low, high) && guess < std::fmax(low, high) ? guess : 0.5 * (low + high);
  double last_step = std::fabs(high - low), step_before = last_step;
  while (root.iterations < options.max_iterations) {
    const auto [value, slope] = [&] {
      const auto y = f(x);
      return std::pair{double(y.value), double(y.slope)};
    }();
    ++root.iterations;
    root.residual = value;
    if (!std::isfinite(value)) return ends_at(x, value, Status::not_finite);
    if (std::fabs(value) <= options.value_tolerance || value == 0.0) return ends_at(x, value, Status::ok);
    (value < 0.0 ? negative : positive) = x;
    double next = x - value / slope;
    const double lowest = std::fmin(negative, positive), highest = std::fmax(negative, positive);
    if (std::fabs(next - x) <= options.tolerance && next >= lowest && next <= highest) {
      return ends_at(next, value, Status::ok);  // x is one end of the bracket by now: the step may not leave it at all
    }
    const bool outside = !(next > lowest && next < highest);
    if (outside || std::fabs(next - x) > 0.5 * step_before) next = 0.5 * (lowest + highest);
    step_before = last_step;
    last_step = std::fabs(next - x);
    if (last_step <= options.tolerance || next == x) return ends_at(next, value, Status::ok);
    x = next;
  }
  return ends_at(x, root.residual, Status::not_converged);
}

}  // namespace psoas
