// What a muscle does where its tendon cannot be pulled: slack, a fibre that pushes, a path beyond all bounds.
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>

#include "psoas/muscle/contraction.hpp"
#include "psoas/muscle/equilibrium.hpp"

namespace psoas::muscle {
namespace {

MuscleParameters loose_muscle() {
  return {.max_isometric_force = 500.0,
          .optimal_fiber_length = 0.10,
          .tendon_slack_length = 0.12,
          .pennation_at_optimal = 10.0 * degree,
          .damping = 0.1};
}

TEST(Slack, AnElasticTendonPullsNothingWhileTheFibreTakesUpTheSlack) {
  for (const MuscleType type : muscle_types) {
    const auto check = [](const auto& unit) {
      for (const double L : {0.12, 0.119, 0.05, 0.0}) {
        for (const double l : {0.1, 0.4, 1.0, 1.4}) {
          const Instant now = unit.instant(0.5, l, L, 0.1);
          ASSERT_EQ(now.status, Status::ok) << L << ' ' << l;
          EXPECT_EQ(now.reason, Reason::slack);
          EXPECT_EQ(now.tendon_force, 0.0);
          EXPECT_EQ(now.norm_fiber_length, l);
          EXPECT_EQ(now.path_power, 0.0);
          EXPECT_NEAR(now.active_power + now.dissipation + now.fiber_storing + now.tendon_storing, 0.0, 1e-9);
          if (l > 0.5) {
            EXPECT_LT(now.norm_fiber_velocity, 0.0) << l;
            EXPECT_NEAR(now.active_force + now.passive_force + now.damping_force, 0.0, 1e-8);
          }
          if (l < 0.17) {  // it lies across
            EXPECT_EQ(now.norm_fiber_velocity, 0.0);
          }
        }
      }
    };
    std::visit(check, make_muscle(type, loose_muscle(), Tendon::elastic));
  }
}

TEST(Slack, AMuscleComesBackFromIt) {
  const auto path = [](double t) {
    const double dip = std::sin(pi * t);
    return PathLength{0.225 - 0.13 * dip * dip, -0.13 * pi * std::sin(2.0 * pi * t)};  // down to 0.095 m at 0.5 s
  };
  const Contraction muscle(
      loose_muscle(), [](double) { return 0.3; }, path, Tendon::elastic);
  auto [x, status] = muscle.equilibrium(0.3, 0.0);
  ASSERT_EQ(status, Status::ok);
  const ContractionState start = x;
  int slack = 0;
  constexpr int steps = 300'000;
  for (int i = 0; i < steps; ++i) {  // Heun's method
    const double h = 1.0 / steps, t = i * h;
    ContractionState first, second;
    muscle(x, first, t);
    muscle({x[0] + h * first[0], x[1] + h * first[1]}, second, t + h);
    for (int k = 0; k < 2; ++k) x[k] += 0.5 * h * (first[k] + second[k]);
    const Instant now = muscle.instant(x, t + h);
    ASSERT_EQ(now.status, Status::ok) << t << ' ' << to_string(now.reason);
    slack += now.reason == Reason::slack ? 1 : 0;
  }
  EXPECT_GT(slack, steps / 5);
  EXPECT_NEAR(x[1], start[1], 0.05);
}

TEST(Push, ARigidTendonKeepsTheNumberAndGivesTheReason) {
  for (const MuscleType type : muscle_types) {
    const Instant rigid = std::visit([](const auto& unit) { return unit.static_equilibrium(0.0, 0.20, -2.0); },
                                     make_muscle(type, loose_muscle(), Tendon::rigid));
    EXPECT_EQ(rigid.status, Status::ok);
    EXPECT_EQ(rigid.reason, Reason::fiber_pushes);
    EXPECT_LT(rigid.tendon_force, 0.0);
    for (const double strain : {0.04, 0.004, 0.0004}) {  // the limit of stiff tendons: none of them has an answer
      MuscleParameters p = loose_muscle();
      p.tendon_strain = strain;
      const Instant stiff = std::visit([](const auto& unit) { return unit.static_equilibrium(0.0, 0.20, -2.0); },
                                       make_muscle(type, p, Tendon::elastic));
      EXPECT_EQ(stiff.status, Status::no_equilibrium);
      EXPECT_EQ(stiff.reason, Reason::fiber_pushes);
    }
    const Instant pulls = std::visit([](const auto& unit) { return unit.static_equilibrium(0.3, 0.22, 0.1); },
                                     make_muscle(type, loose_muscle(), Tendon::rigid));
    EXPECT_EQ(pulls.reason, Reason::none);
  }
}

TEST(Push, AnElasticTendonBelowSlackLengthSaysSoToo) {
  const MuscleTendonUnit<DeGrooteFregly2016> unit(loose_muscle(), Tendon::elastic);
  const Instant now = unit.instant(0.1, 1.0, 0.20, 0.0);
  EXPECT_EQ(now.status, Status::ok);
  EXPECT_LT(now.tendon_force, 0.0);
  EXPECT_EQ(now.reason, Reason::fiber_pushes);
}

TEST(Push, NoTendonForceIsNegativeWithoutAReason) {
  EXPECT_TRUE(rc::check("any state of any muscle", [] {
    const auto between = [](double low, double high) {
      return low + (high - low) * 1e-6 * *rc::gen::inRange(0, 1000001);
    };
    MuscleParameters p = loose_muscle();
    p.optimal_fiber_length = between(0.01, 0.3);
    p.pennation_at_optimal = between(0.0, 1.2);
    p.tendon_strain = between(0.01, 0.1);
    const auto check = [&](const auto& unit) {
      const double L = p.tendon_slack_length * between(0.5, 1.1) + p.optimal_fiber_length * between(0.0, 1.9);
      const double V = between(-1.5, 1.5) * p.optimal_fiber_length * p.max_contraction_velocity;
      for (const Instant& now : {unit.instant(between(0.0, 1.0), between(0.0, 2.0), L, V),
                                 unit.static_equilibrium(between(0.0, 1.0), L, V)}) {
        if (now.status != Status::ok) {
          RC_ASSERT(now.reason != Reason::none);
          RC_ASSERT(std::isnan(now.tendon_force));
          continue;
        }
        RC_ASSERT(now.tendon_force >= 0.0 || now.reason == Reason::fiber_pushes);
        RC_ASSERT(now.reason != Reason::slack || now.tendon_force == 0.0);
      }
    };
    for (const Tendon tendon : {Tendon::rigid, Tendon::elastic}) {
      for (const MuscleType type : muscle_types) std::visit(check, make_muscle(type, p, tendon));
    }
  }));
}

TEST(LongPath, OverstretchesTheTendonHoweverLongItIs) {
  for (const MuscleType type : muscle_types) {
    for (const double L : {0.6, 2.0, 20.0, 2e3, 2e6}) {
      const Instant now = std::visit([L](const auto& unit) { return unit.static_equilibrium(0.5, L); },
                                     make_muscle(type, loose_muscle(), Tendon::elastic));
      EXPECT_EQ(now.reason, Reason::tendon_overstretched) << to_string(type) << ' ' << L;
      EXPECT_EQ(now.status, Status::no_equilibrium);
    }
  }
}

TEST(NoEquilibrium, HasItsReason) {
  using Unit = MuscleTendonUnit<DeGrooteFregly2016>;
  const Unit unit(loose_muscle(), Tendon::elastic);
  EXPECT_EQ(unit.static_equilibrium(0.5, 0.11).reason, Reason::slack);
  EXPECT_EQ(unit.static_equilibrium(0.5, 0.60).reason, Reason::tendon_overstretched);
  EXPECT_EQ(unit.static_equilibrium(0.0, 0.20, -2.0).reason, Reason::fiber_pushes);
  EXPECT_EQ(unit.static_equilibrium(not_a_number, 0.2).reason, Reason::not_finite);
  EXPECT_EQ(unit.instant(0.5, 0.1, 0.2, 0.0).reason, Reason::fiber_too_short);
  MuscleParameters without_damping = loose_muscle();
  without_damping.damping = 0.0;
  const Unit undamped(without_damping, Tendon::elastic);
  EXPECT_EQ(undamped.instant(0.0, 1.0, 0.22, 0.0).reason, Reason::no_velocity);
  const Unit rigid(loose_muscle(), Tendon::rigid);
  EXPECT_EQ(rigid.static_equilibrium(0.5, 0.11).reason, Reason::slack);
  const Instant loose = rigid.instant(0.5, 1.0, 0.11, 0.3);
  EXPECT_TRUE(loose.status == Status::ok && loose.reason == Reason::slack && loose.tendon_force == 0.0);
}

}  // namespace
}  // namespace psoas::muscle
