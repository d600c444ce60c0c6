#pragma once

#include <array>
#include <cmath>
#include <cstddef>

#include "psoas/core/types.hpp"
#include "psoas/core/vector_loop.hpp"
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

/// Planes through the line, each turned from the bulge towards `up`.
struct Planes {
  static constexpr std::size_t most = 17;
  std::size_t count = 0;
  std::array<double, most> cosine, sine;

  void add(double c, double s) noexcept { cosine[count] = c, sine[count] = s, ++count; }
};

/// Lengths on the ellipsoid of the strings bent in each of the planes, estimated; infinite where a plane has none [m].
///
/// A string turns about −up, round the circle that its plane cuts from the ball; an arc is as long as its chords,
/// extrapolated from two and four of them. The middle of an arc lies across its chord, so no angle is needed.
PSOAS_VECTOR_CLONES inline void planar_lengths(const Chord& chord, const Vec3& half_axes, const Planes& planes,
                                               double* length) noexcept {
  const Vec3 a = half_axes.cwiseProduct(chord.along), b = half_axes.cwiseProduct(chord.bulge),
             c = half_axes.cwiseProduct(chord.up);
  const double aa = a.squaredNorm(), ab = a.dot(b), ac = a.dot(c), bb = b.squaredNorm(), bc = b.dot(c),
               cc = c.squaredNorm();
  const double p = chord.p, q = chord.q, off = chord.off;
  const double before = std::sqrt(p * p + off * off - 1.0), after = std::sqrt(q * q + off * off - 1.0);
  const double* const cosine = planes.cosine.data();
  const double* const sine = planes.sine.data();
  const std::size_t count = planes.count;
  PSOAS_INDEPENDENT_STEPS
  for (std::size_t i = 0; i < count; ++i) {
    const double height = off * cosine[i], aside = off * sine[i];
    const double r = std::sqrt(1.0 - aside * aside);
    const double mix = cosine[i] * ab + sine[i] * ac;
    const double across = cosine[i] * cosine[i] * bb + 2.0 * cosine[i] * sine[i] * bc + sine[i] * sine[i] * cc;
    const auto size = [=](double x, double y) { return std::sqrt(x * x * aa + 2.0 * x * y * mix + y * y * across); };
    // contacts, as in circle_wrap()
    const double over_p = 1.0 / (p * p + height * height), over_q = 1.0 / (q * q + height * height);
    const double x0 = r * over_p * (r * p + before * height), y0 = r * over_p * (r * height - before * p);
    const double x4 = r * over_q * (r * q - after * height), y4 = r * over_q * (r * height + after * q);
    const double straight = before * over_p * size(r * height - before * p, -before * height - r * p) +
                            after * over_q * size(after * q + r * height, after * height - r * q);
    // the middle of the arc and of its halves
    const double half = r / std::sqrt((x4 - x0) * (x4 - x0) + (y4 - y0) * (y4 - y0));
    const double x2 = half * (y0 - y4), y2 = half * (x4 - x0);
    const double first = r / std::sqrt((x2 - x0) * (x2 - x0) + (y2 - y0) * (y2 - y0));
    const double x1 = first * (y0 - y2), y1 = first * (x2 - x0);
    const double last = r / std::sqrt((x4 - x2) * (x4 - x2) + (y4 - y2) * (y4 - y2));
    const double x3 = last * (y2 - y4), y3 = last * (x4 - x2);
    const double two = size(x2 - x0, y2 - y0) + size(x4 - x2, y4 - y2);
    const double four =
        size(x1 - x0, y1 - y0) + size(x2 - x1, y2 - y1) + size(x3 - x2, y3 - y2) + size(x4 - x3, y4 - y3);
    const double turn = y0 * x4 - x0 * y4, together = x0 * x4 + y0 * y4, apart = p * q + height * height;
    const bool wrapped = (height >= 0.0 || apart < 0.0) && (turn > 0.0 || (together < 0.0 && apart < 0.0));
    length[i] = wrapped ? straight + (4.0 * four - two) / 3.0 : infinity;
  }
}

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
