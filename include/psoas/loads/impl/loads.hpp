#pragma once

#include <cmath>
#include <cstdint>
#include <string>
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
#include "psoas/recruit/recruit.hpp"
#include "psoas/spatial/twist.hpp"

namespace psoas {

PSOAS_INLINE void compute_loads(const Model& model, const Kinematics& k, const InverseDynamics& id, const Paths& paths,
                                const Supports& supports, const Recruitment& r, Loads& out) noexcept {
  std::size_t i = 0;
  const auto fill = [&](int body, int count, const auto& component_of) {
    const Vec6 beyond = detail::wrench_beyond(model, body, id, paths, supports, r);
    out.beyond[static_cast<std::size_t>(body)] = beyond;
    for (int n = 0; n < count; ++n, ++i) {
      Load& load = out.loads[i];
      load.component = component_of(load.kind, beyond);
      load.value = load.component.dot(beyond);
    }
  };
  for (const Level& level : model.levels) {
    const Mat3 axes = detail::endplate_axes(model, k, level);
    const Vec3 center = k.center[static_cast<std::size_t>(level.body)];
    fill(level.body, 4, [&](int kind, const Vec6&) { return detail::lumbar_component(axes, center, kind); });
  }
  for (const Hip& hip : model.hips) {
    const Mat3 R = k.X_GB[static_cast<std::size_t>(hip.body)].R;
    fill(hip.body, 5, [&](int kind, const Vec6& beyond) { return detail::hip_component(model, hip, R, beyond, kind); });
  }
  out.stamp = k.stamp;
}

}  // namespace psoas
