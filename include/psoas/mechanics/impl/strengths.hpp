#pragma once

#include "psoas/core/compiled.hpp"
#include "psoas/mechanics/strengths.hpp"

namespace psoas::detail {

PSOAS_INLINE void fill_others(const Paths& paths, Strengths& out) noexcept {
  for (const Strengths::Other& other : out.others) {
    const Eigen::Index i = other.strand;
    const auto force = muscle::rigid_tendon_force(other.unit, paths.length(i), paths.speed(i));
    out.forces.norm_fiber_length(i) = force.norm_fiber_length;
    out.forces.cos_pennation(i) = force.cos_pennation;
    out.forces.norm_fiber_velocity(i) = force.norm_fiber_velocity;
    out.forces.active(i) = force.active;
    out.forces.passive(i) = force.passive;
    out.forces.active_slope(i) = force.active_slope;
    out.forces.passive_slope(i) = force.passive_slope;
  }
}

}  // namespace psoas::detail
