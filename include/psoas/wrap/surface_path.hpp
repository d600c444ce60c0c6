#pragma once

#include "psoas/core/types.hpp"
#include "psoas/wrap/cylinder.hpp"
#include "psoas/wrap/sphere.hpp"
#include "psoas/wrap/surface.hpp"

namespace psoas::wrap {

/// Path from P to Q past a surface, in the surface's frame; see cylinder_path and sphere_path.
template <Scalar T>
Wrapped<T> surface_path(const Surface& surface, const Vector3<T>& P, const Vector3<T>& Q) noexcept {
  const T radius = T(surface.radius);
  if (surface.kind == Surface::Kind::cylinder) {
    const WrapSide side = surface.side == WrapSide::over ? side_over<T>(surface.pole, P, Q) : surface.side;
    return cylinder_path<T>(radius, side, P, Q);
  }
  const Vector3<T> pole = surface.pole.template cast<T>();
  return sphere_path<T>(radius, surface.side, pole, P, Q);
}

}  // namespace psoas::wrap
