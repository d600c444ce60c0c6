#pragma once

#include "psoas/core/types.hpp"

namespace psoas::wrap::detail {

/// Motion of the unit normal q along a geodesic of an ellipsoid, and of m neighbours.
///
///   q″ = −D q + (2 q·Dq − h) q      D = diag(1/a²),  h = q′·q′ + q·Dq constant
///   ds/dτ = 1 / (√J  q·D⁻¹q)        J = (v·Dv) / (q·D⁻¹q) constant along the geodesic (Joachimsthal)
///
/// This is the free motion on a sphere in a quadratic potential. In its time τ sharp ends and flat sides take about
/// equal times, so equal steps follow an elongated ellipsoid as well as a ball.
/// @source  Knörrer 1982, J reine angew Math 334:69-78 (geodesics and the normal's motion)
template <int m>
struct NormalMotion {
  using Place = Eigen::Matrix<double, 3, m + 1>;  ///< q, then its slopes  [-]
  using Sums = Eigen::Matrix<double, 1, 1>;       ///< s                  [m]

  Vec3 D, squares;  ///< 1/a² [1/m2] and a² [m2]
  double h = 0.0, over_root_J = 0.0;
  Eigen::Matrix<double, 1, m> h_slopes;

  void evaluate(const Place& y, Place& f, Sums& g) const noexcept {
    const Vec3 q = y.col(0), Dq = D.cwiseProduct(q);
    const double pull = 2.0 * q.dot(Dq) - h;
    f.col(0) = pull * q - Dq;
    if constexpr (m > 0) {
      for (int k = 0; k < m; ++k) {
        const Vec3 dq = y.col(k + 1);
        f.col(k + 1) = pull * dq - D.cwiseProduct(dq) + (4.0 * Dq.dot(dq) - h_slopes(k)) * q;
      }
    }
    g(0) = over_root_J / q.dot(squares.cwiseProduct(q));
  }
};

}  // namespace psoas::wrap::detail
