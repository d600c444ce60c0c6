#pragma once

#include "psoas/core/compiled.hpp"
#include "psoas/core/types.hpp"
#include "psoas/wrap/string_slopes.hpp"
#include "psoas/wrap/surface.hpp"
#include "psoas/wrap/wrapped.hpp"

namespace psoas::wrap {

/// Shortest path from P to Q through the hole of a torus about the z axis: it wraps on the inner side of the tube.
///
/// The geodesic is followed with Clairaut's constant, the contact equations are solved by Newton's method with the
/// slopes of neighbouring geodesics; on the inner side neighbours part, so the string is the only one nearby.
///
/// @param ring,tube  radius of the circle that the tube's centre line makes, and of the tube; ring > tube > 0 [m]
/// @param side       `shortest`: through the hole from the side of P to that of Q; a straight line, held by nothing,
///                   when both lie on the same side of the plane z = 0. `counterclockwise`: upwards (+z) through the
///                   hole, i.e. positive about the tube's tangent e_φ where the path passes, also when it has turned
///                   on about the tube to more than half a circle (the range is that of a cylinder); `clockwise`:
///                   downwards
/// @param P,Q        ends, in the torus' frame [m]
/// @return           status ok; not_finite (ends coincide or are not finite); infeasible where the hole bends
///                   the string twice, at opposite sides (this surface has one contact); not_converged where no
///                   geodesic was found. An end within the tube sets `inside` and gives the straight line.
/// @param slopes     as for ellipsoid_path
/// @note             A mirror image through z turns a pinned side round.
/// @allocates nothing
Wrapped<double> torus_path(double ring, double tube, WrapSide side, const Vec3& P, const Vec3& Q,
                           StringSlopes* slopes = nullptr) noexcept;

/// The same for ends that carry slopes.
template <int N>
Wrapped<Dual<N>> torus_path(double ring, double tube, WrapSide side, const Vector3<Dual<N>>& P,
                            const Vector3<Dual<N>>& Q) noexcept {
  StringSlopes slopes;
  const Wrapped<double> path = torus_path(ring, tube, side, detail::plain<N>(P), detail::plain<N>(Q), &slopes);
  return detail::with_slopes<N>(path, slopes, P, Q);
}

}  // namespace psoas::wrap

#ifndef PSOAS_COMPILED
#include "psoas/wrap/impl/torus.hpp"
#endif
