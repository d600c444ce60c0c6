#include "psoas/model/mirror.hpp"

#include <gtest/gtest.h>

#include <Eigen/Eigenvalues>

#include "psoas/core/random.hpp"

namespace psoas {
namespace {

const Mat3 M = Vec3(1.0, 1.0, -1.0).asDiagonal();

Vec3 random_vector(Random& random) {
  const double x = random.uniform(), y = random.uniform();
  return {2.0 * x - 1.0, 2.0 * y - 1.0, 2.0 * random.uniform() - 1.0};
}

Mat3 random_inertia(Random& random) {
  Mat3 second = Mat3::Zero();
  for (int mass = 0; mass < 4; ++mass) {
    const Vec3 at = random_vector(random);
    second += at * at.transpose();
  }
  return second.trace() * Mat3::Identity() - second;
}

/// Rx Ry Rz.
Mat3 rotation(const Vec3& angles) {
  return (Eigen::AngleAxisd(angles.x(), Vec3::UnitX()) * Eigen::AngleAxisd(angles.y(), Vec3::UnitY()) *
          Eigen::AngleAxisd(angles.z(), Vec3::UnitZ()))
      .toRotationMatrix();
}

JointSpec some_joint(Random& random) {
  JointSpec joint;
  joint.name = "hip_r", joint.parent = "pelvis", joint.child = "femur_r";
  joint.parent_offset = random_vector(random), joint.child_offset = random_vector(random);
  joint.parent_rotation = random_vector(random), joint.child_rotation = random_vector(random);
  for (const char* name : {"hip_flexion_r", "hip_adduction_r", "lumbar_bending"}) {
    joint.rotations.push_back({random_vector(random).normalized(), name, Function::linear(1.0, 0.5)});
    joint.translations.push_back({random_vector(random).normalized(), name, Function::polynomial({1.0, 2.0})});
  }
  return joint;
}

TEST(Mirror, OnlyTheSuffixOfANameChangesSide) {
  EXPECT_EQ(other_side("psoas_L1_VB_r"), "psoas_L1_VB_l");
  EXPECT_EQ(other_side("hip_l"), "hip_r");
  EXPECT_EQ(other_side("r_hip"), "r_hip");
  EXPECT_EQ(other_side("_r"), "_l");
  EXPECT_EQ(other_side("r"), "r");
  EXPECT_EQ(other_side(""), "");
  EXPECT_EQ(other_side("femur"), "femur");
}

TEST(Mirror, InertiaIsReflectedAndKeepsItsPrincipalMoments) {
  Random random(1);
  for (int trial = 0; trial < 50; ++trial) {
    BodySpec body;
    body.name = "femur_r";
    body.mass = 3.0;
    body.mass_center = random_vector(random);
    body.inertia = random_inertia(random);
    const BodySpec left = mirrored(body);
    EXPECT_EQ(left.name, "femur_l");
    EXPECT_EQ(left.mass.value, 3.0);
    EXPECT_EQ(left.mass_center, M * body.mass_center);
    EXPECT_EQ(left.inertia, M * body.inertia * M);
    const auto moments = [](const Mat3& inertia) -> Vec3 {
      return Eigen::SelfAdjointEigenSolver<Mat3>(inertia, Eigen::EigenvaluesOnly).eigenvalues();
    };
    EXPECT_GT(moments(left.inertia)(0), 0.0);
    EXPECT_LT((moments(left.inertia) - moments(body.inertia)).norm(), 1e-12);
  }
}

TEST(Mirror, FramesOfAJointBecomeMRM) {
  Random random(2);
  for (int trial = 0; trial < 50; ++trial) {
    const JointSpec right = some_joint(random), left = mirrored(right);
    EXPECT_LT((rotation(left.parent_rotation) - M * rotation(right.parent_rotation) * M).norm(), 1e-14);
    EXPECT_LT((rotation(left.child_rotation) - M * rotation(right.child_rotation) * M).norm(), 1e-14);
    EXPECT_EQ(left.parent_offset, M * right.parent_offset);
    EXPECT_EQ(left.child_offset, M * right.child_offset);
  }
}

TEST(Mirror, TheSameAngleAndShiftMoveTheOtherSideAsItsImage) {
  Random random(3);
  for (int trial = 0; trial < 50; ++trial) {
    const JointSpec right = some_joint(random), left = mirrored(right);
    const double angle = 3.0 * random.uniform();
    for (std::size_t k = 0; k < 3; ++k) {
      const Mat3 turn = Eigen::AngleAxisd(angle, right.rotations[k].axis).toRotationMatrix();
      const Mat3 image = Eigen::AngleAxisd(angle, left.rotations[k].axis).toRotationMatrix();
      EXPECT_LT((image - M * turn * M).norm(), 1e-14);
      EXPECT_EQ(left.translations[k].axis, M * right.translations[k].axis);
      EXPECT_EQ(left.rotations[k].function, right.rotations[k].function);
      EXPECT_EQ(left.translations[k].function, right.translations[k].function);
    }
    EXPECT_EQ(left.rotations[0].coordinate, "hip_flexion_l");
    EXPECT_EQ(left.translations[1].coordinate, "hip_adduction_l");
    EXPECT_EQ(left.rotations[2].coordinate, "lumbar_bending");
  }
}

TEST(Mirror, FlexionAboutZKeepsItsAxisAndAdductionAboutXReversesIt) {
  JointSpec joint;
  joint.rotations = {{Vec3::UnitZ(), "hip_flexion_r", {}}, {Vec3::UnitX(), "hip_adduction_r", {}}};
  joint.translations = {{Vec3::UnitX(), "tx", {}}, {Vec3::UnitZ(), "tz", {}}};
  const JointSpec left = mirrored(joint);
  EXPECT_EQ(left.rotations[0].axis, Vec3::UnitZ());
  EXPECT_EQ(left.rotations[1].axis, Vec3(-1.0, 0.0, 0.0));
  EXPECT_EQ(left.translations[0].axis, Vec3::UnitX());
  EXPECT_EQ(left.translations[1].axis, Vec3(0.0, 0.0, -1.0));
}

MuscleSpec some_muscle(Random& random) {
  MuscleSpec muscle;
  muscle.name = "psoas_r", muscle.side = "r", muscle.groups = {"psoas"};
  muscle.where = "file:3:1";
  PointSpec moving;
  moving.body = "tibia_r", moving.coordinate = "knee_angle_r", moving.at = random_vector(random);
  moving.functions = {Function::linear(0.1, 0.2), std::nullopt, Function::piecewise_linear({0.0, 1.0}, {0.3, 0.4})};
  muscle.points = {{"lumbar1", random_vector(random), "", {}, {}}, moving};
  muscle.wraps = {{"hip_psoas_r", 0, "clockwise"}};
  muscle.pcsa = 2e-4;
  return muscle;
}

TEST(Mirror, AMuscleTakesItsPathToTheOtherSideAndKeepsTheRest) {
  Random random(4);
  const MuscleSpec right = some_muscle(random), left = mirrored(right);
  EXPECT_EQ(left.name, "psoas_l");
  EXPECT_EQ(left.side, "l");
  EXPECT_EQ(left.groups, right.groups);
  EXPECT_EQ(left.where, right.where);
  EXPECT_EQ(left.points[0].body, "lumbar1");
  EXPECT_EQ(left.points[0].at, M * right.points[0].at);
  EXPECT_EQ(left.points[1].body, "tibia_l");
  EXPECT_EQ(left.points[1].coordinate, "knee_angle_l");
  EXPECT_EQ(left.points[1].functions[0], right.points[1].functions[0]);
  EXPECT_FALSE(left.points[1].functions[1]);
  EXPECT_EQ(left.points[1].functions[2]->evaluate(0.5).value, -right.points[1].functions[2]->evaluate(0.5).value);
  EXPECT_EQ(left.wraps[0].surface, "hip_psoas_l");
  EXPECT_EQ(left.wraps[0].side, "clockwise");
  EXPECT_EQ(left.pcsa.value, right.pcsa.value);
}

TEST(Mirror, ASurfaceHipPatchAndCoordinateChangeSide) {
  SurfaceSpec surface;
  surface.name = "hip_psoas_r", surface.body = "pelvis";
  surface.center = {1.0, 2.0, 3.0}, surface.rotation = {0.1, 0.2, 0.3};
  EXPECT_EQ(mirrored(surface).name, "hip_psoas_l");
  EXPECT_EQ(mirrored(surface).body, "pelvis");
  EXPECT_EQ(mirrored(surface).center, Vec3(1.0, 2.0, -3.0));
  EXPECT_EQ(mirrored(surface).rotation, Vec3(-0.1, -0.2, 0.3));
  const HipSpec hip = mirrored(HipSpec{"r", "hip_r", "hip_flexion_r", 1.0, "", ""});
  EXPECT_EQ(hip.side + hip.joint + hip.flexion, "lhip_lhip_flexion_l");
  const PatchSpec patch = mirrored(PatchSpec{"heel_r", "foot_r", {{"calcn_r", {1.0, 2.0, 3.0}, "", {}, {}}}, "", ""});
  EXPECT_EQ(patch.name + patch.reported_as + patch.nodes[0].body, "heel_lfoot_lcalcn_l");
  EXPECT_EQ(patch.nodes[0].at, Vec3(1.0, 2.0, -3.0));
  CoordinateSpec coordinate;
  coordinate.name = "knee_beta_r", coordinate.leader = "knee_angle_r", coordinate.minimum = -1.0;
  EXPECT_EQ(mirrored(coordinate).name, "knee_beta_l");
  EXPECT_EQ(mirrored(coordinate).leader, "knee_angle_l");
  EXPECT_EQ(mirrored(coordinate).minimum, -1.0);
}

TEST(Mirror, TwiceIsTheOriginal) {
  Random random(5);
  for (int trial = 0; trial < 20; ++trial) {
    const JointSpec joint = some_joint(random), again = mirrored(mirrored(joint));
    EXPECT_EQ(again.name + again.parent + again.child, joint.name + joint.parent + joint.child);
    EXPECT_EQ(again.parent_offset, joint.parent_offset);
    EXPECT_EQ(again.parent_rotation, joint.parent_rotation);
    EXPECT_EQ(again.child_offset, joint.child_offset);
    EXPECT_EQ(again.child_rotation, joint.child_rotation);
    for (std::size_t k = 0; k < 3; ++k) {
      EXPECT_EQ(again.rotations[k].axis, joint.rotations[k].axis);
      EXPECT_EQ(again.translations[k].axis, joint.translations[k].axis);
      EXPECT_EQ(again.rotations[k].coordinate, joint.rotations[k].coordinate);
    }
    BodySpec body;
    body.inertia = random_inertia(random), body.mass_center = random_vector(random);
    EXPECT_EQ(mirrored(mirrored(body)).inertia, body.inertia);
    EXPECT_EQ(mirrored(mirrored(body)).mass_center, body.mass_center);
    const MuscleSpec muscle = some_muscle(random), same = mirrored(mirrored(muscle));
    EXPECT_EQ(same.name + same.side, muscle.name + muscle.side);
    for (std::size_t k = 0; k < 2; ++k) {
      EXPECT_EQ(same.points[k].at, muscle.points[k].at);
      EXPECT_EQ(same.points[k].body, muscle.points[k].body);
      EXPECT_TRUE(same.points[k].functions == muscle.points[k].functions);
    }
    EXPECT_EQ(same.wraps[0].surface, muscle.wraps[0].surface);
  }
}

}  // namespace
}  // namespace psoas
