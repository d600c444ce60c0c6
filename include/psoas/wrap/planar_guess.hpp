#pragma once

#include <cmath>

#include "psoas/core/types.hpp"
#include "psoas/wrap/circle.hpp"
#include "psoas/wrap/surface.hpp"

namespace psoas::wrap::detail {

/// The line from P to Q, its place beside the unit ball, in coordinates divided by the half axes.
struct Chord {
  Vec3 along = Vec3::Zero();  ///< unit direction from P to Q
  Vec3 bulge = Vec3::Zero();  ///< unit direction across it in which a string is pushed out
  Vec3 up = Vec3::Zero();     ///< along × bulge: the axis about which that string turns is −up
  double p = 0.0, q = 0.0;    ///< where P and Q lie on the line, 0 nearest to the centre
  double off = 0.0;           ///< of the line from the centre, towards the bulge

  /// The line passes through the ball between its ends.
  bool crosses() const noexcept { return std::fabs(off) < 1.0 && p < 0.0 && q > 0.0; }
};

/// A string bent in a plane through the line, on the circle that the plane cuts from the ball.
class PlanarString {
 public:
  /// @param angle  by which the plane is turned from the bulge towards `up` [rad]
  PlanarString(const Chord& chord, double angle) noexcept : along_(chord.along) {
    const double c = std::cos(angle), s = std::sin(angle), height = chord.off * c, aside = chord.off * s;
    m_ = c * chord.bulge + s * chord.up;
    center_ = aside * (s * chord.bulge - c * chord.up);
    r_ = std::sqrt(1.0 - aside * aside);
    flat_ = circle_wrap<double>(r_, chord.p, height, chord.q, height, WrapSide::clockwise);
  }

  bool usable() const noexcept { return flat_.wrapped; }
  /// Where it meets the ball.
  Vec3 entry() const noexcept { return place(flat_.entry_x, flat_.entry_y); }

  /// Its length on the ellipsoid, estimated; infinite where this plane has no such string [m].
  double length(const Vec3& half_axes) const noexcept {
    if (!flat_.wrapped) return infinity;
    const Vec3 a = half_axes.cwiseProduct(along_), b = half_axes.cwiseProduct(m_);
    const double aa = a.squaredNorm(), ab = a.dot(b), bb = b.squaredNorm();
    const auto size = [&](double x, double y) { return std::sqrt(x * x * aa + 2.0 * x * y * ab + y * y * bb); };
    const double arc = simpson([&](double x, double y) { return size(y, -x); });
    return arc + flat_.before * size(flat_.leave_x, flat_.leave_y) + flat_.after * size(flat_.reach_x, flat_.reach_y);
  }

  /// How long the normal takes along the arc in its own time, estimated [m].
  double tau(const Vec3& half_axes) const noexcept {
    return simpson([&](double x, double y) { return r_ / place(x, y).cwiseQuotient(half_axes).norm(); });
  }

 private:
  Vec3 place(double x, double y) const noexcept { return center_ + x * along_ + y * m_; }

  /// Integral over the arc's angle, by Simpson's rule on its two halves.
  template <class F>
  double simpson(const F& f) const noexcept {
    const double c = std::cos(0.25 * flat_.arc), s = std::sin(0.25 * flat_.arc);
    double x = flat_.entry_x, y = flat_.entry_y, sum = 0.0;
    for (const double weight : {1.0, 4.0, 2.0, 4.0, 1.0}) {
      sum += weight * f(x, y);
      const double turned = c * x + s * y;
      y = c * y - s * x;
      x = turned;
    }
    return sum * flat_.arc / 12.0;
  }

  Vec3 along_, m_, center_;
  double r_;
  CircleWrap<double> flat_;
};

}  // namespace psoas::wrap::detail
