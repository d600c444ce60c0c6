#pragma once

#include <algorithm>
#include <span>

#include "psoas/core/types.hpp"
#include "psoas/wrap/surface.hpp"

namespace psoas::wrap {

inline constexpr int max_obstacles = 4;  ///< that one path can be solved round together

/// A surface placed in the world.
struct Obstacle {
  Surface surface;
  Mat3 axes = Mat3::Identity();  ///< columns: the surface's x, y, z axes in world axes
  Vec3 origin = Vec3::Zero();    ///< its origin, world [m]

  Vec3 to_local(const Vec3& world) const noexcept { return axes.transpose() * (world - origin); }
  Vec3 to_world(const Vec3& local) const noexcept { return axes * local + origin; }
};

namespace detail {

/// A length of the order of the path, for tolerances [m].
inline double extent(const Vec3& P, const Vec3& Q, std::span<const Obstacle> obstacles) noexcept {
  double size = (Q - P).norm();
  for (const Obstacle& o : obstacles)
    size = std::max({size, o.surface.radius + o.surface.ring_radius, (o.origin - P).norm()});
  return size;
}

}  // namespace detail

}  // namespace psoas::wrap
