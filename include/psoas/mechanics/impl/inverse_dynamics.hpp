#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "psoas/core/compiled.hpp"
#include "psoas/core/types.hpp"
#include "psoas/mechanics/inverse_dynamics.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/mechanics/links.hpp"
#include "psoas/model/model.hpp"
#include "psoas/model/task.hpp"
#include "psoas/spatial/inertia.hpp"
#include "psoas/spatial/twist.hpp"

namespace psoas {

namespace detail {

/// Adds every body's entry to its parent's, tips first.
inline void sum_subtrees(const Model& model, std::vector<Vec6>& wrench) noexcept {
  for (std::size_t b = model.bodies.size(); b-- > 0;) {
    if (model.bodies[b].parent != ground) wrench[static_cast<std::size_t>(model.bodies[b].parent)] += wrench[b];
  }
}

inline Vec6 external_wrench(const Kinematics& k, const ExternalForce& load) noexcept {
  Vec6 wrench = spatial::force_wrench<double>(load.force, world_point(k, load.body, load.at));
  wrench.head<3>() += load.torque;
  return wrench;
}

}  // namespace detail

PSOAS_INLINE void compute_inertia(const Model& model, const Kinematics& k, std::span<const ExternalForce> loads,
                                  InverseDynamics& out) noexcept {
  for (std::size_t b = 0; b < model.bodies.size(); ++b) {
    const Body& body = model.bodies[b];
    out.gravity[b].setZero();
    out.inertia[b].setZero();
    out.external[b].setZero();
    if (body.massless) continue;
    const Vec3 center = k.X_GB[b].apply_to_point(body.mass_center);
    out.gravity[b] = spatial::force_wrench<double>(Vec3(0.0, -body.mass * model.gravity, 0.0), center);
    if (k.V_GB[b].isZero(0.0) && k.A_GB[b].isZero(0.0)) continue;
    const auto inertia = spatial::inertia_at<double>(k.X_GB[b], body.mass, body.mass_center, body.inertia);
    out.inertia[b] = -inertia.motion_wrench(k.V_GB[b], k.A_GB[b]);
  }
  out.external_by_load.resize(loads.size());
  for (std::size_t l = 0; l < loads.size(); ++l) {
    const Vec6 wrench = detail::external_wrench(k, loads[l]);
    out.external[static_cast<std::size_t>(loads[l].body)] += wrench;
    out.external_by_load[l].assign(model.bodies.size(), Vec6::Zero());
    out.external_by_load[l][static_cast<std::size_t>(loads[l].body)] = wrench;
    detail::sum_subtrees(model, out.external_by_load[l]);
  }
  const auto add_link = [&](int body, const Vec6& wrench) { out.external[static_cast<std::size_t>(body)] += wrench; };
  for (const Ligament& ligament : model.ligaments) for_each_wrench(k, ligament, add_link);
  for (const Bushing& bushing : model.bushings) for_each_wrench(k, bushing, add_link);
  detail::sum_subtrees(model, out.gravity);
  detail::sum_subtrees(model, out.inertia);
  detail::sum_subtrees(model, out.external);
  out.moment.setZero();
  for (std::size_t m = 0; m < model.motions.size(); ++m) {
    const JointMotion& motion = model.motions[m];
    if (motion.row < 0) continue;
    const auto b = static_cast<std::size_t>(motion.body);
    out.moment(motion.row) -= k.twist[m].dot(out.gravity[b] + out.inertia[b] + out.external[b]);
  }
  out.stamp = k.stamp;
}

}  // namespace psoas
