#include "psoas/muscle/rigid_tendon.hpp"

#include <gtest/gtest.h>

#include "psoas/core/dual.hpp"

namespace psoas::muscle {
namespace {

MuscleParameters example() {
  return {.max_isometric_force = 500.0,
          .optimal_fiber_length = 0.10,
          .tendon_slack_length = 0.12,
          .pennation_at_optimal = 10.0 * degree};
}

TEST(RigidTendon, HasThePrintedForces) {
  constexpr double table[][7] = {
      {0.218, 0, 0.5, 0.9952656377104, 0.9846617454356, 0, 254.6409539311},
      {0.218, -0.2, 0.5, 0.9952656377104, 0.9846617454356, -0.1969323490871, 143.9610550845},
      {0.23, 0.1, 0.1, 1.113621879099, 0.9877679494681, 0.09877679494681, 74.99755577120},
      {0.20, -0.4, 1.0, 0.8186291526736, 0.9772434775713, -0.3908973910285, 135.6654128600},
      {0.26, 0, 0, 1.410728070752, 0.9923953659290, 0, 140.4620877227},
  };
  for (const auto& [length, speed, a, l, cosine, v, force] : table) {
    const auto f = rigid_tendon_force(rigid_tendon(example()), length, speed);
    EXPECT_NEAR(f.norm_fiber_length, l, 1e-12 * l);
    EXPECT_NEAR(f.cos_pennation, cosine, 1e-12 * cosine);
    EXPECT_NEAR(f.norm_fiber_velocity, v, 1e-12 * std::abs(v));
    EXPECT_NEAR(f.passive + a * f.active, force, 1e-12 * force);
    EXPECT_FALSE(f.slack || f.length_outside_curve || f.speed_outside_curve);
  }
}

TEST(RigidTendon, SlopesMatchDifferencesAndDualNumbers) {
  MuscleParameters p = example();
  p.damping = 0.1;
  p.active_width = 1.5;
  for (const bool offset : {false, true}) {
    p.passive_offset = offset;
    const RigidTendon m = rigid_tendon(p);
    for (double length = 0.14; length < 0.28; length += 0.0037) {
      for (const double speed : {0.0, -0.4, 0.3}) {
        const auto f = rigid_tendon_force(m, length, speed);
        const auto dual = rigid_tendon_force(m, Dual<1>::variable(length, 0), Dual<1>(speed));
        EXPECT_NEAR(f.active_slope, dual.active.slopes[0], 1e-12 * (1.0 + std::abs(f.active_slope)));
        EXPECT_NEAR(f.passive_slope, dual.passive.slopes[0], 1e-12 * (1.0 + std::abs(f.passive_slope)));
        const double h = 1e-7;
        const auto up = rigid_tendon_force(m, length + h, speed), down = rigid_tendon_force(m, length - h, speed);
        EXPECT_NEAR(f.active_slope, (up.active - down.active) / (2 * h), 1e-6 * 500.0 / 0.1);
        EXPECT_NEAR(f.passive_slope, (up.passive - down.passive) / (2 * h), 1e-6 * 500.0 / 0.1);
      }
    }
  }
}

TEST(RigidTendon, HeldStillMeansNoSpeed) {
  const RigidTendon m = rigid_tendon(example());
  const auto still = rigid_tendon_force(m, 0.22), slow = rigid_tendon_force(m, 0.22, 0.0);
  EXPECT_NEAR(still.active, slow.active, 1e-15 * 500.0);
  EXPECT_NEAR(still.active_slope, slow.active_slope, 1e-15 * 500.0 / 0.1);
  EXPECT_NEAR(still.active, 500.0 * still.cos_pennation * active_force_length(still.norm_fiber_length).value, 1e-12);
}

TEST(RigidTendon, KeepsTheThicknessOfTheFibres) {
  const RigidTendon m = rigid_tendon(example());
  for (double length : {0.1201, 0.15, 0.22, 0.3}) {
    const auto f = rigid_tendon_force(m, length);
    EXPECT_NEAR(f.norm_fiber_length * std::sqrt(1.0 - f.cos_pennation * f.cos_pennation), m.norm_thickness, 1e-12);
    EXPECT_NEAR(f.norm_fiber_length * f.cos_pennation * 0.10 + 0.12, length, 1e-15);
  }
}

TEST(RigidTendon, IsSlackAndWithoutForceWhereThePathIsNoLongerThanTheTendon) {
  MuscleParameters p = example();
  p.damping = 0.1;
  for (const double pennation : {0.0, 0.3}) {
    p.pennation_at_optimal = pennation;
    for (const double length : {0.12, 0.1199, 0.05, 0.0}) {
      const auto f = rigid_tendon_force(rigid_tendon(p), length, -0.2);
      EXPECT_TRUE(f.slack && f.length_outside_curve);
      EXPECT_EQ(f.norm_fiber_length, std::sin(pennation));
      for (double none : {f.cos_pennation, f.active, f.passive, f.active_slope, f.passive_slope}) EXPECT_EQ(none, 0.0);
    }
    EXPECT_FALSE(rigid_tendon_force(rigid_tendon(p), 0.1201, -0.2).slack);
  }
}

TEST(RigidTendon, LosesLittleForceWhereItGoesSlack) {
  MuscleParameters p = example();
  p.passive_offset = true;
  p.active_width = 1.5;
  EXPECT_NEAR(rigid_tendon_force(rigid_tendon(p), 0.12 + 1e-9).active, 0.0, 2e-6);  // pennation: none at all
  p.pennation_at_optimal = 0.0;
  EXPECT_LT(rigid_tendon_force(rigid_tendon(p), 0.12 + 1e-9).active, 0.02 * 500.0);
}

TEST(RigidTendon, FlagsWhatTheCurvesWereNotFittedFor) {
  MuscleParameters p = example();
  p.pennation_at_optimal = 0.0;
  const RigidTendon m = rigid_tendon(p);
  const auto flagged = [&](double l) { return rigid_tendon_force(m, 0.12 + 0.1 * l).length_outside_curve; };
  EXPECT_TRUE(flagged(0.199));
  EXPECT_FALSE(flagged(0.201));
  EXPECT_FALSE(flagged(1.799));
  EXPECT_TRUE(flagged(1.801));
  EXPECT_FALSE(rigid_tendon_force(m, 0.22, 0.999).speed_outside_curve);
  EXPECT_TRUE(rigid_tendon_force(m, 0.22, 1.001).speed_outside_curve);
  const auto too_fast = rigid_tendon_force(m, 0.22, -1.2);
  EXPECT_TRUE(too_fast.speed_outside_curve);
  EXPECT_LT(too_fast.active, 0.0);
}

TEST(RigidTendon, NeverTurnsNanIntoANumber) {
  for (const bool offset : {false, true}) {
    MuscleParameters p = example();
    p.passive_offset = offset;
    const auto lost = rigid_tendon_force(rigid_tendon(p), not_a_number, 0.1);
    EXPECT_TRUE(lost.length_outside_curve && lost.speed_outside_curve);
    for (double x : {lost.norm_fiber_length, lost.active, lost.passive, lost.active_slope, lost.passive_slope}) {
      EXPECT_TRUE(std::isnan(x));
    }
    EXPECT_TRUE(std::isnan(rigid_tendon_force(rigid_tendon(p), 0.22, not_a_number).active));
  }
}

TEST(MuscleParameters, TellEverythingThatIsWrong) {
  EXPECT_TRUE(faults_in(example()).empty());
  EXPECT_EQ(faults_in(MuscleParameters{}).size(), 3u);
  MuscleParameters p = example();
  p.tendon_slack_length = -0.01;
  p.active_width = 0.9;
  p.pennation_at_optimal = 90.0 * degree;
  p.passive_fiber_strain = infinity;
  const auto faults = faults_in(p);
  ASSERT_EQ(faults.size(), 4u);
  EXPECT_NE(faults[0].find("tendon_slack_length must be >= 0 m, got -0.01"), std::string::npos);
}

}  // namespace
}  // namespace psoas::muscle
