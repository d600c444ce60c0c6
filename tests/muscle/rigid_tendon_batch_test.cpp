#include "psoas/muscle/rigid_tendon_batch.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cstdint>
#include <random>

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

void expect_same(const RigidTendonForces& many, Eigen::Index i, const RigidTendonForce<double>& one,
                 const MuscleParameters& p) {
  const double force = 1e-13 * (p.max_isometric_force + std::abs(one.active) + std::abs(one.passive));
  const double slope =
      10.0 * force / p.optimal_fiber_length + 1e-13 * (std::abs(one.active_slope) + std::abs(one.passive_slope));
  EXPECT_NEAR(many.norm_fiber_length[i], one.norm_fiber_length, 1e-14);
  EXPECT_NEAR(many.cos_pennation[i], one.cos_pennation, 1e-14);
  EXPECT_NEAR(many.norm_fiber_velocity[i], one.norm_fiber_velocity, 1e-14);
  EXPECT_NEAR(many.active[i], one.active, force);
  EXPECT_NEAR(many.passive[i], one.passive, force);
  EXPECT_NEAR(many.active_slope[i], one.active_slope, slope);
  EXPECT_NEAR(many.passive_slope[i], one.passive_slope, slope);
  EXPECT_EQ(many.slack(i), one.slack);
  EXPECT_EQ(many.length_outside_curve(i), one.length_outside_curve);
  EXPECT_EQ(many.speed_outside_curve(i), one.speed_outside_curve);
}

TEST(RigidTendonBatch, AgreesWithOneByOne) {
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
        expect_same(forces, i, rigid_tendon_force(rigid_tendon(p), length[k], speed[k]), p);
      }
      ASSERT_EQ(rigid_tendon_forces(batch, length, {}, forces), Status::ok);
      for (int i = 0; i < n; ++i) {
        const auto& p = muscles[static_cast<std::size_t>(i)];
        expect_same(forces, i, rigid_tendon_force(rigid_tendon(p), length[static_cast<std::size_t>(i)]), p);
      }
    }
  }
}

/// Numbers between two of one sign, in units of the last place.
std::int64_t places_between(double a, double b) {
  return std::abs(std::bit_cast<std::int64_t>(a) - std::bit_cast<std::int64_t>(b));
}

TEST(RigidTendonBatch, DiffersInTheLastPlacesOnly) {
  std::mt19937 generator(19);
  std::uniform_real_distribution<double> along(0.6, 1.4), rate(-0.5, 0.5);
  int all = 0, beyond_four = 0;
  for (int repeat = 0; repeat < 40; ++repeat) {
    const std::vector<MuscleParameters> muscles = strands(300);
    const RigidTendonBatch batch(muscles);
    RigidTendonForces still(300), moving(300);
    std::vector<double> length, speed;
    for (const MuscleParameters& p : muscles) {
      length.push_back(p.tendon_slack_length + p.optimal_fiber_length * along(generator));
      speed.push_back(rate(generator) * p.max_contraction_velocity * p.optimal_fiber_length);
    }
    ASSERT_EQ(rigid_tendon_forces(batch, length, {}, still), Status::ok);
    ASSERT_EQ(rigid_tendon_forces(batch, length, speed, moving), Status::ok);
    for (Eigen::Index i = 0; i < 300; ++i) {
      const auto k = static_cast<std::size_t>(i);
      const RigidTendon one = rigid_tendon(muscles[k]);
      const auto held = rigid_tendon_force(one, length[k]), moved = rigid_tendon_force(one, length[k], speed[k]);
      EXPECT_LE(places_between(still.norm_fiber_length[i], held.norm_fiber_length), 1);
      EXPECT_LE(places_between(still.cos_pennation[i], held.cos_pennation), 2);
      EXPECT_LE(places_between(moving.norm_fiber_velocity[i], moved.norm_fiber_velocity), 4);
      const std::int64_t places = places_between(still.active[i], held.active);
      EXPECT_LE(places, 16) << held.norm_fiber_length;
      beyond_four += places > 4 ? 1 : 0;
      ++all;
      const double error = std::abs(moving.active[i] - moved.active) + std::abs(moving.passive[i] - moved.passive);
      EXPECT_LE(error, 4e-15 * muscles[k].max_isometric_force);
    }
  }
  EXPECT_LT(beyond_four, all / 50);
}

TEST(RigidTendonBatch, PassesTheVanishingBellAndTheEdgeOfSlack) {
  const MuscleParameters p{.max_isometric_force = 1.0, .optimal_fiber_length = 1.0, .tendon_slack_length = 0.0};
  const double gone = 0.029947116970696 / 0.200356847296188;
  const std::vector<double> length{gone, gone + 1e-9, gone - 1e-5, gone + 0.0148, 0.0, 1e-150, -0.1, 1.0, 5.0};
  const RigidTendonBatch batch(std::vector<MuscleParameters>(length.size(), p));
  RigidTendonForces forces(batch.size());
  ASSERT_EQ(rigid_tendon_forces(batch, length, {}, forces), Status::ok);
  for (Eigen::Index i = 0; i < forces.size(); ++i) {
    expect_same(forces, i, rigid_tendon_force(rigid_tendon(p), length[static_cast<std::size_t>(i)]), p);
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
