#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "psoas/core/compiled.hpp"
#include "psoas/core/types.hpp"
#include "psoas/loads/loads.hpp"
#include "psoas/mechanics/inverse_dynamics.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/mechanics/paths.hpp"
#include "psoas/mechanics/supports.hpp"
#include "psoas/model/model.hpp"
#include "psoas/model/task.hpp"
#include "psoas/recruit/recruitment.hpp"
#include "psoas/spatial/inertia.hpp"
#include "psoas/spatial/twist.hpp"

namespace psoas {

enum class Cause { gravity, inertia, support, external, ligament, bushing, muscle };

constexpr std::string_view to_string(Cause cause) {
  switch (cause) {
    case Cause::gravity: return "gravity";
    case Cause::inertia: return "inertia";
    case Cause::support: return "support";
    case Cause::external: return "external";
    case Cause::ligament: return "ligament";
    case Cause::bushing: return "bushing";
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
    int part = 0;        ///< body, patch, external force, ligament, bushing or strand
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
/// force, each ligament, bushing and strand.
///
/// @reads all stages of the frame @cost O(loads x strands that cross) @allocates as parts are found
void compute_ledger(const Model& model, const Kinematics& k, std::span<const ExternalForce> external,
                    const InverseDynamics& id, const Paths& paths, const Supports& supports, const Recruitment& r,
                    const Loads& loads, Ledger& out);

}  // namespace psoas

#ifndef PSOAS_COMPILED
#include "psoas/loads/impl/ledger.hpp"
#endif
