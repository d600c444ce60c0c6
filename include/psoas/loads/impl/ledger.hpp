#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "psoas/core/compiled.hpp"
#include "psoas/core/types.hpp"
#include "psoas/loads/ledger.hpp"
#include "psoas/loads/loads.hpp"
#include "psoas/mechanics/inverse_dynamics.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/mechanics/links.hpp"
#include "psoas/mechanics/paths.hpp"
#include "psoas/mechanics/supports.hpp"
#include "psoas/model/model.hpp"
#include "psoas/model/task.hpp"
#include "psoas/recruit/recruit.hpp"
#include "psoas/spatial/inertia.hpp"
#include "psoas/spatial/twist.hpp"

namespace psoas {

PSOAS_INLINE void compute_ledger(const Model& model, const Kinematics& k, std::span<const ExternalForce> external,
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
    for (std::size_t i = 0; i < model.ligaments.size(); ++i)
      add(Cause::ligament, static_cast<int>(i), wrench_beyond(model, k, model.ligaments[i], load.body));
    for (std::size_t i = 0; i < model.bushings.size(); ++i)
      add(Cause::bushing, static_cast<int>(i), wrench_beyond(model, k, model.bushings[i], load.body));
    for (const CutTerm& cut : model.crossed_by[static_cast<std::size_t>(load.body)]) {
      add(Cause::muscle, cut.strand, r.force(cut.strand) * paths.crossing[static_cast<std::size_t>(cut.crossing)]);
    }
  }
  out.stamp = loads.stamp;
}

}  // namespace psoas
