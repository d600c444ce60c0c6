#include "psoas/mechanics/forward_dynamics.hpp"

#include <gtest/gtest.h>

#include "../whole_body.hpp"
#include "psoas/model/catalog.hpp"
#include "slow_dynamics.hpp"

namespace {

using psoas::VecX;

std::vector<int> indices(const psoas::Model& model, const std::vector<std::string>& names) {
  std::vector<int> out;
  for (const std::string& name : names) out.push_back(model.coordinate(name));
  return out;
}

const std::vector<std::string> limbs = {"hip_flexion_r", "hip_adduction_r", "hip_rotation_r", "knee_angle_r",
                                        "ankle_angle_r", "arm_flex_l",      "elbow_flex_l",   "hip_flexion_l"};

TEST(ForwardDynamics, GivesBackTheAccelerationsWhoseForcesTheSlowWayComputed) {
  const psoas::Model& model = whole_body::model();
  psoas::Random random(21);
  psoas::Kinematics k(model);
  psoas::InverseDynamics id(model);
  psoas::ForwardDynamics fd(model, indices(model, limbs));
  for (int trial = 0; trial < 5; ++trial) {
    psoas::Pose pose = whole_body::random_pose(model, random);
    VecX applied = VecX::Zero(model.n_rows());
    for (std::size_t f = 0; f < limbs.size(); ++f) {
      applied(fd.row[f]) = slow::generalised_force(model, pose, fd.coordinate[f]);
    }
    VecX wanted(static_cast<Eigen::Index>(limbs.size()));
    for (std::size_t f = 0; f < limbs.size(); ++f) {
      wanted(static_cast<Eigen::Index>(f)) = pose.a(fd.coordinate[f]);
      pose.a(fd.coordinate[f]) = 10.0 * random.uniform() - 5.0;  // any will do
    }
    psoas::compute_kinematics(model, pose, k);
    psoas::compute_inertia(model, k, {}, id);
    ASSERT_EQ(psoas::compute_forward_dynamics(model, k, id, applied, fd), psoas::Status::ok);
    EXPECT_LT((fd.acceleration - wanted).cwiseAbs().maxCoeff(), 1e-10 * wanted.cwiseAbs().maxCoeff());
  }
}

TEST(ForwardDynamics, MassMatrixIsWhatInverseDynamicsNeedsForUnitAccelerations) {
  const psoas::Model& model = whole_body::model();
  psoas::Random random(22);
  psoas::Kinematics k(model);
  psoas::InverseDynamics id(model);
  psoas::ForwardDynamics fd(model, indices(model, limbs));
  psoas::Pose pose = whole_body::random_pose(model, random);
  pose.v.setZero();
  pose.a.setZero();
  const auto moment = [&] {
    psoas::compute_kinematics(model, pose, k);
    psoas::compute_inertia(model, k, {}, id);
    return id.moment;
  };
  const VecX still = moment();
  ASSERT_EQ(psoas::compute_forward_dynamics(model, k, id, VecX::Zero(model.n_rows()), fd), psoas::Status::ok);
  EXPECT_LT((fd.mass - fd.mass.transpose()).cwiseAbs().maxCoeff(), 1e-13);
  for (std::size_t f = 0; f < limbs.size(); ++f) {
    pose.a(fd.coordinate[f]) = 1.0;
    const VecX change = moment() - still;
    pose.a(fd.coordinate[f]) = 0.0;
    for (std::size_t g = 0; g < limbs.size(); ++g) {
      EXPECT_NEAR(fd.mass(static_cast<Eigen::Index>(g), static_cast<Eigen::Index>(f)), change(fd.row[g]), 1e-11)
          << limbs[f] << " on " << limbs[g];
    }
  }
}

TEST(ForwardDynamics, PendulumAcceleratesAsTheTextbookSays) {
  const psoas::Model model = psoas::compile(psoas::catalog::pendulum(0.8, 3.0));
  psoas::Kinematics k(model);
  psoas::InverseDynamics id(model);
  psoas::ForwardDynamics fd(model, std::vector<int>{0});
  psoas::Pose pose = psoas::rest_pose(model);
  pose.q(0) = 0.7, pose.v(0) = -1.3;
  psoas::compute_kinematics(model, pose, k);
  psoas::compute_inertia(model, k, {}, id);
  const VecX applied = VecX::Constant(1, 0.4);
  ASSERT_EQ(psoas::compute_forward_dynamics(model, k, id, applied, fd), psoas::Status::ok);
  const double inertia = 3.0 * 0.64 / 3.0;
  EXPECT_NEAR(fd.acceleration(0), (0.4 - 3.0 * psoas::standard_gravity * 0.4 * std::sin(0.7)) / inertia, 1e-12);
}

TEST(ForwardDynamics, RefusesCoordinatesThatDoNotMoveAlone) {
  const psoas::Model& model = whole_body::model();
  for (const char* name : {"pelvis_tilt", "lumbar_extension", "subtalar_angle_r"}) {
    EXPECT_THROW(psoas::ForwardDynamics(model, indices(model, {name})), psoas::Error) << name;
  }
  EXPECT_THROW(psoas::ForwardDynamics(model, indices(model, {"knee_angle_r", "knee_angle_r"})), psoas::Error);
}

TEST(ForwardDynamics, SaysSoWhenNothingIsMovedOrANumberIsMissing) {
  psoas::ModelSpec spec = psoas::catalog::pendulum();
  spec.bodies[0].mass = 0.0;
  spec.bodies[0].inertia.setZero();
  const psoas::Model empty = psoas::compile(spec), model = psoas::compile(psoas::catalog::pendulum());
  const auto status_of = [](const psoas::Model& m, double angle) {
    psoas::Kinematics k(m);
    psoas::InverseDynamics id(m);
    psoas::ForwardDynamics fd(m, std::vector<int>{0});
    psoas::Pose pose = psoas::rest_pose(m);
    pose.q(0) = angle;
    psoas::compute_kinematics(m, pose, k);
    psoas::compute_inertia(m, k, {}, id);
    const psoas::Status status = psoas::compute_forward_dynamics(m, k, id, VecX::Zero(1), fd);
    EXPECT_EQ(psoas::usable(status), fd.acceleration.allFinite());
    return status;
  };
  EXPECT_EQ(status_of(empty, 0.1), psoas::Status::infeasible);
  EXPECT_EQ(status_of(model, psoas::not_a_number), psoas::Status::not_finite);
  EXPECT_EQ(status_of(model, 0.1), psoas::Status::ok);
}

}  // namespace
