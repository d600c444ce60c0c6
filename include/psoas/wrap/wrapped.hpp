#pragma once

#include <cmath>

#include "psoas/core/status.hpp"
#include "psoas/core/types.hpp"

namespace psoas::wrap {

/// The path from a point P to a point Q past one surface, everything in the surface's frame.
///
/// A unit tension in the path pulls P with `departure`, Q with −`arrival`, and the surface with arrival − departure
/// (at the contact points); the slopes of the length are the opposite of those pulls.
template <Scalar T>
struct Wrapped {
  Status status = Status::not_computed;  ///< anything but ok: every number is NaN
  bool wrapped = false;                  ///< false: one straight line
  bool inside = false;         ///< P or Q is not outside the surface: the path is the straight line between them
  T length = T(not_a_number);  ///< from P to Q [m]
  T arc_angle = T(0.0);        ///< turn about the axis while touching [rad]; 0 when straight
  T arc_length = T(0.0);       ///< along the surface [m]; 0 when straight
  Vector3<T> entry = Vector3<T>::Constant(T(not_a_number));      ///< where it meets the surface [m]; NaN when straight
  Vector3<T> exit = Vector3<T>::Constant(T(not_a_number));       ///< where it leaves the surface [m]; NaN when straight
  Vector3<T> departure = Vector3<T>::Constant(T(not_a_number));  ///< unit direction in which it leaves P
  Vector3<T> arrival = Vector3<T>::Constant(T(not_a_number));    ///< unit direction in which it reaches Q

  /// dL/dP.
  Vector3<T> slope_at_first() const noexcept { return -departure; }
  /// dL/dQ.
  Vector3<T> slope_at_second() const noexcept { return arrival; }
};

/// The straight path from P to Q; not_finite when they coincide (no direction) or are not finite.
template <Scalar T>
Wrapped<T> straight_path(const Vector3<T>& P, const Vector3<T>& Q, bool inside) noexcept {
  using std::sqrt;
  Wrapped<T> path;
  path.inside = inside;
  const Vector3<T> d = Q - P;
  const T square = d.squaredNorm();
  if (!(square > T(0.0)) || !(square - square == T(0.0))) {
    path.status = Status::not_finite;
    path.arc_angle = path.arc_length = T(not_a_number);
    return path;
  }
  path.status = Status::ok;
  path.length = sqrt(square);
  path.departure = path.arrival = d / path.length;
  return path;
}

}  // namespace psoas::wrap
