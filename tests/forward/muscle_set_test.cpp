// A muscle in a set against the same muscle alone: pull, least activation, fibre velocity.
#include "psoas/forward/muscle_set.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "psoas/core/random.hpp"
#include "psoas/forward/implicit_muscles.hpp"
#include "psoas/muscle/equilibrium.hpp"

namespace {

using namespace psoas;

muscle::MuscleParameters strand_of_set() {
  return {.max_isometric_force = 1000.0,
          .optimal_fiber_length = 0.1,
          .tendon_slack_length = 0.12,
          .pennation_at_optimal = 0.1,
          .damping = 0.1};
}

TEST(MuscleSet, ARigidMuscleNeverPushesAndOtherwisePullsAsAlone) {
  Random random(4);
  int pushed = 0, pulled = 0;
  for (int i = 0; i < 2000; ++i) {
    muscle::MuscleParameters p = strand_of_set();
    p.optimal_fiber_length = random.uniform(0.03, 0.2);
    const forward::MuscleSet set(std::vector{p}, muscle::Tendon::rigid);
    const double L = p.tendon_slack_length + p.optimal_fiber_length * random.uniform(-0.2, 1.6), a = random.uniform();
    const double V = random.uniform(-1.5, 1.5) * p.optimal_fiber_length * p.max_contraction_velocity;
    const double pull = forward::rigid_force(set, 0, L, V, a);
    const muscle::Instant alone =
        muscle::MuscleTendonUnit<muscle::DeGrooteFregly2016>(p, muscle::Tendon::rigid).instant(a, 1.0, L, V);
    ASSERT_EQ(alone.status, Status::ok);
    EXPECT_NEAR(forward::rigid_law(set, 0, L, V, a), alone.tendon_force, 1e-9);
    EXPECT_NEAR(pull, std::fmax(0.0, alone.tendon_force), 1e-9);
    EXPECT_EQ(alone.tendon_force < 0.0, alone.reason == muscle::Reason::fiber_pushes);
    ++(alone.tendon_force < 0.0 ? pushed : pulled);
  }
  const forward::MuscleSet set(std::vector{strand_of_set()}, muscle::Tendon::rigid);
  EXPECT_TRUE(std::isnan(forward::rigid_force(set, 0, not_a_number, 0.0, 0.5)));
  EXPECT_TRUE(std::isnan(forward::rigid_force(set, 0, 0.22, not_a_number, 0.5)));
  EXPECT_GT(pushed, 50);
  EXPECT_GT(pulled, 50);
}

TEST(MuscleSet, AnExcitationBelowTheLeastActivationActsLikeIt) {
  for (const muscle::Tendon tendon : {muscle::Tendon::elastic, muscle::Tendon::rigid}) {
    muscle::MuscleParameters p = strand_of_set();
    p.minimum_activation = 0.05;
    const forward::MuscleSet set(std::vector{p}, tendon);
    forward::MuscleStates x{VecX::Constant(1, 0.3), VecX::Constant(1, 1.0)};
    forward::MuscleStepInput in(1);
    in.excitation_inside.setZero();
    in.excitation_end.setZero();
    in.length_inside.setConstant(0.22);
    in.length_end.setConstant(0.22);
    forward::MuscleWork work;
    work.fiber_speed = VecX::Zero(1);
    for (int i = 0; i < 1000; ++i) ASSERT_EQ(forward::step_muscles(set, 0.005, in, x, work), Status::ok);
    EXPECT_NEAR(x.activation(0), 0.05, 1e-9);
  }
}

TEST(MuscleSet, AFibreVelocityThatIsNotThereIsNoNumber) {
  const forward::MuscleSet set(std::vector{strand_of_set()}, muscle::Tendon::elastic);
  const muscle::MuscleTendonUnit<muscle::DeGrooteFregly2016> unit(strand_of_set(), muscle::Tendon::elastic);
  int without = 0;
  for (const double L : {0.20, 0.22, 0.24, 0.26, 0.28, 0.30}) {
    const forward::StageRoot found = forward::solve_fiber_velocity(set, 0, L, 0.01, 0.9);
    const double alone = unit.fiber_velocity(0.01, 0.9, L, 0.0).value;
    if (std::fabs(alone) <= forward::fastest_fiber) {
      EXPECT_NEAR(found.x, alone, 1e-10 * (1.0 + std::fabs(alone))) << L;
    } else {
      EXPECT_TRUE(std::isnan(found.x)) << L << ' ' << found.x;
      ++without;
    }
  }
  EXPECT_GT(without, 0);
}

TEST(MuscleSet, StepsOfAnyLengthSolveTheScalarEquations) {
  const forward::MuscleSet set(std::vector{strand_of_set()}, muscle::Tendon::elastic);
  for (const double step : {0.001, 0.005, 0.01, 0.05, 0.1}) {
    const double share = forward::sdirk_gamma * step;
    for (double e = 0.0; e <= 1.001; e += 0.05) {
      for (double a = 0.0; a <= 1.001; a += 0.05) {
        const double excitation = std::fmin(e, 1.0), before = std::fmin(a, 1.0);
        forward::MuscleStepInput in(1);
        in.excitation_inside(0) = in.excitation_end(0) = excitation;
        in.length_inside(0) = in.length_end(0) = 0.221;
        forward::MuscleStates x{VecX::Constant(1, before), VecX::Zero(1)};
        int failed = -1;
        ASSERT_EQ(forward::rest_fibers(set, in.length_end, x, failed), Status::ok);
        forward::MuscleWork work;
        work.fiber_speed = VecX::Zero(1);
        ASSERT_EQ(forward::step_muscles(set, step, in, x, work), Status::ok);
        const auto inside = forward::solve_activation(set.activation(0), excitation, before, share, before);
        const double base = before + (1.0 - forward::sdirk_gamma) * (inside.x - before) / forward::sdirk_gamma;
        // beyond the excitation the whole step is one stage
        const bool beyond = before < excitation ? base > excitation : base < excitation;
        const auto end = forward::solve_activation(set.activation(0), excitation, beyond ? before : base,
                                                   beyond ? step : share, inside.x);
        EXPECT_NEAR(x.activation(0), end.x, 1e-10) << step << ' ' << excitation << ' ' << before;
      }
    }
  }
}

}  // namespace
