#include <gtest/gtest.h>

#include <cmath>

#include "../whole_body.hpp"
#include "mechanical_energy.hpp"
#include "psoas/forward/integrate.hpp"
#include "psoas/forward/motion_curve.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/model/catalog.hpp"
#include "psoas/spatial/inertia.hpp"

namespace {

using namespace psoas;

/// A task that stays in one pose.
Task still(const Model& model, const Pose& pose) {
  Task task;
  task.name = "still";
  task.frames.push_back({0.0, pose, {}, {}});
  task.lower = VecX::Zero(model.n_strands());
  task.upper = VecX::Ones(model.n_strands());
  return task;
}

State start_at(double q, double v = 0.0) {
  State start;
  start.q = VecX::Constant(1, q);
  start.v = VecX::Constant(1, v);
  return start;
}

Drive free_drive(const Model& model, const Task& task, std::vector<int> free, double excitation = 0.0) {
  return {&task, std::move(free), Excitations::constant(VecX::Constant(model.n_strands(), excitation))};
}

/// Without ends of range and damping: nothing but weight and inertia.
IntegrateOptions conservative(double duration) {
  IntegrateOptions options;
  options.duration = duration;
  options.method = Method::dopri5;
  options.tolerance = 1e-10;
  options.limits.stiffness = options.limits.damping = 0.0;
  return options;
}

TEST(Limb, PendulumSwingsWithItsTextbookPeriodAndKeepsItsEnergy) {
  const Model model = compile(catalog::pendulum(0.8, 3.0));
  const Task task = still(model, rest_pose(model));
  const State start = start_at(0.02);
  const double period = 2.0 * pi * std::sqrt(2.0 * 0.8 / (3.0 * standard_gravity));
  IntegrateOptions options = conservative(5.0 * period);
  const Trajectory t = integrate(model, start, free_drive(model, task, {0}), options);
  ASSERT_EQ(t.status, Status::ok);
  EXPECT_NEAR(t.pose.back().q(0), 0.02, 1e-6);  // 25 ppm slower than with no amplitude at all
  const State wide = start_at(2.5);
  const Trajectory w = integrate(model, wide, free_drive(model, task, {0}), conservative(4.0));
  const double swing = 3.0 * standard_gravity * 0.8;
  for (const Pose& pose : w.pose) {
    EXPECT_NEAR(mechanical_energy(model, pose), mechanical_energy(model, w.pose.front()), 4.0 * 1e-6 * swing);
  }
  EXPECT_GT(w.rhs_evaluations, 0);
}

TEST(Limb, PassiveSwingOfALegKeepsItsEnergy) {
  ModelSpec spec = whole_body::spec();
  spec.muscles.clear();
  spec.hips.clear();
  const Model model = compile(spec);
  Pose pose = rest_pose(model);
  pose.q(model.coordinate("hip_flexion_r")) = 60.0 * degree;
  pose.q(model.coordinate("knee_angle_r")) = 70.0 * degree;
  const Task task = still(model, pose);
  std::vector<int> free;
  for (const char* name : {"hip_flexion_r", "hip_adduction_r", "hip_rotation_r", "knee_angle_r"}) {
    free.push_back(model.coordinate(name));
  }
  const Trajectory t = integrate(model, {}, free_drive(model, task, free), conservative(1.0));
  ASSERT_EQ(t.status, Status::ok);
  const double first = mechanical_energy(model, t.pose.front());
  double fallen = 0.0;
  for (const Pose& p : t.pose) {
    EXPECT_NEAR(mechanical_energy(model, p), first, 1e-6 * 100.0);  // of about 100 J that go to and fro
    fallen = std::max(fallen, p.v.cwiseAbs().maxCoeff());
  }
  EXPECT_GT(fallen, 3.0);
}

TEST(Limb, BothMethodsAgreeAndTheImplicitOneHasOrderTwo) {
  const Model model = compile(catalog::planar_hip());
  const Task task = still(model, rest_pose(model));
  Drive drive = free_drive(model, task, {model.coordinate("hip_flexion")});
  drive.excitation = {{0.0, 0.2, 0.2, 0.5, 1.0}, MatX(2, 5)};  // the flexor jumps at 0.2 s
  drive.excitation.value << 0.05, 0.1, 0.6, 0.4, 0.2, 0.05, 0.1, 0.1, 0.2, 0.3;
  IntegrateOptions options;
  options.output_step = 0.5;
  options.tendon = muscle::Tendon::elastic;
  options.method = Method::dopri5;
  options.tolerance = 1e-11;
  const Trajectory exact = integrate(model, {}, drive, options);
  ASSERT_EQ(exact.status, Status::ok) << exact.reason;
  EXPECT_GT(std::abs(exact.pose.back().q(0)), 5.0 * degree);
  options.method = Method::implicit;
  double last = 0.0;
  for (const double step : {4e-3, 2e-3, 1e-3, 5e-4}) {
    options.step = step;
    const Trajectory t = integrate(model, {}, drive, options);
    ASSERT_EQ(t.status, Status::ok) << t.reason;
    ASSERT_EQ(t.time.size(), exact.time.size());
    const double error = std::abs(t.pose.back().q(0) - exact.pose.back().q(0));
    EXPECT_LT(error, 300.0 * step * step);
    if (last > 0.0) {
      EXPECT_NEAR(std::log2(last / error), 2.0, 0.5) << step;
    }
    last = error;
  }
}

TEST(Limb, RigidTendonsAreTheLimitOfStiffOnes) {
  const Model model = compile(catalog::planar_hip());
  const Task task = still(model, rest_pose(model));
  const Drive drive = free_drive(model, task, {model.coordinate("hip_flexion")}, 0.2);
  const auto final_angle = [&](muscle::Tendon tendon) {
    IntegrateOptions options;
    options.tendon = tendon;
    return integrate(model, {}, drive, options).pose.back().q(0);
  };
  EXPECT_NEAR(final_angle(muscle::Tendon::rigid), final_angle(muscle::Tendon::elastic), 1.5 * degree);
  EXPECT_EQ(final_angle(muscle::Tendon::rigid), final_angle(muscle::Tendon::automatic));  // both tendons are short
}

TEST(Limb, ComingToTheEndOfARangeIsAnEventAndIsStopped) {
  ModelSpec spec = catalog::pendulum(0.8, 3.0);
  spec.coordinates[0].minimum = -0.3;
  const Model model = compile(spec);
  const Task task = still(model, rest_pose(model));
  const State start = start_at(1.0);
  IntegrateOptions options;
  options.limits.damping = 0.0;
  options.output_step = 0.002;
  const Trajectory t = integrate(model, start, free_drive(model, task, {0}), options);
  ASSERT_EQ(t.status, Status::ok);
  ASSERT_FALSE(t.events.empty());
  EXPECT_EQ(t.events.front().coordinate, 0);
  double lowest = 1.0, crossed = 0.0;
  for (std::size_t i = 0; i < t.time.size(); ++i) {
    if (crossed == 0.0 && t.pose[i].q(0) < -0.3) crossed = t.time[i];
    lowest = std::min(lowest, t.pose[i].q(0));
  }
  EXPECT_NEAR(t.events.front().time, crossed, 0.002);
  EXPECT_LT(lowest, -0.3);
  EXPECT_GT(lowest, -0.3 - 20.0 * degree);
}

TEST(Limb, LiesOnAPlaneAsDeepAsItsWeightAsks) {
  ModelSpec spec = catalog::pendulum(0.8, 3.0);
  PointSpec tip;
  tip.body = "rod";
  tip.at = Vec3(0.0, -0.8, 0.0);
  PatchSpec patch;
  patch.name = "tip";
  patch.nodes = {tip};
  spec.patches = {patch};
  const Model model = compile(spec);
  Pose level = rest_pose(model);
  level.q(0) = 0.5 * pi;  // the rod lies along +x
  Task task = still(model, level);
  task.planes = {{"floor", Vec3::Zero(), Vec3::UnitY(), Vec3::UnitX(), 0.5}};
  task.frames[0].supports = {{0, 0, 1.0}};
  IntegrateOptions options;
  options.contact.dissipation = 20.0;
  options.limits.damping = 1.0;
  options.duration = 4.0;
  const Trajectory t = integrate(model, {}, free_drive(model, task, {0}), options);
  ASSERT_EQ(t.status, Status::ok);
  const double depth = 0.5 * 3.0 * standard_gravity / options.contact.stiffness;  // half the weight
  EXPECT_NEAR(0.8 * (0.5 * pi - t.pose.back().q(0)), depth, 1e-3 * depth);
}

TEST(Limb, PrescribedCoordinatesFollowTheirMotionExactlyAtItsFrames) {
  const Model model = compile(catalog::planar_hip());
  Task task = still(model, rest_pose(model));
  for (int i = 1; i <= 10; ++i) {
    TaskFrame frame = task.frames[0];
    frame.time = 0.1 * i;
    frame.pose.q(0) = std::sin(frame.time), frame.pose.v(0) = std::cos(frame.time);
    frame.pose.a(0) = -std::sin(frame.time);
    task.frames.push_back(frame);
  }
  task.frames[0].pose.v(0) = 1.0;
  Pose pose = rest_pose(model);
  for (const double t : {0.0, 0.05, 0.1, 0.337, 0.92}) {
    forward::pose_at(task, t, pose);
    EXPECT_NEAR(pose.q(0), std::sin(t), 1e-10);
    EXPECT_NEAR(pose.v(0), std::cos(t), 1e-8);
    EXPECT_NEAR(pose.a(0), -std::sin(t), 1e-6);
  }
  forward::pose_at(task, 3.0, pose);
  EXPECT_EQ(pose.q(0), task.frames.back().pose.q(0));
  EXPECT_EQ(pose.v(0), 0.0);
}

TEST(Limb, RefusesADriveThatDoesNotFitAndEndsWithAStatusOtherwise) {
  const Model model = compile(catalog::planar_hip());
  const Task task = still(model, rest_pose(model));
  Drive drive = free_drive(model, task, {0});
  State both;
  both.q = VecX::Zero(2);
  EXPECT_THROW(integrate(model, both, drive), Error);
  drive.excitation.value(0, 0) = 1.5;
  EXPECT_THROW(integrate(model, {}, drive), Error);
  drive.excitation.value.resize(1, 1);
  EXPECT_THROW(integrate(model, {}, drive), Error);
  EXPECT_THROW(integrate(model, {}, Drive{}), Error);
  const State lost = start_at(not_a_number);
  const Trajectory t = integrate(model, lost, free_drive(model, task, {0}));
  EXPECT_FALSE(usable(t.status));
  EXPECT_FALSE(t.reason.empty());
  const State wild = start_at(0.0, 1e200);
  const Trajectory w = integrate(model, wild, free_drive(model, task, {0}));
  EXPECT_FALSE(usable(w.status));
  EXPECT_LE(w.time.size(), 1u);
}

}  // namespace
