#pragma once

#include <cmath>

#include "psoas/core/dual.hpp"
#include "psoas/core/random.hpp"
#include "psoas/core/types.hpp"
#include "psoas/wrap/obstacle.hpp"
#include "psoas/wrap/surface_path.hpp"

/// Random situations for the laws of wrap surfaces.
namespace psoas::wrap {

struct Case {
  Surface surface;
  Vec3 P, Q;
};

struct Draw {
  Random random{77};

  Vec3 vector(double size = 1.0) {
    return {random.uniform(-size, size), random.uniform(-size, size), random.uniform(-size, size)};
  }
  Mat3 axes() {
    return Eigen::Quaterniond(random.normal(), random.normal(), random.normal(), random.normal())
        .normalized()
        .toRotationMatrix();
  }
  /// Both ends clear of the surface; every kind and side in turn.
  Case clear(int i) {
    const WrapSide sides[] = {WrapSide::shortest, WrapSide::counterclockwise, WrapSide::clockwise};
    for (;;) {
      Case c;
      const double radius = random.uniform(0.2, 0.9);
      c.surface =
          i % 2 == 0 ? Surface::cylinder(radius, sides[i % 3]) : Surface::sphere(radius, sides[i % 3], vector());
      c.P = vector(2.0);
      c.Q = vector(2.0);
      const bool flat = i % 2 == 0;
      const double p = flat ? c.P.head<2>().norm() : c.P.norm(), q = flat ? c.Q.head<2>().norm() : c.Q.norm();
      if (p < 1.05 * radius || q < 1.05 * radius || (c.P - c.Q).norm() < 0.1) continue;
      if (!flat && std::fabs(c.P.cross(c.Q).normalized().dot(c.surface.pole)) < 0.02) continue;
      return c;
    }
  }
};

inline Wrapped<double> path_of(const Case& c) { return surface_path<double>(c.surface, c.P, c.Q); }

/// The same situation from the other end.
inline Case walked_back(Case c) {
  std::swap(c.P, c.Q);
  c.surface.side = reversed(c.surface.side);
  return c;
}

/// Outward normal of a surface at one of its points.
inline Vec3 normal(const Surface& s, const Vec3& x) {
  return s.kind == Surface::Kind::cylinder ? Vec3(x.x() / s.radius, x.y() / s.radius, 0.0) : Vec3(x / s.radius);
}

/// Length along the surface between two of its points, by an arc of the given turn (cylinder) or the great circle.
inline double geodesic(const Surface& s, const Vec3& a, const Vec3& b, double turn) {
  if (s.kind == Surface::Kind::cylinder) return std::hypot(s.radius * turn, b.z() - a.z());
  return s.radius * std::atan2(a.cross(b).norm(), a.dot(b));
}

/// Direction of the path along a surface, from the definition of its side: the sense in which it turns at a point.
inline Vec3 turning_axis(const Case& c) {
  Vec3 axis = Vec3::UnitZ();
  if (c.surface.kind == Surface::Kind::sphere) {
    axis = c.P.cross(c.Q).normalized();
    if (c.surface.side != WrapSide::shortest && axis.dot(c.surface.pole) < 0.0) axis = -axis;
  }
  if (c.surface.side == WrapSide::clockwise) axis = -axis;
  const bool shorter_is_clockwise = c.P.cross(c.Q).z() < 0.0 && c.surface.kind == Surface::Kind::cylinder;
  if (c.surface.side == WrapSide::shortest && shorter_is_clockwise) axis = -axis;
  return axis;
}

}  // namespace psoas::wrap
