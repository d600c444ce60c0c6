#pragma once

#include <cmath>

#include "psoas/core/status.hpp"
#include "psoas/core/types.hpp"
#include "psoas/forward/fiber_balance.hpp"
#include "psoas/forward/muscle_set.hpp"
#include "psoas/forward/vector_step.hpp"

namespace psoas::forward {

/// Activation and fibre length of every muscle. Rigid muscles have the fibre length that their path leaves them.
struct MuscleStates {
  VecX activation;    ///< [-] (n_muscles)
  VecX fiber_length;  ///< over optimal  [-] (n_muscles)
};

/// What drives a set of muscles over one step, at the two stages of the method: after gamma of the step and at its end.
/// The excitation at the end is its left limit: what holds from a switch on belongs to the next step.
struct MuscleStepInput {
  VecX excitation_inside, excitation_end;  ///< [-]  (n_muscles)
  VecX length_inside, length_end;          ///< of the paths  [m]  (n_muscles)

  MuscleStepInput() = default;
  explicit MuscleStepInput(Eigen::Index n)
      : excitation_inside(VecX::Constant(n, not_a_number)),
        excitation_end(excitation_inside),
        length_inside(excitation_inside),
        length_end(excitation_inside) {}
};

/// Place of the inner stage: gamma = 1 - 1/sqrt 2 makes the two-stage method of order 2 and L-stable.
/// @source  Alexander 1977, SIAM J Numer Anal 14:1006-1021
inline constexpr double sdirk_gamma = 0.29289321881345247560;

/// What a step leaves behind for the next one and for the reader.
struct MuscleWork {
  VecX fiber_speed;        ///< at the end of the last step, first guess of the next  [1/s]  (n_muscles)
  long evaluations = 0;    ///< of the fibre equation and of the activation rate
  int failed_muscle = -1;  ///< the first muscle whose equation was not solved
  VectorStepResult vectors;
};

namespace detail {

/// Fibre of one muscle over a step. @return NaN where a stage has no solution
inline double step_fiber(const MuscleSet& m, Eigen::Index i, double step, const MuscleStepInput& in,
                         double activation_inside, double activation_end, double fiber, MuscleWork& work) {
  const double share = sdirk_gamma * step, per_share = 1.0 / share;
  const double per_step = per_share / m.max_contraction_velocity(i);
  double first_speed = 0.0;
  if (m.slack(i, in.length_inside(i))) {
    first_speed = (m.shortest(i) - fiber) * per_share;
  } else {
    const FiberStage inside{m, i, in.length_inside(i), activation_inside, fiber, per_step};
    const StageRoot root = solve_fiber(inside, fiber + share * work.fiber_speed(i));
    work.evaluations += root.evaluations;
    first_speed = (root.x - fiber) * per_share;
  }
  if (m.slack(i, in.length_end(i))) {
    work.fiber_speed(i) = 0.0;
    return std::isnan(first_speed) ? first_speed : m.shortest(i);
  }
  const double base = fiber + (1.0 - sdirk_gamma) * step * first_speed;
  const FiberStage end{m, i, in.length_end(i), activation_end, base, per_step};
  const StageRoot root = solve_fiber(end, base + share * first_speed);
  work.evaluations += root.evaluations;
  work.fiber_speed(i) = (root.x - base) * per_share;
  return root.x;
}

}  // namespace detail

/// One step of all muscles: two implicit stages (SDIRK2) of activation and of the fibre-tendon equation, each muscle by
/// itself, since nothing but the path couples them. Stable for any step, however stiff the tendon.
///
/// @param step   [s] > 0
/// @param x      state at the start; at the end afterwards, NaN where a muscle failed
/// @param work   fiber_speed sized for the set
/// @return  ok; not_finite for an input that is no number; not_converged with work.failed_muscle
/// @allocates nothing after its first call @throws nothing
[[nodiscard]] inline Status step_muscles(const MuscleSet& m, double step, const MuscleStepInput& in, MuscleStates& x,
                                         MuscleWork& work) noexcept {
  Status status = Status::ok;
  const double share = sdirk_gamma * step;
  if (work.vectors.activation.size() != m.size()) work.vectors.resize(m.size());
  vector_step(m, step, sdirk_gamma,
              {in.excitation_inside.data(), in.excitation_end.data(), in.length_inside.data(), in.length_end.data(),
               x.activation.data(), x.fiber_length.data(), work.fiber_speed.data()},
              work.vectors);
  for (Eigen::Index i = 0; i < m.size(); ++i) {
    const bool elastic = m.is_elastic_at(i);
    if (elastic && work.vectors.change(i) <= settled_by_vectors && std::isfinite(work.vectors.activation(i))) {
      x.activation(i) = work.vectors.activation(i);
      x.fiber_length(i) = work.vectors.fiber_length(i);
      work.fiber_speed(i) = work.vectors.fiber_speed(i);
      work.evaluations += 4 * newton_steps_of_vectors;
      continue;
    }
    const double a = x.activation(i), least = m.minimum_activation(i);
    const double e_inside = in.excitation_inside(i) < least ? least : in.excitation_inside(i);
    const double e_end = in.excitation_end(i) < least ? least : in.excitation_end(i);
    const StageRoot inside = solve_activation(m.activation(i), e_inside, a, share, a);
    const detail::ActivationStage second = detail::second_stage(a, inside.x, e_inside, step, sdirk_gamma);
    const StageRoot end = solve_activation(m.activation(i), e_end, second.base, second.share, inside.x);
    work.evaluations += inside.evaluations + end.evaluations;
    x.activation(i) = end.x;
    x.fiber_length(i) = elastic ? detail::step_fiber(m, i, step, in, inside.x, end.x, x.fiber_length(i), work)
                                : m.rigid_fiber(i, in.length_end(i));
    if (std::isfinite(x.activation(i)) && std::isfinite(x.fiber_length(i))) continue;
    if (usable(status)) work.failed_muscle = static_cast<int>(i);
    status = std::isfinite(in.length_end(i) + in.excitation_end(i)) ? Status::not_converged : Status::not_finite;
  }
  return status;
}

/// Fibre lengths of muscles that have been held at their activation and path length for long.
/// @return  ok, or not_converged with the first muscle whose equation was not solved in `failed`
[[nodiscard]] inline Status rest_fibers(const MuscleSet& m, const VecX& path_length, MuscleStates& x, int& failed) {
  for (Eigen::Index i = 0; i < m.size(); ++i) {
    x.fiber_length(i) = m.rigid_fiber(i, path_length(i));
    if (!m.is_elastic_at(i)) continue;
    const FiberStage at_rest{m, i, path_length(i), x.activation(i), 0.0, 0.0};
    x.fiber_length(i) = m.slack(i, path_length(i)) ? m.shortest(i) : solve_fiber(at_rest, x.fiber_length(i)).x;
    if (std::isfinite(x.fiber_length(i))) continue;
    failed = static_cast<int>(i);
    return Status::not_converged;
  }
  return Status::ok;
}

/// Forces along the tendons [N] (n_muscles). A rigid muscle never pushes (rigid_force()); an elastic one has what its
/// tendon curve gives, which below slack length is a push of up to a fifth of its maximal force.
/// @param speed  of the paths, lengthening positive; rigid muscles need it  [m/s]
inline void muscle_forces(const MuscleSet& m, const VecX& path_length, const VecX& speed, const MuscleStates& x,
                          VecX& force) noexcept {
  for (Eigen::Index i = 0; i < m.size(); ++i) {
    force(i) = m.is_elastic_at(i) ? tendon_force(m, i, path_length(i), x.fiber_length(i))
                                  : rigid_force(m, i, path_length(i), speed(i), x.activation(i));
  }
}

}  // namespace psoas::forward
