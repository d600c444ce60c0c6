#pragma once

#include "psoas/core/types.hpp"
#include "psoas/wrap/cylinder.hpp"
#include "psoas/wrap/ellipsoid.hpp"
#include "psoas/wrap/sphere.hpp"
#include "psoas/wrap/surface.hpp"
#include "psoas/wrap/torus.hpp"

namespace psoas::wrap {

/// Path from P to Q past a surface, in the surface's frame; see cylinder_path, sphere_path, ellipsoid_path, torus_path.
/// @tparam T  double, or a Dual
template <Scalar T>
Wrapped<T> surface_path(const Surface& surface, const Vector3<T>& P, const Vector3<T>& Q) noexcept {
  using Kind = Surface::Kind;
  const T radius = T(surface.radius);
  if (surface.kind == Kind::cylinder) {
    const WrapSide side = surface.side == WrapSide::over ? side_over<T>(surface.pole, P, Q) : surface.side;
    return cylinder_path<T>(radius, side, P, Q);
  }
  if (surface.kind == Kind::ellipsoid) return ellipsoid_path(surface.half_axes, surface.side, surface.pole, P, Q);
  if (surface.kind == Kind::torus) return torus_path(surface.ring_radius, surface.radius, surface.side, P, Q);
  const Vector3<T> pole = surface.pole.template cast<T>();
  return sphere_path<T>(radius, surface.side, pole, P, Q);
}

}  // namespace psoas::wrap
