#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

#include "psoas/core/types.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/model/model.hpp"
#include "psoas/model/task.hpp"
#include "psoas/spatial/twist.hpp"

namespace psoas {

inline constexpr int friction_edges = 8;  ///< edges of the friction pyramid of a node

/// What a pressing node can do to every equation. Written by compute_supports().
///
/// The force of a node is sum_i c_i e_i with c_i >= 0 and e_i = n + mu (cos(i 45 deg) t1 + sin(i 45 deg) t2): a pyramid
/// inside the friction cone that loses at most 7.6 % of its friction between two edges.
struct Supports {
  struct Column {
    int node = 0;  ///< in Model::nodes
    int plane = 0;
    int patch = 0;
    double strength = 1.0;
    Vec3 place;                             ///< of the node in the world                        [m]
    std::array<Vec3, friction_edges> edge;  ///< force of one unit of each edge        [-]
    std::array<Vec3, 3> axis;               ///< normal and two tangents                         [-]
    int first_entry = 0, n_entries = 0;
  };
  struct Entry {
    int row = 0;
    Vec3 arm;  ///< generalised force of a unit force along each of `axis`  [m or -]
  };
  std::vector<Column> columns;  ///< one an active node
  std::vector<Entry> entries;
  std::uint64_t stamp = 0;

  explicit Supports(const Model& model) {
    columns.reserve(model.nodes.size());
    entries.reserve(model.nodes.size() * 32);
  }
};

/// Columns of the active nodes in the equations of motion.
///
/// @reads kinematics @cost O(nodes x joints on the way to the root) @allocates nothing after set-up @throws nothing
inline void compute_supports(const Model& model, const Kinematics& k, std::span<const SupportPlane> planes,
                             std::span<const ActiveNode> nodes, Supports& out) noexcept {
  out.columns.clear();
  out.entries.clear();
  for (const ActiveNode& active : nodes) {
    const Node& node = model.nodes[static_cast<std::size_t>(active.node)];
    const SupportPlane& plane = planes[static_cast<std::size_t>(active.plane)];
    Supports::Column column;
    column.node = active.node;
    column.plane = active.plane;
    column.patch = node.patch;
    column.strength = active.strength;
    column.place = world_point(k, node.body, node.at);
    column.axis = {plane.normal, plane.tangent, plane.normal.cross(plane.tangent)};
    for (int i = 0; i < friction_edges; ++i) {
      const double angle = 2.0 * pi * i / friction_edges;
      column.edge[static_cast<std::size_t>(i)] =
          column.axis[0] + plane.friction * (std::cos(angle) * column.axis[1] + std::sin(angle) * column.axis[2]);
    }
    column.first_entry = static_cast<int>(out.entries.size());
    std::array<Vec6, 3> unit;
    for (std::size_t i = 0; i < 3; ++i) unit[i] = spatial::force_wrench<double>(column.axis[i], column.place);
    for (const int m : model.chain[static_cast<std::size_t>(node.body)]) {
      const Vec6& twist = k.twist[static_cast<std::size_t>(m)];
      out.entries.push_back({model.motions[static_cast<std::size_t>(m)].row,
                             Vec3(twist.dot(unit[0]), twist.dot(unit[1]), twist.dot(unit[2]))});
    }
    column.n_entries = static_cast<int>(out.entries.size()) - column.first_entry;
    out.columns.push_back(column);
  }
  out.stamp = k.stamp;
}

}  // namespace psoas
