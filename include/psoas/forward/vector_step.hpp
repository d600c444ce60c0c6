#pragma once

#include <cmath>
#include <cstdint>

#include "psoas/core/types.hpp"
#include "psoas/core/vector_loop.hpp"
#include "psoas/forward/muscle_set.hpp"
#include "psoas/muscle/detail/branchless.hpp"

/// The implicit step of all muscles side by side: a fixed count of guarded Newton steps without a branch. A muscle that
/// they do not settle is left to the scalar equations of fiber_balance.hpp.
namespace psoas::forward {

/// What a muscle is driven by over one step, as columns; see MuscleStepInput.
struct VectorStepInput {
  const double *excitation_inside, *excitation_end;  ///< [-]
  const double *length_inside, *length_end;          ///< [m]
  const double *activation, *fiber_length;           ///< at the start  [-]
  const double* fiber_speed;                         ///< guess  [1/s]
};

/// What came out, sized for the set.
struct VectorStepResult {
  VecX activation, fiber_length;  ///< at the end  [-]
  VecX fiber_speed;               ///< at the end  [1/s]
  VecX change;  ///< largest last Newton step of both stages, of fibre and activation; NaN where a muscle was slack  [-]

  void resize(Eigen::Index n) {
    for (VecX* column : {&activation, &fiber_length, &fiber_speed, &change}) column->resize(n);
  }
};

inline constexpr int newton_steps_of_vectors = 3;   ///< a stage
inline constexpr double settled_by_vectors = 3e-7;  ///< largest last step, which squares the error  [-]

namespace detail {

/// A root that Newton's method closes in on.
struct Iterate {
  double x, low, high, change;
};

/// The next iterate of a falling function, kept inside its bracket by halving.
[[gnu::always_inline]] inline Iterate next_iterate(const Iterate& s, double value, double slope) noexcept {
  const double low = value > 0.0 ? s.x : s.low, high = value > 0.0 ? s.high : s.x;
  const double newton = s.x - value / slope, middle = 0.5 * (low + high);
  const double x = (newton >= low) & (newton <= high) ? newton : middle;
  return {x, low, high, std::abs(x - s.x)};
}

/// solve_activation().
struct ActivationLane {
  double excitation, base, share, per_rise, per_fall;

  [[gnu::always_inline]] Iterate step(const Iterate& s) const noexcept {
    constexpr double steepness = 10.0;
    const double z = 0.5 + 1.5 * s.x, gap = excitation - s.x;
    const double t = 1.0 - 2.0 / (muscle::detail::branchless_exp(2.0 * steepness * gap) + 1.0);
    const double f = 0.5 * t, f_slope = -0.5 * steepness * (1.0 - t * t), per_z = 1.0 / z;
    const double rise = per_rise * per_z, fall = per_fall * z;
    const double pull = (f + 0.5) * rise + (0.5 - f) * fall;
    const double pull_slope = f_slope * (rise - fall) - 1.5 * (f + 0.5) * rise * per_z + 1.5 * (0.5 - f) * per_fall;
    return next_iterate(s, base - s.x + share * pull * gap, share * (pull_slope * gap - pull) - 1.0);
  }

  [[gnu::always_inline]] Iterate solve(double guess) const noexcept {
    const double low = excitation < base ? excitation : base, high = excitation < base ? base : excitation;
    Iterate s{guess, low - 1e-15, high + 1e-15, 0.0};
    s = step(s);
    s = step(s);
    return step(s);
  }
};

/// What the second stage of an activation starts from, and its share of the step.
struct ActivationStage {
  double base, share;
};

/// The second stage of SDIRK2 after the first; where that would carry the activation beyond its excitation, which takes
/// a step of more than two time constants, one stage over the whole step instead (implicit Euler). So no step leaves
/// the range between activation and excitation.
[[gnu::always_inline]] inline ActivationStage second_stage(double start, double inside, double excitation, double step,
                                                           double gamma) noexcept {
  const double base = start + (1.0 - gamma) / gamma * (inside - start);
  const bool beyond = (base - excitation) * (start - excitation) < 0.0;
  return {beyond ? start : base, beyond ? step : gamma * step};
}

/// FiberStage::residual() and its root.
struct FiberLane {
  double square_thickness, optimal_per_slack, tendon_rate, per_width, damping;
  muscle::PassiveCurve passive;

