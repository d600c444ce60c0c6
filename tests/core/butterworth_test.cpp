#include "psoas/core/butterworth.hpp"

#include <gtest/gtest.h>

#include <complex>
#include <numeric>

namespace psoas {
namespace {

/// Gain of one pass at a frequency, from the coefficients.
double gain(const RecursiveFilter& filter, double hz, double interval) {
  const std::complex<double> delay = std::polar(1.0, -2.0 * pi * hz * interval);
  std::complex<double> above = 0.0, below = 0.0, power = 1.0;
  for (std::size_t k = 0; k < filter.a.size(); ++k, power *= delay) {
    above += filter.b[k] * power;
    below += filter.a[k] * power;
  }
  return std::abs(above / below);
}

TEST(Butterworth, LetsAConstantThroughAndStopsHalfTheSamplingRate) {
  for (int order = 1; order <= 6; ++order) {
    const RecursiveFilter filter = butterworth_low_pass(order, 6.0, 0.01);
    EXPECT_EQ(filter.order(), order);
    EXPECT_NEAR(gain(filter, 0.0, 0.01), 1.0, 1e-9) << order;
    EXPECT_LT(gain(filter, 50.0, 0.01), 1e-9) << order;
  }
}

TEST(Butterworth, HasTheGainOfItsFormula) {
  for (int order = 1; order <= 5; ++order) {
    for (int passes = 1; passes <= 2; ++passes) {
      const double cutoff = 7.0, interval = 1.0 / 120.0;
      const RecursiveFilter filter = butterworth_low_pass(order, cutoff, interval, passes);
      const double w = std::tan(pi * cutoff * interval) * std::pow(std::pow(2.0, 1.0 / passes) - 1.0, -0.5 / order);
      for (const double hz : {0.5, 3.0, 7.0, 20.0, 45.0}) {
        const double ratio = std::tan(pi * hz * interval) / w;
        EXPECT_NEAR(gain(filter, hz, interval), 1.0 / std::sqrt(1.0 + std::pow(ratio, 2 * order)), 1e-10)
            << order << ' ' << passes << ' ' << hz;
      }
    }
  }
}

TEST(Butterworth, LosesThreeDecibelsAtTheCutOffHoweverOftenItIsRun) {
  for (int order = 1; order <= 4; ++order) {
    EXPECT_NEAR(gain(butterworth_low_pass(order, 6.0, 0.01, 1), 6.0, 0.01), std::sqrt(0.5), 1e-12);
    EXPECT_NEAR(std::pow(gain(butterworth_low_pass(order, 6.0, 0.01, 2), 6.0, 0.01), 2), std::sqrt(0.5), 1e-12);
    EXPECT_NEAR(std::pow(gain(butterworth_low_pass(order, 6.0, 0.01, 1), 6.0, 0.01), 2), 0.5, 1e-12)
        << "without correction: half the amplitude after two passes";
  }
}

TEST(Butterworth, OfSecondOrderHasTheCoefficientsOfTheTextbook) {
  // a quarter of the sampling rate: tan(pi/4) = 1, so that b = 1, 2, 1 and a = 2 + sqrt 2, 0, 2 - sqrt 2 but for scale
  const RecursiveFilter filter = butterworth_low_pass(2, 25.0, 0.01);
  const double first = 2.0 + std::sqrt(2.0);
  const double b[] = {1.0, 2.0, 1.0}, a[] = {first, 0.0, 2.0 - std::sqrt(2.0)};
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_NEAR(filter.b[k], b[k] / first, 1e-15);
    EXPECT_NEAR(filter.a[k], a[k] / first, 1e-15);
  }
}

TEST(Butterworth, FallsByItsOrder) {
  for (int order = 1; order <= 4; ++order) {
    const RecursiveFilter filter = butterworth_low_pass(order, 0.01, 0.01);
    EXPECT_NEAR(gain(filter, 0.4, 0.01) / gain(filter, 0.8, 0.01), std::pow(2.0, order), 2e-2) << order;
  }
}

TEST(Butterworth, RefusesACutOffThatSamplesCannotShow) {
  EXPECT_THROW(butterworth_low_pass(2, 50.0, 0.01), Error);
  EXPECT_THROW(butterworth_low_pass(2, 0.0, 0.01), Error);
  EXPECT_THROW(butterworth_low_pass(2, -1.0, 0.01), Error);
  EXPECT_THROW(butterworth_low_pass(2, not_a_number, 0.01), Error);
  EXPECT_THROW(butterworth_low_pass(2, 6.0, 0.0), Error);
  EXPECT_THROW(butterworth_low_pass(0, 6.0, 0.01), Error);
  EXPECT_NO_THROW(butterworth_low_pass(2, 49.9, 0.01, 2));
}

}  // namespace
}  // namespace psoas
