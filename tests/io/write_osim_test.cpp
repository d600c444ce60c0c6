#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <set>
#include <string>

#include "there_and_back.hpp"

namespace psoas::io {
namespace {

using namespace test;

TEST(WriteOsim, TheWholeBodyKeepsItsPlacesLengthsAndMoments) {
  const ModelSpec whole_body = read_model("whole_body");
  const ThereAndBack back = written_to_osim(whole_body);
  std::set<std::string> listed;
  for (const MuscleSpec& muscle : whole_body.muscles) {
    if (lists(back.losses, muscle.name + " round ")) listed.insert(muscle.name);
  }
  EXPECT_LT(listed.size(), 10u);
  expect_the_same(whole_body, back.spec, 1e-11, listed);
  EXPECT_EQ(back.spec.muscles.size(), whole_body.muscles.size());
  EXPECT_NEAR(compile(back.spec).mass, compile(whole_body).mass, 1e-12);
}

TEST(WriteOsim, WhatOpenSimDoesNotKnowIsListedByName) {
  const ModelLosses losses = written_to_osim(read_model("whole_body")).losses;
  for (const char* name : {"abdomen", "compliant levels (6)", "hip capsules (2)", "support patches", "passive offset",
                           "pcsa and specific tension (308)", "sources", "ranges of warning"}) {
    EXPECT_TRUE(lists(losses, name)) << name;
  }
  EXPECT_FALSE(lists(written_to_osim(limb()).losses, "compliant levels"));
}

TEST(WriteOsim, MusclesKeepTheirNumbersAndGroups) {
  const ModelSpec spec = limb(), back = written_to_osim(spec).spec;
  const MuscleSpec &was = spec.muscles[0], &is = named(back.muscles, "flexor");
  EXPECT_NEAR(is.pcsa.value * is.specific_tension.value, 5e-4 * 60e4 * 0.9, 1e-9);
  EXPECT_EQ(is.optimal_fiber_length.value, was.optimal_fiber_length.value);
  EXPECT_EQ(is.tendon_slack_length.value, was.tendon_slack_length.value);
  EXPECT_EQ(is.pennation.value, was.pennation.value);
  EXPECT_EQ(is.passive_strain.value, was.passive_strain.value);
  EXPECT_EQ(is.active_width.value, was.active_width.value);
  EXPECT_EQ(is.max_contraction_velocity.value, was.max_contraction_velocity.value);
  EXPECT_EQ(is.groups, was.groups);
}

TEST(WriteOsim, MusclesKeepTheShapeOfTheirCurves) {
  ModelSpec spec = limb();
  MuscleSpec thelen = spec.muscles[0], millard = spec.muscles[0];
  thelen.name = "thelen", thelen.type = muscle::MuscleType::Thelen2003, thelen.minimum_activation = 0.02;
  thelen.thelen = {0.5, 4.0, 0.3, 1.8, 0.9};
  millard.name = "millard", millard.type = muscle::MuscleType::Millard2012, millard.minimum_activation = 0.03;
  millard.millard.shortest_active_length = 0.45, millard.millard.transition_length = 0.7;
  millard.millard.eccentric_force = 1.5, millard.millard.passive_zero_strain = 0.01;
  millard.millard.passive_slope_at_one = 4.0, millard.millard.passive_low_slope = 0.3;
  millard.millard.tendon_slope_at_one = 28.0, millard.millard.tendon_curviness = 0.6;
  MuscleSpec lifted = millard;
  lifted.name = "lifted", lifted.millard.minimum_active_value = 0.15;
  spec.muscles.insert(spec.muscles.end(), {thelen, millard, lifted});
  const ThereAndBack back = written_to_osim(spec);
  for (const MuscleSpec& was : spec.muscles) {
    const MuscleSpec& is = named(back.spec.muscles, was.name);
    EXPECT_EQ(is.type, was.type) << was.name;
    EXPECT_EQ(is.passive_strain.value, was.passive_strain.value) << was.name;
    EXPECT_EQ(is.minimum_activation.value, was.minimum_activation.value) << was.name;
    for (const auto& [name, member] : muscle::thelen_members) {
      EXPECT_EQ(is.thelen.*member, was.thelen.*member) << was.name << ' ' << name;
    }
    for (const auto& [name, member] : muscle::millard_members) {
      const double a = is.millard.*member, b = was.millard.*member;
      EXPECT_TRUE(a == b || (std::isnan(a) && std::isnan(b))) << was.name << ' ' << name << ' ' << a << ' ' << b;
    }
  }
}

TEST(WriteOsim, ActuatorsComeBackAndAMotorWithoutOneGetsOne) {
  ModelSpec spec = limb();
  spec.coordinates[0].role = spec.coordinates[3].role = Role::motor;
  spec.actuators = {{"reserve", "knee_flexion", Quantity(20.0), -1.0, infinity, ""}};
  const ModelSpec back = written_to_osim(spec).spec;
  ASSERT_EQ(back.actuators.size(), 2u);
  const ActuatorSpec& reserve = named(back.actuators, "reserve");
  EXPECT_EQ(reserve.coordinate, "knee_flexion");
  EXPECT_EQ(reserve.optimal_force.value, 20.0);
  EXPECT_EQ(reserve.minimum_control, -1.0);
  EXPECT_EQ(reserve.maximum_control, infinity);
  EXPECT_EQ(named(back.actuators, "tilt_motor").coordinate, "tilt");
  EXPECT_EQ(named(back.coordinates, "knee_flexion").role, Role::motor);
}

TEST(WriteOsim, EveryKindOfFunctionIsTheSameCurve) {
  const Function kinds[] = {Function::polynomial({0.1, -0.3, 0.2, 0.05}),
                            Function::linear(0.7, 0.1),
                            Function::piecewise_linear({-1.0, 0.0, 2.0}, {0.3, 0.1, 0.5}),
                            Function::simm_spline({-1.0, 0.0, 0.5, 2.0}, {0.3, 0.1, 0.2, 0.5}),
                            Function::natural_cubic_spline({-1.0, 2.0}, {0.3, 0.5}),
                            Function::natural_cubic_spline({-1.0, 0.3, 2.0}, {0.3, 0.1, 0.5}),
                            Function::natural_cubic_spline({-1.0, -0.2, 0.0, 0.5, 2.0}, {0.3, 0.1, 0.2, -0.4, 0.5})};
  for (const Function& wanted : kinds) {
    ModelSpec spec = limb();
    spec.joints[1].rotations[0].function = wanted;
    const ModelSpec back = written_to_osim(spec).spec;
    const Function& got = named(back.joints, "hip").rotations[0].function;
    for (double x = -2.0; x < 3.0; x += 0.0625) {
      const FunctionValue a = wanted.evaluate(x), b = got.evaluate(x);
      EXPECT_NEAR(a.value, b.value, 1e-13) << to_string(wanted.kind()) << ' ' << x;
      EXPECT_NEAR(a.slope, b.slope, 1e-12) << to_string(wanted.kind()) << ' ' << x;
    }
  }
}

TEST(WriteOsim, RolesAndOpenRangesComeBack) {
  ModelSpec spec = limb();
  spec.coordinates[0].role = Role::motor;
  spec.coordinates[1].role = Role::prescribed;
  spec.coordinates[1].minimum = -infinity, spec.coordinates[1].maximum = infinity;
  spec.coordinates[3].role = Role::follows, spec.coordinates[3].equation = false;
  spec.coordinates[3].leader = "hip_flexion", spec.coordinates[3].coupling = Function::polynomial({0.5, 0.2, 0.1});
  const ModelSpec back = written_to_osim(spec).spec;
  EXPECT_EQ(named(back.coordinates, "tilt").role, Role::motor);
  EXPECT_EQ(named(back.coordinates, "height").role, Role::prescribed);
  EXPECT_EQ(named(back.coordinates, "height").minimum, -infinity);
  EXPECT_EQ(named(back.coordinates, "height").maximum, infinity);
  EXPECT_TRUE(named(back.coordinates, "height").translational);
  EXPECT_EQ(named(back.coordinates, "hip_flexion").role, Role::free);
  EXPECT_EQ(named(back.coordinates, "hip_flexion").maximum, 1.5);
  EXPECT_EQ(named(back.coordinates, "knee_flexion").role, Role::follows);
  EXPECT_EQ(named(back.coordinates, "knee_flexion").leader, "hip_flexion");
  EXPECT_EQ(named(back.coordinates, "knee_flexion").coupling, spec.coordinates[3].coupling);
  expect_the_same(spec, back, 1e-12);
}

TEST(WriteOsim, ALeaderWithoutAJointTakesThePlaceOfItsFirstFollower) {
  ModelSpec spec = limb();
  CoordinateSpec bend;
  bend.name = "bend", bend.minimum = -1.0, bend.maximum = 1.0;
  spec.coordinates.insert(spec.coordinates.begin(), bend);
  for (const char* follower : {"hip_flexion", "knee_flexion"}) {
    for (CoordinateSpec& c : spec.coordinates) {
      if (c.name != follower) continue;
      c.role = Role::follows, c.equation = false, c.leader = "bend";
      c.coupling = Function::simm_spline({-1.0, 0.0, 1.0}, {-0.2, 0.1, 0.9});
    }
  }
  spec.joints[1].rotations[0].function = Function::linear(-2.0, 0.3);
  const ThereAndBack back = written_to_osim(spec);
  EXPECT_TRUE(lists(back.losses, "hip_flexion", "bend"));
  EXPECT_EQ(named(back.spec.joints, "hip").rotations[0].coordinate, "bend");
  EXPECT_EQ(named(back.spec.coordinates, "knee_flexion").leader, "bend");
  expect_the_same(spec, back.spec, 1e-12);
}

TEST(WriteOsim, ACoordinateOfTwoJointsGetsAFollowerInTheSecond) {
  ModelSpec spec = limb();
  spec.joints[2].rotations[0] = {Vec3::UnitZ(), "hip_flexion", Function::linear(-0.5, 0.1)};
  spec.coordinates.pop_back();
  const ThereAndBack back = written_to_osim(spec);
  EXPECT_EQ(named(back.spec.coordinates, "hip_flexion_of_knee").leader, "hip_flexion");
  EXPECT_EQ(back.losses.notes.size(), 2u);
  expect_the_same(spec, back.spec, 1e-12);
}

TEST(WriteOsim, AJointThatNothingMovesIsAWeldWhereItsAxesPutIt) {
  ModelSpec spec = limb();
  spec.joints[2].rotations = {{Vec3::UnitX(), "", Function::constant(0.3)},
                              {Vec3::UnitZ(), "", Function::constant(1.0)}};
  spec.joints[2].translations = {{Vec3::UnitY(), "", Function::constant(-0.2)}};
  spec.joints[2].parent_rotation = Vec3(0.2, -0.4, 0.1);
  spec.coordinates.pop_back();
  const ModelSpec back = written_to_osim(spec).spec;
  EXPECT_TRUE(named(back.joints, "knee").rotations.empty());
  expect_the_same(spec, back, 1e-12);
}

TEST(WriteOsim, RefusesWhatOpenSimCannotHold) {
  const auto message_of = [](const ModelSpec& spec) -> std::string {
    const auto path = std::filesystem::path(testing::TempDir()) / "psoas_refused.osim";
    try {
      write_model(spec, path);
    } catch (const Error& error) {
      EXPECT_FALSE(std::filesystem::exists(path));
      return error.what();
    }
    return "";
  };
  ModelSpec parallel = limb();
  parallel.joints[1].rotations.push_back({Vec3::UnitZ(), "", Function::constant(0.1)});
  EXPECT_NE(message_of(parallel).find("\"hip\""), std::string::npos) << message_of(parallel);
  ModelSpec faulty = limb();
  faulty.muscles[0].points[0].body = "pelviss";
  EXPECT_NE(message_of(faulty).find("pelviss"), std::string::npos);
  ModelSpec loose = limb();
  CoordinateSpec nowhere = loose.coordinates[0];
  nowhere.name = "nowhere";
  loose.coordinates.push_back(nowhere);
  loose.muscles[0].points[1].coordinate = "nowhere";
  loose.muscles[0].points[1].functions[0] = Function::linear(0.1, 0.0);
  EXPECT_NE(message_of(loose).find("\"nowhere\""), std::string::npos) << message_of(loose);
}

}  // namespace
}  // namespace psoas::io
