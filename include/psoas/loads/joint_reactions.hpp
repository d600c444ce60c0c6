#pragma once

#include <cstdint>
#include <vector>

#include "psoas/core/types.hpp"
#include "psoas/loads/loads.hpp"
#include "psoas/mechanics/inverse_dynamics.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/mechanics/paths.hpp"
#include "psoas/mechanics/supports.hpp"
#include "psoas/model/model.hpp"
#include "psoas/recruit/recruitment.hpp"

namespace psoas {

/// What a joint does to its child: force and moment at the origin of the joint frame of the child.
struct Reaction {
  Vec3 force = Vec3::Constant(not_a_number);   ///< [N]
  Vec3 moment = Vec3::Constant(not_a_number);  ///< about the point  [N m]
  Vec3 point = Vec3::Constant(not_a_number);   ///< from the origin of the frame  [m]
};

/// The load of every joint, on the child, in the world's axes. Written by compute_joint_reactions(). It holds
/// everything that the joint passes on: what bone, ligament and disc carry, and the couples of discs, capsules, motors
/// and reserves on the joint's own coordinates. For the joint of a free root it is what nothing else carries.
struct JointReactions {
  std::vector<Reaction> in_ground;  ///< (n_bodies)
  std::uint64_t stamp = 0;

  explicit JointReactions(const Model& model) : in_ground(model.bodies.size()) {}
};

/// Minus the sum of weight, inertia, external forces, supports and muscles on everything beyond the joint.
///
/// @reads kinematics inverse_dynamics paths supports recruitment @cost O(crossings + nodes) @allocates nothing
inline void compute_joint_reactions(const Model& model, const Kinematics& k, const InverseDynamics& id,
                                    const Paths& paths, const Supports& supports, const Recruitment& r,
                                    JointReactions& out) noexcept {
  for (int b = 0; b < model.n_bodies(); ++b) {
    const auto i = static_cast<std::size_t>(b);
    const Vec6 beyond = detail::wrench_beyond(model, b, id, paths, supports, r);
    const spatial::Transform<double>& to_joint = model.bodies[i].child_frame_inverse;
    Reaction& reaction = out.in_ground[i];
    reaction.point = k.X_GB[i].apply_to_point(-(to_joint.R.transpose() * to_joint.p));
    reaction.force = -spatial::linear<double>(beyond);
    reaction.moment = -beyond.head<3>() - reaction.point.cross(reaction.force);
  }
  out.stamp = k.stamp;
}

/// The same in the axes of the child, the point from the child's origin.
inline Reaction in_child(const Kinematics& k, int body, const Reaction& in_ground) noexcept {
  const spatial::Transform<double>& X = k.X_GB[static_cast<std::size_t>(body)];
  return {X.R.transpose() * in_ground.force, X.R.transpose() * in_ground.moment,
          X.R.transpose() * (in_ground.point - X.p)};
}

}  // namespace psoas
