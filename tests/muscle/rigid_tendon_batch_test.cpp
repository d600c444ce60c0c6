#include "psoas/muscle/rigid_tendon_batch.hpp"

#include <gtest/gtest.h>

#include <random>
#include <string>

namespace psoas::muscle {
namespace {

std::vector<MuscleParameters> strands(int n) {
  std::mt19937 generator(7);
  std::uniform_real_distribution<double> unit(0.0, 1.0);
  std::vector<MuscleParameters> out(static_cast<std::size_t>(n));
  for (MuscleParameters& p : out) {
    p.max_isometric_force = 10.0 + 1000.0 * unit(generator);
    p.optimal_fiber_length = 0.02 + 0.3 * unit(generator);
    p.tendon_slack_length = 0.3 * unit(generator);
    p.pennation_at_optimal = unit(generator) < 0.3 ? 0.0 : 0.6 * unit(generator);
    p.passive_fiber_strain = 0.5 + unit(generator);
    p.active_width = unit(generator) < 0.5 ? 1.0 : 1.5;
    p.damping = 0.1 * unit(generator);
    p.passive_offset = unit(generator) < 0.5;
  }
  return out;
}

void expect_same(const RigidTendonForces& many, Eigen::Index i, const RigidTendonForce<double>& one) {
  EXPECT_EQ(many.norm_fiber_length[i], one.norm_fiber_length);
  EXPECT_EQ(many.cos_pennation[i], one.cos_pennation);
  EXPECT_EQ(many.norm_fiber_velocity[i], one.norm_fiber_velocity);
  EXPECT_EQ(many.active[i], one.active);
  EXPECT_EQ(many.passive[i], one.passive);
  EXPECT_EQ(many.active_slope[i], one.active_slope);
  EXPECT_EQ(many.passive_slope[i], one.passive_slope);
  EXPECT_EQ(many.slack(i), one.slack);
  EXPECT_EQ(many.length_outside_curve(i), one.length_outside_curve);
  EXPECT_EQ(many.speed_outside_curve(i), one.speed_outside_curve);
}

TEST(RigidTendonBatch, HasTheBitsOfOneByOne) {
  std::mt19937 generator(11);
  std::uniform_real_distribution<double> along(-0.1, 2.0), rate(-1.1, 1.1);
  for (const int n : {0, 1, 7, 8, 9, 300}) {
    const std::vector<MuscleParameters> muscles = strands(n);
    const RigidTendonBatch batch(muscles);
    RigidTendonForces forces(n);
    for (int repeat = 0; repeat < 20; ++repeat) {
      std::vector<double> length, speed;
      for (const MuscleParameters& p : muscles) {
        length.push_back(p.tendon_slack_length + p.optimal_fiber_length * along(generator));
        speed.push_back(rate(generator) * p.max_contraction_velocity * p.optimal_fiber_length);
      }
      ASSERT_EQ(rigid_tendon_forces(batch, length, speed, forces), Status::ok);
      for (int i = 0; i < n; ++i) {
        const auto& p = muscles[static_cast<std::size_t>(i)];
        const auto k = static_cast<std::size_t>(i);
        expect_same(forces, i, rigid_tendon_force(rigid_tendon(p), length[k], speed[k]));
      }
      ASSERT_EQ(rigid_tendon_forces(batch, length, {}, forces), Status::ok);
      for (int i = 0; i < n; ++i) {
        const auto& p = muscles[static_cast<std::size_t>(i)];
        expect_same(forces, i, rigid_tendon_force(rigid_tendon(p), length[static_cast<std::size_t>(i)]));
      }
    }
  }
}

/// What the formula gives as written, with the exponential and the logarithm of the standard library.
RigidTendonForce<double> as_written(const RigidTendon& m, double length, double speed) {
  return rigid_tendon_force<double>(m, length, speed);
}

TEST(RigidTendonBatch, IsTheFormulaAsWrittenToRounding) {
  std::mt19937 generator(19);
  std::uniform_real_distribution<double> along(-0.1, 2.0), rate(-1.1, 1.1);
  const auto strand = strands(12000);
  double force = 0.0, slope = 0.0;
  for (const MuscleParameters& p : strand) {
    const RigidTendon m = rigid_tendon(p);
    const double length = p.tendon_slack_length + p.optimal_fiber_length * along(generator);
    const double speed = rate(generator) * p.max_contraction_velocity * p.optimal_fiber_length;
    for (const double v : {0.0, speed}) {
      const auto f = rigid_tendon_force(m, length, v), g = as_written(m, length, v);
      const double F = p.max_isometric_force + std::abs(g.active) + std::abs(g.passive);
      force = std::max({force, std::abs(f.active - g.active) / F, std::abs(f.passive - g.passive) / F});
      const double S =
          10.0 * F / p.optimal_fiber_length + 10.0 * (std::abs(g.active_slope) + std::abs(g.passive_slope));
      slope = std::max(
          {slope, std::abs(f.active_slope - g.active_slope) / S, std::abs(f.passive_slope - g.passive_slope) / S});
      EXPECT_NEAR(f.norm_fiber_length, g.norm_fiber_length, 1e-15);
      EXPECT_NEAR(f.cos_pennation, g.cos_pennation, 1e-15);
      EXPECT_NEAR(f.norm_fiber_velocity, g.norm_fiber_velocity, 1e-15);
      EXPECT_EQ(f.slack, g.slack);
      EXPECT_EQ(f.length_outside_curve, g.length_outside_curve);
      EXPECT_EQ(f.speed_outside_curve, g.speed_outside_curve);
    }
  }
  RecordProperty("force", std::to_string(force * 1e15) + "e-15");
  EXPECT_LT(force, 4e-15);
  EXPECT_LT(slope, 4e-15);
}

TEST(RigidTendonBatch, PassesTheVanishingBellAndTheEdgeOfSlack) {
  const MuscleParameters p{.max_isometric_force = 1.0, .optimal_fiber_length = 1.0, .tendon_slack_length = 0.0};
  const double gone = 0.029947116970696 / 0.200356847296188;
  const std::vector<double> length{gone, gone + 1e-9, gone - 1e-5, gone + 0.0148, 0.0, 1e-150, -0.1, 1.0, 5.0};
  const RigidTendonBatch batch(std::vector<MuscleParameters>(length.size(), p));
  RigidTendonForces forces(batch.size());
  ASSERT_EQ(rigid_tendon_forces(batch, length, {}, forces), Status::ok);
  for (Eigen::Index i = 0; i < forces.size(); ++i) {
    expect_same(forces, i, rigid_tendon_force(rigid_tendon(p), length[static_cast<std::size_t>(i)]));
  }
}

TEST(RigidTendonBatch, SaysWhichStrandIsNotANumberAndLeavesTheOthersAlone) {
  for (const double bad : {not_a_number, infinity, 1e6}) {
    const std::vector<MuscleParameters> muscles = strands(11);
    const RigidTendonBatch batch(muscles);
    std::vector<double> length;
    for (const auto& p : muscles) length.push_back(p.tendon_slack_length + p.optimal_fiber_length);
    RigidTendonForces sound(11), hurt(11);
    ASSERT_EQ(rigid_tendon_forces(batch, length, {}, sound), Status::ok);
    length[3] = bad;
    EXPECT_EQ(rigid_tendon_forces(batch, length, {}, hurt), Status::not_finite);
    for (Eigen::Index i = 0; i < 11; ++i) {
      if (i == 3) {
        EXPECT_FALSE(std::isfinite(hurt.passive[i]));
        EXPECT_TRUE(hurt.length_outside_curve(i));
      } else {
        EXPECT_EQ(hurt.active[i], sound.active[i]);
      }
    }
  }
}

TEST(RigidTendonBatch, RefusesSizesThatDoNotFit) {
  const RigidTendonBatch batch(strands(5));
  const std::vector<double> five(5, 0.2), four(4, 0.2);
  RigidTendonForces forces(5), small(4);
  ASSERT_EQ(rigid_tendon_forces(batch, five, five, forces), Status::ok);
  EXPECT_EQ(rigid_tendon_forces(batch, five, four, forces), Status::not_computed);
  EXPECT_TRUE(forces.active.array().isNaN().all());
  EXPECT_EQ(rigid_tendon_forces(batch, four, {}, forces), Status::not_computed);
  EXPECT_EQ(rigid_tendon_forces(batch, five, {}, small), Status::not_computed);
}

TEST(Branchless, ExponentialIsGoodToTwoUnitsInTheLastPlace) {
  std::mt19937 generator(13);
  std::uniform_real_distribution<double> wide(-707.0, 709.0), narrow(-1.0, 1.0);
  for (int repeat = 0; repeat < 40000; ++repeat) {
    const double x = repeat % 2 == 0 ? wide(generator) : narrow(generator);
    EXPECT_NEAR(detail::branchless_exp(x) / std::exp(x), 1.0, 4.5e-16) << x;
  }
  EXPECT_LT(detail::branchless_exp(-infinity), 1e-307);
  EXPECT_LT(detail::branchless_exp(-1000.0), 1e-307);
  EXPECT_EQ(detail::branchless_exp(-0.0), 1.0);
  EXPECT_EQ(detail::branchless_exp(0.0), 1.0);
  EXPECT_EQ(detail::branchless_exp(711.0), infinity);
  EXPECT_EQ(detail::branchless_exp(infinity), infinity);
  EXPECT_TRUE(std::isnan(detail::branchless_exp(not_a_number)));
}

TEST(Branchless, LogarithmFromOneUpIsGoodToOneUnitInTheLastPlace) {
  std::mt19937 generator(17);
  std::uniform_real_distribution<double> near(1.0, 2.0), exponent(0.0, 300.0);
  for (int repeat = 0; repeat < 40000; ++repeat) {
    const double x = repeat % 2 == 0 ? near(generator) : std::pow(10.0, exponent(generator));
    EXPECT_NEAR(detail::branchless_log(x), std::log(x), 2.3e-16 * std::abs(std::log(x))) << x;
  }
  EXPECT_EQ(detail::branchless_log(1.0), 0.0);
  EXPECT_FALSE(std::isfinite(detail::branchless_log(infinity)));
  EXPECT_TRUE(std::isnan(detail::branchless_log(not_a_number)));
}

}  // namespace
}  // namespace psoas::muscle
