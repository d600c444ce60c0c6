#include "psoas/mechanics/links.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

#include "psoas/core/random.hpp"
#include "psoas/io/read_model.hpp"
#include "psoas/mechanics/inverse_dynamics.hpp"
#include "psoas/model/compile.hpp"

namespace {

using psoas::Vec6;
using psoas::VecX;

const psoas::Model& model() {
  static const psoas::Model it =
      psoas::compile(psoas::io::read_model(PSOAS_SOURCE_DIR "/tests/data/opensim/links.osim"));
  return it;
}

psoas::Pose drawn(psoas::Random& random) {
  psoas::Pose pose = psoas::rest_pose(model());
  for (int c = 0; c < model().n_coordinates(); ++c) {
    const double size = model().coordinates[static_cast<std::size_t>(c)].name == "sliding" ? 0.02 : 0.5;
    pose.q(c) = size * random.uniform(-1.0, 1.0);
  }
  return pose;
}

/// What a link asks of the joints, alone [N m or N].
template <class Link>
VecX generalised(const psoas::Kinematics& k, const Link& link) {
  VecX out = VecX::Zero(model().n_rows());
  for (std::size_t m = 0; m < model().motions.size(); ++m) {
    const psoas::JointMotion& motion = model().motions[m];
    if (motion.row >= 0) out(motion.row) += k.twist[m].dot(psoas::wrench_beyond(model(), k, link, motion.body));
  }
  return out;
}

double energy(const psoas::Kinematics& k, const psoas::Bushing& b) {
  const auto first = psoas::detail::pose_or_ground(k, b.bodies[0]) * b.frames[0];
  const auto relative = first.inverse() * (psoas::detail::pose_or_ground(k, b.bodies[1]) * b.frames[1]);
  const psoas::Vec3 angles = psoas::spatial::xyz_body_angles(relative.R), p = relative.p;
  return 0.5 *
         (angles.dot(b.rotational_stiffness.cwiseProduct(angles)) + p.dot(b.translational_stiffness.cwiseProduct(p)));
}

/// The integral of its curve, by many small steps from the rest length.
double energy(const psoas::Kinematics& k, const psoas::Ligament& ligament) {
  const double stretch = psoas::ligament_length(k, ligament) / ligament.rest_length - 1.0;
  double sum = 0.0;
  constexpr int n = 2000;
  for (int i = 0; i < n && stretch > 0.0; ++i) {
    sum += ligament.force.evaluate(1.0 + stretch * (i + 0.5) / n).value;
  }
  return sum * stretch / n * ligament.rest_length;
}

template <class Link>
void expect_minus_the_gradient_of_the_energy(const Link& link, double tolerance) {
  psoas::Random random(5);
  for (int i = 0; i < 20; ++i) {
    psoas::Pose pose = drawn(random);
    psoas::Kinematics k(model());
    psoas::compute_kinematics(model(), pose, k);
    const VecX force = generalised(k, link);
    for (int c = 0; c < model().n_coordinates(); ++c) {
      constexpr double step = 1e-5;
      const double at = pose.q(c);
      double ends[2];
      for (const int end : {0, 1}) {
        pose.q(c) = at + (end == 0 ? -step : step);
        psoas::compute_kinematics(model(), pose, k);
        ends[end] = energy(k, link);
      }
      pose.q(c) = at;
      const int row = model().coordinates[static_cast<std::size_t>(c)].row;
      EXPECT_NEAR(force(row), -(ends[1] - ends[0]) / (2.0 * step), tolerance * (1.0 + std::abs(force(row))))
          << link.name << ", coordinate " << c;
    }
  }
}

TEST(Links, APullIsMinusTheGradientOfItsEnergyInEveryCoordinate) {
  for (const psoas::Bushing& bushing : model().bushings) expect_minus_the_gradient_of_the_energy(bushing, 1e-6);
  for (const psoas::Ligament& ligament : model().ligaments) expect_minus_the_gradient_of_the_energy(ligament, 2e-4);
}

TEST(Links, BetweenBodiesAddUpToNothing) {
  psoas::Random random(6);
  psoas::Kinematics k(model());
  for (int i = 0; i < 20; ++i) {
    psoas::compute_kinematics(model(), drawn(random), k);
    EXPECT_LT(psoas::wrench_beyond(model(), k, model().bushings[0], 0).norm(), 1e-9);
    EXPECT_LT(psoas::wrench_beyond(model(), k, model().ligaments[0], 0).norm(), 1e-9);
    EXPECT_GT(psoas::wrench_beyond(model(), k, model().bushings[0], 1).norm(), 1.0);
  }
}

TEST(Links, ALigamentThatIsShorterThanAtRestIsSlack) {
  psoas::Kinematics k(model());
  psoas::compute_kinematics(model(), psoas::rest_pose(model()), k);
  const psoas::Ligament& slack = model().ligaments[2];
  EXPECT_LT(psoas::ligament_length(k, slack), slack.rest_length);
  EXPECT_EQ(psoas::ligament_tension(k, slack), 0.0);
  EXPECT_EQ(generalised(k, slack), VecX::Zero(model().n_rows()));
}

TEST(Links, ABushingsDampersTakeEnergyOutOfAnyMotion) {
  psoas::Random random(7);
  psoas::Bushing dampers = model().bushings[0];
  dampers.rotational_stiffness.setZero(), dampers.translational_stiffness.setZero();
  psoas::Kinematics k(model());
  for (int i = 0; i < 50; ++i) {
    psoas::Pose pose = drawn(random);
    for (int c = 0; c < model().n_coordinates(); ++c) pose.v(c) = random.uniform(-1.0, 1.0);
    psoas::compute_kinematics(model(), pose, k);
    double power = 0.0;
    psoas::for_each_wrench(
        k, dampers, [&](int body, const Vec6& wrench) { power += wrench.dot(k.V_GB[static_cast<std::size_t>(body)]); });
    EXPECT_LT(power, 0.0);
  }
}

/// tests/oracle/links_of_opensim.py, OpenSim 4.6.
TEST(Links, InverseDynamicsAndTensionsAreOpenSims) {
  const std::map<std::string, double> q[] = {
      {{"lean", 0.2}, {"flexion", 0.15}, {"bending", -0.12}, {"turning", 0.2}, {"sliding", 0.004}},
      {{"lean", -0.4}, {"flexion", 0.6}, {"bending", 0.3}, {"turning", -0.35}, {"sliding", -0.01}}};
  const std::map<std::string, double> v[] = {
      {{"lean", 0.3}, {"flexion", 1.1}, {"bending", -0.7}, {"turning", 0.5}, {"sliding", 0.05}},
      {{"lean", -0.5}, {"flexion", -0.4}, {"bending", 0.9}, {"turning", 0.8}, {"sliding", 0.2}}};
  const std::map<std::string, double> moment[] = {{{"lean", -6.93145367779287},
                                                   {"flexion", 20.99099705031508},
                                                   {"bending", -7.83526547245047},
                                                   {"turning", 28.110575023888227},
                                                   {"sliding", 484.17661753903377}},
                                                  {{"lean", 6.3935789709554625},
                                                   {"flexion", 52.29390589038491},
                                                   {"bending", 3.4212461516687753},
                                                   {"turning", -18.51675513831124},
                                                   {"sliding", 109.05306024304922}}};
  const double tension[][3] = {{11.577555720601637, 110.80452726608891, 0.0},
                               {1.3918710983970666, 79.574731093552, 0.0}};
  psoas::Kinematics k(model());
  psoas::InverseDynamics id(model());
  for (const std::size_t i : {0, 1}) {
    psoas::Pose pose = psoas::rest_pose(model());
    for (const auto& [name, value] : q[i]) pose.q(model().coordinate(name)) = value;
    for (const auto& [name, value] : v[i]) pose.v(model().coordinate(name)) = value;
    psoas::compute_kinematics(model(), pose, k);
    psoas::compute_inertia(model(), k, {}, id);
    for (const auto& [name, value] : moment[i]) {
      EXPECT_NEAR(psoas::coordinate_moment(model(), k, id, model().coordinate(name)), value,
                  1e-9 * (1 + std::abs(value)))
          << name;
    }
    for (std::size_t l = 0; l < 3; ++l) {
      EXPECT_NEAR(psoas::ligament_tension(k, model().ligaments[l]), tension[i][l], 1e-9 * (1 + tension[i][l]));
    }
  }
}

}  // namespace
