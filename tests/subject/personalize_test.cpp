#include "psoas/subject/personalize.hpp"

#include "psoas/mechanics/strengths.hpp"

#include <gtest/gtest.h>

#include "whole_body.hpp"

namespace {

using psoas::ModelSpec;
using psoas::Subject;

TEST(Personalize, TheBaseBodyComesBackBitByBit) {
  const ModelSpec& base = whole_body::spec();
  const ModelSpec same =
      psoas::personalize(base, Subject{.mass_kg = 75.1646, .height_m = 1.70, .sex = psoas::Sex::male, .age_y = 30.0});
  for (std::size_t b = 0; b < base.bodies.size(); ++b) {
    EXPECT_EQ(same.bodies[b].mass.value, base.bodies[b].mass.value);
    EXPECT_EQ(same.bodies[b].inertia, base.bodies[b].inertia);
  }
  for (std::size_t m = 0; m < base.muscles.size(); ++m) {
    EXPECT_EQ(same.muscles[m].pcsa.value, base.muscles[m].pcsa.value);
    EXPECT_EQ(same.muscles[m].tendon_slack_length.value, base.muscles[m].tendon_slack_length.value);
    EXPECT_EQ(same.muscles[m].points[0].at, base.muscles[m].points[0].at);
  }
}

psoas::VecX lengths(const psoas::Model& model, psoas::VecX* fiber = nullptr) {
  psoas::Kinematics k(model);
  psoas::Paths paths(model);
  psoas::Strengths strengths(model);
  psoas::compute_kinematics(model, psoas::rest_pose(model), k);
  psoas::compute_paths(model, k, paths);
  psoas::compute_strengths(model, paths, strengths);
  if (fiber != nullptr) *fiber = strengths.norm_fiber_length;
  return paths.length;
}

TEST(Personalize, AManOfAnotherHeightHasEveryPathScaledAndEveryNeutralFiberKept) {
  const psoas::Model base = whole_body::model();
  const psoas::Model tall =
      psoas::compile(psoas::personalize(whole_body::spec(), Subject{.mass_kg = 95.0, .height_m = 1.90}));
  psoas::VecX fiber, fiber_tall;
  const psoas::VecX before = lengths(base, &fiber), after = lengths(tall, &fiber_tall);
  EXPECT_LT((after - before * (1.90 / 1.70)).cwiseAbs().maxCoeff(), 1e-12);
  EXPECT_LT((fiber_tall - fiber).cwiseAbs().maxCoeff(), 1e-12);
  EXPECT_NEAR(tall.mass, 95.0, 1e-9);
}

/// Worked examples of the rules, computed by hand from them.
TEST(Personalize, AWomanHasTheLengthsMassesAndStrengthsOfTheWorkedExample) {
  const psoas::Model woman = psoas::compile(psoas::personalize(
      whole_body::spec(), Subject{.mass_kg = 55.0, .height_m = 1.60, .sex = psoas::Sex::female, .age_y = 30.0}));
  const auto mass = [&](const char* name) { return woman.bodies[static_cast<std::size_t>(woman.body(name))].mass; };
  EXPECT_NEAR(woman.mass, 55.0, 1e-9);
  EXPECT_NEAR(mass("pelvis"), 9.562, 5e-4);
  EXPECT_NEAR(mass("lumbar3"), 1.132, 5e-4);
  EXPECT_NEAR(mass("head"), 2.995, 5e-4);
  EXPECT_NEAR(mass("calcn_r"), 0.856, 5e-4);
  double psoas = 0.0;
  for (const int s : woman.group("psoas_r").strands) psoas += woman.muscle.max_isometric_force(s);
  EXPECT_NEAR(psoas, 702.7,
              25.0);  // the example takes the height ratio for the fibre, the body its own path ratio
}

TEST(Personalize, LeftStaysTheMirrorOfRight) {
  const psoas::Model woman = psoas::compile(psoas::personalize(
      whole_body::spec(), Subject{.mass_kg = 70.0, .height_m = 1.62, .sex = psoas::Sex::female, .age_y = 71.0}));
  const psoas::VecX length = lengths(woman);
  for (int s = 0; s < woman.n_strands(); ++s) {
    std::string name = woman.strands[static_cast<std::size_t>(s)].name;
    if (name.back() != 'r') continue;
    name.back() = 'l';
    const int t = woman.strand(name);
    EXPECT_NEAR(length(s), length(t), 1e-12) << name;
    EXPECT_NEAR(woman.muscle.max_isometric_force(s), woman.muscle.max_isometric_force(t), 1e-9);
  }
}

TEST(Personalize, StrengthRisesWithMassWithinTheIndexRangeAndFallsWithAge) {
  const auto strength = [](double mass, double age) {
    const psoas::Model m =
        psoas::compile(psoas::personalize(whole_body::spec(), Subject{.mass_kg = mass, .age_y = age}));
    return m.muscle.max_isometric_force.sum();
  };
  EXPECT_LT(strength(60, 30), strength(75, 30));
  EXPECT_DOUBLE_EQ(strength(95, 30), strength(110, 30));
  EXPECT_GT(strength(75, 40), strength(75, 60));
  EXPECT_GT(strength(75, 60), strength(75, 80));
}

TEST(Personalize, PsoasMinorLeavesWithItsRows) {
  const ModelSpec without = psoas::personalize(whole_body::spec(), Subject{.psoas_minor = "left"});
  int left = 0, right = 0;
  for (const psoas::MuscleSpec& m : without.muscles) {
    if (m.groups.front() != "psoas_minor") continue;
    (m.side == "l" ? left : right) += 1;
  }
  EXPECT_EQ(left, 1);
  EXPECT_EQ(right, 0);
}

TEST(Personalize, ImpossiblePeopleAreRefusedWithEveryFault) {
  try {
    psoas::personalize(whole_body::spec(), Subject{.mass_kg = -3.0, .height_m = 17.0, .psoas_minor = "rihgt"});
    FAIL();
  } catch (const psoas::SpecError& error) {
    ASSERT_EQ(error.faults().size(), 3u);
    EXPECT_NE(error.faults()[0].message.find("mass_kg must be 20 to 300 kg, got -3"), std::string::npos);
    EXPECT_NE(error.faults()[2].message.find("\"right\""), std::string::npos);
  }
}

}  // namespace
