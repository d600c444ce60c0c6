#include "psoas/scenario/override.hpp"

#include <gtest/gtest.h>

#include <array>
#include <string>
#include <utility>

#include "psoas/io/read_scenario.hpp"
#include "whole_body.hpp"

namespace {

struct Taken {
  psoas::ModelSpec model = whole_body::spec();
  psoas::Subject subject;
  psoas::Scenario scenario = psoas::io::read_scenario("bridge");
  psoas::AnalyzeOptions options;
  std::string message;

  explicit Taken(const std::string& path, const std::string& value) {
    const psoas::Override one[] = {{path, value}};
    try {
      psoas::apply(one, model, subject, scenario, options);
    } catch (const psoas::Error& error) {
      message = error.what();
    }
  }
  double quantity(const std::string& muscle, psoas::Quantity psoas::MuscleSpec::*field) const {
    for (const psoas::MuscleSpec& m : model.muscles) {
      if (m.name == muscle) return (m.*field).value;
    }
    return psoas::not_a_number;
  }
};

TEST(Override, AGroupMeansAllItsStrandsOnBothSidesAndNoOthers) {
  const Taken both("muscle.psoas.strength", "0.5");
  EXPECT_EQ(both.message, "");
  EXPECT_EQ(both.quantity("psoas_L1_VB_r", &psoas::MuscleSpec::strength), 0.5);
  EXPECT_EQ(both.quantity("psoas_L5_TP_l", &psoas::MuscleSpec::strength), 0.5);
  EXPECT_EQ(both.quantity("psoas_minor_r", &psoas::MuscleSpec::strength), 1.0);
  EXPECT_EQ(both.quantity("iliacus_r", &psoas::MuscleSpec::strength), 1.0);
  const Taken right("muscle.psoas_r.strength", "0");
  EXPECT_EQ(right.quantity("psoas_L1_VB_r", &psoas::MuscleSpec::strength), 0.0);
  EXPECT_EQ(right.quantity("psoas_L1_VB_l", &psoas::MuscleSpec::strength), 1.0);
}

TEST(Override, EveryBranchOfTheGrammarSetsItsValue) {
  EXPECT_EQ(Taken("muscle.iliacus_r.optimal_fiber_length", "0.12")
                .quantity("iliacus_r", &psoas::MuscleSpec::optimal_fiber_length),
            0.12);
  EXPECT_EQ(Taken("subject.mass_kg", "62").subject.mass_kg, 62.0);
  EXPECT_EQ(Taken("subject.sex", "female").subject.sex, psoas::Sex::female);
  EXPECT_EQ(Taken("recruit.power", "3").model.recruit.power, 3);
  EXPECT_EQ(Taken("recruit.cost", "pcsa").model.recruit.cost, "pcsa");
  EXPECT_EQ(Taken("spine.level_rotation_cost", "1e-3").model.recruit.level_rotation_cost, 1e-3);
  EXPECT_EQ(Taken("support.floor.friction", "0.3").scenario.supports[0].friction, 0.3);
  EXPECT_EQ(psoas::parameter_values(Taken("motion.knee_deg", "75").scenario).at("knee_deg"), 75.0);
}

TEST(Override, TheReferencePostureGetsTheToneButNotTheMotion) {
  const Taken tone("scenario.tone", "0.02");
  EXPECT_EQ(tone.scenario.tone, 0.02);
  ASSERT_NE(tone.scenario.reference_scenario, nullptr);
  EXPECT_EQ(tone.scenario.reference_scenario->tone, 0.02);
}

TEST(Override, WhatIsWrongIsNamedInOneLineWithTheNearestName) {
  const std::pair<std::array<const char*, 2>, const char*> wrong[] = {
      {{"muscle.psaos.strength", "0.5"}, "\"psoas\""},
      {{"muscle.psoas.stregth", "0.5"}, "\"strength\""},
      {{"muscle.psoas.strength", "-1"}, "0 to 100"},
      {{"muscle.psoas.strength", "half"}, "needs a number"},
      {{"subject.mass", "62"}, "\"mass_kg\""},
      {{"subject.sex", "femal"}, "\"female\""},
      {{"recruit.powr", "3"}, "\"power\""},
      {{"recruit.power", "2.5"}, "whole number"},
      {{"recruit.cost", "volum"}, "\"volume\""},
      {{"support.flor.friction", "0.3"}, "\"floor\""},
      {{"motion.knee", "75"}, "\"knee_deg\""},
      {{"motion.knee_deg", "12"}, "60"},
      {{"spine.level_cost", "1"}, "level_rotation_cost"},
      {{"mussel.psoas.strength", "1"}, "\"muscle\""},
      {{"muscle.psoas", "1"}, "muscle.NAME.KEY"}};
  for (const auto& [given, expected] : wrong) {
    const std::string message = Taken(given[0], given[1]).message;
    EXPECT_NE(message.find(expected), std::string::npos) << given[0] << ": " << message;
    EXPECT_EQ(message.find('\n'), std::string::npos) << message;
  }
}

}  // namespace
