#include "psoas/loads/joint_reactions.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "psoas/mechanics/opensim_strengths.hpp"
#include "psoas/model/pose.hpp"
#include "psoas/recruit/recruit_as_opensim.hpp"
#include "psoas/spatial/inertia.hpp"
#include "whole_body.hpp"

namespace {

using psoas::Vec3;
using psoas::Vec6;

/// The whole body in a random movement, recruited as OpenSim does.
struct Moving {
  const psoas::Model& model = whole_body::model();
  psoas::Kinematics k{model};
  psoas::Paths paths{model};
  psoas::Strengths strengths{model};
  psoas::InverseDynamics id{model};
  psoas::Supports supports{model};
  psoas::Recruitment r{model};
  psoas::JointReactions reactions{model};
  psoas::recruit::RecruitOptions options;

  Moving() {
    options.opensim = psoas::opensim_actuators(model);
    psoas::Random random(7);
    psoas::Pose pose = whole_body::random_pose(model, random);
    psoas::compute_kinematics(model, pose, k);
    psoas::compute_paths(model, k, paths);
    psoas::compute_opensim_strengths(model, paths, strengths);
    psoas::compute_inertia(model, k, {}, id);
    const psoas::VecX lower = psoas::VecX::Zero(model.n_strands()), upper = psoas::VecX::Ones(model.n_strands());
    EXPECT_EQ(psoas::recruit_as_opensim(model, k, id, paths, strengths, lower, upper, options, r), psoas::Status::ok);
    psoas::compute_joint_reactions(model, k, id, paths, supports, r, reactions);
  }
};

TEST(RecruitAsOpensim, ResidualsAreTheGeneralisedForcesOfTheRootsCoordinates) {
  const Moving m;
  int found = 0;
  for (std::size_t i = 0; i < m.options.opensim->size(); ++i) {
    const psoas::recruit::Actuator& actuator = (*m.options.opensim)[i];
    if (!actuator.name.ends_with("_residual")) continue;
    ++found;
    const double force = actuator.optimal_force * m.r.control(static_cast<Eigen::Index>(i));
    EXPECT_NEAR(force, psoas::coordinate_moment(m.model, m.k, m.id, actuator.coordinate), 1e-7) << actuator.name;
    EXPECT_GT(std::abs(force), 0.1) << actuator.name;
  }
  EXPECT_EQ(found, 6);
}

// one body alone: the joint pushes it, its children push back, muscles pull, weight and inertia act
TEST(JointReactions, HoldEveryBodyInBalanceWithWhatActsOnIt) {
  const Moving m;
  const psoas::Model& model = m.model;
  std::vector<Vec6> on(model.bodies.size(), Vec6::Zero());
  for (std::size_t b = 0; b < on.size(); ++b) {
    const psoas::Body& body = model.bodies[b];
    if (!body.massless) {
      const Vec3 center = m.k.X_GB[b].apply_to_point(body.mass_center);
      on[b] += psoas::spatial::force_wrench<double>(Vec3(0.0, -body.mass * model.gravity, 0.0), center);
      const auto inertia = psoas::spatial::inertia_at<double>(m.k.X_GB[b], body.mass, body.mass_center, body.inertia);
      on[b] -= inertia.motion_wrench(m.k.V_GB[b], m.k.A_GB[b]);
    }
    const psoas::Reaction& reaction = m.reactions.in_ground[b];
    const Vec6 wrench = psoas::spatial::force_wrench<double>(reaction.force, reaction.point) +
                        psoas::spatial::moment_wrench<double>(reaction.moment);
    on[b] += wrench;
    if (body.parent != psoas::ground) on[static_cast<std::size_t>(body.parent)] -= wrench;
  }
  // what muscles do to a body is what crosses its joint less what crosses those of its children
  for (std::size_t b = 0; b < on.size(); ++b) {
    for (const psoas::CutTerm& cut : model.crossed_by[b]) {
      const Vec6 pull = m.r.force(cut.strand) * m.paths.crossing[static_cast<std::size_t>(cut.crossing)];
      on[b] += pull;
      if (model.bodies[b].parent != psoas::ground) on[static_cast<std::size_t>(model.bodies[b].parent)] -= pull;
    }
  }
  for (std::size_t b = 0; b < on.size(); ++b) EXPECT_LT(on[b].norm(), 1e-7 * model.body_weight) << model.bodies[b].name;
}

TEST(JointReactions, AreTheLoadsOfHips) {
  const Moving m;
  psoas::Loads loads(m.model);
  psoas::compute_loads(m.model, m.k, m.id, m.paths, m.supports, m.r, loads);
  int found = 0;
  for (const psoas::Load& load : loads.loads) {
    if (load.kind < psoas::lateral) continue;
    const psoas::Reaction reaction =
        psoas::in_child(m.k, load.body, m.reactions.in_ground[static_cast<std::size_t>(load.body)]);
    const bool left = m.model.bodies[static_cast<std::size_t>(load.body)].name.ends_with("_l");
    const double expected = load.kind == psoas::lateral    ? (left ? -1.0 : 1.0) * reaction.force.z()
                            : load.kind == psoas::anterior ? reaction.force.x()
                                                           : reaction.force.y();
    EXPECT_NEAR(load.value, expected, 1e-9 * std::abs(expected) + 1e-9) << load.name;
    ++found;
  }
  EXPECT_EQ(found, 6);
}

// the moment about a hinge is what muscles leave to its reserve
TEST(JointReactions, PassOnTheMomentsOfReserves) {
  const Moving m;
  int found = 0;
  for (std::size_t n = 0; n < m.model.motions.size(); ++n) {
    const psoas::JointMotion& motion = m.model.motions[n];
    if (motion.row < 0) continue;
    const psoas::Row& row = m.model.rows[static_cast<std::size_t>(motion.row)];
    if (row.kind != psoas::Equation::coordinate || motion.coordinate != row.coordinate) continue;
    const psoas::Reaction& reaction = m.reactions.in_ground[static_cast<std::size_t>(motion.body)];
    const Vec6 wrench = psoas::spatial::force_wrench<double>(reaction.force, reaction.point) +
                        psoas::spatial::moment_wrench<double>(reaction.moment);
    int parts = 0;
    for (const psoas::JointMotion& other : m.model.motions) parts += other.row == motion.row ? 1 : 0;
    if (parts > 1) continue;  // coupled: other joints have a share
    // where a point slides in its body with the coordinate, its guide carries a part
    const bool guided = std::any_of(m.model.points.begin(), m.model.points.end(),
                                    [&](const psoas::PathPoint& point) { return point.row == motion.row; });
    if (guided) continue;
    EXPECT_NEAR(m.k.twist[n].dot(wrench), m.r.reserve(motion.row), 1e-7) << row.name;
    ++found;
  }
  EXPECT_GE(found, 8);
}

}  // namespace
