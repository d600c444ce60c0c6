#include "psoas/core/root_finding.hpp"

#include <gtest/gtest.h>

#include "psoas/core/function.hpp"

namespace psoas {
namespace {

TEST(Root, IsFoundWithNewtonSpeedOnASmoothFunction) {
  const auto f = [](double x) { return FunctionValue{std::exp(x) - 3.0, std::exp(x), std::exp(x)}; };
  const Root root = find_root(f, 0.0, 3.0, 1.0);
  EXPECT_EQ(root.status, Status::ok);
  EXPECT_NEAR(root.x, std::log(3.0), 1e-14);
  EXPECT_LE(root.iterations, 7);
}

TEST(Root, IsFoundWhereNewtonAloneRunsAway) {
  const auto f = [](double x) { return FunctionValue{std::atan(x - 2.0), 1.0 / (1.0 + (x - 2.0) * (x - 2.0)), 0.0}; };
  const Root root = find_root(f, -1e3, 5e3, 4e3);
  EXPECT_EQ(root.status, Status::ok);
  EXPECT_NEAR(root.x, 2.0, 1e-12);
}

TEST(Root, IsFoundWithAUselessSlope) {
  const auto f = [](double x) { return FunctionValue{x < 0.3 ? -1.0 : x - 0.3 + 1e-3, 0.0, 0.0}; };
  const Root root = find_root(f, -4.0, 4.0);
  EXPECT_EQ(root.status, Status::ok);
  EXPECT_NEAR(root.x, 0.3, 1e-11);
}

TEST(Root, KeepsItsLastDigitsWhereRoundingEndsNewton) {
  const double rate = std::log(6.0) / 0.049;  // a tendon against a force: near the root a Newton step is below rounding
  const auto f = [&](double x) {
    const double growth = 0.2 * std::exp(rate * (x - 1.0));
    return FunctionValue{growth - 1.1654, rate * growth, 0.0};
  };
  const Root root = find_root(f, 1.0, 1.09, not_a_number, {.tolerance = 1e-14});
  EXPECT_NEAR(root.x, 1.0 + std::log(1.1654 / 0.2) / rate, 4e-16);
  EXPECT_LE(root.iterations, 8);
}

TEST(Root, FallingFunctionAndSwappedEndsAreTheSame) {
  const auto f = [](double x) { return FunctionValue{2.0 - x * x * x, -3.0 * x * x, 0.0}; };
  EXPECT_NEAR(find_root(f, 0.0, 2.0).x, std::cbrt(2.0), 1e-14);
  EXPECT_NEAR(find_root(f, 2.0, 0.0).x, std::cbrt(2.0), 1e-14);
}

TEST(Root, AtAnEndIsExact) {
  const auto f = [](double x) { return FunctionValue{x - 1.0, 1.0, 0.0}; };
  EXPECT_EQ(find_root(f, 1.0, 2.0).x, 1.0);
  EXPECT_EQ(find_root(f, 0.0, 1.0).x, 1.0);
}

TEST(Root, MissingRootIsReportedAndNan) {
  const auto f = [](double x) { return FunctionValue{x * x + 1.0, 2.0 * x, 2.0}; };
  const Root none = find_root(f, -1.0, 1.0);
  EXPECT_EQ(none.status, Status::no_equilibrium);
  EXPECT_TRUE(std::isnan(none.x));
}

TEST(Root, NotFiniteAndNotConvergedAreReported) {
  const auto broken = [](double x) { return FunctionValue{x < 0.0 ? -1.0 : (x > 0.9 ? 1.0 : not_a_number), 1.0, 0.0}; };
  EXPECT_EQ(find_root(broken, -1.0, 1.0, 0.5).status, Status::not_finite);
  EXPECT_EQ(find_root(broken, 0.5, 1.0).status, Status::not_finite);
  const auto f = [](double x) { return FunctionValue{x * x * x - 0.1, 3.0 * x * x, 0.0}; };
  const Root root = find_root(f, -1.0, 1.0, 0.9, {.tolerance = 1e-15, .max_iterations = 2});
  EXPECT_EQ(root.status, Status::not_converged);
  EXPECT_TRUE(std::isnan(root.x));
}

}  // namespace
}  // namespace psoas
