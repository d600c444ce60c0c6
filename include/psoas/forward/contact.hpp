#pragma once

#include <algorithm>
#include <vector>

#include "psoas/core/types.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/model/model.hpp"
#include "psoas/model/task.hpp"
#include "psoas/spatial/transform.hpp"
#include "psoas/spatial/twist.hpp"

namespace psoas::forward {

/// A yielding plane without friction: force = stiffness * depth * (1 + dissipation * rate of depth), never pulling.
/// @source  form of Hunt & Crossley 1975, J Appl Mech 42:440-445, with exponent 1; both numbers are chosen: a leg sinks
///          a few millimetres into its mat
struct ContactLaw {
  double stiffness = 2e4;    ///< of one node  [N/m]
  double dissipation = 2.0;  ///< [s/m]
};

/// A node that may press on a plane.
struct ContactPair {
  int node = 0;   ///< in Model::nodes
  int plane = 0;  ///< in Task::planes
};

/// Every pair of node and plane that presses in some frame, whose node satisfies `moves(body)`.
template <class Moves>
std::vector<ContactPair> contact_pairs(const Model& model, const Task& task, const Moves& moves) {
  std::vector<ContactPair> pairs;
  for (const TaskFrame& frame : task.frames) {
    for (const ActiveNode& active : frame.supports) {
      const bool known = std::any_of(pairs.begin(), pairs.end(), [&](const ContactPair& pair) {
        return pair.node == active.node && pair.plane == active.plane;
      });
      if (!known && moves(model.nodes[static_cast<std::size_t>(active.node)].body)) {
        pairs.push_back({active.node, active.plane});
      }
    }
  }
  return pairs;
}

/// Force of a plane on a node, world axes [N].
/// @reads kinematics @allocates nothing @throws nothing
inline Vec3 contact_force(const ContactLaw& law, const Kinematics& k, const Node& node,
                          const SupportPlane& plane) noexcept {
  const Vec3 place = world_point(k, node.body, node.at);
  const double depth = plane.normal.dot(plane.point - place);
  if (!(depth > 0.0)) return Vec3::Zero();
  const Vec6& twist = k.V_GB[static_cast<std::size_t>(node.body)];
  const Vec3 velocity = spatial::linear<double>(twist) + spatial::angular<double>(twist).cross(place);
  const double rate = -plane.normal.dot(velocity);
  return law.stiffness * depth * std::max(0.0, 1.0 + law.dissipation * rate) * plane.normal;
}

}  // namespace psoas::forward
