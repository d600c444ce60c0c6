#pragma once

#include <cmath>

#include "psoas/core/types.hpp"
#include "psoas/forward/muscle_set.hpp"
#include "psoas/muscle/activation.hpp"
#include "psoas/muscle/de_groote_fregly_curves.hpp"

/// The two scalar equations of one muscle over an implicit stage of a step, and how they are solved.
namespace psoas::forward {

/// A root of a stage, with the work that it took.
struct StageRoot {
  double x = not_a_number;  ///< NaN where the iteration did not end
  int evaluations = 0;
};

/// One muscle in one stage: path and activation are known, fibre length is asked for.
///
///   r(l) = fT(lT) - cos [ a fL(l) fV(v) + fP(l) + beta v ],   v = (l - base) * per_step
///
/// r falls with l as long as the stage is short: the tendon slackens and the fibre resists being drawn out.
struct FiberStage {
  const MuscleSet& m;
  Eigen::Index i;
  double path_length;  ///< [m]
  double activation;   ///< [-]
  double base;         ///< fibre length that the stage starts from  [-]
  double per_step;     ///< 1 / (gamma * step * maximal velocity); 0 asks for the fibre at rest  [-]

  muscle::ValueSlope<double> residual(double l) const {
    const double h = m.norm_thickness(i);
    const double along = std::sqrt(l * l - h * h), cosine = along / l;
    const double per_slack = 1.0 / m.tendon_slack_length(i), optimal = m.optimal_fiber_length(i);
    const double growth =
        0.2 * std::exp(m.tendon_rate(i) * ((path_length - optimal * along) * per_slack - 1.0));  // c1 exp(kT (lT - c2))
    const double v = (l - base) * per_step;
    const auto fL = muscle::active_force_length((l - 1.0) * m.per_active_width(i) + 1.0);
    const auto fV = muscle::force_velocity(v);
    const auto fP = muscle::passive_force_length(m.passive(i), l);
    const double fiber = activation * fL.value * fV.value + fP.value + m.damping(i) * v;
    const double fiber_slope =
        activation * (fL.slope * m.per_active_width(i) * fV.value + fL.value * fV.slope * per_step) + fP.slope +
        m.damping(i) * per_step;
    const double tendon_slope = -m.tendon_rate(i) * growth * optimal * per_slack / cosine;
    return {growth - 0.2 - cosine * fiber, tendon_slope - h * h / (along * l * l) * fiber - cosine * fiber_slope};
  }
};

namespace detail {

/// Newton steps on a function that is positive at `low` and negative at `high`, kept inside that shrinking bracket; the
/// middle instead of a step that is not half as long as the last one, so that two points never take turns. A function
/// without a change of sign ends at the end that is nearer to one: the caller knows whether that is an answer.
template <class F>
StageRoot falling_root(const F& f, double low, double high, double guess, double tolerance) {
  StageRoot root;
  double x = guess > low && guess < high ? guess : 0.5 * (low + high);
  double last_step = high - low;
  while (root.evaluations < 100) {
    const auto r = f(x);
    ++root.evaluations;
    if (std::isnan(r.value)) return root;  // an infinite one still has a sign
    const double newton = x - r.value / r.slope;
    if (std::fabs(newton - x) <= tolerance || high - low <= tolerance) {
      root.x = std::fmin(std::fmax(newton, low), high);
      return root;
    }
    (r.value > 0.0 ? low : high) = x;
    const bool good = newton > low && newton < high && std::fabs(newton - x) <= 0.5 * last_step;
    const double next = good ? newton : 0.5 * (low + high);
    last_step = std::fabs(next - x);
    x = next;
  }
  return root;
}

}  // namespace detail

inline constexpr double fiber_tolerance = 1e-10;  ///< of a Newton step, which squares the error  [-]

/// Fibre length at the end of a stage; the shortest one where even that is more than the path has room for.
inline StageRoot solve_fiber(const FiberStage& stage, double guess) {
  const MuscleSet& m = stage.m;
  const double room = stage.path_length / m.optimal_fiber_length(stage.i);  // the whole path, without a tendon
  return detail::falling_root([&](double l) { return stage.residual(l); }, m.shortest(stage.i),
                              std::hypot(m.norm_thickness(stage.i), room), guess, fiber_tolerance);
}

inline constexpr double fastest_fiber = 30.0;  ///< that an explicit method looks for, over the maximal velocity  [-]

/// Normalised velocity of a fibre of given length: what an explicit method needs. NaN where none within +-fastest_fiber
/// balances the tendon. The path must not be slack.
inline StageRoot solve_fiber_velocity(const MuscleSet& m, Eigen::Index i, double path_length, double activation,
                                      double l) {
  const double h = m.norm_thickness(i);
  const double along = std::sqrt(l * l - h * h), cosine = along / l;
  const double pull = tendon_force(m, i, path_length, l) / (m.max_isometric_force(i) * cosine);
  const double active = activation * muscle::active_force_length((l - 1.0) * m.per_active_width(i) + 1.0).value;
  const double passive = muscle::passive_force_length(m.passive(i), l).value;
  const auto equation = [&](double v) {
    const auto fV = muscle::force_velocity(v);
    return muscle::ValueSlope<double>{pull - active * fV.value - passive - m.damping(i) * v,
                                      -active * fV.slope - m.damping(i)};
  };
  if (!(equation(-fastest_fiber).value >= 0.0) || !(equation(fastest_fiber).value <= 0.0)) return {not_a_number, 2};
  StageRoot root = detail::falling_root(equation, -fastest_fiber, fastest_fiber, 0.0, 1e-13);
  root.evaluations += 2;
  return root;
}

/// Activation at the end of a stage: a = base + step_share * activation_rate(e, a). It lies between base and e, which
/// is the excitation that acts: the muscle's smallest activation where less is asked for.
inline StageRoot solve_activation(const muscle::ActivationParameters& p, double excitation, double base,
                                  double step_share, double guess) {
  if (excitation == base) return {base, 0};
  const auto equation = [&](double a) {
    const double z = 0.5 + 1.5 * a, gap = excitation - a;
    const double t = std::tanh(p.steepness * gap), f = 0.5 * t;
    const double f_slope = -0.5 * p.steepness * (1.0 - t * t);
    const double pull = (f + 0.5) / (p.rise_time * z) + (0.5 - f) * z / p.fall_time;
    const double pull_slope = f_slope / (p.rise_time * z) - 1.5 * (f + 0.5) / (p.rise_time * z * z) -
                              f_slope * z / p.fall_time + 1.5 * (0.5 - f) / p.fall_time;
    return muscle::ValueSlope<double>{base - a + step_share * pull * gap, step_share * (pull_slope * gap - pull) - 1.0};
  };
  const double low = std::fmin(base, excitation), high = std::fmax(base, excitation);
  return detail::falling_root(equation, low, high, guess, 1e-12);
}

}  // namespace psoas::forward
