#pragma once

#include "psoas/core/types.hpp"
#include "psoas/spatial/transform.hpp"
#include "psoas/spatial/twist.hpp"

namespace psoas::spatial {

/// Inertia of a rigid body about the world origin, in world axes; inertias of bodies that move as one add.
template <Scalar T>
struct RigidInertia {
  T mass = T(0.0);                          ///< m                              [kg]
  Vector3<T> moment = Vector3<T>::Zero();   ///< m c, first moment of mass       [kg·m]
  Matrix3<T> inertia = Matrix3<T>::Zero();  ///< about the world origin          [kg·m²]

  /// From what a model holds: inertia about the mass centre moves to the origin by Steiner's rule.
  ///
  ///   I = I_c + m (c·c 1 − c cᵀ)
  ///
  /// @param mass                 m            [kg]
  /// @param center               c, world     [m]
  /// @param inertia_about_center I_c, world axes [kg·m²]
  static RigidInertia at_center(const T& mass, const Vector3<T>& center,
                                const Matrix3<T>& inertia_about_center) noexcept {
    const T square = center.squaredNorm();
    RigidInertia out{mass, mass * center, inertia_about_center};
    for (int i = 0; i < 3; ++i) {
      for (int j = 0; j < 3; ++j) out.inertia(i, j) -= mass * center[i] * center[j];
      out.inertia(i, i) += mass * square;
    }
    return out;
  }

  /// Momentum of the body with twist V: (moment of momentum about the world origin, momentum).
  ///
  ///   h = (I ω + m c × v, m v − m c × ω)
  Vector6<T> momentum(const Vector6<T>& V) const noexcept {
    const Vector3<T> w = angular<T>(V), v = linear<T>(V);
    return join<T>(inertia * w + moment.cross(v), mass * v - moment.cross(w));
  }

  /// ½ V · h [J].
  T kinetic_energy(const Vector6<T>& V) const noexcept { return T(0.5) * V.dot(momentum(V)); }

  /// Wrench that moves the body with twist V and its rate A (both at the world origin): h(A) + V ×* h(V).
  Vector6<T> motion_wrench(const Vector6<T>& V, const Vector6<T>& A) const noexcept {
    return momentum(A) + wrench_cross<T>(V, momentum(V));
  }

  friend RigidInertia operator+(const RigidInertia& a, const RigidInertia& b) noexcept {
    return {a.mass + b.mass, a.moment + b.moment, a.inertia + b.inertia};
  }
};

/// Inertia of a body written in its own frame B (mass centre and inertia about it, axes of B), at the pose X_GB.
template <Scalar T>
RigidInertia<T> inertia_at(const Transform<T>& X_GB, const T& mass, const Vector3<T>& center_B,
                           const Matrix3<T>& inertia_about_center_B) noexcept {
  return RigidInertia<T>::at_center(mass, X_GB.apply_to_point(center_B),
                                    X_GB.R * inertia_about_center_B * X_GB.R.transpose());
}

}  // namespace psoas::spatial
