#pragma once

#include <functional>
#include <string>
#include <vector>

#include "psoas/core/status.hpp"
#include "psoas/core/types.hpp"

namespace psoas::forward {

/// A small system x' = f(x, t).
struct SmallSystem {
  /// `left` is set at the end of an interval between switches: what holds from the switch on must not be seen yet.
  std::function<void(const VecX& x, VecX& rate, double t, bool left)> rate;
  std::vector<double> switches;  ///< times at which the rate jumps  [s]
  /// Functions whose zero is an event; the stepper starts anew there.
  std::vector<std::function<double(const VecX& x, double t)>> events;
};

struct AdaptiveOptions {
  double absolute_tolerance = 1e-8, relative_tolerance = 1e-8;
  double largest_step = 0.01;         ///< [s]
  double output_step = 0.01;          ///< [s]
  double event_tolerance = 1e-9;      ///< width of the interval that holds an event  [s]
  long most_evaluations = 1'000'000;  ///< beyond the 12 that every largest step may take: ends at a pole in seconds
};

/// An event, by its index in SmallSystem::events.
struct FoundEvent {
  double time = not_a_number;  ///< [s]
  int event = -1;
};

/// States at evenly spaced times and at the end. What was computed before a failure is kept.
struct AdaptiveResult {
  Status status = Status::not_computed;
  std::string reason;        ///< one line where the status is not ok
  std::vector<double> time;  ///< [s]
  std::vector<VecX> state;
  std::vector<FoundEvent> events;
  long evaluations = 0;  ///< of the rate
};

/// Integrates a small system with Dormand and Prince's method of order 5, error control and dense output
/// (Boost.Odeint), from switch to switch. Events are found by bisection on the dense output.
///
/// @return  ok; not_finite where the state or its rate is no number; not_converged where the step that the tolerance
///          asks for vanishes or the count of evaluations is used up
/// @throws  Error for steps that are not above 0, or times that are no numbers
AdaptiveResult integrate_adaptive(const SmallSystem& system, const VecX& start, double from, double to,
                                  const AdaptiveOptions& options = {});

}  // namespace psoas::forward
