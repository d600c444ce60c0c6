#include "psoas/core/function.hpp"

#include <gtest/gtest.h>

#include "psoas/core/dual.hpp"
#include "psoas/core/random.hpp"

namespace psoas {
namespace {

const std::vector<double> knots_x{-2.0, -1.1, 0.0, 0.4, 1.7, 3.0};
const std::vector<double> knots_y{0.5, -0.3, 0.1, 0.9, 0.2, 0.6};

std::vector<Function> every_kind() {
  return {Function(),
          Function::constant(0.7),
          Function::linear(-1.5, 0.2),
          Function::polynomial({0.5, -1.0, 0.0, 2.0}),
          Function::natural_cubic_spline(knots_x, knots_y),
          Function::simm_spline(knots_x, knots_y),
          Function::piecewise_linear(knots_x, knots_y)};
}

TEST(Function, SlopeAndCurvatureAreTheDerivativesOfTheValue) {
  constexpr double h = 1e-5;
  for (const Function& f : every_kind())
    for (double x = -3.033; x < 4.0; x += 0.11) {
      const FunctionValue y = f.evaluate(x), right = f.evaluate(x + h), left = f.evaluate(x - h);
      EXPECT_NEAR(y.slope, (right.value - left.value) / (2 * h), 1e-8) << to_string(f.kind()) << " at " << x;
      EXPECT_NEAR(y.curvature, (right.slope - left.slope) / (2 * h), 1e-7) << to_string(f.kind()) << " at " << x;
    }
}

TEST(Function, SplinesAndBrokenLinesPassThroughTheirKnots) {
  for (const Function& f : every_kind())
    for (std::size_t i = 0; i < f.knots_x().size(); ++i)
      EXPECT_NEAR(f.evaluate(f.knots_x()[i]).value, f.knots_y()[i], 1e-15);
}

TEST(Function, SplinesAreTwiceContinuousAtInnerKnots) {
  for (const Function& f : {Function::natural_cubic_spline(knots_x, knots_y), Function::simm_spline(knots_x, knots_y)})
    for (std::size_t i = 1; i + 1 < knots_x.size(); ++i) {
      const FunctionValue left = f.evaluate(knots_x[i] - 1e-12), right = f.evaluate(knots_x[i] + 1e-12);
      EXPECT_NEAR(left.slope, right.slope, 1e-10);
      EXPECT_NEAR(left.curvature, right.curvature, 1e-9);
    }
}

TEST(Function, GoesOnStraightOutsideItsKnots) {
  for (const Function& f : every_kind()) {
    if (f.knots_x().empty()) continue;
    const FunctionValue first = f.evaluate(knots_x.front()), last = f.evaluate(knots_x.back());
    EXPECT_NEAR(f.evaluate(-5.0).value, first.value + first.slope * (-5.0 - knots_x.front()), 1e-14);
    EXPECT_NEAR(f.evaluate(9.0).value, last.value + last.slope * (9.0 - knots_x.back()), 1e-14);
    EXPECT_EQ(f.evaluate(-5.0).curvature, 0.0);
    EXPECT_EQ(f.evaluate(9.0).curvature, 0.0);
  }
}

TEST(Function, NaturalSplineHasNoCurvatureAtItsEnds) {
  const Function f = Function::natural_cubic_spline(knots_x, knots_y);
  EXPECT_NEAR(f.evaluate(knots_x.front() + 1e-12).curvature, 0.0, 1e-10);
  EXPECT_NEAR(f.evaluate(knots_x.back() - 1e-12).curvature, 0.0, 1e-10);
}

TEST(Function, NaturalSplineMatchesTheHandSolvedThreeKnotCase) {
  // knots (0,0) (1,1) (2,0): middle second derivative −3, so S = 1.5 x − 0.5 x³ on [0, 1]
  const Function f = Function::natural_cubic_spline({0, 1, 2}, {0, 1, 0});
  EXPECT_NEAR(f.evaluate(0.5).value, 1.5 * 0.5 - 0.5 * 0.125, 1e-15);
  EXPECT_NEAR(f.evaluate(0.5).slope, 1.5 - 1.5 * 0.25, 1e-15);
  EXPECT_NEAR(f.evaluate(1.5).value, f.evaluate(0.5).value, 1e-15);
}

TEST(Function, SimmSplineReproducesACubicThatItsKnotsLieOn) {
  const Function cubic = Function::polynomial({0.3, -0.7, 0.2, 1.0});
  std::vector<double> y;
  for (const double x : knots_x) y.push_back(cubic.evaluate(x).value);
  const Function f = Function::simm_spline(knots_x, y);
  for (double x = -2.0; x < 3.0; x += 0.13) {
    EXPECT_NEAR(f.evaluate(x).value, cubic.evaluate(x).value, 1e-13);
    EXPECT_NEAR(f.evaluate(x).slope, cubic.evaluate(x).slope, 1e-13);
  }
}

TEST(Function, SplineThroughTwoKnotsIsTheirLine) {
  for (const Function& f : {Function::natural_cubic_spline({1, 3}, {2, 6}), Function::simm_spline({1, 3}, {2, 6})}) {
    EXPECT_NEAR(f.evaluate(2.0).value, 4.0, 1e-15);
    EXPECT_NEAR(f.evaluate(7.0).slope, 2.0, 1e-15);
  }
}

TEST(Function, PolynomialTakesTheHighestPowerFirst) {
  const FunctionValue y = Function::polynomial({2.0, 0.0, -1.0}).evaluate(3.0);
  EXPECT_EQ(y.value, 17.0);
  EXPECT_EQ(y.slope, 12.0);
  EXPECT_EQ(y.curvature, 4.0);
}

TEST(Function, ScalingScalesValueAndDerivatives) {
  for (const Function& f : every_kind()) {
    const FunctionValue y = f.evaluate(0.37), z = f.scaled(-2.5).evaluate(0.37);
    EXPECT_NEAR(z.value, -2.5 * y.value, 1e-14);
    EXPECT_NEAR(z.slope, -2.5 * y.slope, 1e-13);
    EXPECT_NEAR(z.curvature, -2.5 * y.curvature, 1e-13);
  }
}

TEST(Function, EqualMeansSameKindAndNumbers) {
  const std::vector<Function> kinds = every_kind();
  for (std::size_t i = 1; i < kinds.size(); ++i)
    for (std::size_t j = 1; j < kinds.size(); ++j) EXPECT_EQ(kinds[i] == kinds[j], i == j);
  EXPECT_EQ(Function(), Function::constant(0.0));
  EXPECT_FALSE(Function::linear(1, 2) == Function::linear(1, 3));
}

TEST(Function, EveryFaultIsNamedAndAFaultyFunctionIsNan) {
  const Function uneven = Function::piecewise_linear({0, 1, 2}, {0, 1});
  const Function falling = Function::natural_cubic_spline({0, 2, 2, 1}, {0, 1, 2, 3});
  EXPECT_EQ(faults_in(uneven).size(), 1u);
  EXPECT_EQ(faults_in(falling).size(), 2u);
  EXPECT_EQ(faults_in(Function::polynomial({})).size(), 1u);
  EXPECT_EQ(faults_in(Function::simm_spline({}, {})).size(), 1u);
  EXPECT_EQ(faults_in(Function::constant(not_a_number)).size(), 1u);
  for (const Function& f : {uneven, falling, Function::polynomial({})}) EXPECT_TRUE(std::isnan(f.evaluate(0.5).value));
  for (const Function& f : every_kind()) EXPECT_TRUE(faults_in(f).empty());
}

TEST(Function, NotANumberInIsNotANumberOut) {
  for (const Function& f : every_kind()) {
    if (f.kind() == Function::Kind::constant) continue;
    EXPECT_TRUE(std::isnan(f.evaluate(not_a_number).value)) << to_string(f.kind());
  }
}

TEST(Dual, CarriesTheDerivativeOfEveryFunction) {
  using D = Dual<2>;
  const auto check = [](auto f) {
    const double x = 0.37, y = 0.81, h = 1e-6;
    const D d = f(D::variable(x, 0), D::variable(y, 1));
    const auto at = [&](double a, double b) { return f(D(a), D(b)).value; };
    EXPECT_NEAR(d.slopes[0], (at(x + h, y) - at(x - h, y)) / (2 * h), 1e-9);
    EXPECT_NEAR(d.slopes[1], (at(x, y + h) - at(x, y - h)) / (2 * h), 1e-9);
  };
  check([](D x, D y) { return x * y + x / y - y; });
  check([](D x, D y) { return sqrt(x) * exp(y) + log(x * y); });
  check([](D x, D y) { return sin(x) * cos(y) + tan(x) * tanh(y); });
  check([](D x, D y) { return asin(x) + acos(y) * atan(x); });
  check([](D x, D y) { return atan2(-x, -y) + abs(-x) * pow(y, 2.5); });
}

}  // namespace
}  // namespace psoas
