#pragma once

#include <cmath>

#include "psoas/core/types.hpp"
#include "psoas/wrap/circle.hpp"
#include "psoas/wrap/surface.hpp"
#include "psoas/wrap/wrapped.hpp"

namespace psoas::wrap {

/// The sense of a path from P to Q that passes the axis on the half that faces a direction: the angle from the
/// direction, between -180 and 180 degrees, grows counterclockwise.
template <Scalar T>
WrapSide side_over(const Vec3& direction, const Vector3<T>& P, const Vector3<T>& Q) noexcept {
  const T turned_P = direction.x() * P.y() - direction.y() * P.x();
  const T turned_Q = direction.x() * Q.y() - direction.y() * Q.x();
  const bool left_P = turned_P >= T(0.0), left_Q = turned_Q >= T(0.0);
  const bool grows = left_P != left_Q ? left_Q : P.x() * Q.y() - P.y() * Q.x() >= T(0.0);
  return grows ? WrapSide::counterclockwise : WrapSide::clockwise;
}

/// Shortest path from P to Q round a cylinder without ends about the z axis, on a given side. Exact: the unrolled
/// path is a straight line, so the arc is a helix and both straight parts have its pitch.
///
///   l = a + b + r · arc  (in the plane across the axis),  L = √(l² + (Q_z − P_z)²)
///
/// @param radius  r [m]
/// @param side    see WrapSide; the axis is +z
/// @param P,Q     ends, in the cylinder's frame [m]
/// @return        status ok, or not_finite (ends coincide or are not finite). An end within the radius sets `inside`
///                and gives the straight line.
/// @note          Length is C1, its slopes continuous, also through lift-off; the slopes have a kink there.
/// @source        Garner & Pandy 2000, Comput Methods Biomech Biomed Eng 3:1-30 (obstacle set), helix exact here
template <Scalar T>
Wrapped<T> cylinder_path(const T& radius, WrapSide side, const Vector3<T>& P, const Vector3<T>& Q) noexcept {
  using std::sqrt;
  const CircleWrap<T> flat = circle_wrap<T>(radius, P.x(), P.y(), Q.x(), Q.y(), side);
  if (!flat.wrapped) return straight_path<T>(P, Q, flat.inside);
  Wrapped<T> path;
  const T around = radius * flat.arc;
  const T l = flat.before + flat.after + around;
  const T rise = Q.z() - P.z();
  const T length = sqrt(l * l + rise * rise);
  if (!(length - length == T(0.0))) return straight_path<T>(P, Q, false);
  const T cosine = l / length, sine = rise / length, pitch = rise / l;
  path.status = Status::ok;
  path.wrapped = true;
  path.length = length;
  path.arc_angle = flat.arc;
  path.arc_length = around / cosine;
  path.entry = Vector3<T>(flat.entry_x, flat.entry_y, P.z() + pitch * flat.before);
  path.exit = Vector3<T>(flat.exit_x, flat.exit_y, Q.z() - pitch * flat.after);
  path.departure = Vector3<T>(cosine * flat.leave_x, cosine * flat.leave_y, sine);
  path.arrival = Vector3<T>(cosine * flat.reach_x, cosine * flat.reach_y, sine);
  return path;
}

}  // namespace psoas::wrap
