#include "psoas/forward/odeint.hpp"

#include "psoas/forward/implicit_stepper.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <boost/numeric/odeint/integrate/integrate_const.hpp>
#include <cmath>

#include "psoas/core/random.hpp"
#include "psoas/forward/adaptive.hpp"

namespace {

using namespace psoas;
using forward::DrivenMuscles;
using forward::ImplicitMuscleStepper;
using forward::MuscleSet;

muscle::MuscleParameters parameters(double fiber, double tendon, double damping = 0.1, double pennation = 0.1) {
  return {.max_isometric_force = 1000.0,
          .optimal_fiber_length = fiber,
          .tendon_slack_length = tendon,
          .pennation_at_optimal = pennation,
          .damping = damping};
}

/// One muscle whose path swings by 12 % of the optimal length once a second.
struct Swing {
  MuscleSet muscles;
  DrivenMuscles driven;

  Swing(const muscle::MuscleParameters& p, const std::function<double(double, bool)>& excitation)
      : muscles(std::vector{p}, muscle::Tendon::elastic) {
    driven.muscles = &muscles;
    driven.excitation = [excitation](double t, bool left, VecX& e) { e(0) = excitation(t, left); };
    const double middle = 1.02 * (p.optimal_fiber_length * std::cos(p.pennation_at_optimal) + p.tendon_slack_length);
    driven.path_length = [=](double t, VecX& L) {
      L(0) = middle + 0.12 * p.optimal_fiber_length * std::sin(2.0 * pi * t);
    };
  }

  VecX start() const {
    VecX length(1);
    driven.path_length(0.0, length);
    forward::MuscleStates x{VecX::Zero(1), VecX::Zero(1)};
    driven.excitation(0.0, false, x.activation);
    int failed = -1;
    EXPECT_EQ(forward::rest_fibers(muscles, length, x, failed), Status::ok);
    VecX out(2);
    out << x.activation, x.fiber_length;
    return out;
  }

  /// State at `to` in equal implicit steps.
  VecX implicit(int steps, double to = 1.0) const {
    ImplicitMuscleStepper stepper;
    VecX x = start();
    for (int i = 0; i < steps; ++i) stepper.do_step(driven, x, to * i / steps, to / steps);
    EXPECT_EQ(stepper.status(), Status::ok);
    return x;
  }

