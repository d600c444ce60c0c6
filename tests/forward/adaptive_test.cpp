#include "psoas/forward/adaptive.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "psoas/core/error.hpp"

namespace {

using namespace psoas;
using forward::AdaptiveOptions;
using forward::AdaptiveResult;
using forward::SmallSystem;

SmallSystem oscillator() {
  SmallSystem system;
  system.rate = [](const VecX& x, VecX& rate, double, bool) {
    rate.resize(2);
    rate << x(1), -x(0);
  };
  return system;
}

VecX vector(std::initializer_list<double> numbers) {
  VecX out(static_cast<Eigen::Index>(numbers.size()));
  std::copy(numbers.begin(), numbers.end(), out.begin());
  return out;
}

TEST(Adaptive, RefusesStepsThatGoNowhereAndTimesThatAreNoNumbers) {
  const VecX start = vector({1.0, 0.0});
  for (const double step : {0.0, -0.1, not_a_number}) {
    EXPECT_THROW(forward::integrate_adaptive(oscillator(), start, 0.0, 1.0, {.output_step = step}), Error);
    EXPECT_THROW(forward::integrate_adaptive(oscillator(), start, 0.0, 1.0, {.largest_step = step}), Error);
  }
  EXPECT_THROW(forward::integrate_adaptive(oscillator(), start, 0.0, not_a_number), Error);
}

TEST(Adaptive, FollowsAnOscillatorAtEvenTimes) {
  const AdaptiveResult r = forward::integrate_adaptive(oscillator(), vector({1.0, 0.0}), 0.0, 10.0,
                                                       {.largest_step = 0.5, .output_step = 0.1});
  ASSERT_EQ(r.status, Status::ok);
  ASSERT_EQ(r.time.size(), 101u);
  EXPECT_EQ(r.time.back(), 10.0);
  for (std::size_t i = 0; i < r.time.size(); ++i) EXPECT_NEAR(r.state[i](0), std::cos(r.time[i]), 1e-6);
}

TEST(Adaptive, ErrorFollowsTheTolerance) {
  const auto error = [](double tolerance) {
    const AdaptiveResult r = forward::integrate_adaptive(
        oscillator(), vector({1.0, 0.0}), 0.0, 10.0,
        {.absolute_tolerance = tolerance, .relative_tolerance = tolerance, .largest_step = 10.0, .output_step = 10.0});
    return std::abs(r.state.back()(0) - std::cos(10.0));
  };
  EXPECT_LT(error(1e-6), 1e-4);
  EXPECT_LT(error(1e-10), 1e-8);
}

TEST(Adaptive, KeepsTheLargestStepAndCountsEvaluations) {
  SmallSystem system = oscillator();
  long calls = 0;
  system.rate = [&calls](const VecX& x, VecX& rate, double, bool) {
    ++calls;
    rate = 0.0 * x;
  };
  const AdaptiveResult r =
      forward::integrate_adaptive(system, vector({1.0, 2.0}), 0.0, 1.0, {.largest_step = 0.01, .output_step = 0.5});
  EXPECT_EQ(r.evaluations, calls);
  EXPECT_GE(calls, 600);  // six new ones a step of a method that hands on its last
  EXPECT_LE(calls, 620);
}

TEST(Adaptive, SwitchesAreSeenFromTheirOwnSide) {
  SmallSystem system;
  system.switches = {0.3, 0.7};
  system.rate = [](const VecX& x, VecX& rate, double t, bool left) {
    const bool on = left ? t > 0.3 + 1e-9 && t <= 0.7 + 1e-9 : t >= 0.3 && t < 0.7;
    rate = VecX::Constant(x.size(), on ? 5.0 : 0.0);
  };
  const AdaptiveResult r =
      forward::integrate_adaptive(system, vector({0.0}), 0.0, 1.0, {.largest_step = 1.0, .output_step = 0.25});
  ASSERT_EQ(r.status, Status::ok);
  EXPECT_NEAR(r.state.back()(0), 2.0, 1e-12);
  EXPECT_NEAR(r.state[2](0), 1.0, 1e-12);
  EXPECT_LT(r.evaluations, 150);  // nobody had to search for a jump
}

TEST(Adaptive, FindsEventsOnTheDenseOutput) {
  SmallSystem system = oscillator();
  system.events = {[](const VecX& x, double) { return x(0); }, [](const VecX& x, double) { return x(1) + 0.5; }};
  const AdaptiveResult r =
      forward::integrate_adaptive(system, vector({1.0, 0.0}), 0.0, 3.0, {.largest_step = 0.5, .output_step = 0.1});
  ASSERT_EQ(r.events.size(), 3u);
  EXPECT_NEAR(r.events[0].time, pi / 6.0, 1e-6);
  EXPECT_NEAR(r.events[1].time, pi / 2.0, 1e-6);
  EXPECT_NEAR(r.events[2].time, 5.0 * pi / 6.0, 1e-6);
  EXPECT_EQ(r.events[0].event, 1);
  EXPECT_EQ(r.events[1].event, 0);
  EXPECT_NEAR(r.state.back()(0), std::cos(3.0), 1e-6);
}

TEST(Adaptive, APoleEndsByAStatusAfterACountOfEvaluations) {
  SmallSystem pole;  // not integrable: no step is short enough for long
  pole.rate = [](const VecX& x, VecX& rate, double t, bool) {
    rate = VecX::Constant(x.size(), 1e3 * std::sin(1.0 / std::abs(t - 0.5)) / (std::abs(t - 0.5) + 1e-300));
  };
  const AdaptiveResult r = forward::integrate_adaptive(pole, vector({0.0}), 0.0, 1.0);
  EXPECT_FALSE(usable(r.status));
  EXPECT_FALSE(r.reason.empty());
  EXPECT_LE(r.evaluations, 1'002'000);
  EXPECT_LE(r.time.back(), 0.5);
}

TEST(Adaptive, KeepsWhatWasComputedBeforeAFailure) {
  SmallSystem missing;
  missing.rate = [](const VecX& x, VecX& rate, double t, bool) {
    rate = VecX::Constant(x.size(), t < 0.5 ? 1.0 : not_a_number);
  };
  const AdaptiveResult r = forward::integrate_adaptive(missing, vector({0.0}), 0.0, 1.0);
  EXPECT_EQ(r.status, Status::not_finite);
  EXPECT_FALSE(r.reason.empty());
  ASSERT_GT(r.time.size(), 40u);
  EXPECT_LE(r.time.back(), 0.5);
  for (std::size_t i = 0; i < r.time.size(); ++i) EXPECT_NEAR(r.state[i](0), r.time[i], 1e-12);

  SmallSystem explosion;
  explosion.rate = [](const VecX& x, VecX& rate, double, bool) { rate = x.cwiseProduct(x); };  // infinite at t = 1
  const AdaptiveResult e = forward::integrate_adaptive(explosion, vector({1.0}), 0.0, 2.0);
  EXPECT_FALSE(usable(e.status));
  EXPECT_LE(e.time.back(), 1.0);
  for (const VecX& x : e.state) EXPECT_TRUE(x.allFinite());
}

}  // namespace
