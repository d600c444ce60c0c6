#pragma once

#include <vector>

#include "cases.hpp"
#include "psoas/wrap/taut_path.hpp"

/// Random paths round several obstacles.
namespace psoas::wrap {

/// Ends and obstacles of a path; every obstacle lies roughly between P and Q, in order, on a random side.
struct Course {
  Vec3 P{-2.0, 0.0, 0.0}, Q{0.0, 0.0, 0.0};
  std::vector<Obstacle> obstacles;

  TautPath path() const { return taut_path(P, Q, obstacles); }
};

/// Cylinders roughly along z, 2 m apart along x, so that no two of them touch. One may be a ball instead, whose string
/// has more than one taut course (it may pass on either side).
inline Course random_course(Draw& draw, int count, bool with_ball = false) {
  Course c;
  const int sphere_at = with_ball ? static_cast<int>(draw.random.below(static_cast<std::uint64_t>(count))) : -1;
  c.P += draw.vector(0.4);
  for (int i = 0; i < count; ++i) {
    const double radius = draw.random.uniform(0.3, 0.9);
    const WrapSide side = draw.random.below(2) == 0 ? WrapSide::clockwise : WrapSide::counterclockwise;
    const Vec3 tilt = draw.vector(0.25);
    const Mat3 axes = Eigen::AngleAxisd(tilt.norm(), tilt.normalized()).toRotationMatrix();
    const bool sphere = i == sphere_at;
    c.obstacles.push_back({sphere ? Surface::sphere(radius) : Surface::cylinder(radius, side), axes,
                           Vec3(2.0 * i, draw.random.uniform(-0.5, 0.5), draw.random.uniform(-0.3, 0.3))});
  }
  c.Q = Vec3(2.0 * count, 0.0, 0.0) + draw.vector(0.4);
  return c;
}

inline int touched(const TautPath& path) {
  int n = 0;
  for (const Touch& t : path.touches) n += t.touched;
  return n;
}

}  // namespace psoas::wrap