  [[gnu::always_inline]] Iterate step(const Iterate& s, double path_per_slack, double activation, double base,
                                      double per_step) const noexcept {
    const double along = std::sqrt(s.x * s.x - square_thickness), per_l = 1.0 / s.x, cosine = along * per_l;
    const double growth =
        0.2 * muscle::detail::branchless_exp(tendon_rate * (path_per_slack - optimal_per_slack * along - 1.0));
    const double v = (s.x - base) * per_step;
    const auto fL = muscle::detail::branchless_active_force_length(s.x, per_width);
    const auto fV = muscle::detail::branchless_force_velocity(v);
    const auto fP = muscle::detail::branchless_passive_force_length(passive, s.x);
    const double fiber = activation * fL.value * fV.value + fP.value + damping * v;
    const double fiber_slope =
        activation * (fL.slope * fV.value + fL.value * fV.slope * per_step) + fP.slope + damping * per_step;
    const double per_along = 1.0 / along;
    const double slope = -tendon_rate * growth * optimal_per_slack * s.x * per_along -
                         square_thickness * per_along * per_l * per_l * fiber - cosine * fiber_slope;
    return next_iterate(s, growth - 0.2 - cosine * fiber, slope);
  }

  [[gnu::always_inline]] Iterate solve(double guess, double low, double high, double path_per_slack, double activation,
                                       double base, double per_step) const noexcept {
    Iterate s{(guess > low) & (guess < high) ? guess : 0.5 * (low + high), low, high, 0.0};
    s = step(s, path_per_slack, activation, base, per_step);
    s = step(s, path_per_slack, activation, base, per_step);
    return step(s, path_per_slack, activation, base, per_step);
  }
};

}  // namespace detail

/// Both stages of the step of sdirk_gamma for every muscle, tendons taken as elastic.
PSOAS_VECTOR_CLONES inline void vector_step(const MuscleSet& m, double step, double gamma, const VectorStepInput& in,
                                            VectorStepResult& out) noexcept {
  const Eigen::Index n = m.size();
  const double *const optimal = m.optimal_fiber_length.data(), *const slack = m.tendon_slack_length.data();
  const double *const thickness = m.norm_thickness.data(), *const fastest = m.max_contraction_velocity.data();
  const double *const per_width = m.per_active_width.data(), *const damping = m.damping.data();
  const double *const rate = m.passive_rate.data(), *const gain = m.passive_gain.data();
  const double *const zero = m.passive_zero.data(), *const start = m.passive_start.data();
  const double* const tendon_rate = m.tendon_rate.data();
  const double *const rise = m.rise_time.data(), *const fall = m.fall_time.data();
  const double* const least_activation = m.minimum_activation.data();
  double *const activation = out.activation.data(), *const fiber_length = out.fiber_length.data();
  double *const fiber_speed = out.fiber_speed.data(), *const change = out.change.data();
  const double share = gamma * step, per_share = 1.0 / share, carried = (1.0 - gamma) / gamma;
  PSOAS_INDEPENDENT_STEPS
  for (Eigen::Index i = 0; i < n; ++i) {
    const double a = in.activation[i], fiber = in.fiber_length[i];
    const double per_rise = 1.0 / rise[i], per_fall = 1.0 / fall[i];
    const double e_given = in.excitation_inside[i], e_given_end = in.excitation_end[i];
    const double e_inside = e_given < least_activation[i] ? least_activation[i] : e_given;
    const double e_end = e_given_end < least_activation[i] ? least_activation[i] : e_given_end;
    const detail::Iterate rising = detail::ActivationLane{e_inside, a, share, per_rise, per_fall}.solve(a);
    const double a_inside = rising.x;
    const detail::ActivationStage stage = detail::second_stage(a, a_inside, e_inside, step, gamma);
    const detail::Iterate risen =
        detail::ActivationLane{e_end, stage.base, stage.share, per_rise, per_fall}.solve(a_inside);
    const double a_end = risen.x;

    const double per_slack = 1.0 / slack[i], square = thickness[i] * thickness[i];
    const detail::FiberLane lane{square,         optimal[i] * per_slack,
                                 tendon_rate[i], per_width[i],
                                 damping[i],     {rate[i], gain[i], zero[i], start[i]}};
    const double shortest = std::sqrt(square + shortest_along_tendon * shortest_along_tendon);
    const double room_inside = in.length_inside[i] / optimal[i], room_end = in.length_end[i] / optimal[i];
    const double per_step = per_share / fastest[i];
    const auto inside =
        lane.solve(fiber + share * in.fiber_speed[i], shortest, std::sqrt(square + room_inside * room_inside),
                   in.length_inside[i] * per_slack, a_inside, fiber, per_step);
    const double base = fiber + carried * (inside.x - fiber);
    const auto end = lane.solve(base + (inside.x - fiber), shortest, std::sqrt(square + room_end * room_end),
                                in.length_end[i] * per_slack, a_end, base, per_step);
    const double least = slack[i] + shortest_along_tendon * optimal[i];
    const bool taut = (in.length_inside[i] > least) & (in.length_end[i] > least);
    activation[i] = a_end;
    fiber_length[i] = end.x;
    fiber_speed[i] = (end.x - base) * per_share;
    const double of_fiber = inside.change > end.change ? inside.change : end.change;
    const double of_activation = rising.change > risen.change ? rising.change : risen.change;
    change[i] = taut ? (of_fiber > of_activation ? of_fiber : of_activation) : not_a_number;
  }
}

}  // namespace psoas::forward
