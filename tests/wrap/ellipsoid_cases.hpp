#pragma once

#include "psoas/core/dual.hpp"
#include "psoas/core/random.hpp"
#include "psoas/wrap/ellipsoid.hpp"

/// Random strings round ellipsoids of anatomical size.
namespace psoas::wrap {

/// Sizes of the chest, the abdomen, an elbow, a shoulder in published models, and a long and a flat one [m].
inline const Vec3 shapes[] = {{0.075, 0.17, 0.13}, {0.01, 0.08, 0.05}, {0.015, 0.015, 0.1},
                              {0.035, 0.02, 0.02}, {0.02, 0.02, 0.2},  {0.2, 0.2, 0.02}};

struct EllipsoidCase {
  Vec3 half_axes;
  WrapSide side = WrapSide::shortest;
  Vec3 pole = Vec3::UnitZ();
  Vec3 P, Q;

  Wrapped<double> path() const { return ellipsoid_path(half_axes, side, pole, P, Q); }
  Wrapped<Dual<6>> dual_path() const {
    Vector3<Dual<6>> p, q;
    for (int k = 0; k < 3; ++k) p[k] = Dual<6>::variable(P[k], k), q[k] = Dual<6>::variable(Q[k], 3 + k);
    return ellipsoid_path(half_axes, side, pole, p, q);
  }
  Vec3 normal(const Vec3& x) const { return x.cwiseQuotient(half_axes.cwiseAbs2()); }
};

struct EllipsoidDraw {
  Random random{5};

  Vec3 vector(double size) {
    return {random.uniform(-size, size), random.uniform(-size, size), random.uniform(-size, size)};
  }
  /// Both ends at least a tenth of its size from the ellipsoid.
  Vec3 end(const Vec3& half_axes) {
    const double size = half_axes.maxCoeff();
    for (;;) {
      const Vec3 x = half_axes.cwiseProduct(vector(2.0)) + vector(0.3 * size);
      if (x.cwiseQuotient(half_axes + Vec3::Constant(0.1 * size)).norm() > 1.0) return x;
    }
  }
  EllipsoidCase any(const Vec3& half_axes) {
    EllipsoidCase c;
    c.half_axes = half_axes;
    c.P = end(half_axes);
    c.Q = end(half_axes);
    return c;
  }
  EllipsoidCase wrapped(const Vec3& half_axes) {
    for (;;) {
      const EllipsoidCase c = any(half_axes);
      if (c.path().wrapped) return c;
    }
  }
};

}  // namespace psoas::wrap
