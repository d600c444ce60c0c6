#pragma once

#include "psoas/core/types.hpp"

namespace psoas::spatial {

/// Pose X_AB of frame B in frame A: takes what is written in B to A.
template <Scalar T>
struct Transform {
  Matrix3<T> R = Matrix3<T>::Identity();  ///< columns: axes of B in A
  Vector3<T> p = Vector3<T>::Zero();      ///< origin of B in A [m]

  /// X_AC = X_AB X_BC.
  friend Transform operator*(const Transform& X_AB, const Transform& X_BC) noexcept {
    return {X_AB.R * X_BC.R, X_AB.R * X_BC.p + X_AB.p};
  }

  /// X_BA.
  Transform inverse() const noexcept { return {R.transpose(), -(R.transpose() * p)}; }

  /// A point of B, seen in A.
  Vector3<T> apply_to_point(const Vector3<T>& p_B) const noexcept { return R * p_B + p; }
  /// A direction or free vector of B, seen in A.
  Vector3<T> apply_to_vector(const Vector3<T>& v_B) const noexcept { return R * v_B; }
  /// A point of A, seen in B.
  Vector3<T> point_to_local(const Vector3<T>& p_A) const noexcept { return R.transpose() * (p_A - p); }
  /// A direction or free vector of A, seen in B.
  Vector3<T> vector_to_local(const Vector3<T>& v_A) const noexcept { return R.transpose() * v_A; }
};

using Pose3 = Transform<double>;

}  // namespace psoas::spatial
