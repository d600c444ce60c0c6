#pragma once

#include <algorithm>
#include <array>
#include <boost/numeric/odeint/algebra/array_algebra.hpp>
#include <boost/numeric/odeint/algebra/vector_space_algebra.hpp>
#include <boost/numeric/odeint/stepper/controlled_runge_kutta.hpp>
#include <boost/numeric/odeint/stepper/dense_output_runge_kutta.hpp>
#include <boost/numeric/odeint/stepper/generation.hpp>
#include <boost/numeric/odeint/stepper/runge_kutta_dopri5.hpp>
#include <boost/numeric/odeint/util/odeint_error.hpp>
#include <cmath>
#include <cstddef>
#include <exception>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

// Last of Odeint: it adds to what the others declare.
#include <boost/numeric/odeint/external/eigen/eigen.hpp>

#include "psoas/core/status.hpp"
#include "psoas/core/types.hpp"

/// Boost.Odeint for psoas, with its traps closed. The only public header that shows Boost.
///
/// | trap                                                                          | closed by                        |
/// |-------------------------------------------------------------------------------|----------------------------------|
/// | an Eigen state without Odeint's Eigen header compiles and crashes             | the header is included here      |
/// | the algebra that Odeint guesses for a state may be the wrong one              | Dopri5 names it                  |
/// | without a cap a step may leap over an event, or over half a contraction       | every stepper here has one       |
/// | dopri5 carries its last derivative over a jump of the right-hand side         | a fresh stepper for each interval|
/// | the stage at the end of an interval sees what holds from the switch on        | it is given the time just before |
/// | a NaN counts as a success                                                     | a status                         |
namespace psoas::forward {

namespace detail {

template <class State>
struct StateAlgebra {
  using type = boost::numeric::odeint::vector_space_algebra;
};
template <class T, std::size_t N>
struct StateAlgebra<std::array<T, N>> {
  using type = boost::numeric::odeint::array_algebra;
};

/// Leaves a stepper from within; never leaves integrate_states().
struct NotFinite : std::exception {};

template <class State>
bool all_finite(const State& x) {
  for (std::size_t i = 0; i < static_cast<std::size_t>(x.size()); ++i) {
    if (!std::isfinite(x[static_cast<decltype(x.size())>(i)])) return false;
  }
  return true;
}

}  // namespace detail

/// Dormand and Prince's method of order 5 for a std::array or an Eigen vector.
template <class State>
using Dopri5 = boost::numeric::odeint::runge_kutta_dopri5<State, double, State, double,
                                                          typename detail::StateAlgebra<State>::type>;

/// How far off a step may be, and how long.
struct StepLimits {
  double absolute_tolerance = 1e-8;  ///< [unit of the state]
  double relative_tolerance = 1e-8;  ///< [-]
  double largest_step = 0.01;        ///< [s]  > 0
  long most_evaluations = 2'000'000;
};

/// With error control, for Odeint's integrate functions.
template <class State>
auto controlled_dopri5(const StepLimits& limits = {}) {
  return boost::numeric::odeint::make_controlled(limits.absolute_tolerance, limits.relative_tolerance,
                                                 limits.largest_step, Dopri5<State>());
}

/// With error control and states between steps, for Odeint's integrate functions.
template <class State>
auto dense_dopri5(const StepLimits& limits = {}) {
  return boost::numeric::odeint::make_dense_output(limits.absolute_tolerance, limits.relative_tolerance,
                                                   limits.largest_step, Dopri5<State>());
}

/// How an integration ended.
struct Integration {
  /// ok; not_finite; not_converged: the step vanished or took too many trials; not_computed: nothing to integrate
  Status status = Status::not_computed;
  double time = not_a_number;  ///< of the state that is left  [s]
  long evaluations = 0;        ///< of the right-hand side
};

namespace detail {

/// One interval without a switch. `x` and `done.time` hold the last accepted step, whatever happens.
template <class System, class State, class Output>
void integrate_interval(System& system, State& x, double end, const StepLimits& limits, Output& output,
                        Integration& done) {
  const double just_before = std::nextafter(end, -infinity);
  const auto guarded = [&](const State& at, State& rate, double t) {
    if (++done.evaluations > limits.most_evaluations)
      throw boost::numeric::odeint::step_adjustment_error("evaluations");
    system(at, rate, std::fmin(t, just_before));
    if (!all_finite(at) || !all_finite(rate)) throw NotFinite();
  };
  auto stepper = dense_dopri5<State>(limits);
  stepper.initialize(x, done.time, std::fmin(1e-3 * limits.largest_step, end - done.time));
  while (done.time < end) {
    if (done.time + stepper.current_time_step() > end) stepper.initialize(x, done.time, end - done.time);
    const auto [from, to] = stepper.do_step(guarded);
    if (!all_finite(stepper.current_state())) throw NotFinite();
    output(stepper, from, to);
    x = stepper.current_state();
    done.time = end - to <= 1e-14 * std::fmax(1.0, std::fabs(end)) ? end : to;
  }
}

}  // namespace detail

/// Integrates x' = f(x, t) by Dopri5 with error control, from switch to switch.
///
/// @param system       (const State& x, State& rate, double t); may jump at the switches, where it has its value from
///                     the right
/// @param x            in: the state at `from`; out: the state at the time that is returned
/// @param output_step  [s]  > 0
/// @param observe      (const State& x, double t) at `from`, at every output step and at `to`
/// @param switches     in any order; those outside (from, to) are passed over  [s]
/// @return  ok at `to`; otherwise the state is the last one that was accepted, and it was observed up to there;
///          not_computed, and nothing observed, where to < from or output_step is not above 0
/// @throws  only what system and observe throw
template <class System, class State, class Observer>
[[nodiscard]] Integration integrate_states(System&& system, State& x, double from, double to, double output_step,
                                           Observer&& observe, const StepLimits& limits = {},
                                           std::span<const double> switches = {}) {
  Integration done{Status::not_computed, from, 0};
  if (!detail::all_finite(x) || !std::isfinite(from + to)) return {Status::not_finite, from, 0};
  if (to < from || !(output_step > 0.0)) return done;
  std::vector<double> stops(switches.begin(), switches.end());
  std::sort(stops.begin(), stops.end());
  std::remove_cvref_t<State> between = x;
  long next = 1;
  observe(std::as_const(x), from);
  const auto output = [&](auto& stepper, double, double reached) {
    for (double t = from + output_step; (t = from + static_cast<double>(next) * output_step) <= reached && t < to;
         ++next) {
      stepper.calc_state(t, between);
      observe(std::as_const(between), t);
    }
  };
  try {
    for (const double s : stops) {
      if (s > done.time && s < to) detail::integrate_interval(system, x, s, limits, output, done);
    }
    if (done.time < to) detail::integrate_interval(system, x, to, limits, output, done);
    if (to > from) observe(std::as_const(x), to);
    done.status = Status::ok;
  } catch (const detail::NotFinite&) {
    done.status = Status::not_finite;
  } catch (const boost::numeric::odeint::odeint_error&) {
    done.status = Status::not_converged;
  }
  return done;
}

}  // namespace psoas::forward
