#pragma once

#include <cmath>

#include "psoas/core/types.hpp"

/// Spatial algebra: rotations, frames, twists, wrenches and rigid inertias. Plain vectors, world axes.
namespace psoas::spatial {

/// The matrix of the cross product: skew(a) b = a × b.
template <Scalar T>
Matrix3<T> skew(const Vector3<T>& a) noexcept {
  Matrix3<T> m;
  m << T(0.0), -a.z(), a.y(), a.z(), T(0.0), -a.x(), -a.y(), a.x(), T(0.0);
  return m;
}

/// Rotation by an angle about a unit axis (Rodrigues).
///
///   R = cos θ 1 + sin θ [u]× + (1 − cos θ) u uᵀ
///
/// @param axis   u, unit length (not checked)
/// @param angle  θ [rad], positive by the right hand
template <Scalar T>
Matrix3<T> axis_rotation(const Vector3<T>& axis, const T& angle) noexcept {
  using std::cos, std::sin;
  const T c = cos(angle), s = sin(angle), k = T(1.0) - c;
  const T x = axis.x(), y = axis.y(), z = axis.z();
  Matrix3<T> R;
  R << c + k * x * x, k * x * y - s * z, k * x * z + s * y,  //
      k * x * y + s * z, c + k * y * y, k * y * z - s * x,   //
      k * x * z - s * y, k * y * z + s * x, c + k * z * z;
  return R;
}

/// Body-fixed X-Y-Z rotation, R = Rx(x) Ry(y) Rz(z): the meaning of `xyz_body_rotation` in OpenSim files.
///
/// @param x,y,z  angles [rad]
template <Scalar T>
Matrix3<T> xyz_body_rotation(const T& x, const T& y, const T& z) noexcept {
  using std::cos, std::sin;
  const T cx = cos(x), sx = sin(x), cy = cos(y), sy = sin(y), cz = cos(z), sz = sin(z);
  Matrix3<T> R;
  R << cy * cz, -(cy * sz), sy,                                    //
      cx * sz + sx * sy * cz, cx * cz - sx * sy * sz, -(sx * cy),  //
      sx * sz - cx * sy * cz, sx * cz + cx * sy * sz, cx * cy;
  return R;
}

template <Scalar T>
Matrix3<T> xyz_body_rotation(const Vector3<T>& angles) noexcept {
  return xyz_body_rotation<T>(angles.x(), angles.y(), angles.z());
}

/// The angles of xyz_body_rotation, y within ±90° [rad]. Where y is ±90° only x ± z is defined, and z is 0.
inline Vec3 xyz_body_angles(const Mat3& R) noexcept {
  const double across = std::hypot(R(0, 0), R(0, 1));
  const double y = std::atan2(R(0, 2), across);
  if (across < 1e-12) return {std::atan2(R(2, 1), R(1, 1)), y, 0.0};
  return {std::atan2(-R(1, 2), R(2, 2)), y, std::atan2(-R(0, 1), R(0, 0))};
}

/// Rotation by a rotation vector θ u (the exponential map). Smooth through zero.
///
///   R = 1 + sin θ / θ [w]× + (1 − cos θ) / θ² [w]×²
template <Scalar T>
Matrix3<T> rotation_exp(const Vector3<T>& w) noexcept {
  using std::cos, std::sin, std::sqrt;
  const T square = w.squaredNorm();
  T a = T(1.0) - square * T(1.0 / 6.0) * (T(1.0) - square * T(1.0 / 20.0));
  T b = T(0.5) - square * T(1.0 / 24.0) * (T(1.0) - square * T(1.0 / 30.0));
  if (square > T(1e-6)) {
    const T angle = sqrt(square), half = sin(angle * T(0.5));
    a = sin(angle) / angle;
    b = T(2.0) * half * half / square;
  }
  const Matrix3<T> W = skew<T>(w);
  return Matrix3<T>::Identity() + a * W + b * (W * W);
}

/// Rotation vector of R (the logarithm), its angle in [0, π] [rad]. Exact to rounding at every angle.
inline Vec3 rotation_log(const Mat3& R) noexcept {
  const Eigen::Quaterniond q(R);
  const double sine = q.vec().norm();
  if (sine < 1e-300) return Vec3::Zero();
  const double half = q.w() < 0.0 ? std::atan2(-sine, -q.w()) : std::atan2(sine, q.w());
  return q.vec() * (2.0 * half / sine);
}

}  // namespace psoas::spatial
