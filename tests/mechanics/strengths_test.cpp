#include "psoas/mechanics/strengths.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <variant>

#include "psoas/mechanics/opensim_strengths.hpp"
#include "psoas/model/catalog.hpp"
#include "psoas/model/compile.hpp"
#include "psoas/model/pose.hpp"
#include "psoas/muscle/equilibrium.hpp"

namespace {

using psoas::muscle::MuscleType;

/// The flexor of the planar hip four times: Thelen, Millard, De Groote-Fregly, and Millard with a shape of its own.
psoas::ModelSpec mixed() {
  psoas::ModelSpec spec = psoas::catalog::planar_hip();
  psoas::MuscleSpec flexor = spec.muscles[0];
  flexor.pennation = 0.3;
  spec.muscles.assign(4, flexor);
  const char* names[] = {"thelen", "millard", "de_groote_fregly", "wide_millard"};
  for (std::size_t i = 0; i < 4; ++i) spec.muscles[i].name = names[i];
  spec.muscles[0].type = MuscleType::Thelen2003;
  spec.muscles[0].thelen = {.active_shape = 0.5, .passive_shape = 4.0, .concentric_shape = 0.3, .eccentric_force = 1.8};
  spec.muscles[1].type = spec.muscles[3].type = MuscleType::Millard2012;
  spec.muscles[3].millard.shortest_active_length = 0.25;
  spec.muscles[3].millard.longest_active_length = 1.9;
  spec.muscles[3].millard.passive_zero_strain = -0.2;
  return spec;
}

struct StrengthStage {
  psoas::Model model;
  psoas::Kinematics k{model};
  psoas::Paths paths{model};
  psoas::Strengths strengths{model};

  explicit StrengthStage(const psoas::ModelSpec& spec) : model(psoas::compile(spec)) {}
  void at(double flexion, double speed) {
    psoas::Pose pose = psoas::rest_pose(model);
    pose.q(0) = flexion, pose.v(0) = speed;
    psoas::compute_kinematics(model, pose, k);
    psoas::compute_paths(model, k, paths);
  }
};

TEST(Strengths, AreThoseOfEachStrandsOwnMuscleModel) {
  StrengthStage s(mixed());
  for (const double flexion : {-0.4, 0.2, 1.5}) {
    for (const double speed : {-2.0, 0.0, 1.0}) {
      s.at(flexion, speed);
      psoas::compute_strengths(s.model, s.paths, s.strengths);
      for (int i = 0; i < s.model.n_strands(); ++i) {
        psoas::muscle::MuscleParameters p = psoas::strand_parameters(s.model, i);
        p.damping = 0.0;
        const psoas::MuscleSpec& m = s.model.spec->muscles[static_cast<std::size_t>(i)];
        std::visit(
            [&](const auto& curves) {
              using Curves = std::decay_t<decltype(curves)>;
              const psoas::muscle::MuscleTendonUnit<Curves> unit(p, psoas::muscle::Tendon::rigid, curves);
              const auto full = unit.static_equilibrium(1.0, s.paths.length(i), s.paths.speed(i));
              const double F0 = p.max_isometric_force;
              EXPECT_NEAR(s.strengths.active(i), full.active_force * full.cos_pennation, 1e-12 * F0) << m.name;
              EXPECT_NEAR(s.strengths.passive(i), full.passive_force * full.cos_pennation, 1e-12 * F0) << m.name;
              EXPECT_NEAR(s.strengths.norm_fiber_length(i), full.norm_fiber_length, 1e-14) << m.name;
            },
            psoas::muscle::rigid_tendon_unit(m.type, p, m.thelen, m.millard).curves);
      }
    }
  }
}

TEST(Strengths, SlopesOfOtherCurvesAreDifferencesOfForces) {
  const psoas::Model model = psoas::compile(mixed());
  const psoas::Strengths strengths(model);
  ASSERT_EQ(strengths.others.size(), 3u);
  constexpr double h = 1e-6;
  for (const auto& other : strengths.others) {
    for (const double length : {0.16, 0.185, 0.2}) {
      const auto low = psoas::muscle::rigid_tendon_force(other.unit, length - h, -0.1);
      const auto high = psoas::muscle::rigid_tendon_force(other.unit, length + h, -0.1);
      const auto here = psoas::muscle::rigid_tendon_force(other.unit, length, -0.1);
      EXPECT_NEAR(here.active_slope, (high.active - low.active) / (2.0 * h), 1e-5 * std::abs(here.active_slope) + 1e-3);
      EXPECT_NEAR(here.passive_slope, (high.passive - low.passive) / (2.0 * h),
                  1e-5 * std::abs(here.passive_slope) + 1e-3);
    }
  }
}

TEST(Strengths, NeedNoBatchWhereNoStrandHasItsCurves) {
  psoas::ModelSpec spec = mixed();
  spec.muscles.erase(spec.muscles.begin() + 2);
  StrengthStage s(spec);
  EXPECT_EQ(s.strengths.muscles.size(), 0);
  s.at(0.2, -1.0);
  psoas::compute_strengths(s.model, s.paths, s.strengths);
  EXPECT_TRUE(s.strengths.active.allFinite());
  EXPECT_GT(s.strengths.active.minCoeff(), 100.0);
}

TEST(Strengths, AsOpenSimHasThemDifferByTheFactorOfEachClass) {
  StrengthStage s(mixed()), own(mixed());
  for (const double speed : {-40.0, 0.0, 2.0}) {  // the first is beyond the maximal velocity
    s.at(0.2, speed), own.at(0.2, speed);
    psoas::compute_opensim_strengths(s.model, s.paths, s.strengths);
    psoas::compute_strengths(own.model, own.paths, own.strengths);
    EXPECT_TRUE(s.strengths.passive.isZero(0.0));
    const psoas::VecX& plain = own.strengths.active;
    const double h = s.model.muscle.optimal_fiber_length(1) * std::sin(0.3), l = s.strengths.norm_fiber_length(1);
    const double cosine = own.strengths.forces.cos_pennation(1);
    EXPECT_NEAR(s.strengths.active(0), std::max(0.0, plain(0)), 1e-9);
    EXPECT_NEAR(s.strengths.active(1), plain(1) / cosine * std::sqrt(1.0 - h * h / (l * l)), 1e-9);
    EXPECT_NEAR(s.strengths.active(2), plain(2) / cosine, 1e-9);
  }
  EXPECT_LT(own.strengths.forces.cos_pennation(1), 0.98);
}

TEST(Strengths, OfASlackMuscleAreZeroWithEveryModel) {
  psoas::ModelSpec spec = mixed();
  for (psoas::MuscleSpec& m : spec.muscles) m.tendon_slack_length = 0.5;
  StrengthStage s(spec);
  s.at(0.2, -1.0);
  psoas::compute_strengths(s.model, s.paths, s.strengths);
  EXPECT_TRUE(s.strengths.active.isZero(0.0));
  EXPECT_TRUE(s.strengths.passive.isZero(0.0));
  EXPECT_EQ(s.strengths.slack, 4);
}

}  // namespace
