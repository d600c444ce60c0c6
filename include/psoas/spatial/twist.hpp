#pragma once

#include "psoas/core/types.hpp"
#include "psoas/spatial/transform.hpp"

/// Twists and wrenches, both at the WORLD ORIGIN and in world axes, so that they add without shifting.
///
///   twist   V = (ω, v)   ω angular velocity [rad/s], v velocity of the body point at the world origin [m/s]
///   wrench  F = (m, f)   m moment about the world origin [N·m], f force [N]
///   power     = V · F    [W]
namespace psoas::spatial {

template <Scalar T>
Vector6<T> join(const Vector3<T>& angular, const Vector3<T>& linear) noexcept {
  Vector6<T> both;
  both << angular, linear;
  return both;
}

template <Scalar T>
Vector3<T> angular(const Vector6<T>& V) noexcept {
  return V.template head<3>();
}
template <Scalar T>
Vector3<T> linear(const Vector6<T>& V) noexcept {
  return V.template tail<3>();
}

/// Unit twist of a hinge about the axis through a point: (u, c × u).
///
/// @param axis   u, unit length
/// @param point  c, any point of the axis [m]
template <Scalar T>
Vector6<T> hinge_twist(const Vector3<T>& axis, const Vector3<T>& point) noexcept {
  return join<T>(axis, point.cross(axis));
}

/// Unit twist of a slide along a direction: (0, u).
template <Scalar T>
Vector6<T> slide_twist(const Vector3<T>& axis) noexcept {
  return join<T>(Vector3<T>::Zero(), axis);
}

/// Velocity of the body point that is at x now: v + ω × x [m/s].
template <Scalar T>
Vector3<T> point_velocity(const Vector6<T>& V, const Vector3<T>& x) noexcept {
  return linear<T>(V) + angular<T>(V).cross(x);
}

/// Wrench of a force that acts at a point: (x × f, f).
template <Scalar T>
Vector6<T> force_wrench(const Vector3<T>& force, const Vector3<T>& point) noexcept {
  return join<T>(point.cross(force), force);
}

/// Wrench of a pure moment: (m, 0).
template <Scalar T>
Vector6<T> moment_wrench(const Vector3<T>& moment) noexcept {
  return join<T>(moment, Vector3<T>::Zero());
}

/// The same wrench with its moment taken about a point c instead of the world origin: (m − c × f, f).
template <Scalar T>
Vector6<T> wrench_about(const Vector6<T>& F, const Vector3<T>& point) noexcept {
  return join<T>(angular<T>(F) - point.cross(linear<T>(F)), linear<T>(F));
}

/// Rate of work of a wrench on a body with a twist [W].
template <Scalar T>
T power(const Vector6<T>& V, const Vector6<T>& F) noexcept {
  return V.dot(F);
}

/// Spatial cross product of twists: the rate at which S, carried along by a body with twist V, changes.
///
///   V × S = (ω × s_ω, ω × s_v + v × s_ω)
template <Scalar T>
Vector6<T> twist_cross(const Vector6<T>& V, const Vector6<T>& S) noexcept {
  const Vector3<T> w = angular<T>(V), v = linear<T>(V), sw = angular<T>(S), sv = linear<T>(S);
  return join<T>(w.cross(sw), w.cross(sv) + v.cross(sw));
}

/// Its dual for wrenches: (V ×* F) · S = −F · (V × S) for every S.
///
///   V ×* F = (ω × m + v × f, ω × f)
template <Scalar T>
Vector6<T> wrench_cross(const Vector6<T>& V, const Vector6<T>& F) noexcept {
  const Vector3<T> w = angular<T>(V), v = linear<T>(V), m = angular<T>(F), f = linear<T>(F);
  return join<T>(w.cross(m) + v.cross(f), w.cross(f));
}

/// A twist written in frame B (at its origin, in its axes), written in A: (R ω, R v + p × R ω).
template <Scalar T>
Vector6<T> transform_twist(const Transform<T>& X_AB, const Vector6<T>& V_B) noexcept {
  const Vector3<T> w = X_AB.R * angular<T>(V_B);
  return join<T>(w, X_AB.R * linear<T>(V_B) + X_AB.p.cross(w));
}

/// A wrench written in frame B (about its origin, in its axes), written in A: (R m + p × R f, R f).
template <Scalar T>
Vector6<T> transform_wrench(const Transform<T>& X_AB, const Vector6<T>& F_B) noexcept {
  const Vector3<T> f = X_AB.R * linear<T>(F_B);
  return join<T>(X_AB.R * angular<T>(F_B) + X_AB.p.cross(f), f);
}

}  // namespace psoas::spatial
