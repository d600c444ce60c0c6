#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "psoas/core/types.hpp"
#include "psoas/loads/loads.hpp"
#include "psoas/mechanics/inverse_dynamics.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/mechanics/paths.hpp"
#include "psoas/mechanics/supports.hpp"
#include "psoas/model/model.hpp"
#include "psoas/model/task.hpp"
#include "psoas/recruit/recruit.hpp"
#include "psoas/spatial/inertia.hpp"
#include "psoas/spatial/twist.hpp"

namespace psoas {

enum class Cause { gravity, inertia, support, external, muscle };

constexpr std::string_view to_string(Cause cause) {
  switch (cause) {
    case Cause::gravity: return "gravity";
    case Cause::inertia: return "inertia";
    case Cause::support: return "support";
    case Cause::external: return "external";
    case Cause::muscle: return "muscle";
  }
  return "unknown";
}

/// Which structure causes a load. Written by compute_ledger(). Discs, capsules, level rotations, motors and reserves
/// are couples inside a joint: they decide what the muscles do, and add nothing of their own to the forces listed here.
struct Ledger {
  struct Part {
    int load = 0;  ///< in Loads::loads
    Cause cause = Cause::gravity;
    int part = 0;        ///< body, patch, external force or strand
    double value = 0.0;  ///< in the unit of the load
  };
  std::vector<Part> parts;  ///< by load; the parts of a load add up to its value
  std::uint64_t stamp = 0;
};

namespace detail {

/// Inertia wrench of one body: minus its rate of momentum.
inline Vec6 inertia_wrench(const Model& model, const Kinematics& k, std::size_t b) noexcept {
  const Body& body = model.bodies[b];
  const auto inertia = spatial::inertia_at<double>(k.X_GB[b], body.mass, body.mass_center, body.inertia);
  return -inertia.motion_wrench(k.V_GB[b], k.A_GB[b]);
}

}  // namespace detail

/// Splits every load by cause: weight and inertia of each body beyond the joint, each support patch, each external
/// force, each strand.
///
/// @reads all stages of the frame @cost O(loads x strands that cross) @allocates as parts are found
inline void compute_ledger(const Model& model, const Kinematics& k, std::span<const ExternalForce> external,
                           const InverseDynamics& id, const Paths& paths, const Supports& supports,
                           const Recruitment& r, const Loads& loads, Ledger& out) {
  out.parts.clear();
  std::vector<Vec6> patch(model.patches.size());
  for (std::size_t l = 0; l < loads.loads.size(); ++l) {
    const Load& load = loads.loads[l];
    const auto add = [&](Cause cause, int part, const Vec6& wrench) {
      const double value = load.component.dot(wrench);
      if (value != 0.0) out.parts.push_back({static_cast<int>(l), cause, part, value});
    };
    for (int b = load.body; b < model.bodies[static_cast<std::size_t>(load.body)].subtree_end; ++b) {
      const auto i = static_cast<std::size_t>(b);
      const Body& body = model.bodies[i];
      if (body.massless) continue;
      const Vec3 center = k.X_GB[i].apply_to_point(body.mass_center);
      add(Cause::gravity, b, spatial::force_wrench<double>(Vec3(0.0, -body.mass * model.gravity, 0.0), center));
      add(Cause::inertia, b, detail::inertia_wrench(model, k, i));
    }
    for (Vec6& wrench : patch) wrench.setZero();
    for (std::size_t n = 0; n < supports.columns.size(); ++n) {
      const Supports::Column& column = supports.columns[n];
      if (!model.beyond(model.nodes[static_cast<std::size_t>(column.node)].body, load.body)) continue;
      patch[static_cast<std::size_t>(column.patch)] += spatial::force_wrench<double>(r.node_force[n], column.place);
    }
    for (std::size_t p = 0; p < patch.size(); ++p) add(Cause::support, static_cast<int>(p), patch[p]);
    for (std::size_t e = 0; e < external.size(); ++e) {
      add(Cause::external, static_cast<int>(e), id.external_by_load[e][static_cast<std::size_t>(load.body)]);
    }
    for (const CutTerm& cut : model.crossed_by[static_cast<std::size_t>(load.body)]) {
      add(Cause::muscle, cut.strand, r.force(cut.strand) * paths.crossing[static_cast<std::size_t>(cut.crossing)]);
    }
  }
  out.stamp = loads.stamp;
}

}  // namespace psoas
