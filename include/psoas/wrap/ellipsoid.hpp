#pragma once

#include "psoas/core/compiled.hpp"
#include "psoas/core/types.hpp"
#include "psoas/wrap/string_slopes.hpp"
#include "psoas/wrap/surface.hpp"
#include "psoas/wrap/wrapped.hpp"

namespace psoas::wrap {

/// Shortest path from P to Q round an ellipsoid: straight parts and the geodesic between, to rounding.
///
/// The geodesic is followed in the time in which the unit normal moves freely in a quadratic potential, the contact
/// equations are solved by Newton's method with the slopes of neighbouring geodesics.
///
/// @param half_axes  a, b, c > 0 along x, y, z [m]
/// @param side       see WrapSide; turns are measured in coordinates divided by the half axes, where the ellipsoid is
///                   the unit sphere. `shortest` is the shortest string of all. A pinned side takes the shortest one
///                   that turns about the pole on that side at both contacts; where every such string would slip off
///                   to the other side (as beyond half a circle on a ball), the geodesic that is in balance there
/// @param pole       read by a pinned side only; any length. A path over the side that faces the direction m turns
///                   counterclockwise about pole = m × (Q − P)
/// @param P,Q        ends, in the ellipsoid's frame [m]
/// @return           status ok; not_finite (ends coincide or are not finite); not_converged where no geodesic was
///                   found, so also where there are infinitely many, as across the centre of a ball.
///                   An end within the ellipsoid sets `inside` and gives the straight line.
/// @param slopes     the exact first slopes in P and Q of a wrapped path, where they are asked for
/// @note             `shortest` compares the strings that sixteen planes through the line lead to. Where an end
///                   lies within some 2 % of the surface, or half axes differ by more than a factor of 8, it may be
///                   the second best
/// @note             Length is C1 through lift-off. arc_angle is the turn of the straight parts.
/// @cost             some 3 µs on a rounded ellipsoid; up to 0.1 ms where a pinned string slips off or strings on
///                   several sides compete
/// @allocates nothing
Wrapped<double> ellipsoid_path(const Vec3& half_axes, WrapSide side, const Vec3& pole, const Vec3& P, const Vec3& Q,
                               StringSlopes* slopes = nullptr) noexcept;

/// The same for ends that carry slopes.
template <int N>
Wrapped<Dual<N>> ellipsoid_path(const Vec3& half_axes, WrapSide side, const Vec3& pole, const Vector3<Dual<N>>& P,
                                const Vector3<Dual<N>>& Q) noexcept {
  StringSlopes slopes;
  const Wrapped<double> path = ellipsoid_path(half_axes, side, pole, detail::plain<N>(P), detail::plain<N>(Q), &slopes);
  return detail::with_slopes<N>(path, slopes, P, Q);
}

}  // namespace psoas::wrap

#ifndef PSOAS_COMPILED
#include "psoas/wrap/impl/ellipsoid.hpp"
#endif
