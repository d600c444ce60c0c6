#include "psoas/tissue/capsule.hpp"

#include <gtest/gtest.h>

#include "psoas/core/dual.hpp"

namespace psoas::tissue {
namespace {

double moment(double degrees) { return hip_capsule_moment({}, degrees * degree).moment; }
double tangent(double degrees) { return hip_capsule_moment({}, degrees * degree).tangent; }

TEST(HipCapsule, IsTheSumOfItsTwoExponentials) {
  for (double h = -18.0; h <= 130.0; h += 1.7) {
    const double expected = 0.73 * std::exp(-0.16 * h) - 2.44 * std::exp(5.05 * (h * pi / 180.0 - 1.81));
    EXPECT_NEAR(moment(h), expected, 1e-13 * (1.0 + std::abs(expected))) << h;
  }
}

// 5 N*m at -12 deg with a standard deviation of 7 deg: van Arkel et al. 2015.
TEST(HipCapsule, CarriesFiveNewtonMetresWhereMeasured) {
  EXPECT_NEAR(moment(-12.0), 5.0, 0.03);
  EXPECT_GT(moment(-19.0), 5.0);
  EXPECT_LT(moment(-5.0), 5.0);
}

TEST(HipCapsule, HardlyActsBetweenItsLimitsAndPushesBackBeyondThem) {
  for (double h = 0.0; h <= 80.0; h += 1.0) EXPECT_LT(std::abs(moment(h)), 0.74) << h;
  EXPECT_GT(moment(-30.0), 30.0);
  EXPECT_NEAR(moment(120.0), -10.26, 0.01);
  EXPECT_NEAR(moment(32.0), 0.0, 1e-4);
}

TEST(HipCapsule, TangentIsTheSlopeOfTheMomentAndNeverPositive) {
  for (double h = -40.0; h <= 130.0; h += 0.73) {
    const double difference = (moment(h + 1e-4) - moment(h - 1e-4)) / (2e-4 * degree);
    const auto dual = hip_capsule_moment<Dual<1>>({}, Dual<1>::variable(h * degree, 0));
    EXPECT_NEAR(tangent(h), difference, 1e-6 * (1.0 + std::abs(tangent(h)))) << h;
    EXPECT_NEAR(tangent(h), dual.moment.slopes[0], 1e-12 * (1.0 + std::abs(tangent(h)))) << h;
    EXPECT_LT(tangent(h), 0.0) << h;
  }
}

TEST(HipCapsule, IsStraightBeyondEighteenDegreesOfExtensionWithoutAKink) {
  const double at = moment(-18.0), slope = tangent(-18.0);
  EXPECT_NEAR(at, 13.0044, 1e-4);
  for (double h : {-18.0 - 1e-9, -20.0, -35.0}) {
    EXPECT_NEAR(moment(h), at + slope * (h + 18.0) * degree, 1e-11);
    EXPECT_NEAR(tangent(h), slope, 1e-12);
  }
  EXPECT_NEAR(tangent(-18.0 + 1e-9), slope, 1e-6);
}

TEST(HipCapsule, PassesNanOn) { EXPECT_TRUE(std::isnan(hip_capsule_moment({}, not_a_number).moment)); }

TEST(HipCapsuleParameters, TellWhatIsWrong) {
  EXPECT_TRUE(faults_in(HipCapsuleParameters{}).empty());
  const auto faults = faults_in(HipCapsuleParameters{.extension_moment = -1.0, .flexion_limit = not_a_number});
  ASSERT_EQ(faults.size(), 2u);
  EXPECT_NE(faults[0].find("extension_moment must be >= 0 N*m, got -1"), std::string::npos);
}

}  // namespace
}  // namespace psoas::tissue
