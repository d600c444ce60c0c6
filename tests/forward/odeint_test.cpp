// Odeint's traps, each shown closed.
#include "psoas/forward/odeint.hpp"

#include <gtest/gtest.h>

#include <array>
#include <boost/numeric/odeint/integrate/integrate_adaptive.hpp>
#include <cmath>
#include <functional>
#include <vector>

#include "psoas/muscle/catalog.hpp"
#include "psoas/muscle/contraction.hpp"

namespace psoas::forward {
namespace {

/// x' = rate(t), x(0) = 0, with a jump at 0.3333.
constexpr double jump = 0.3333;
void jumping(const std::array<double, 1>&, std::array<double, 1>& rate, double t) { rate[0] = t < jump ? 1.0 : -50.0; }

/// A harmonic oscillator of any state type.
template <class State>
void oscillate(const State& x, State& rate, double) {
  rate[0] = x[1];
  rate[1] = -x[0];
}

const auto unseen = [](const auto&, double) {};

template <class State>
void expect_full_turn(State x) {
  x[0] = 1.0;
  x[1] = 0.0;
  const Integration done =
      integrate_states(oscillate<State>, x, 0.0, 2.0 * pi, 0.1, unseen, {1e-11, 1e-11, 0.1, 100'000});
  EXPECT_EQ(done.status, Status::ok);
  EXPECT_EQ(done.time, 2.0 * pi);
  EXPECT_NEAR(x[0], 1.0, 1e-9);
  EXPECT_NEAR(x[1], 0.0, 1e-9);

  x[0] = 1.0;
  x[1] = 0.0;
  boost::numeric::odeint::integrate_adaptive(controlled_dopri5<State>({1e-11, 1e-11, 0.1, 100'000}), oscillate<State>,
                                             x, 0.0, 2.0 * pi, 0.01);
  EXPECT_NEAR(x[0], 1.0, 1e-9);
}

TEST(Odeint, TakesArraysAndEigensVectorsOfBothKinds) {
  expect_full_turn(std::array<double, 2>{});
  expect_full_turn(Eigen::Vector2d{});
  expect_full_turn(VecX{VecX::Zero(2)});
}

TEST(Odeint, StepsAreNoLongerThanTheCap) {
  // Nothing happens but a pulse of 0.02 s, which a stepper without a cap leaps over: it saw x' = 0 and trusts it.
  const auto pulse = [](const std::array<double, 1>&, std::array<double, 1>& rate, double t) {
    rate[0] = std::exp(-std::pow((t - 7.3) / 0.01, 2));
  };
  std::array<double, 1> x{0.0};
  ASSERT_EQ(integrate_states(pulse, x, 0.0, 10.0, 1.0, unseen, {1e-9, 1e-9, 0.01, 100'000}).status, Status::ok);
  EXPECT_NEAR(x[0], 0.01 * std::sqrt(pi), 1e-9);
}

TEST(Odeint, JumpsOfTheRateCostNoAccuracy) {
  std::array<double, 1> x{0.0};
  const std::array switches{jump};
  const Integration done = integrate_states(jumping, x, 0.0, 0.5, 0.1, unseen, {1e-6, 1e-6, 0.5, 10'000}, switches);
  ASSERT_EQ(done.status, Status::ok);
  EXPECT_NEAR(x[0], jump - 50.0 * (0.5 - jump), 1e-12);  // exact: both pieces are straight
  EXPECT_LT(done.evaluations, 100);
}

TEST(Odeint, ObservesEvenTimesAndTheEnd) {
  std::vector<double> times;
  std::vector<double> errors;
  std::array<double, 2> x{1.0, 0.0};
  const std::array switches{0.25, 0.7, 3.0};
  const auto note = [&](const std::array<double, 2>& at, double t) {
    times.push_back(t);
    errors.push_back(std::fabs(at[0] - std::cos(t)));
  };
  ASSERT_EQ(integrate_states(oscillate<std::array<double, 2>>, x, 0.0, 1.05, 0.1, note, {1e-10, 1e-10, 0.3, 100'000},
                             switches)
                .status,
            Status::ok);
  ASSERT_EQ(times.size(), 12u);
  for (std::size_t i = 0; i < 11; ++i) EXPECT_NEAR(times[i], 0.1 * static_cast<double>(i), 1e-15);
  EXPECT_EQ(times.back(), 1.05);
  for (const double error : errors) EXPECT_LT(error, 1e-8);
}

TEST(Odeint, SwitchesCountInAnyOrder) {
  const auto steps = [](const std::array<double, 1>&, std::array<double, 1>& rate, double t) {
    rate[0] = t < 0.2 ? 1.0 : t < 0.6 ? -50.0 : 30.0;
  };
  std::array<double, 1> x{0.0};
  const std::array switches{0.6, 0.2};
  const Integration done = integrate_states(steps, x, 0.0, 1.0, 0.1, unseen, {1e-6, 1e-6, 1.0, 10'000}, switches);
  ASSERT_EQ(done.status, Status::ok);
  EXPECT_NEAR(x[0], 0.2 - 50.0 * 0.4 + 30.0 * 0.4, 1e-12);
  EXPECT_LT(done.evaluations, 120);
}

TEST(Odeint, NothingToIntegrateIsAStatus) {
  std::array<double, 2> x{1.0, 0.0};
  int observed = 0;
  const auto count = [&](const auto&, double) { ++observed; };
  const auto turn = oscillate<std::array<double, 2>>;
  EXPECT_EQ(integrate_states(turn, x, 1.0, 0.5, 0.1, count).status, Status::not_computed);
  for (const double output_step : {0.0, -0.1, not_a_number}) {
    EXPECT_EQ(integrate_states(turn, x, 0.0, 1.0, output_step, count).status, Status::not_computed);
  }
  EXPECT_EQ(observed, 0);
  EXPECT_EQ(x[0], 1.0);
  EXPECT_EQ(integrate_states(turn, x, 1.0, 1.0, 0.1, count).status, Status::ok);
}

TEST(Odeint, AStateThatIsNoNumberIsAStatus) {
  const auto breaks = [](const std::array<double, 1>&, std::array<double, 1>& rate, double t) {
    rate[0] = std::sqrt(0.5 - t);
  };
  std::array<double, 1> x{0.0};
  int observed = 0;
  const Integration done =
      integrate_states(breaks, x, 0.0, 1.0, 0.1, [&](const auto&, double) { ++observed; }, {1e-8, 1e-8, 0.02, 100'000});
  EXPECT_EQ(done.status, Status::not_finite);
  EXPECT_GT(done.time, 0.45);
  EXPECT_LE(done.time, 0.5);
  EXPECT_NEAR(x[0], (std::pow(0.5, 1.5) - std::pow(0.5 - done.time, 1.5)) / 1.5, 1e-7);  // what was computed is kept
  EXPECT_GE(observed, 5);

  std::array<double, 1> wrong{not_a_number};
  EXPECT_EQ(integrate_states(breaks, wrong, 0.0, 1.0, 0.1, unseen).status, Status::not_finite);
}

TEST(Odeint, ARateThatCannotBeFollowedIsAStatus) {
  const auto explodes = [](const std::array<double, 1>& x, std::array<double, 1>& rate, double) {
    rate[0] = x[0] * x[0];
  };
  std::array<double, 1> x{1.0};  // 1/(1 - t): infinite at t = 1
  const Integration done = integrate_states(explodes, x, 0.0, 2.0, 0.1, unseen, {1e-9, 1e-9, 0.1, 20'000});
  EXPECT_TRUE(done.status == Status::not_converged || done.status == Status::not_finite);
  EXPECT_LT(done.time, 1.001);
}

TEST(Odeint, APsoasPullsAndLetsGo) {
  const auto excitation = [](double t) { return t < 0.4 ? 1.0 : 0.02; };
  const auto path = [](double) { return muscle::PathLength{0.295, 0.0}; };
  const muscle::Contraction hip{muscle::psoas_major(), excitation, path};
  auto [x, status] = hip.equilibrium(0.02, 0.0);
  ASSERT_EQ(status, Status::ok);
  const muscle::ContractionState start = x;
  const double held = hip.muscle().static_equilibrium(1.0, 0.295).tendon_force;
  double peak = 0.0;
  const auto watch = [&](const muscle::ContractionState& s, double t) {
    peak = std::fmax(peak, hip.instant(s, t).tendon_force);
  };
  const std::array switches{0.4};
  const Integration done = integrate_states(hip, x, 0.0, 2.5, 0.02, watch, {}, switches);
  ASSERT_EQ(done.status, Status::ok);
  EXPECT_NEAR(peak, held, 1e-3 * held);  // a tetanus reaches the static answer
  EXPECT_NEAR(x[0], start[0], 1e-6);     // and rest is rest again
  EXPECT_NEAR(x[1], start[1], 1e-5);
  EXPECT_LT(done.evaluations, 5000);
}

}  // namespace
}  // namespace psoas::forward
