#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "psoas/core/types.hpp"

/// The slow, obvious string: many points, each pulled to the middle of its neighbours and pushed out of the surface.
namespace psoas::wrap {

/// A point inside an ellipsoid is moved to its surface along the normal; one outside stays.
inline Vec3 pushed_out_of_ellipsoid(const Vec3& half_axes, Vec3 x) {
  const Vec3 D = half_axes.cwiseAbs2().cwiseInverse();
  if (x.dot(D.cwiseProduct(x)) >= 1.0) return x;
  const Vec3 n = D.cwiseProduct(x);
  // x + t n on the surface
  const double a = n.dot(D.cwiseProduct(n)), b = n.dot(D.cwiseProduct(x)), c = x.dot(D.cwiseProduct(x)) - 1.0;
  return x + n * ((-b + std::sqrt(b * b - a * c)) / a);
}

/// A point inside the tube of a torus is moved to its surface along the normal; one outside stays.
inline Vec3 pushed_out_of_torus(double ring, double tube, const Vec3& x) {
  const double rho = std::hypot(x.x(), x.y());
  const Vec3 center(ring * x.x() / rho, ring * x.y() / rho, 0.0);
  const Vec3 off = x - center;
  return off.norm() >= tube ? x : Vec3(center + off * (tube / off.norm()));
}

/// Length of a string pulled tight that begins along the given five points, extrapolated from 128 and 256 pieces [m].
/// Its 64 pieces to begin with are short beside the surface, or they would slip through it.
inline double slow_string(std::vector<Vec3> x, const std::function<Vec3(const Vec3&)>& push) {
  double before = 0.0, length = 0.0;
  constexpr std::size_t begin = 33;
  while (x.size() < 257) {
    std::vector<Vec3> finer;
    for (std::size_t i = 0; i + 1 < x.size(); ++i) {
      finer.push_back(x[i]);
      finer.push_back(push(0.5 * (x[i] + x[i + 1])));
    }
    finer.push_back(x.back());
    x = finer;
    double moved = x.size() > begin ? 1.0 : 0.0;
    for (int sweep = 0; sweep < 20000 && moved > 1e-10; ++sweep) {
      moved = 0.0;
      for (std::size_t i = 1; i + 1 < x.size(); ++i) {
        const Vec3 next = push(x[i] + 1.5 * (0.5 * (x[i - 1] + x[i + 1]) - x[i]));
        moved = std::max(moved, (next - x[i]).norm());
        x[i] = next;
      }
    }
    before = length;
    length = 0.0;
    for (std::size_t i = 0; i + 1 < x.size(); ++i) length += (x[i + 1] - x[i]).norm();
  }
  return length + (length - before) / 3.0;
}

}  // namespace psoas::wrap
