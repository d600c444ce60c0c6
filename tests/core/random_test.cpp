#include "psoas/core/random.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <vector>

namespace psoas {
namespace {

TEST(Random, SameSeedSameNumbers) {
  Random a(42), b(42), c(43);
  bool differs = false;
  for (int i = 0; i < 100; ++i) {
    const double x = a.normal();
    EXPECT_EQ(x, b.normal());
    differs = differs || x != c.normal();
  }
  EXPECT_TRUE(differs);
}

TEST(Random, FirstStepFollowsThePublishedGenerators) {
  // splitmix64 from 0 gives these words first; xoshiro256++ returns rotl(s0 + s3, 23) + s0
  const std::uint64_t s0 = 0xe220a8397b1dcdafull, s3 = 0xf88bb8a8724c81ecull;
  const std::uint64_t sum = s0 + s3;
  EXPECT_EQ(Random(0).bits(), ((sum << 23) | (sum >> 41)) + s0);
}

TEST(Random, UniformNumbersAreInsideAndEven) {
  Random random(7);
  double sum = 0.0, square = 0.0;
  constexpr int n = 200000;
  for (int i = 0; i < n; ++i) {
    const double u = random.uniform();
    ASSERT_GT(u, 0.0);
    ASSERT_LT(u, 1.0);
    sum += u;
    square += u * u;
  }
  EXPECT_NEAR(sum / n, 0.5, 4 * std::sqrt(1.0 / 12 / n));
  EXPECT_NEAR(square / n, 1.0 / 3, 4 * std::sqrt(4.0 / 45 / n));
}

TEST(Random, NormalNumbersHaveTheNormalDistribution) {
  Random random(11);
  constexpr int n = 200000;
  std::vector<double> limits{-2.5, -1.5, -1.0, -0.3, 0.0, 0.6, 1.2, 2.0, 3.0};
  std::vector<int> below(limits.size(), 0);
  double fourth = 0.0;
  for (int i = 0; i < n; ++i) {
    const double x = random.normal();
    fourth += x * x * x * x;
    for (std::size_t k = 0; k < limits.size(); ++k) below[k] += x < limits[k];
  }
  for (std::size_t k = 0; k < limits.size(); ++k) {
    const double p = 0.5 * std::erfc(-limits[k] / std::sqrt(2.0));
    EXPECT_NEAR(below[k] / double(n), p, 4 * std::sqrt(p * (1 - p) / n)) << "below " << limits[k];
  }
  EXPECT_NEAR(fourth / n, 3.0, 4 * std::sqrt(96.0 / n));
}

TEST(Random, WholeNumbersFillTheirRangeEvenly) {
  Random random(3);
  std::vector<int> seen(7, 0);
  for (int i = 0; i < 70000; ++i) ++seen[random.below(7)];
  for (const int count : seen) EXPECT_NEAR(count, 10000, 400);
}

TEST(Random, SamplesOfOneStudyAreDistinct) {
  std::set<std::uint64_t> first;
  for (std::uint64_t k = 0; k < 1000; ++k) first.insert(Random::for_sample(5, k).bits());
  EXPECT_EQ(first.size(), 1000u);
  EXPECT_EQ(Random::for_sample(5, 17).bits(), Random::for_sample(5, 17).bits());
}

}  // namespace
}  // namespace psoas
