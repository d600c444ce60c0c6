#pragma once

#include "psoas/core/dual.hpp"
#include "psoas/core/types.hpp"
#include "psoas/wrap/wrapped.hpp"

namespace psoas::wrap {

/// First slopes of the numbers of a wrapped string in both of its ends; columns: P, then Q.
struct StringSlopes {
  Eigen::Matrix<double, 3, 6> entry, exit, departure, arrival;
  Eigen::Matrix<double, 1, 6> length, arc_length;
};

namespace detail {

/// A number that changes to first order with both ends.
/// @param gradient  by P, then by Q
template <int N, class Gradient>
Dual<N> follow(double value, const Gradient& gradient, const Vector3<Dual<N>>& P, const Vector3<Dual<N>>& Q) noexcept {
  Dual<N> out(value);
  for (int k = 0; k < 3; ++k) out.slopes += gradient(k) * P[k].slopes + gradient(k + 3) * Q[k].slopes;
  return out;
}

template <int N>
Vector3<Dual<N>> follow(const Vec3& value, const Eigen::Matrix<double, 3, 6>& gradient, const Vector3<Dual<N>>& P,
                        const Vector3<Dual<N>>& Q) noexcept {
  Vector3<Dual<N>> out;
  for (int i = 0; i < 3; ++i) out[i] = follow<N>(value[i], gradient.row(i), P, Q);
  return out;
}

/// A solved path with the slopes that its ends carry.
template <int N>
Wrapped<Dual<N>> with_slopes(const Wrapped<double>& path, const StringSlopes& slopes, const Vector3<Dual<N>>& P,
                             const Vector3<Dual<N>>& Q) noexcept {
  using std::atan2, std::sqrt;
  if (usable(path.status) && !path.wrapped) return straight_path<Dual<N>>(P, Q, path.inside);
  Wrapped<Dual<N>> out;
  out.status = path.status;
  out.wrapped = path.wrapped;
  out.arc_angle = path.arc_angle;
  out.arc_length = path.arc_length;
  if (!usable(path.status)) return out;
  out.length = follow<N>(path.length, slopes.length, P, Q);
  out.arc_length = follow<N>(path.arc_length, slopes.arc_length, P, Q);
  out.entry = follow<N>(path.entry, slopes.entry, P, Q);
  out.exit = follow<N>(path.exit, slopes.exit, P, Q);
  out.departure = follow<N>(path.departure, slopes.departure, P, Q);
  out.arrival = follow<N>(path.arrival, slopes.arrival, P, Q);
  const Dual<N> square = out.departure.cross(out.arrival).squaredNorm();
  if (square > 0.0) {
    const Dual<N> turn = atan2(sqrt(square), out.departure.dot(out.arrival));
    out.arc_angle = path.arc_angle > pi ? Dual<N>(2.0 * pi) - turn : turn;
  }
  return out;
}

/// The values without the slopes.
template <int N>
Vec3 plain(const Vector3<Dual<N>>& x) noexcept {
  return {x[0].value, x[1].value, x[2].value};
}

}  // namespace detail

}  // namespace psoas::wrap
