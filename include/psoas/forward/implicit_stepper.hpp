#pragma once

#include <functional>

#include "psoas/core/status.hpp"
#include "psoas/core/types.hpp"
#include "psoas/forward/implicit_muscles.hpp"
#include "psoas/forward/muscle_set.hpp"

namespace boost::numeric::odeint {
struct stepper_tag;  // whoever hands the stepper to Odeint has included it
}

namespace psoas::forward {

/// A set of muscles along a motion that is known beforehand: what ImplicitMuscleStepper integrates.
struct DrivenMuscles {
  const MuscleSet* muscles = nullptr;
  /// Excitations in [t, next switch)  [-]. `left` asks for the limit from before t.
  std::function<void(double t, bool left, VecX& excitation)> excitation;
  std::function<void(double t, VecX& path_length)> path_length;  ///< [m]
};

/// SDIRK2 for muscle sets as Boost.Odeint's Stepper concept knows it: integrate_const() and integrate_n_steps() accept
/// it. The state is a column: activations, then fibre lengths over optimal.
///
///   forward::ImplicitMuscleStepper stepper;
///   odeint::integrate_const(std::ref(stepper), std::ref(driven), x, 0.0, 1.0, 0.005, observer);
///
/// Pass it with std::ref, as it keeps its last speeds (first guesses, no part of the answer), its status and the count
/// of evaluations. A step that fails leaves NaN in the state and a status here.
class ImplicitMuscleStepper {
 public:
  using state_type = VecX;
  using deriv_type = VecX;
  using value_type = double;
  using time_type = double;
  using order_type = unsigned short;
  using stepper_category = boost::numeric::odeint::stepper_tag;

  order_type order() const { return 2; }
  Status status() const { return status_; }
  long evaluations() const { return work_.evaluations; }
  int failed_muscle() const { return work_.failed_muscle; }

  void do_step(const DrivenMuscles& system, VecX& x, double t, double dt) {
    const Eigen::Index n = system.muscles->size();
    if (input_.length_end.size() != n) {
      input_ = MuscleStepInput(n);
      work_.fiber_speed = VecX::Zero(n);
    }
    system.excitation(t + sdirk_gamma * dt, false, input_.excitation_inside);
    system.excitation(t + dt, true, input_.excitation_end);
    system.path_length(t + sdirk_gamma * dt, input_.length_inside);
    system.path_length(t + dt, input_.length_end);
    states_.activation = x.head(n);
    states_.fiber_length = x.tail(n);
    const Status status = step_muscles(*system.muscles, dt, input_, states_, work_);
    if (usable(status_) || status_ == Status::not_computed) status_ = status;
    x.head(n) = states_.activation;
    x.tail(n) = states_.fiber_length;
  }

  void do_step(const DrivenMuscles& system, const VecX& in, double t, VecX& out, double dt) {
    out = in;
    do_step(system, out, t, dt);
  }

 private:
  MuscleStepInput input_;
  MuscleStates states_;
  MuscleWork work_;
  Status status_ = Status::not_computed;
};

}  // namespace psoas::forward
