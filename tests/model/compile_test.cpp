#include "psoas/model/compile.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <functional>
#include <string>
#include <utility>

#include "psoas/model/catalog.hpp"
#include "whole_body.hpp"

namespace {

using psoas::ModelSpec;

std::string faults(const std::function<void(ModelSpec&)>& spoil) {
  ModelSpec spec = psoas::catalog::planar_hip();
  spoil(spec);
  try {
    psoas::compile(spec);
  } catch (const psoas::SpecError& error) {
    return error.what();
  }
  return "";
}

TEST(Compile, ASoundDescriptionHasNoFault) {
  EXPECT_EQ(faults([](ModelSpec&) {}), "");
  const psoas::Model hip = psoas::compile(psoas::catalog::planar_hip());
  EXPECT_EQ(hip.n_strands(), 2);
  EXPECT_EQ(hip.n_rows(), 1);
  EXPECT_FALSE(hip.free_root);
}

TEST(Compile, EveryFaultIsFoundAndNamed) {
  const std::pair<std::function<void(ModelSpec&)>, const char*> table[] = {
      {[](ModelSpec& s) { s.muscles[0].points[0].body = "pelvs"; }, "\"pelvis\""},
      {[](ModelSpec& s) { s.muscles[0].tendon_slack_length = -0.01; }, "tendon_slack_length must be >= 0 m, got -0.01"},
      {[](ModelSpec& s) { s.muscles[0].optimal_fiber_length = 0.0; }, "optimal_fiber_length must be > 0 m, got 0"},
      {[](ModelSpec& s) { s.muscles[0].pcsa = psoas::not_a_number; }, "pcsa must be > 0 m2"},
      {[](ModelSpec& s) { s.muscles[1].name = "flexor"; }, "two muscles are called \"flexor\""},
      {[](ModelSpec& s) { s.muscles[0].wraps[0].surface = "femoral_hed"; }, "\"femoral_head\""},
      {[](ModelSpec& s) { s.muscles[0].wraps[0].segment = 7; }, "no segment 7 to wrap"},
      {[](ModelSpec& s) { s.muscles[0].wraps[0].side = "clokwise"; }, "\"clockwise\""},
      {[](ModelSpec& s) { s.surfaces[0].radius = 0.0; }, "radius must be > 0 m"},
      {[](ModelSpec& s) { s.bodies[1].mass = -1.0; }, "mass must be >= 0 kg, got -1"},
      {[](ModelSpec& s) { s.bodies[1].inertia(0, 0) = 5.0; }, "no real body has this inertia"},
      {[](ModelSpec& s) { s.joints[1].parent = "thorax"; }, "no body \"thorax\""},
      {[](ModelSpec& s) { s.joints[0].parent = "femur"; }, "closed loop"},
      {[](ModelSpec& s) { s.joints.pop_back(); }, "is carried by no joint"},
      {[](ModelSpec& s) { s.joints[1].rotations[0].axis *= 2.0; }, "not a unit vector"},
      {[](ModelSpec& s) { s.coordinates[0].minimum = 9.0; }, "range must run from a smaller to a larger value"},
      {[](ModelSpec& s) { s.recruit.power = 1; }, "power must be 2 to 10, got 1"},
      {[](ModelSpec& s) { s.recruit.w_support = 0.0; }, "w_support must be > 0"},
      {[](ModelSpec& s) { s.muscles[0].source = "nowhere"; }, "no source \"nowhere\""}};
  for (const auto& [spoil, expected] : table) {
    const std::string text = faults(spoil);
    EXPECT_NE(text.find(expected), std::string::npos) << expected << " in: " << text;
  }
}

TEST(Compile, AllFaultsComeAtOnce) {
  const std::string text = faults([](ModelSpec& s) {
    s.bodies[1].mass = -1.0;
    s.muscles[0].optimal_fiber_length = 0.0;
    s.surfaces[0].body = "femr";
  });
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 2) << text;
}

TEST(WholeBody, EveryParameterSaysWhereItComesFrom) {
  const ModelSpec& spec = whole_body::spec();
  int quantities = 0, verified = 0, spread = 0;
  const auto check = [&](const psoas::Quantity& q, const std::string& who) {
    EXPECT_TRUE(spec.sources.count(q.source)) << who << " has the source \"" << q.source << '"';
    ++quantities;
    verified += q.verified;
    spread += !std::isnan(q.sd);
  };
  for (const psoas::BodySpec& b : spec.bodies) {
    if (b.mass.value > 0.0) check(b.mass, b.name);
  }
  for (const psoas::SurfaceSpec& s : spec.surfaces) check(s.radius, s.name);
  for (const psoas::MuscleSpec& m : spec.muscles) {
    EXPECT_TRUE(spec.sources.count(m.source)) << m.name;
    for (const psoas::Quantity* q : {&m.pcsa, &m.specific_tension, &m.optimal_fiber_length, &m.tendon_slack_length,
                                     &m.pennation, &m.passive_strain, &m.active_width}) {
      check(*q, m.name);
    }
  }
  for (const psoas::LevelSpec& l : spec.levels) check(l.disc_stiffness, l.name);
  for (const psoas::HipSpec& h : spec.hips) check(h.capsule_stiffness, "hip " + h.side);
  for (const psoas::PatchSpec& p : spec.patches) EXPECT_TRUE(spec.sources.count(p.source)) << p.name;
  std::printf("  %d numbers with a source, %d verified in it, %d with a spread\n", quantities, verified, spread);
  EXPECT_GT(verified, 100);
  EXPECT_GT(spread, 20);
}

}  // namespace
