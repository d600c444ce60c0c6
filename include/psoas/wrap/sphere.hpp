#pragma once

#include <cmath>

#include "psoas/core/types.hpp"
#include "psoas/wrap/circle.hpp"
#include "psoas/wrap/wrapped.hpp"

namespace psoas::wrap {

/// Path from P to Q round a sphere about the origin: straight parts and a great-circle arc in the plane through both
/// ends and the centre.
///
/// @param radius  r [m]
/// @param side    see WrapSide; a pinned side turns about the plane's normal that has n · pole > 0. A real string stays
///                on a sphere only up to half a circle; beyond, the pinned path goes on as a geodesic that is not
///                the shortest.
/// @param pole    read by a pinned side only; any length
/// @param P,Q     ends, in the sphere's frame [m]
/// @return        status ok; not_finite (ends coincide or are not finite); infeasible where no plane is defined: the
///                ends are opposite across the centre, or (pinned side) the pole lies in their plane.
///                An end within the radius sets `inside` and gives the straight line.
template <Scalar T>
Wrapped<T> sphere_path(const T& radius, WrapSide side, const Vector3<T>& pole, const Vector3<T>& P,
                       const Vector3<T>& Q) noexcept {
  using std::sqrt;
  const T pp = P.squaredNorm(), qq = Q.squaredNorm(), rr = radius * radius, dot = P.dot(Q);
  if (!(pp > rr && qq > rr)) return straight_path<T>(P, Q, true);
  Vector3<T> across = P.cross(Q);
  const T cross_square = across.squaredNorm();
  const auto undefined = [] {
    Wrapped<T> none;
    none.status = Status::infeasible;
    none.arc_angle = none.arc_length = T(not_a_number);
    return none;
  };
  if (!(cross_square > T(1e-30) * pp * qq)) return dot < T(0.0) ? undefined() : straight_path<T>(P, Q, false);
  T cross = sqrt(cross_square);
  across = across / cross;
  if (side == WrapSide::shortest) {
    side = WrapSide::counterclockwise;  // about P × Q, the turn is at most half a circle
  } else {
    const T above = across.dot(pole);
    if (above < T(0.0)) across = -across, cross = -cross;
    // across a line that misses the sphere no side is needed
    const bool line_is_free = cross_square >= rr * (pp + qq - dot - dot) || !(pp > dot && qq > dot);
    if (above == T(0.0)) return line_is_free ? straight_path<T>(P, Q, false) : undefined();
  }
  const T p = sqrt(pp);
  const Vector3<T> e1 = P / p, e2 = across.cross(e1);
  const CircleWrap<T> flat = circle_wrap<T>(radius, p, T(0.0), dot / p, cross / p, side);
  if (!flat.wrapped) return straight_path<T>(P, Q, flat.inside);
  Wrapped<T> path;
  path.status = Status::ok;
  path.wrapped = true;
  path.arc_angle = flat.arc;
  path.arc_length = radius * flat.arc;
  path.length = flat.before + flat.after + path.arc_length;
  path.entry = e1 * flat.entry_x + e2 * flat.entry_y;
  path.exit = e1 * flat.exit_x + e2 * flat.exit_y;
  path.departure = e1 * flat.leave_x + e2 * flat.leave_y;
  path.arrival = e1 * flat.reach_x + e2 * flat.reach_y;
  return path;
}

}  // namespace psoas::wrap
