#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "there_and_back.hpp"

namespace psoas::io {
namespace {

using namespace test;

SurfaceSpec tube() {
  SurfaceSpec out;
  out.name = "tube", out.body = "pelvis", out.center = Vec3(0.02, -0.08, 0.08);
  out.rotation = Vec3(0.1, -0.2, 0.3), out.radius = 0.03;
  return out;
}

TEST(WriteOsimPaths, ConditionalAndMovingPointsComeBack) {
  ModelSpec spec = limb();
  PointSpec moving, switched;
  moving.body = "thigh", moving.coordinate = "hip_flexion", moving.at = Vec3(0.0, -0.1, 0.01);
  moving.functions[0] = Function::simm_spline({-1.0, 0.0, 2.0}, {0.05, 0.06, 0.05});
  switched.body = "pelvis", switched.at = Vec3(0.07, 0.0, 0.08);
  switched.condition = ConditionSpec{"hip_flexion", -0.1, 0.7};
  spec.muscles[0].points.insert(spec.muscles[0].points.begin() + 1, {switched, moving});
  const ModelSpec back = written_to_osim(spec).spec;
  const MuscleSpec& is = named(back.muscles, "flexor");
  ASSERT_EQ(is.points.size(), 4u);
  ASSERT_TRUE(is.points[1].condition);
  EXPECT_NEAR(is.points[1].condition->minimum, -0.1, 1e-15);
  EXPECT_NEAR(is.points[1].condition->maximum, 0.7, 1e-15);
  EXPECT_EQ(is.points[2].coordinate, "hip_flexion");
  EXPECT_EQ(is.points[2].functions[0], moving.functions[0]);
  expect_the_same(spec, back, 1e-12);
}

TEST(WriteOsimPaths, APinnedSenseBecomesAHalfThatHolds) {
  ModelSpec spec = limb();
  spec.surfaces = {tube()};
  spec.muscles[0].wraps = {{"tube", 0, "clockwise"}};
  const Model model = compile(spec);
  Kinematics k(model);
  Paths paths(model);
  compute_kinematics(model, rest_pose(model), k);
  compute_paths(model, k, paths);
  ASSERT_EQ(std::count(paths.touching.begin(), paths.touching.end(), 1), 1) << "the path runs over the surface";
  const ThereAndBack back = written_to_osim(spec);
  EXPECT_FALSE(lists(back.losses, "flexor"));
  EXPECT_EQ(named(back.spec.muscles, "flexor").wraps[0].segment, 0);
  EXPECT_EQ(named(back.spec.muscles, "flexor").wraps[0].side.size(), 2u);
  expect_the_same(spec, back.spec, 1e-12);
}

TEST(WriteOsimPaths, ASenseThatNoHalfHoldsIsListedWithTheDifference) {
  ModelSpec spec = limb();
  spec.surfaces = {tube()};
  spec.muscles[0].wraps = {{"tube", 0, "counterclockwise"}};
  spec.muscles[0].points[0].at = Vec3(0.1, -0.06, 0.08);
  spec.coordinates[2].minimum = -3.0, spec.coordinates[2].maximum = 3.0;
  const ThereAndBack back = written_to_osim(spec);
  EXPECT_TRUE(lists(back.losses, "flexor round tube", "micrometres"));
}

TEST(WriteOsimPaths, ASurfaceThatPathsPassOnTwoSidesIsWrittenTwice) {
  ModelSpec spec = limb();
  spec.surfaces = {tube()};
  MuscleSpec other = spec.muscles[0];
  other.name = "extensor";
  spec.muscles.push_back(other);
  spec.muscles[0].wraps = {{"tube", 0, "+x"}};
  spec.muscles[1].wraps = {{"tube", 0, "-y"}};
  const ThereAndBack back = written_to_osim(spec);
  EXPECT_EQ(back.spec.surfaces.size(), 2u);
  EXPECT_EQ(named(back.spec.muscles, "flexor").wraps[0].side, "+x");
  EXPECT_EQ(named(back.spec.muscles, "extensor").wraps[0].side, "-y");
  expect_the_same(spec, back.spec, 1e-12);
}

TEST(WriteOsimPaths, SpheresEllipsoidsAndToriKeepTheirMeasures) {
  ModelSpec spec = limb();
  for (const char* kind : {"sphere", "ellipsoid", "torus"}) {
    SurfaceSpec surface = tube();
    surface.name = surface.kind = kind;
    if (surface.kind == "torus") surface.radius = 0.003, surface.ring_radius = 0.07;  // a wide hole
    if (surface.kind == "ellipsoid") surface.radius = Quantity(), surface.half_axes = Vec3(0.02, 0.03, 0.04);
    spec.surfaces.push_back(surface);
    MuscleSpec muscle = spec.muscles[0];
    muscle.name = "round_" + surface.name;
    muscle.wraps = {{surface.name, 0, "shortest"}};
    spec.muscles.push_back(muscle);
  }
  const ThereAndBack back = written_to_osim(spec);
  EXPECT_EQ(named(back.spec.surfaces, "sphere").radius.value, 0.03);
  EXPECT_EQ(named(back.spec.surfaces, "ellipsoid").half_axes, Vec3(0.02, 0.03, 0.04));
  EXPECT_EQ(named(back.spec.surfaces, "torus").radius.value, 0.003);
  EXPECT_EQ(named(back.spec.surfaces, "torus").ring_radius.value, 0.07);
  expect_the_same(spec, back.spec, 1e-12);
}

}  // namespace
}  // namespace psoas::io
