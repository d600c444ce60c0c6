#include "psoas/tissue/disc.hpp"

#include <gtest/gtest.h>

#include "psoas/core/dual.hpp"

namespace psoas::tissue {
namespace {

constexpr DiscAxis axes[] = {DiscAxis::flexion_extension, DiscAxis::lateral_bending, DiscAxis::axial_rotation};

double moment(DiscAxis axis, double degrees) { return disc_moment_holding({}, axis, degrees * degree).moment; }
double tangent(DiscAxis axis, double degrees) { return disc_moment_holding({}, axis, degrees * degree).tangent; }

/// Degrees, with the sign of the moment, at which the segment carries a moment.
double rotation(DiscAxis axis, double moment_wanted) {
  const double sign = moment_wanted < 0.0 ? -1.0 : 1.0;
  double low = 0.0, high = 30.0;
  for (int i = 0; i < 60; ++i) {
    const double middle = 0.5 * (low + high);
    (sign * moment(axis, sign * middle) < sign * moment_wanted ? low : high) = middle;
  }
  return low;
}

TEST(Disc, IsThePrintedCubicBetweenBlendAndLimit) {
  for (double t = 0.1; t <= 7.5; t += 0.2) {
    EXPECT_NEAR(moment(DiscAxis::flexion_extension, t), 0.0288 * t * t * t + 0.0192 * t * t + 1.248 * t, 1e-13);
    EXPECT_NEAR(moment(DiscAxis::flexion_extension, -t), -(0.0312 * t * t * t - 0.1818 * t * t + 1.1181 * t), 1e-13);
    EXPECT_NEAR(moment(DiscAxis::lateral_bending, t), 0.0081 * t * t * t + 0.1417 * t * t + 0.4741 * t, 1e-13);
    EXPECT_NEAR(moment(DiscAxis::axial_rotation, t), 0.0291 * t * t * t - 0.0044 * t * t + 2.5695 * t, 1e-13);
  }
}

TEST(Disc, TangentIsTheSlopeOfTheMomentAndStaysAboveZero) {
  for (const DiscAxis axis : axes) {
    for (double t = -12.005; t <= 12.0; t += 0.013) {
      const auto at = disc_moment_holding({}, axis, t * degree);
      const double difference = (moment(axis, t + 1e-5) - moment(axis, t - 1e-5)) / (2e-5 * degree);
      const auto dual = disc_moment_holding<Dual<1>>({}, axis, Dual<1>::variable(t * degree, 0));
      EXPECT_NEAR(at.tangent, difference, 1e-6 * at.tangent) << t;
      EXPECT_NEAR(at.tangent, dual.moment.slopes[0], 1e-12 * at.tangent) << t;
      EXPECT_GT(at.tangent, 0.45 / degree) << t;
    }
  }
  // the softest place in flexion
  EXPECT_NEAR(tangent(DiscAxis::flexion_extension, -1.9423) * degree, 0.7650, 1e-4);
}

TEST(Disc, HasNeitherAJumpNorAKink) {
  for (const DiscAxis axis : axes) {
    for (const double edge : {-7.5, -0.1, 0.0, 0.1, 7.5}) {
      EXPECT_NEAR(moment(axis, edge - 1e-9), moment(axis, edge + 1e-9), 1e-7);
      EXPECT_NEAR(tangent(axis, edge - 1e-9), tangent(axis, edge + 1e-9), 1e-6);
    }
  }
}

TEST(Disc, IsAtRestAtNeutralWithTheMeanOfBothSlopes) {
  for (const DiscAxis axis : axes) EXPECT_EQ(moment(axis, 0.0), 0.0);
  EXPECT_NEAR(tangent(DiscAxis::flexion_extension, 0.0) * degree, 0.5 * (1.248 + 1.1181), 1e-14);
  EXPECT_NEAR(tangent(DiscAxis::lateral_bending, 0.0) * degree, 0.4741, 1e-14);
  EXPECT_NEAR(tangent(DiscAxis::axial_rotation, 0.0) * degree, 2.5695, 1e-14);
}

TEST(Disc, IsStraightBeyondTheFit) {
  for (const DiscAxis axis : axes) {
    for (const double side : {-1.0, 1.0}) {
      const double at_end = moment(axis, 7.5 * side), slope = tangent(axis, 7.5 * side);
      for (double t : {8.0, 12.0, 30.0}) {
        EXPECT_NEAR(moment(axis, t * side), at_end + slope * (t - 7.5) * side * degree, 1e-10);
        EXPECT_NEAR(tangent(axis, t * side), slope, 1e-10);
      }
    }
  }
}

TEST(Disc, BendsAndTurnsAlikeToBothSides) {
  for (const DiscAxis axis : {DiscAxis::lateral_bending, DiscAxis::axial_rotation}) {
    for (double t = 0.03; t < 12.0; t += 0.11) {
      EXPECT_EQ(moment(axis, -t), -moment(axis, t));
      EXPECT_EQ(tangent(axis, -t), tangent(axis, t));
    }
  }
}

// Range of motion of the intact L4-L5 segment at 10 N*m, Heuer et al. 2007; band 30 %.
TEST(Disc, TurnsAsFarAsMeasuredAtTenNewtonMetres) {
  const double flexion = rotation(DiscAxis::flexion_extension, -10.0);
  EXPECT_NEAR(flexion, 7.1, 0.05);
  EXPECT_NEAR(rotation(DiscAxis::flexion_extension, 10.0), 4.9, 0.05);
  EXPECT_NEAR(rotation(DiscAxis::lateral_bending, 10.0), 6.1, 0.05);
  EXPECT_NEAR(rotation(DiscAxis::axial_rotation, 10.0), 3.5, 0.06);
  const double quarter = rotation(DiscAxis::flexion_extension, -2.5) / flexion;
  EXPECT_GT(quarter, 0.30);
  EXPECT_LT(quarter, 0.45);
}

TEST(Disc, ScaleMultipliesMomentAndTangent) {
  DiscParameters stiff;
  stiff.scale = 1.4;
  for (double t : {-9.0, -3.0, 0.05, 2.0}) {
    const auto base = disc_moment_holding({}, DiscAxis::flexion_extension, t * degree);
    const auto scaled = disc_moment_holding(stiff, DiscAxis::flexion_extension, t * degree);
    EXPECT_NEAR(scaled.moment, 1.4 * base.moment, 1e-13);
    EXPECT_NEAR(scaled.tangent, 1.4 * base.tangent, 1e-12);
  }
}

TEST(Disc, PassesNanOn) {
  for (const DiscAxis axis : axes) {
    EXPECT_TRUE(std::isnan(disc_moment_holding({}, axis, not_a_number).moment));
    EXPECT_TRUE(std::isnan(disc_moment_holding({}, axis, not_a_number).tangent));
  }
}

TEST(DiscParameters, TellWhatIsWrong) {
  EXPECT_TRUE(faults_in(DiscParameters{}).empty());
  DiscParameters p;
  p.flexion_extension.negative.quadratic = -0.4;  // falls between 1.8 and 6.7 deg
  p.axial_rotation.positive.linear = -1.0;
  const auto faults = faults_in(p);
  ASSERT_EQ(faults.size(), 2u);
  EXPECT_NE(faults[0].find("flexion_extension must rise everywhere"), std::string::npos);
  p.scale = 0.0;
  p.blend = 10.0 * degree;
  EXPECT_EQ(faults_in(p).size(), 2u);
}

}  // namespace
}  // namespace psoas::tissue
