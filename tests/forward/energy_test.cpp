// The implicit method on limbs: energy, recorded speeds, ends of range.
#include <gtest/gtest.h>

#include <atomic>
#include <cmath>
#include <string>
#include <vector>

#include "../whole_body.hpp"
#include "mechanical_energy.hpp"
#include "psoas/forward/integrate.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/model/catalog.hpp"
#include "psoas/spatial/inertia.hpp"

namespace {

using namespace psoas;

Task posture_task(const Model& model, const Pose& pose) {
  Task task;
  task.name = "posture";
  task.frames.push_back({0.0, pose, {}, {}});
  task.lower = VecX::Zero(model.n_strands());
  task.upper = VecX::Ones(model.n_strands());
  return task;
}

/// A leg without muscles that is let go, for a second.
struct SwingingLeg {
  Model model;
  Trajectory trajectory;
  double drift = 0.0, exchanged = 0.0;  // largest change of the energy; greatest kinetic energy  [J]

  static Model bare() {
    ModelSpec spec = whole_body::spec();
    spec.muscles.clear();
    spec.hips.clear();
    return compile(spec);
  }

  SwingingLeg(double step, const std::vector<std::string>& free) : model(bare()) {
    Pose pose = rest_pose(model);
    pose.q(model.coordinate("hip_flexion_r")) = 60.0 * degree;
    pose.q(model.coordinate("knee_angle_r")) = 70.0 * degree;
    const Task task = posture_task(model, pose);
    Drive drive{&task, {}, Excitations::constant(VecX::Zero(model.n_strands()))};
    for (const std::string& name : free) drive.free.push_back(model.coordinate(name));
    IntegrateOptions options;
    options.limits.stiffness = options.limits.damping = 0.0;
    options.step = step;
    trajectory = integrate(model, {}, drive, options);
    const double first = mechanical_energy(model, trajectory.pose.front());
    for (Pose p : trajectory.pose) {
      const double now = mechanical_energy(model, p);
      drift = std::max(drift, std::abs(now - first));
      p.v.setZero();
      exchanged = std::max(exchanged, now - mechanical_energy(model, p));
    }
  }
};

const std::vector<std::string> stiff_leg{"hip_flexion_r", "hip_adduction_r", "hip_rotation_r"};
const std::vector<std::string> whole_leg{"hip_flexion_r", "hip_adduction_r", "hip_rotation_r", "knee_angle_r"};

TEST(ImplicitLimb, PassiveSwingKeepsItsEnergyToAMillionthASecond) {
  const SwingingLeg leg(IntegrateOptions{}.step, stiff_leg);
  ASSERT_EQ(leg.trajectory.status, Status::ok);
  EXPECT_GT(leg.exchanged, 10.0);
  EXPECT_LT(leg.drift, 1e-6 * leg.exchanged) << leg.drift << " J of " << leg.exchanged;

  const Model rod = compile(catalog::pendulum(0.8, 3.0));
  const Task task = posture_task(rod, rest_pose(rod));
  State start;
  start.q = VecX::Constant(1, 2.5);
  start.v = VecX::Zero(1);
  IntegrateOptions options;
  options.limits.stiffness = options.limits.damping = 0.0;
  const Trajectory t = integrate(rod, start, {&task, {0}, Excitations::constant(VecX::Zero(rod.n_strands()))}, options);
  const double first = mechanical_energy(rod, t.pose.front()), swing = 3.0 * standard_gravity * 0.8;
  for (const Pose& p : t.pose) EXPECT_NEAR(mechanical_energy(rod, p), first, 1e-6 * swing);
}

/// A rod on a hinge with a torsion spring and an elastic line to the ground; both energies in closed form.
TEST(ImplicitLimb, SpringsOfTheModelTakeEnergyAndGiveItBack) {
  constexpr double torsion = 8.0, pull = 60.0, rest = 0.5;  // [N m/rad], [N for twice as long], [m]
  ModelSpec spec = catalog::pendulum(0.8, 3.0);
  const std::string rod = spec.bodies.back().name;
  BushingSpec bushing;
  bushing.name = "hinge_spring";
  bushing.frames[0].body = "ground", bushing.frames[1].body = rod;
  bushing.rotational_stiffness.z() = torsion;
  spec.bushings.push_back(bushing);
  LigamentSpec line;
  line.name = "line";
  line.points.resize(2);
  line.points[0].body = "ground", line.points[0].at = Vec3(0.6, 0.3, 0.0);
  line.points[1].body = rod, line.points[1].at = Vec3(0.0, -0.4, 0.0);
  line.rest_length = Quantity(rest);
  line.force = Function::linear(pull, -pull);
  spec.ligaments.push_back(line);
  const Model model = compile(spec);
  const Task task = posture_task(model, rest_pose(model));
  State start;
  start.q = VecX::Constant(1, -2.0);
  start.v = VecX::Zero(1);
  IntegrateOptions options;
  options.limits.stiffness = options.limits.damping = 0.0;
  const Trajectory t =
      integrate(model, start, {&task, {0}, Excitations::constant(VecX::Zero(model.n_strands()))}, options);
  ASSERT_EQ(t.status, Status::ok);
  Kinematics k(model);
  double least = infinity, most = -infinity, taut = 0.0, swing = 0.0;
  for (const Pose& p : t.pose) {
    compute_kinematics(model, p, k);
    const double length = (k.X_GB[0].apply_to_point(Vec3(0.0, -0.4, 0.0)) - Vec3(0.6, 0.3, 0.0)).norm();
    const double stretch = std::max(0.0, length / rest - 1.0);
    const double stored = 0.5 * torsion * p.q(0) * p.q(0) + 0.5 * pull * rest * stretch * stretch;
    const double now = mechanical_energy(model, p) + stored;
    least = std::min(least, now), most = std::max(most, now);
    taut = std::max(taut, stretch), swing = std::max(swing, p.q(0));
  }
  EXPECT_GT(taut, 0.2);
  EXPECT_GT(swing, 0.5);
  EXPECT_LT(most - least, 1e-5 * 3.0 * standard_gravity * 0.8);
}

/// The paths of the knee's translations bend anew at every knot: a step across one errs by its square.
TEST(ImplicitLimb, AKneeThatFallsThroughItsKnotsLosesAFewHundredThousandths) {
  const SwingingLeg leg(IntegrateOptions{}.step, whole_leg), fine(0.25 * IntegrateOptions{}.step, whole_leg);
  EXPECT_LT(leg.drift, 4e-5 * leg.exchanged) << leg.drift << " J of " << leg.exchanged;
  EXPECT_LT(fine.drift, 4e-6 * fine.exchanged) << fine.drift << " J of " << fine.exchanged;
}

TEST(ImplicitLimb, EnergyErrsByTheCubeOfTheStep) {
  const double coarse = SwingingLeg(1e-2, stiff_leg).drift, fine = SwingingLeg(5e-3, stiff_leg).drift;
  EXPECT_GT(std::log2(coarse / fine), 2.5) << coarse << ' ' << fine;
}

TEST(ImplicitLimb, RecordedSpeedsAreThoseOfTheMotion) {
  const SwingingLeg leg(5e-3, stiff_leg);
  const Trajectory& t = leg.trajectory;
  const int hip = leg.model.coordinate("hip_flexion_r");
  for (std::size_t i = 2; i + 2 < t.time.size(); ++i) {
    const auto q = [&](std::size_t at) { return t.pose[at].q(hip); };
    const double h = t.time[i + 1] - t.time[i];
    const double rate = (8.0 * (q(i + 1) - q(i - 1)) - q(i + 2) + q(i - 2)) / (12.0 * h);
    EXPECT_NEAR(t.pose[i].v(hip), rate, 2e-5) << t.time[i];
  }
}

TEST(ImplicitLimb, EveryEndOfARangeIsNotedOnceThoughStepsAreCutThere) {
  // two pendulums fall alike, the ends of their ranges lie within one step of each other
  ModelSpec spec = catalog::pendulum(0.8, 3.0);
  BodySpec other = spec.bodies.back();
  JointSpec joint = spec.joints.back();
  CoordinateSpec coordinate = spec.coordinates.back();
  other.name = "second", joint.name = "second_pin", coordinate.name = "second_angle";
  joint.child = "second";
  joint.rotations[0].coordinate = "second_angle";
  spec.bodies.push_back(other);
  spec.joints.push_back(joint);
  spec.coordinates.push_back(coordinate);
  spec.coordinates[0].minimum = -0.3;
  spec.coordinates[1].minimum = -0.3005;
  const Model model = compile(spec);
  const Task task = posture_task(model, rest_pose(model));
  State start;
  start.q = VecX::Constant(2, 1.0);
  start.v = VecX::Zero(2);
  IntegrateOptions options;
  options.step = 5e-3;
  options.duration = 0.6;
  const Trajectory t =
      integrate(model, start, {&task, {0, 1}, Excitations::constant(VecX::Zero(model.n_strands()))}, options);
  ASSERT_EQ(t.status, Status::ok);
  ASSERT_EQ(t.events.size(), 2u);
  EXPECT_EQ(t.events[0].coordinate, 0);
  EXPECT_EQ(t.events[1].coordinate, 1);
  EXPECT_GT(t.events[1].time, t.events[0].time + 1e-5);
  EXPECT_LT(t.events[1].time, t.events[0].time + 1e-3);
}

TEST(ImplicitLimb, EndsWhereAnEndIsAskedFor) {
  const Model model = compile(catalog::pendulum(0.8, 3.0));
  const Task task = posture_task(model, rest_pose(model));
  const Drive drive{&task, {0}, Excitations::constant(VecX::Zero(model.n_strands()))};
  const std::atomic<bool> asked{true};
  for (const Method method : {Method::implicit, Method::dopri5}) {
    IntegrateOptions options;
    options.method = method;
    options.cancel = &asked;
    EXPECT_THROW(integrate(model, {}, drive, options), Error);
  }
}

}  // namespace
