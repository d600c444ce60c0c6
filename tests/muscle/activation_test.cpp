#include "psoas/muscle/activation.hpp"

#include <gtest/gtest.h>

#include "psoas/core/dual.hpp"

namespace psoas::muscle {
namespace {

TEST(ActivationRate, HasThePrintedValues) {
  constexpr double table[][4] = {
      {1, 0, 77.06258299739, 133.3333330757},       {1, 0.5, 18.94757846320, 26.66592895130},
      {1, 0.99, 0.3333452886222, 0.3335928906120},  {0, 1, -33.33333333333, -33.33333333333},
      {0, 0.5, -18.13575487013, -10.41740438203},   {0.5, 0.4, 3.968105356089, 5.556702799331},
      {0.4, 0.5, -3.692083874978, -2.470742829905}, {0.05, 0.04, 0.6424533331505, 0.6965797760990},
  };
  for (const auto& [e, a, soft, sharp] : table) {
    EXPECT_NEAR(activation_rate({.steepness = 0.1}, e, a), soft, 1e-12 * std::abs(soft)) << e << ' ' << a;
    EXPECT_NEAR(activation_rate({}, e, a), sharp, 1e-12 * std::abs(sharp)) << e << ' ' << a;
  }
}

TEST(ActivationRate, LeadsTowardsTheExcitationAndRestsThere) {
  for (double e = 0.0; e <= 1.0; e += 0.125) {
    EXPECT_EQ(activation_rate({}, e, e), 0.0);
    for (double a = 0.0625; a <= 1.0; a += 0.125) EXPECT_GT(activation_rate({}, e, a) * (e - a), 0.0);
  }
}

TEST(ActivationRate, IsSmoothWhereExcitationMeetsActivation) {
  const auto slope = [](double e) { return activation_rate<Dual<1>>({}, Dual<1>::variable(e, 0), 0.3).slopes[0]; };
  EXPECT_NEAR(slope(0.3 - 1e-9), slope(0.3 + 1e-9), 1e-5);
  EXPECT_NEAR(slope(0.5), (activation_rate({}, 0.5 + 1e-6, 0.3) - activation_rate({}, 0.5 - 1e-6, 0.3)) / 2e-6, 1e-6);
}

TEST(ActivationParameters, TellWhatIsWrong) {
  EXPECT_TRUE(faults_in(ActivationParameters{}).empty());
  const auto faults = faults_in(ActivationParameters{.rise_time = 0.0, .fall_time = not_a_number, .steepness = -1.0});
  ASSERT_EQ(faults.size(), 3u);
  EXPECT_NE(faults[0].find("rise_time must be > 0 s, got 0"), std::string::npos);
}

}  // namespace
}  // namespace psoas::muscle
