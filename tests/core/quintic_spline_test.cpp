#include "psoas/core/quintic_spline.hpp"

#include <gtest/gtest.h>

#include <Eigen/LU>
#include <random>

namespace psoas {
namespace {

/// Knots of uneven spacing, each interval between 0.3 and 1.7 times the mean.
std::vector<double> uneven(std::size_t n, double mean, unsigned seed = 3) {
  std::mt19937 random(seed);
  std::uniform_real_distribution<double> factor(0.3, 1.7);
  std::vector<double> x{-0.4};
  while (x.size() < n) x.push_back(x.back() + mean * factor(random));
  return x;
}

template <class F>
MatX values_of(const std::vector<double>& x, const F& f) {
  MatX y(1, static_cast<Eigen::Index>(x.size()));
  for (std::size_t i = 0; i < x.size(); ++i) y(0, static_cast<Eigen::Index>(i)) = f(x[i]);
  return y;
}

struct Row {
  double value, slope, curvature;
};

Row at(const QuinticSpline& spline, double x, Eigen::Index curve = 0) {
  const Eigen::Index n = spline.values().rows();
  VecX value(n), slope(n), curvature(n);
  spline.evaluate(x, value, slope, curvature);
  return {value(curve), slope(curve), curvature(curve)};
}

TEST(QuinticSpline, GoesThroughItsPoints) {
  const std::vector<double> x = uneven(20, 0.1);
  const MatX y = values_of(x, [](double t) { return std::sin(5.0 * t); });
  const QuinticSpline spline(x, y);
  for (std::size_t i = 0; i < x.size(); ++i) EXPECT_EQ(at(spline, x[i]).value, y(0, static_cast<Eigen::Index>(i)));
}

TEST(QuinticSpline, ReproducesParabolasEverywhereAndOutsideToo) {
  const std::vector<double> x = uneven(15, 0.2);
  const QuinticSpline spline(x, values_of(x, [](double t) { return 2.0 - 3.0 * t + 4.0 * t * t; }));
  for (double t = x.front() - 1.0; t < x.back() + 1.0; t += 0.013) {
    const Row row = at(spline, t);
    EXPECT_NEAR(row.value, 2.0 - 3.0 * t + 4.0 * t * t, 1e-9);
    EXPECT_NEAR(row.slope, -3.0 + 8.0 * t, 1e-9);
    EXPECT_NEAR(row.curvature, 8.0, 1e-9);
  }
}

TEST(QuinticSpline, ReproducesQuinticsFarFromItsEnds) {
  // degree 3 to 5 does not have the natural ends, and what they disturb dies away with every knot
  const auto p = [](double t) { return 1.0 + t * t * t * (1.0 - 0.5 * t + 0.2 * t * t); };
  const std::vector<double> x = uneven(121, 0.05);
  const QuinticSpline spline(x, values_of(x, p));
  const double t = 0.5 * (x[60] + x[61]);
  EXPECT_NEAR(at(spline, t).value, p(t), 1e-12);
  EXPECT_NEAR(at(spline, t).slope, t * t * (3.0 - 2.0 * t + t * t), 1e-10);
  EXPECT_NEAR(at(spline, t).curvature, t * (6.0 - 6.0 * t + 4.0 * t * t), 1e-8);
}

TEST(QuinticSpline, IsFourTimesContinuouslyDifferentiable) {
  const std::vector<double> x = uneven(12, 1.0);
  const QuinticSpline spline(x, values_of(x, [](double t) { return std::cos(t) + 0.3 * t; }));
  // third and fourth derivative on both sides of a knot from the exact quintic pieces
  const auto higher = [&](double from, double to) {
    MatX powers(6, 6);
    VecX value(6);
    for (int i = 0; i < 6; ++i) {
      const double t = from + (to - from) * (i + 0.5) / 6.0, s = t - (from < to ? from : from);
      for (int k = 0; k < 6; ++k) powers(i, k) = std::pow(s, k);
      value(i) = at(spline, t).value;
    }
    const VecX c = powers.partialPivLu().solve(value);
    return std::pair{6.0 * c(3), 24.0 * c(4)};
  };
  for (std::size_t i = 0; i < x.size(); ++i) {
    const auto left = i == 0 ? std::pair{0.0, 0.0} : higher(x[i], x[i - 1]);
    const auto right = i + 1 == x.size() ? std::pair{0.0, 0.0} : higher(x[i], x[i + 1]);
    EXPECT_NEAR(left.first, right.first, 1e-8) << i;
    EXPECT_NEAR(left.second, right.second, 1e-6) << i << ": natural ends have neither";
  }
}

TEST(QuinticSpline, DifferentiatesASineWithHighOrder) {
  std::vector<double> error_slope, error_curvature;
  for (const std::size_t n : {101u, 201u}) {
    std::vector<double> x(n);
    for (std::size_t i = 0; i < n; ++i) x[i] = 4.0 * static_cast<double>(i) / static_cast<double>(n - 1);
    const QuinticSpline spline(x, values_of(x, [](double t) { return std::sin(3.0 * t); }));
    double slope = 0.0, curvature = 0.0;
    for (double t = 1.5; t < 2.5; t += 0.0037) {
      slope = std::max(slope, std::abs(at(spline, t).slope - 3.0 * std::cos(3.0 * t)));
      curvature = std::max(curvature, std::abs(at(spline, t).curvature + 9.0 * std::sin(3.0 * t)));
    }
    error_slope.push_back(slope);
    error_curvature.push_back(curvature);
  }
  EXPECT_LT(error_slope[0], 2e-6);
  EXPECT_LT(error_curvature[0], 2e-4);
  EXPECT_GT(error_slope[0] / error_slope[1], 28.0) << "fifth order in the spacing";
  EXPECT_GT(error_curvature[0] / error_curvature[1], 14.0) << "fourth order";
}

TEST(QuinticSpline, SlopesAreThoseOfItsValues) {
  const std::vector<double> x = uneven(25, 0.1);
  const QuinticSpline spline(x, values_of(x, [](double t) { return std::exp(-t) * std::sin(7.0 * t); }));
  for (double t = x.front() - 0.1; t < x.back() + 0.1; t += 0.0171) {
    const double h = 1e-5;
    EXPECT_NEAR((at(spline, t + h).value - at(spline, t - h).value) / (2.0 * h), at(spline, t).slope, 1e-7);
    EXPECT_NEAR((at(spline, t + h).slope - at(spline, t - h).slope) / (2.0 * h), at(spline, t).curvature, 1e-5);
  }
}

TEST(QuinticSpline, IsTheSameSeenFromBehindAndShifted) {
  const std::vector<double> x = uneven(30, 0.05);
  const MatX y = values_of(x, [](double t) { return std::sin(9.0 * t) + t; });
  std::vector<double> back(x.rbegin(), x.rend());
  for (double& t : back) t = -t;
  const QuinticSpline spline(x, y), turned(back, y.rowwise().reverse());
  const QuinticSpline lifted(x, (y.array() + 100.0).matrix());
  for (double t = x.front(); t < x.back(); t += 0.0107) {
    EXPECT_NEAR(at(turned, -t).slope, -at(spline, t).slope, 1e-10);
    EXPECT_NEAR(at(turned, -t).curvature, at(spline, t).curvature, 1e-8);
    EXPECT_NEAR(at(lifted, t).curvature, at(spline, t).curvature, 1e-7);
  }
}

TEST(QuinticSpline, CurvesThatShareKnotsDoNotSeeEachOther) {
  const std::vector<double> x = uneven(10, 0.1);
  MatX y(2, 10);
  y.row(0) = values_of(x, [](double t) { return std::sin(t); });
  y.row(1) = values_of(x, [](double t) { return std::cos(20.0 * t); });
  const QuinticSpline both(x, y), one(x, y.bottomRows(1));
  EXPECT_EQ(both.slopes().row(1), one.slopes().row(0));
  EXPECT_EQ(at(both, 0.1, 1).curvature, at(one, 0.1).curvature);
}

TEST(QuinticSpline, RefusesWhatItCannotGoThrough) {
  EXPECT_THROW(QuinticSpline({0.0, 1.0}, MatX::Zero(1, 2)), Error);
  EXPECT_THROW(QuinticSpline({0.0, 1.0, 1.0}, MatX::Zero(1, 3)), Error);
  EXPECT_THROW(QuinticSpline({0.0, not_a_number, 1.0}, MatX::Zero(1, 3)), Error);
  EXPECT_THROW(QuinticSpline({0.0, 1.0, 2.0}, MatX::Zero(1, 2)), Error);
  EXPECT_THROW(QuinticSpline({0.0, 1.0, 2.0}, MatX::Constant(1, 3, infinity)), Error);
  EXPECT_NO_THROW(QuinticSpline({0.0, 1.0, 3.0}, MatX::Constant(1, 3, 2.0)));
}

}  // namespace
}  // namespace psoas