  /// The same by a method of order 5 at a tight tolerance, with the explicit rates.
  VecX reference(double to = 1.0, const std::vector<double>& switches = {}) const {
    forward::SmallSystem system;
    system.switches = switches;
    system.rate = [this](const VecX& x, VecX& rate, double t, bool left) {
      VecX e(1), L(1);
      driven.excitation(t, left, e);
      driven.path_length(t, L);
      rate.resize(2);
      rate(0) = muscle::activation_rate(muscles.activation(0), e(0), x(0));
      rate(1) = muscles.max_contraction_velocity(0) * forward::solve_fiber_velocity(muscles, 0, L(0), x(0), x(1)).x;
    };
    const auto result = forward::integrate_adaptive(system, start(), 0.0, to,
                                                    {.absolute_tolerance = 1e-12, .relative_tolerance = 1e-12});
    EXPECT_EQ(result.status, Status::ok) << result.reason;
    return result.state.back();
  }
};

double wave(double t, bool) { return 0.4 - 0.3 * std::cos(2.0 * pi * t); }

TEST(ImplicitStepper, HalvingTheStepQuartersTheError) {
  const Swing swing(parameters(0.10, 0.12), wave);
  const VecX exact = swing.reference();
  double last = (swing.implicit(100) - exact).norm();
  EXPECT_LT(last, 2e-4);
  for (int steps = 200; steps <= 800; steps *= 2) {
    const double error = (swing.implicit(steps) - exact).norm();
    EXPECT_NEAR(std::log2(last / error), 2.0, 0.25) << steps;
    last = error;
  }
}

TEST(ImplicitStepper, OneStepErrsByTheCubeOfItsLength) {
  const Swing swing(parameters(0.10, 0.12), wave);
  double last = 0.0;
  for (double dt : {0.004, 0.002, 0.001}) {
    const double error = (swing.implicit(1, dt) - swing.reference(dt)).norm();
    EXPECT_LT(error, 3000.0 * dt * dt * dt);
    if (last > 0.0) {
      EXPECT_GT(last / error, 5.0) << dt;
    }
    last = error;
  }
}

TEST(ImplicitStepper, WorkDoesNotGrowWithStiffness) {
  // short tendon, hardly active: the explicit method needs steps of 0.2 ms
  for (const auto& p : {parameters(0.06, 0.02), parameters(0.06, 0.02, 0.01), parameters(0.10, 0.12)}) {
    const Swing swing(p, [](double, bool) { return 0.01; });
    ImplicitMuscleStepper stepper;
    VecX x = swing.start();
    for (int i = 0; i < 200; ++i) stepper.do_step(swing.driven, x, 0.005 * i, 0.005);
    EXPECT_EQ(stepper.status(), Status::ok);
    EXPECT_LE(stepper.evaluations(), 200 * 4 * forward::newton_steps_of_vectors);
    EXPECT_LT((x - swing.reference()).norm(), 2e-4);
  }
}

TEST(ImplicitStepper, SeesTheLeftLimitOfASwitchAtAStepsEnd) {
  const auto square = [](double t, bool left) {
    const double phase = t * 2.0 - std::floor(t * 2.0 + (left ? -1e-9 : 1e-9));
    return phase < 0.5 || (left && phase <= 0.5 + 1e-9) ? 0.02 : 0.8;
  };
  const Swing swing(parameters(0.06, 0.02), square);
  const VecX exact = swing.reference(1.0, {0.25, 0.5, 0.75});
  EXPECT_LT((swing.implicit(1000) - exact).norm(), 5e-4);
  EXPECT_LT((swing.implicit(4000) - exact).norm(), 5e-5);
}

TEST(ImplicitStepper, OdeintTakesItAsAStepper) {
  const Swing swing(parameters(0.10, 0.12), wave);
  ImplicitMuscleStepper stepper;
  VecX x = swing.start();
  int seen = 0;
  const auto count = [&](const VecX&, double) { ++seen; };
  const std::size_t steps =
      boost::numeric::odeint::integrate_const(std::ref(stepper), swing.driven, x, 0.0, 1.0, 0.005, count);
  EXPECT_EQ(steps, 200u);
  EXPECT_EQ(seen, 201);
  EXPECT_GT(stepper.evaluations(), 0);
  EXPECT_LT((x - swing.implicit(200)).norm(), 1e-12);
}

TEST(ImplicitStepper, SlackMusclePullsNothingAndTautensAgain) {
  const muscle::MuscleParameters p = parameters(0.05, 0.10);
  Swing swing(p, [](double, bool) { return 0.3; });
  swing.driven.path_length = [](double t, VecX& L) { L(0) = 0.14 - 0.06 * std::sin(pi * t); };  // down to 0.08 m
  const VecX start = swing.start();
  ImplicitMuscleStepper stepper;
  VecX x = start, length(1);
  for (int i = 0; i < 200; ++i) {
    stepper.do_step(swing.driven, x, 0.005 * i, 0.005);
    swing.driven.path_length(0.005 * (i + 1), length);
    const double force = forward::tendon_force(swing.muscles, 0, length(0), x(1));
    if (length(0) <= 0.10) {
      EXPECT_EQ(force, 0.0);
    }
    ASSERT_TRUE(std::isfinite(force)) << i;
  }
  EXPECT_EQ(stepper.status(), Status::ok);
  for (int i = 0; i < 200; ++i) stepper.do_step(swing.driven, x, 1.0, 1e-9 + 0.005);  // held where it began
  EXPECT_NEAR(x(1), start(1), 0.05);
}

TEST(ImplicitStepper, SaysWhenAnInputIsNoNumber) {
  Swing swing(parameters(0.10, 0.12), wave);
  VecX x = swing.start();
  swing.driven.path_length = [](double, VecX& L) { L(0) = not_a_number; };
  ImplicitMuscleStepper stepper;
  EXPECT_EQ(stepper.status(), Status::not_computed);
  stepper.do_step(swing.driven, x, 0.0, 0.01);
  EXPECT_EQ(stepper.status(), Status::not_finite);
  EXPECT_EQ(stepper.failed_muscle(), 0);
  EXPECT_TRUE(std::isnan(x(1)));
}

TEST(ImplicitStepper, MusclesSideBySideStepAsEachAlone) {
  Random random(11);
  std::vector<muscle::MuscleParameters> all;
  for (int i = 0; i < 61; ++i) {
    all.push_back(parameters(random.uniform(0.03, 0.2), random.uniform(0.01, 0.3), 0.1, random.uniform(0.0, 0.5)));
    all.back().active_width = random.uniform(1.0, 1.5);
    all.back().passive_offset = i % 2 == 0;
  }
  const MuscleSet m(all, muscle::Tendon::elastic);
  const VecX rest = m.tendon_slack_length + m.optimal_fiber_length;
  forward::MuscleStates x{VecX::Constant(m.size(), 0.2), VecX::Zero(m.size())};
  int failed = -1;
  ASSERT_EQ(forward::rest_fibers(m, rest, x, failed), Status::ok);
  forward::MuscleStepInput in(m.size());
  forward::MuscleWork work, alone;
  work.fiber_speed = alone.fiber_speed = VecX::Zero(m.size());
  constexpr double step = 0.003, share = forward::sdirk_gamma * step;
  for (int k = 0; k < 100; ++k) {
    in.excitation_inside.setConstant(0.5 + 0.4 * std::sin(0.2 * k));
    in.excitation_end = in.excitation_inside;
    in.length_inside = in.length_end = rest + 0.1 * std::sin(0.05 * k) * m.optimal_fiber_length;
    forward::MuscleStates together = x;
    ASSERT_EQ(forward::step_muscles(m, step, in, together, work), Status::ok);
    for (Eigen::Index i = 0; i < m.size(); ++i) {
      const double a = x.activation(i);
      const auto inside = forward::solve_activation(m.activation(i), in.excitation_inside(i), a, share, a);
      const double base = a + (1.0 - forward::sdirk_gamma) * (inside.x - a) / forward::sdirk_gamma;
      const auto end = forward::solve_activation(m.activation(i), in.excitation_end(i), base, share, inside.x);
      EXPECT_NEAR(together.activation(i), end.x, 1e-11);
      const double fiber = forward::detail::step_fiber(m, i, step, in, inside.x, end.x, x.fiber_length(i), alone);
      EXPECT_NEAR(together.fiber_length(i), fiber, 1e-10) << k << ' ' << i;
    }
    x = together;
  }
}

TEST(ImplicitStepper, NoStepTakesActivationBeyondItsExcitation) {
  const muscle::MuscleParameters p = parameters(0.1, 0.1, 0.0, 0.1);
  for (const muscle::Tendon tendon : {muscle::Tendon::elastic, muscle::Tendon::rigid}) {
    const MuscleSet m(std::vector{p}, tendon);
    for (const double step : {1e-3, 1e-2, 2.5e-2, 0.1, 1.0}) {
      for (const auto& [from, to] : {std::pair(0.02, 0.99), std::pair(0.99, 0.02), std::pair(0.3, 0.6)}) {
        forward::MuscleStepInput in(1);
        in.length_inside(0) = in.length_end(0) = 0.2;
        in.excitation_inside(0) = in.excitation_end(0) = to;
        forward::MuscleStates x{VecX::Constant(1, from), VecX::Zero(1)};
        int failed = -1;
        ASSERT_EQ(forward::rest_fibers(m, VecX::Constant(1, 0.2), x, failed), Status::ok);
        forward::MuscleWork work;
        work.fiber_speed = VecX::Zero(1);
        ASSERT_EQ(forward::step_muscles(m, step, in, x, work), Status::ok);
        EXPECT_GT((x.activation(0) - from) * (to - x.activation(0)), 0.0) << step << ' ' << from << " to " << to;
      }
    }
  }
}

/// Newton's method alone takes turns between 0.966 and 1.007 for this fibre, whose path jumps.
TEST(ImplicitStepper, AFibreBetweenTwoNewtonPointsThatTakeTurnsIsFound) {
  muscle::MuscleParameters p = parameters(0.181621, 0.211848, 0.016475, 0.394665);
  p.active_width = 1.15;
  const MuscleSet m(std::vector{p}, muscle::Tendon::elastic);
  const double path = 0.211848 + 0.847391 * 0.181621;
  for (double base = 0.9; base < 1.1; base += 0.002) {
    for (double step = 1e-4; step < 1e-2; step *= 1.3) {
      const double per_step = 1.0 / (forward::sdirk_gamma * step * m.max_contraction_velocity(0));
      const forward::FiberStage stage{m, 0, path, 0.501185, base, per_step};
      const forward::StageRoot root = forward::solve_fiber(stage, base + 0.1);
      ASSERT_TRUE(std::isfinite(root.x)) << base << ' ' << step;
      EXPECT_NEAR(stage.residual(root.x).value, 0.0, 1e-7);
      EXPECT_LT(root.evaluations, 60);
    }
  }
}

TEST(ImplicitStepper, AnyMuscleTakesAnyStep) {
  EXPECT_TRUE(rc::check([](std::uint64_t seed) {
    Random random(seed);
    muscle::MuscleParameters p = parameters(random.uniform(0.02, 0.4), random.uniform(0.01, 0.4),
                                            random.uniform(0.0, 0.2), random.uniform(0.0, 0.6));
    p.active_width = random.uniform(1.0, 1.6);
    p.passive_fiber_strain = random.uniform(0.4, 1.0);
    p.passive_offset = random.uniform() < 0.5;
    const MuscleSet m(std::vector{p}, muscle::Tendon::elastic);
    forward::MuscleStepInput in(1);
    forward::MuscleStates x{VecX::Constant(1, random.uniform()), VecX::Zero(1)};
    const auto path = [&] { return p.tendon_slack_length + p.optimal_fiber_length * random.uniform(0.3, 1.5); };
    int failed = -1;
    RC_ASSERT(forward::rest_fibers(m, VecX::Constant(1, path()), x, failed) == Status::ok);
    in.length_inside(0) = in.length_end(0) = path();  // a jump
    in.excitation_inside(0) = in.excitation_end(0) = random.uniform();
    forward::MuscleWork work;
    work.fiber_speed = VecX::Zero(1);
    RC_ASSERT(forward::step_muscles(m, std::pow(10.0, random.uniform(-5.0, -1.0)), in, x, work) == Status::ok);
    RC_ASSERT(x.activation(0) > 0.0 && x.activation(0) < 1.0);
    RC_ASSERT(x.fiber_length(0) >= m.shortest(0));
    RC_ASSERT(std::isfinite(forward::tendon_force(m, 0, in.length_end(0), x.fiber_length(0))));
  }));
}

}  // namespace
