#include <cmath>
#include <string>

#include "forward/limb.hpp"
#include "forward/recorder.hpp"
#include "psoas/forward/adaptive.hpp"
#include "psoas/forward/fiber_balance.hpp"
#include "psoas/forward/implicit_muscles.hpp"
#include "psoas/muscle/activation.hpp"

namespace psoas::forward {
namespace {

/// The limb with its muscles as one explicit system: free coordinates, their speeds, activations, fibre lengths.
class ExplicitLimb {
 public:
  explicit ExplicitLimb(Limb& limb)
      : limb_(limb),
        n_free_(static_cast<Eigen::Index>(limb.free().size())),
        n_(limb.muscles().size()),
        muscles_{VecX::Zero(n_), VecX::Zero(n_)},
        excitation_(VecX::Zero(n_)),
        force_(VecX::Zero(n_)) {}

  VecX start(const State& given, int& failed, Status& status) {
    VecX q, v;
    limb_.motion_state(given.time, q, v);
    if (given.q.size() > 0) q = given.q;
    if (given.v.size() > 0) v = given.v;
    limb_.excitation(given.time, false, muscles_.activation);
    muscles_.activation = muscles_.activation.cwiseMax(limb_.muscles().minimum_activation);
    for (std::size_t i = 0; given.activation.size() > 0 && i < limb_.strands().size(); ++i) {
      muscles_.activation(static_cast<Eigen::Index>(i)) = given.activation(limb_.strands()[i]);
    }
    limb_.place(given.time, q, v);
    status = rest_fibers(limb_.muscles(), limb_.length(), muscles_, failed);
    VecX x(2 * n_free_ + 2 * n_);
    x << q, v, muscles_.activation, muscles_.fiber_length;
    return x;
  }

  /// Places the limb and its muscles as the state says, and accelerates it.
  Status set(const VecX& x, double t) {
    limb_.place(t, x.head(n_free_), x.segment(n_free_, n_free_));
    muscles_.activation = x.segment(2 * n_free_, n_);
    muscles_.fiber_length = x.tail(n_);
    for (Eigen::Index i = 0; i < n_; ++i) {
      if (!limb_.muscles().is_elastic_at(i))
        muscles_.fiber_length(i) = limb_.muscles().rigid_fiber(i, limb_.length()(i));
    }
    muscle_forces(limb_.muscles(), limb_.length(), limb_.speed(), muscles_, force_);
    return limb_.accelerate(force_);
  }

  void rate(const VecX& x, VecX& rate, double t, bool left) {
    const MuscleSet& m = limb_.muscles();
    rate.resize(x.size());
    const Status status = set(x, t);
    limb_.excitation(t, left, excitation_);
    excitation_ = excitation_.cwiseMax(m.minimum_activation);
    rate.head(n_free_) = x.segment(n_free_, n_free_);
    if (n_free_ > 0) rate.segment(n_free_, n_free_) = limb_.acceleration();
    for (Eigen::Index i = 0; i < n_; ++i) {
      rate(2 * n_free_ + i) = muscle::activation_rate(m.activation(i), excitation_(i), muscles_.activation(i));
      double& fiber = rate(2 * n_free_ + n_ + i);
      fiber = 0.0;
      if (!m.is_elastic_at(i) || m.slack(i, limb_.length()(i))) continue;
      const StageRoot v =
          solve_fiber_velocity(m, i, limb_.length()(i), muscles_.activation(i), muscles_.fiber_length(i));
      fiber = m.max_contraction_velocity(i) * v.x;
      if (std::isnan(fiber)) failed_ = static_cast<int>(i);
    }
    if (!usable(status)) rate.setConstant(not_a_number);
  }

  const MuscleStates& muscles() const { return muscles_; }
  const VecX& force() const { return force_; }
  int failed_muscle() const { return failed_; }  ///< the last one without a fibre velocity; -1: none

 private:
  Limb& limb_;
  Eigen::Index n_free_, n_;
  MuscleStates muscles_;
  VecX excitation_, force_;
  int failed_ = -1;
};

}  // namespace

Trajectory integrate_explicitly(const Model& model, const State& start, const Drive& drive,
                                const IntegrateOptions& options, Limb& limb) {
  ExplicitLimb explicit_limb(limb);
  int failed = -1;
  Status status = Status::ok;
  const VecX x = explicit_limb.start(start, failed, status);
  SmallSystem system;
  system.rate = [&](const VecX& state, VecX& rate, double t, bool left) {
    require_wanted(options);
    explicit_limb.rate(state, rate, t, left);
  };
  system.switches = drive.excitation.switches();
  AdaptiveResult result;
  result.status = status;
  if (usable(status)) {
    result = integrate_adaptive(system, x, start.time, start.time + options.duration,
                                {.absolute_tolerance = options.tolerance,
                                 .relative_tolerance = options.tolerance,
                                 .largest_step = options.output_step,
                                 .output_step = options.output_step});
  }
  Recorder recorder(limb);
  for (std::size_t i = 0; i < result.time.size(); ++i) {
    if (usable(explicit_limb.set(result.state[i], result.time[i]))) {
      const auto n = static_cast<Eigen::Index>(limb.free().size());
      recorder.record(result.time[i], explicit_limb.muscles(), explicit_limb.force(), result.state[i].segment(n, n));
    }
  }
  Trajectory out = recorder.take();
  out.status = result.status;
  out.reason = result.reason;
  if (result.status == Status::not_finite && explicit_limb.failed_muscle() >= 0) failed = explicit_limb.failed_muscle();
  if (!usable(out.status) && failed >= 0) {
    const auto strand = static_cast<std::size_t>(limb.strands()[static_cast<std::size_t>(failed)]);
    out.reason = "no fibre velocity balances the tendon of " + model.strands[strand].name;
  }
  out.rhs_evaluations = result.evaluations;
  return out;
}

}  // namespace psoas::forward
