// Simulations that ask for what there is not: excitations beyond 0 to 1, times and tolerances that cannot be.
#include <gtest/gtest.h>

#include <string>

#include "../whole_body.hpp"
#include "psoas/core/error.hpp"
#include "psoas/scenario/simulation.hpp"

namespace {

using namespace psoas;

Simulation held_muscle() {
  Simulation s;
  s.kind = Simulation::Kind::muscle;
  s.about.name = "held";
  s.about.where = "held.toml:1:1";
  s.muscle = "psoas_r";
  s.tendon = "elastic";
  s.duration = {"0.2", "held.toml:2:1"};
  s.output_step = {"0.01", "held.toml:3:1"};
  s.tolerance = {"1e-6", "held.toml:4:1"};
  s.excitation = {{{"0", ""}, {"1", ""}, {"0.2", "held.toml:5:1"}}};
  s.length = {{{"0", ""}, {"1", ""}, {"1.02 * $rest", "held.toml:6:1"}}};
  return s;
}

/// What it is refused with; empty where it is not.
std::string refusal(const Simulation& s) {
  try {
    (void)simulate(whole_body::model(), s);
  } catch (const SpecError& error) {
    return error.what();
  }
  return "";
}

void expect_refused(const Simulation& s, const std::string& place, const std::string& told) {
  const std::string text = refusal(s);
  EXPECT_EQ(text.rfind(place, 0), 0u) << text;
  EXPECT_NE(text.find(told), std::string::npos) << text;
}

TEST(SimulationLimits, AnExcitationIsFromZeroToOneAtEveryTime) {
  EXPECT_EQ(refusal(held_muscle()), "");
  for (const auto& [text, got] : {std::pair{"3", "got 3"}, std::pair{"-1", "got -1"}, std::pair{"20 * $t", "got 1."},
                                  std::pair{"0.1 - $t", "got -"}}) {
    Simulation s = held_muscle();
    s.excitation[0].value.text = text;
    expect_refused(s, "held.toml:5:1", got);
    s.kind = Simulation::Kind::limb;
    s.free = {"knee_angle_r"};
    s.posture["knee_angle_r"] = {"20", ""};
    expect_refused(s, "held.toml:5:1", got);
  }
}

TEST(SimulationLimits, TimesAndTolerancesAreSuchAsCanBeKept) {
  for (const char* duration : {"0", "-1", "1e12"}) {
    Simulation s = held_muscle();
    s.duration.text = duration;
    expect_refused(s, "held.toml:", std::string(duration) == "1e12" ? "1e+12" : "duration_s must be above 0 s");
  }
  for (const char* step : {"0", "-0.01", "1e-9"}) {
    Simulation s = held_muscle();
    s.output_step.text = step;
    expect_refused(s, "held.toml:3:1", std::string(step) == "1e-9" ? "1e-09" : "output_step_s must be above 0 s");
  }
  for (const char* tolerance : {"0", "-1e-6", "1e6", "1e-15"}) {
    Simulation s = held_muscle();
    s.tolerance.text = tolerance;
    expect_refused(s, "held.toml:4:1", "from 1e-14 to 0.01");
  }
  Simulation limb = held_muscle();
  limb.kind = Simulation::Kind::limb;
  limb.free = {"knee_angle_r"};
  limb.posture["knee_angle_r"] = {"20", ""};
  limb.step = {"0.001", "held.toml:7:1"};
  EXPECT_EQ(refusal(limb), "");
  for (const char* step : {"0", "-1", "1", "1e-12"}) {
    limb.step.text = step;
    expect_refused(limb, "held.toml:7:1", "step");
  }
  limb.step.text = "0.001";
  limb.duration.text = "";
  expect_refused(limb, "held.toml:1:1", "a single posture needs duration_s");
  limb.duration.text = "0";
  expect_refused(limb, "held.toml:2:1", "duration_s must be above 0 s, got 0");
  limb.duration.text = "600";
  expect_refused(limb, "held.toml:2:1", "may last 500 s");
}

TEST(SimulationLimits, ARunThatEndsNamesTheMuscleAndTheReason) {
  Simulation s = held_muscle();
  s.type = "Millard2012";
  s.parameters["damping"] = {"0", ""};
  s.length = {{{"0", ""}, {"0.1", ""}, {"1.02 * $rest", ""}}, {{"0.1", ""}, {"1", ""}, {"1.06 * $rest", ""}}};
  const Outcome torn = simulate(whole_body::model(), s);
  EXPECT_EQ(torn.status, Status::not_finite);
  EXPECT_EQ(torn.forward->reason, "psoas_r at 0.1 s: no fibre velocity balances the tendon's force without damping");
  EXPECT_GE(torn.time.size(), 10u);

  s = held_muscle();
  s.length[0].value.text = "0.5 * $slack";
  const Outcome slack = simulate(whole_body::model(), s);
  EXPECT_EQ(slack.status, Status::no_equilibrium);
  EXPECT_EQ(slack.forward->reason.rfind("psoas_r at 0 s: slack", 0), 0u) << slack.forward->reason;
}

TEST(SimulationLimits, AMuscleThatGoesSlackPullsNothingAndGoesOn) {
  Simulation s = held_muscle();
  s.length = {{{"0", ""}, {"0.1", ""}, {"1.02 * $rest", ""}}, {{"0.1", ""}, {"1", ""}, {"0.5 * $slack", ""}}};
  const Outcome out = simulate(whole_body::model(), s);
  EXPECT_EQ(out.status, Status::ok) << out.forward->reason;
  EXPECT_EQ(out.forward->watched.at("tendon_force_N").at("final"), 0.0);
  EXPECT_EQ(out.forward->watched.at("lowest_tendon_force_N").at("lowest"), 0.0);
  ASSERT_EQ(out.gates.size(), 1u);
  EXPECT_EQ(out.gates[0].verdict, Verdict::pass);
}

TEST(SimulationLimits, APushIsWatchedAndGated) {
  Simulation s = held_muscle();  // slackens within the reach of the tendon curve that pushes
  s.length = {{{"0", ""}, {"0.1", ""}, {"1.02 * $rest", ""}}, {{"0.1", ""}, {"1", ""}, {"0.9 * $rest", ""}}};
  const Outcome out = simulate(whole_body::model(), s);
  ASSERT_EQ(out.status, Status::ok);
  const double lowest = out.forward->watched.at("lowest_tendon_force_N").at("lowest");
  EXPECT_LT(lowest, -1.0);
  ASSERT_EQ(out.gates.size(), 1u);
  EXPECT_EQ(out.gates[0].name, "tendon_push_N");
  EXPECT_EQ(out.gates[0].value, -lowest);
  EXPECT_EQ(out.gates[0].at, "psoas_r");
  EXPECT_NE(out.gates[0].verdict, Verdict::pass);
}

TEST(SimulationLimits, AsksForAnEndWhereTheCallerDoes) {
  const std::atomic<bool> asked{true};
  AnalyzeOptions options;
  options.cancel = &asked;
  EXPECT_THROW(simulate(whole_body::model(), held_muscle(), options), Error);
}

}  // namespace
