#include "psoas/io/read_model.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "psoas/core/error.hpp"
#include "psoas/model/compile.hpp"

namespace psoas {
namespace {

const std::string data = PSOAS_TEST_DATA "/models/";

/// The message of the Error that reading throws, empty when it throws none.
std::string message_of(const std::string& name) {
  try {
    io::read_model(name);
  } catch (const Error& error) {
    return error.what();
  }
  return "";
}

const ModelSpec& hip() {
  static const ModelSpec it = io::read_model(data + "planar_hip.toml");
  return it;
}

TEST(ReadModel, HeadPersonSourcesAndRecruitmentAreReadInSiUnits) {
  EXPECT_EQ(hip().name, "planar_hip");
  EXPECT_EQ(hip().description, "A thigh that swings");
  EXPECT_EQ(hip().gravity, 9.81);
  const PersonSpec& person = hip().person;
  EXPECT_EQ(person.mass, 62.0);
  EXPECT_EQ(person.height, 1.64);
  EXPECT_EQ(person.sex, "female");
  EXPECT_EQ(person.age, 41.0);
  EXPECT_DOUBLE_EQ(person.sacral_slope, 30.0 * degree);
  EXPECT_DOUBLE_EQ(person.lordosis, 45.0 * degree);
  EXPECT_EQ(person.psoas_minor, "right");
  ASSERT_EQ(hip().sources.size(), 2u);
  EXPECT_EQ(hip().sources.at("book").citation, "A book, 1990");
  EXPECT_EQ(hip().sources.at("book").licence, "CC0");
  EXPECT_EQ(hip().sources.at("book").note, "read twice");
  EXPECT_EQ(hip().sources.at("book").where, data + "planar_hip.toml:16:1");
  const RecruitSpec& recruit = hip().recruit;
  EXPECT_EQ(recruit.cost, "pcsa");
  EXPECT_EQ(recruit.power, 3);
  EXPECT_EQ(recruit.w_support, 0.01);
  EXPECT_EQ(recruit.w_shear, 0.2);
  EXPECT_EQ(recruit.w_reserve, 0.03);
  EXPECT_EQ(recruit.w_motor, 4e-6);
  EXPECT_EQ(recruit.w_motor_pressing, 5e-6);
  EXPECT_EQ(recruit.w_abdomen, 0.06);
  EXPECT_EQ(recruit.level_rotation_cost, infinity);
  EXPECT_EQ(recruit.where, data + "planar_hip.toml:24:1");
}

TEST(ReadModel, BodiesKeepTheirPedigreeAndStandBesideTheirMirrorImage) {
  ASSERT_EQ(hip().bodies.size(), 4u);
  const BodySpec &pelvis = hip().bodies[0], &right = hip().bodies[1], &left = hip().bodies[2];
  EXPECT_EQ(pelvis.mass.value, 11.0);
  EXPECT_EQ(pelvis.mass.source, "book") << "the source of the table";
  EXPECT_TRUE(std::isnan(pelvis.mass.sd));
  EXPECT_FALSE(pelvis.mass.verified);
  EXPECT_EQ(right.name, "femur_r");
  EXPECT_EQ(right.mass.value, 9.3);
  EXPECT_EQ(right.mass.sd, 0.5);
  EXPECT_EQ(right.mass.source, "guess");
  EXPECT_TRUE(right.mass.verified);
  EXPECT_EQ(right.mass.where, data + "planar_hip.toml:51:11");
  EXPECT_EQ(right.mass_center, Vec3(0.01, -0.17, 0.02));
  const Mat3 inertia{{0.13, 0.001, 0.002}, {0.001, 0.035, 0.003}, {0.002, 0.003, 0.14}};
  EXPECT_EQ(right.inertia, inertia);
  EXPECT_EQ(right.source, "book");
  EXPECT_EQ(right.where, data + "planar_hip.toml:48:1");
  EXPECT_EQ(left.name, "femur_l");
  EXPECT_EQ(left.mass_center.z(), -0.02);
  EXPECT_EQ(left.inertia(0, 1), 0.001);
  EXPECT_EQ(left.inertia(0, 2), -0.002);
  EXPECT_EQ(left.where, right.where);
}

TEST(ReadModel, JointsHaveFramesAxesAndFunctions) {
  ASSERT_EQ(hip().joints.size(), 4u);
  const JointSpec& joint = hip().joints[1];
  EXPECT_EQ(joint.name, "hip_r");
  EXPECT_EQ(joint.parent, "pelvis");
  EXPECT_EQ(joint.child, "femur_r");
  EXPECT_EQ(joint.parent_offset, Vec3(-0.07, -0.066, 0.0835));
  EXPECT_EQ(joint.parent_rotation, Vec3(0.1, 0.2, 0.3));
  EXPECT_EQ(joint.child_offset, Vec3(0.0, 0.01, 0.02));
  EXPECT_EQ(joint.child_rotation, Vec3(0.4, 0.5, 0.6));
  ASSERT_EQ(joint.rotations.size(), 2u);
  EXPECT_EQ(joint.rotations[0].axis, Vec3::UnitZ());
  EXPECT_EQ(joint.rotations[0].coordinate, "hip_flexion_r");
  EXPECT_EQ(joint.rotations[0].function, Function::linear(1.0, 0.0));
  EXPECT_EQ(joint.rotations[1].coordinate, "");
  EXPECT_EQ(joint.rotations[1].function, Function::constant(0.25));
  ASSERT_EQ(joint.translations.size(), 1u);
  EXPECT_EQ(joint.translations[0].function, Function::natural_cubic_spline({-1.0, 0.0, 2.0}, {0.0, 0.01, 0.03}));
  EXPECT_FALSE(joint.helper);
  EXPECT_EQ(hip().joints[2].child, "femur_l");
  EXPECT_EQ(hip().joints[2].translations[0].axis, Vec3(0.0, 0.0, -1.0));
}

TEST(ReadModel, APointMayBeOnThePathWithinARangeOnlyAndASurfacePassedOverOneHalf) {
  std::ifstream in(data + "planar_hip.toml");
  std::string text{std::istreambuf_iterator<char>(in), {}};
  const auto replace = [&](const std::string& part, const std::string& by) {
    ASSERT_NE(text.find(part), std::string::npos) << part;
    text.replace(text.find(part), part.size(), by);
  };
  replace("  [\"pelvis\", 0.01, 0.1, 0.02],",
          "  [\"pelvis\", 0.01, 0.1, 0.02],\n  { body = \"pelvis\", x = 1, y = 2, z = 3, while = { coordinate = "
          "\"hip_flexion_r\", range_deg = [-30, 90] } },");
  replace("side = \"clockwise\" }", "side = \"-y\" }");
  const std::string file = testing::TempDir() + "conditional.toml";
  std::ofstream(file) << text;
  const ModelSpec spec = io::read_model(file);
  for (std::size_t side = 0; side < 2; ++side) {
    const MuscleSpec& muscle = spec.muscles[side];
    ASSERT_TRUE(muscle.points[1].condition.has_value());
    EXPECT_EQ(muscle.points[1].condition->coordinate, side == 0 ? "hip_flexion_r" : "hip_flexion_l");
    EXPECT_DOUBLE_EQ(muscle.points[1].condition->minimum, -30.0 * degree);
    EXPECT_DOUBLE_EQ(muscle.points[1].condition->maximum, 90.0 * degree);
    EXPECT_FALSE(muscle.points[0].condition.has_value());
    EXPECT_EQ(muscle.wraps[0].side, "-y");
  }
}

TEST(ReadModel, AFrameIsAMasslessBodyOnAHelperJoint) {
  const BodySpec& body = hip().bodies[3];
  const JointSpec& joint = hip().joints[3];
  EXPECT_EQ(body.name, "belly");
  EXPECT_EQ(body.mass.value, 0.0);
  EXPECT_EQ(joint.name, "belly");
  EXPECT_EQ(joint.child, "belly");
  EXPECT_TRUE(joint.helper);
  EXPECT_EQ(joint.balanced_axes, (std::vector<int>{2, 1}));
  EXPECT_EQ(body.source, "guess");
}

TEST(ReadModel, CoordinatesHaveRolesRangesAndLeaders) {
  ASSERT_EQ(hip().coordinates.size(), 4u);
  const CoordinateSpec &height = hip().coordinates[0], &flexion = hip().coordinates[1];
  EXPECT_TRUE(height.translational) << "a joint shifts by it and none turns";
  EXPECT_EQ(height.role, Role::free);
  EXPECT_EQ(height.minimum, -infinity);
  EXPECT_FALSE(flexion.translational);
  EXPECT_EQ(flexion.role, Role::motor);
  EXPECT_DOUBLE_EQ(flexion.minimum, -45.0 * degree);
  EXPECT_DOUBLE_EQ(flexion.maximum, 140.0 * degree);
  EXPECT_DOUBLE_EQ(flexion.warn_minimum, -30.0 * degree);
  EXPECT_DOUBLE_EQ(flexion.warn_maximum, 125.0 * degree);
  EXPECT_DOUBLE_EQ(flexion.default_value, 10.0 * degree);
  EXPECT_EQ(hip().coordinates[2].name, "hip_flexion_l");
  const CoordinateSpec& belly = hip().coordinates[3];
  EXPECT_EQ(belly.role, Role::follows);
  EXPECT_TRUE(belly.equation);
  EXPECT_EQ(belly.leader, "hip_flexion_r");
  EXPECT_EQ(belly.coupling, Function::polynomial({1.0, 2.0, 3.0}));
}

TEST(ReadModel, MusclesTakeTheDefaultsUnlessTheySayOtherwise) {
  ASSERT_EQ(hip().muscles.size(), 2u);
  const MuscleSpec& m = hip().muscles[0];
  EXPECT_EQ(m.groups, (std::vector<std::string>{"psoas", "hip_flexors"}));
  EXPECT_EQ(m.side, "r");
  EXPECT_DOUBLE_EQ(m.pcsa.value, 2.11e-4);
  EXPECT_DOUBLE_EQ(m.pcsa.sd, 0.1e-4);
  EXPECT_EQ(m.pcsa.source, "guess");
  EXPECT_DOUBLE_EQ(m.specific_tension.value, 76e4);
  EXPECT_DOUBLE_EQ(m.specific_tension.sd, 20e4);
  EXPECT_EQ(m.specific_tension.where, data + "planar_hip.toml:36:26");
  EXPECT_EQ(m.strength.value, 0.9);
  EXPECT_EQ(m.optimal_fiber_length.value, 0.1169);
  EXPECT_EQ(m.optimal_fiber_length.source, "book");
  EXPECT_EQ(m.tendon_slack_length.value, 0.2373);
  EXPECT_EQ(m.pennation.value, 0.187);
  EXPECT_EQ(m.passive_strain.value, 0.7);
  EXPECT_EQ(m.active_width.value, 1.5);
  EXPECT_EQ(m.active_width.source, "") << "the defaults have no source of their own";
  EXPECT_EQ(m.max_contraction_velocity.value, 12.0);
  EXPECT_FALSE(m.passive_offset);
  EXPECT_TRUE(m.tone);
  EXPECT_EQ(m.note, "straightened");
  EXPECT_EQ(hip().muscles[1].name, "psoas_l");
}

TEST(ReadModel, PathsHaveFixedAndMovingPointsAndWraps) {
  const MuscleSpec& m = hip().muscles[0];
  ASSERT_EQ(m.points.size(), 2u);
  EXPECT_EQ(m.points[0].body, "pelvis");
  EXPECT_EQ(m.points[0].at, Vec3(0.01, 0.1, 0.02));
  EXPECT_EQ(m.points[1].body, "femur_r");
  EXPECT_EQ(m.points[1].coordinate, "hip_flexion_r");
  EXPECT_EQ(m.points[1].at.x(), 0.03);
  EXPECT_FALSE(m.points[1].functions[0]);
  EXPECT_EQ(m.points[1].functions[1], Function::constant(0.5));
  EXPECT_EQ(m.points[1].functions[2], Function::linear(0.1, 0.2));
  EXPECT_EQ(hip().muscles[1].points[1].functions[2], Function::linear(-0.1, -0.2));
  ASSERT_EQ(m.wraps.size(), 1u);
  EXPECT_EQ(m.wraps[0].surface, "head_r");
  EXPECT_EQ(m.wraps[0].segment, 0);
  EXPECT_EQ(m.wraps[0].side, "clockwise");
}

TEST(ReadModel, SurfacesLevelsHipsAndPatchesAreRead) {
  const SurfaceSpec& surface = hip().surfaces.at(0);
  EXPECT_EQ(surface.kind, "sphere");
  EXPECT_EQ(surface.body, "pelvis");
  EXPECT_EQ(surface.center, Vec3(-0.07, -0.06, 0.08));
  EXPECT_EQ(surface.rotation, Vec3(0.1, -0.2, 0.3));
  EXPECT_EQ(surface.radius.value, 0.0275);
  EXPECT_EQ(surface.radius.source, "book");
  EXPECT_EQ(hip().surfaces.at(1).name, "head_l");
  const LevelSpec& level = hip().levels.at(0);
  EXPECT_EQ(level.joint, "belly");
  EXPECT_EQ(level.coordinates[2], "hip_flexion_r");
  EXPECT_EQ(level.disc_stiffness.value, 1.1);
  EXPECT_EQ(level.lordosis_share.value, 0.25);
  EXPECT_EQ(level.where, data + "planar_hip.toml:141:1");
  EXPECT_EQ(hip().hips.at(0).flexion, "hip_flexion_r");
  EXPECT_EQ(hip().hips.at(0).capsule_stiffness.value, 0.8);
  EXPECT_EQ(hip().hips.at(1).side, "l");
  const PatchSpec& patch = hip().patches.at(1);
  EXPECT_EQ(patch.name, "heel_l");
  EXPECT_EQ(patch.reported_as, "foot_l");
  ASSERT_EQ(patch.nodes.size(), 2u);
  EXPECT_EQ(patch.nodes[1].at, Vec3(0.05, -0.4, 0.01));
}

TEST(ReadModel, TheWholeBodyHasTheSameTwoSides) {
  const ModelSpec body = io::read_model("whole_body");
  std::size_t left = 0, right = 0;
  for (const MuscleSpec& muscle : body.muscles) {
    left += muscle.side == "l";
    right += muscle.side == "r";
    EXPECT_EQ(muscle.where.rfind("whole_body.toml:", 0), 0u) << muscle.where;
  }
  EXPECT_GT(right, 100u);
  EXPECT_EQ(left, right);
  EXPECT_NO_THROW(compile(body));
}

TEST(ReadModel, ANameInTheLibraryAndItsFileGiveTheSameModel) {
  const ModelSpec inside = io::read_model("whole_body");
  const ModelSpec file = io::read_model(PSOAS_SOURCE_DIR "/models/whole_body.toml");
  ASSERT_EQ(inside.muscles.size(), file.muscles.size());
  EXPECT_EQ(inside.muscles.back().name, file.muscles.back().name);
  EXPECT_EQ(file.muscles.back().where.rfind(PSOAS_SOURCE_DIR "/models/whole_body.toml:", 0), 0u);
}

TEST(ReadModel, KnowsTheModelsInsideTheLibrary) {
  const std::vector<std::string> names = io::model_names();
  EXPECT_NE(std::find(names.begin(), names.end(), "whole_body"), names.end());
}

TEST(ReadModel, WhatIsNoModelIsRefusedInOneLineWithTheNearestNames) {
  EXPECT_EQ(message_of("whole_bdy"), "no model \"whole_bdy\" (did you mean \"whole_body\"?)");
  EXPECT_NE(message_of("zzz").find("inside are"), std::string::npos);
  EXPECT_NE(message_of("trial.osim").find("no file \"trial.osim\""), std::string::npos);
  EXPECT_NE(message_of(PSOAS_TEST_DATA).find("is not a model"), std::string::npos);
  EXPECT_NE(message_of(data + "planar_hp.toml").find("did you mean \"planar_hip.toml\"?"), std::string::npos);
  EXPECT_NE(message_of("nowhere/whole_body.toml").find("no folder \"nowhere\"; the library holds \"whole_body\""),
            std::string::npos);
  EXPECT_NE(message_of(std::string("a\0b", 3)).find("NUL"), std::string::npos);
  for (const char* name : {"whole_bdy", "zzz", "", "x.osim", "x.toml", "no/x.toml"}) {
    EXPECT_EQ(message_of(name).find('\n'), std::string::npos);
    EXPECT_NE(message_of(name), "");
  }
}

TEST(ReadModel, AFolderWithTheEndingOfAModelIsRefused) {
  const std::string folder = testing::TempDir() + "folder.toml";
  std::filesystem::create_directories(folder);
  EXPECT_EQ(message_of(folder), '"' + folder + "\" is a folder, not a file");
}

TEST(ReadModel, EveryFaultOfAFileIsReportedInItsOrder) {
  try {
    io::read_model(data + "many_faults.toml");
    FAIL() << "no fault found";
  } catch (const SpecError& error) {
    std::vector<std::string> places;
    for (const Fault& fault : error.faults()) places.push_back(fault.where.substr((data + "many_faults.toml").size()));
    EXPECT_EQ(places, (std::vector<std::string>{":1:1", ":1:10", ":2:16", ":3:1", ":6:1", ":7:7", ":9:1", ":11:1",
                                                ":12:17", ":13:31", ":15:1"}));
  }
}

}  // namespace
}  // namespace psoas
