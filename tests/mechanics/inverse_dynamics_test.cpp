#include "psoas/mechanics/inverse_dynamics.hpp"

#include <gtest/gtest.h>

#include "../whole_body.hpp"
#include "psoas/model/catalog.hpp"
#include "slow_dynamics.hpp"

namespace {

using psoas::Vec3;
using psoas::Vec6;

TEST(InverseDynamics, PendulumHasItsTextbookMoment) {
  const psoas::Model model = psoas::compile(psoas::catalog::pendulum(0.8, 3.0));
  psoas::Kinematics k(model);
  psoas::InverseDynamics id(model);
  psoas::Pose pose = psoas::rest_pose(model);
  pose.q(0) = 0.7, pose.v(0) = -1.3, pose.a(0) = 2.1;
  psoas::compute_kinematics(model, pose, k);
  psoas::compute_inertia(model, k, {}, id);
  EXPECT_NEAR(id.moment(0), 3.0 * 0.64 / 3.0 * 2.1 + 3.0 * psoas::standard_gravity * 0.4 * std::sin(0.7), 1e-13);
}

TEST(InverseDynamics, AgreesWithTheSlowWayInEveryEquationOfTheWholeBody) {
  const psoas::Model& model = whole_body::model();
  psoas::Random random(11);
  psoas::Kinematics k(model);
  psoas::InverseDynamics id(model);
  for (int trial = 0; trial < 5; ++trial) {
    const psoas::Pose pose = whole_body::random_pose(model, random);
    psoas::compute_kinematics(model, pose, k);
    psoas::compute_inertia(model, k, {}, id);
    const double size = id.moment.cwiseAbs().maxCoeff();
    for (int r = 0; r < model.n_rows(); ++r) {
      const psoas::Row& row = model.rows[static_cast<std::size_t>(r)];
      if (row.coordinate < 0) continue;
      EXPECT_NEAR(id.moment(r), slow::generalised_force(model, pose, row.coordinate), 1e-10 * size) << row.name;
    }
  }
}

TEST(InverseDynamics, RootRowsAreTheRateOfMomentumOfTheWholeBody) {
  const psoas::Model& model = whole_body::model();
  psoas::Random random(12);
  psoas::Kinematics k(model);
  psoas::InverseDynamics id(model);
  const psoas::Pose pose = whole_body::random_pose(model, random);
  psoas::compute_kinematics(model, pose, k);
  psoas::compute_inertia(model, k, {}, id);
  std::vector<slow::Taylor> in_time;
  for (Eigen::Index c = 0; c < pose.q.size(); ++c) in_time.push_back({pose.q(c), pose.v(c), pose.a(c)});
  const auto moving = slow::frames(model, in_time);
  Vec3 force = Vec3::Zero(), moment = Vec3::Zero();
  for (std::size_t b = 0; b < model.bodies.size(); ++b) {
    const psoas::Body& body = model.bodies[b];
    const slow::BodyMotion m = slow::motion(moving[b], body.mass_center);
    const Vec3 f = body.mass * (m.acceleration + Vec3(0.0, model.gravity, 0.0));
    const psoas::Mat3 I = m.R * body.inertia * m.R.transpose();
    force += f;
    moment += (m.center - k.X_GB[0].p).cross(f) + I * m.alpha + m.omega.cross(I * m.omega);
  }
  EXPECT_LT((id.moment.head<3>() - moment).norm(), 1e-10 * moment.norm());
  EXPECT_LT((id.moment.segment<3>(3) - force).norm(), 1e-10 * force.norm());
}

TEST(InverseDynamics, VirtualPowerOfAllEquationsIsThePowerOfWeightInertiaAndLoads) {
  const psoas::Model& model = whole_body::unbound_model();
  psoas::Random random(13);
  psoas::Kinematics k(model);
  psoas::InverseDynamics id(model);
  psoas::Pose pose = whole_body::random_pose(model, random);
  // what owns no equation of its own rests: prescribed coordinates, helper frames and the root
  for (std::size_t c = 0; c < model.coordinates.size(); ++c) {
    if (model.coordinates[c].row < 0) pose.v(static_cast<Eigen::Index>(c)) = 0.0;
  }
  const std::vector<psoas::ExternalForce> loads = {
      {"weight", model.body("hand_r"), Vec3(0.0, -0.07, 0.0), Vec3(3.0, -98.0, 5.0)}};
  psoas::compute_kinematics(model, pose, k);
  psoas::compute_inertia(model, k, loads, id);
  double power = 0.0, applied = 0.0;
  for (int r = 0; r < model.n_rows(); ++r) {
    const psoas::Row& row = model.rows[static_cast<std::size_t>(r)];
    if (row.coordinate >= 0) power += id.moment(r) * pose.v(row.coordinate);
  }
  for (std::size_t b = 0; b < model.bodies.size(); ++b) {
    Vec6 own = id.gravity[b] + id.inertia[b] + id.external[b];
    for (std::size_t child = b + 1; child < model.bodies.size(); ++child) {
      if (model.bodies[child].parent == static_cast<int>(b))
        own -= id.gravity[child] + id.inertia[child] + id.external[child];
    }
    applied += own.dot(k.V_GB[b]);
  }
  EXPECT_NEAR(power, -applied, 1e-10 * std::abs(applied));
}

TEST(InverseDynamics, MomentsOfLeadersHoldWhatFollowsThemSoThatPowerAddsUpOverTheCoordinatesThatAreFree) {
  const psoas::Model& model = whole_body::model();
  psoas::Random random(17);
  psoas::Kinematics k(model);
  psoas::InverseDynamics id(model);
  const psoas::Pose pose = whole_body::random_pose(model, random);
  psoas::compute_kinematics(model, pose, k);
  psoas::compute_inertia(model, k, {}, id);
  double power = 0.0, applied = 0.0;
  for (int c = 0; c < model.n_coordinates(); ++c) {
    if (model.coordinates[static_cast<std::size_t>(c)].leader < 0) {
      power += psoas::coordinate_moment(model, k, id, c) * k.v(c);
    }
  }
  for (std::size_t b = 0; b < model.bodies.size(); ++b) {
    Vec6 relative = k.V_GB[b];
    if (model.bodies[b].parent != psoas::ground) relative -= k.V_GB[static_cast<std::size_t>(model.bodies[b].parent)];
    applied += relative.dot(id.gravity[b] + id.inertia[b] + id.external[b]);
  }
  EXPECT_NEAR(power, -applied, 1e-10 * std::abs(applied));
  const int lumbar = model.coordinate("lumbar_extension");
  EXPECT_GT(std::abs(psoas::coordinate_moment(model, k, id, lumbar)), 1.0);
}

}  // namespace
