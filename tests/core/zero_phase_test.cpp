#include "psoas/core/zero_phase.hpp"

#include <gtest/gtest.h>

#include <random>

namespace psoas {
namespace {

constexpr double interval = 0.01;

MatX noise(Eigen::Index signals, Eigen::Index samples) {
  std::mt19937 random(7);
  std::normal_distribution<double> normal;
  return MatX::NullaryExpr(signals, samples, [&] { return normal(random); });
}

MatX sine(double hz, double phase, Eigen::Index samples) {
  return MatX::NullaryExpr(1, samples, [&](Eigen::Index, Eigen::Index i) {
    return std::sin(2.0 * pi * hz * interval * static_cast<double>(i) + phase);
  });
}

TEST(OddReflection, KeepsValueAndSlopeAtBothEnds) {
  const MatX signal{{3.0, 4.0, 6.0, 5.0}};
  EXPECT_EQ(odd_reflection(signal, 2), (MatX{{0.0, 2.0, 3.0, 4.0, 6.0, 5.0, 4.0, 6.0}}));
  EXPECT_EQ(odd_reflection(signal, 0), signal);
  EXPECT_THROW(odd_reflection(signal, 4), Error);
  EXPECT_THROW(odd_reflection(signal, -1), Error);
}

TEST(OddReflection, OfAStraightLineIsTheLine) {
  const MatX padded = odd_reflection(MatX{{1.0, 1.5, 2.0, 2.5}}, 3);
  for (Eigen::Index i = 0; i < padded.cols(); ++i) EXPECT_EQ(padded(0, i), -0.5 + 0.5 * static_cast<double>(i));
}

TEST(Filter, RunForwardIsItsRecursion) {
  const MatX x = noise(1, 40);
  const RecursiveFilter f = butterworth_low_pass(3, 6.0, interval);
  VecX y = x.row(0);
  for (Eigen::Index i = 3; i < y.size(); ++i) {
    y(i) = f.b[0] * x(0, i);
    for (std::size_t k = 1; k <= 3; ++k) {
      const Eigen::Index before = i - static_cast<Eigen::Index>(k);
      y(i) += f.b[k] * x(0, before) - f.a[k] * y(before);
    }
  }
  EXPECT_LT((filtered_forward(f, x).row(0).transpose() - y).cwiseAbs().maxCoeff(), 1e-13);
}

struct ZeroPhase : testing::TestWithParam<int> {
  RecursiveFilter filter = butterworth_low_pass(GetParam(), 6.0, interval, 2);
};

TEST_P(ZeroPhase, LeavesAConstantExactly) {
  const MatX signal = MatX::Constant(2, 50, 0.1);
  EXPECT_EQ(filtered_both_ways(filter, signal), signal);
}

TEST_P(ZeroPhase, TakesAnOffsetThrough) {
  const MatX signal = noise(3, 200);
  const MatX moved = filtered_both_ways(filter, (signal.array() + 1000.0).matrix());
  EXPECT_LT((moved.array() - 1000.0 - filtered_both_ways(filter, signal).array()).abs().maxCoeff(), 1e-11);
}

TEST_P(ZeroPhase, IsLinear) {
  const MatX a = noise(1, 100), b = sine(2.0, 0.3, 100);
  const MatX apart = 2.0 * filtered_both_ways(filter, a) - filtered_both_ways(filter, b);
  EXPECT_LT((filtered_both_ways(filter, 2.0 * a - b) - apart).cwiseAbs().maxCoeff(), 1e-13);
}

TEST_P(ZeroPhase, OnlyLowersASineAndMovesItNowhere) {
  for (const double hz : {1.0, 3.0, 6.0, 12.0}) {
    const MatX signal = sine(hz, 0.7, 2001);
    const MatX out = filtered_both_ways(filter, signal);
    const double tangent = std::tan(pi * 6.0 * interval) * std::pow(std::sqrt(2.0) - 1.0, -0.5 / GetParam());
    const double gain = 1.0 / (1.0 + std::pow(std::tan(pi * hz * interval) / tangent, 2 * GetParam()));
    if (hz == 6.0) {
      EXPECT_NEAR(gain, std::sqrt(0.5), 1e-12);
    }
    for (Eigen::Index i = 800; i < 1200; ++i) EXPECT_NEAR(out(0, i), gain * signal(0, i), 1e-9) << hz;
  }
}

TEST_P(ZeroPhase, DoesNotKnowWhichWayTimeRuns) {
  const MatX signal = odd_reflection(noise(1, 300), 150);
  const MatX out = filtered_both_ways(filter, signal);
  const MatX turned = filtered_both_ways(filter, signal.rowwise().reverse());
  EXPECT_LT((out - turned.rowwise().reverse()).middleCols(150, 300).cwiseAbs().maxCoeff(), 1e-7);
}

TEST_P(ZeroPhase, LeavesASignalAsShortAsItself) {
  const MatX signal = noise(1, GetParam());
  EXPECT_EQ(filtered_both_ways(filter, signal), signal);
}

INSTANTIATE_TEST_SUITE_P(OfOrder, ZeroPhase, testing::Values(1, 2, 3, 4));

}  // namespace
}  // namespace psoas
