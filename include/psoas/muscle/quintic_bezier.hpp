#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

#include "psoas/core/types.hpp"
#include "psoas/muscle/value_slope.hpp"

/// Curves of quintic Bezier corners: smooth, with every value, slope and end where it was put.
namespace psoas::muscle {

namespace detail {

inline double value_of(double x) { return x; }
template <class T>
double value_of(const T& x) {
  return x.value;
}

}  // namespace detail

/// One coordinate of a corner: six control points, of which the second and third coincide, and the fourth and fifth.
struct CornerCoordinate {
  double start, near_start, near_end, end;

  /// z(u) - z(0), from the Bernstein polynomials of degree 5.
  template <Scalar T>
  T travel(const T& u) const {
    const T w = 1.0 - u;
    return 5.0 * u * w * ((near_start - start) * (w * w * (1.0 + u)) + (near_end - start) * (u * u * (2.0 - u))) +
           (end - start) * (u * u * u * u * u);
  }
  /// dz/du: of one sign where the four points are in order.
  template <Scalar T>
  T rate(const T& u) const {
    const T w = 1.0 - u, w2 = w * w, u2 = u * u;
    return 5.0 * ((near_start - start) * (w2 * w2) + 6.0 * (near_end - near_start) * (w2 * u2) +
                  (end - near_end) * (u2 * u2));
  }
};

/// A knot of a curve.
struct Knot {
  double x, y, slope;
};

/// The piece of a curve between two knots: tangent to both lines, bent about the point where they meet.
struct BezierCorner {
  CornerCoordinate x, y;

  /// @param curviness  0: gentle, 1: close to the two lines. Mapped to 0.1 + 0.8 curviness, the share of the way from
  ///                   a knot to the meeting point.
  /// @note  The second derivative d2y/dx2 is 0 at both knots, so a chain of corners is C2.
  static BezierCorner between(const Knot& a, const Knot& b, double curviness) {
    const double share = 0.1 + 0.8 * curviness;
    const double turn = a.slope - b.slope;
    const bool parallel = std::fabs(turn) < 1e-12;
    const double meet_x = parallel ? 0.5 * (a.x + b.x) : (b.y - a.y - b.slope * b.x + a.slope * a.x) / turn;
    const double meet_y = parallel ? 0.5 * (a.y + b.y) : a.y + a.slope * (meet_x - a.x);
    const auto coordinate = [share](double from, double meet, double to) {
      return CornerCoordinate{from, from + share * (meet - from), to + share * (meet - to), to};
    };
    return {coordinate(a.x, meet_x, b.x), coordinate(a.y, meet_y, b.y)};
  }

  /// Area under the curve from the first knot to u: y(u) x'(u) has degree 9, which five Gauss points integrate exactly.
  template <Scalar T>
  T area(const T& u) const {
    constexpr double node[3] = {0.0, 0.538469310105683091, 0.906179845938663993};
    constexpr double weight[3] = {0.568888888888888889, 0.478628670499366468, 0.236926885056189088};
    T sum(0.0);
    for (int k = -2; k <= 2; ++k) {
      const std::size_t i = static_cast<std::size_t>(k < 0 ? -k : k);
      const T at = u * (0.5 + (k < 0 ? -0.5 : 0.5) * node[i]);
      sum = sum + weight[i] * (y.start + y.travel(at)) * x.rate(at);
    }
    return sum * (0.5 * u);
  }
};

namespace detail {

/// u in [0, 1] with z(u) = target, by Newton steps kept inside a shrinking bracket; z has to grow with u.
inline double parameter_at(const CornerCoordinate& z, double target) noexcept {
  double low = 0.0, high = 1.0;
  const double rise = target - z.start;
  double u = rise / (z.end - z.start);
  for (int i = 0; i < 100; ++i) {
    const double error = z.travel(u) - rise;
    (error < 0.0 ? low : high) = u;
    double next = u - error / z.rate(u);
    if (std::fabs(next - u) < 1e-15) break;  // before the bracket is asked: u is one of its ends
    if (!(next > low && next < high)) next = 0.5 * (low + high);
    u = next;
  }
  return u;
}

}  // namespace detail

/// A curve of N corners; straight lines beyond its ends.
template <std::size_t N>
class BezierChain {
 public:
  /// @param knots      N + 1 of them, x rising
  /// @param curviness  of each corner
  BezierChain(const std::array<Knot, N + 1>& knots, const std::array<double, N>& curviness)
      : first_(knots.front()), last_(knots.back()) {
    double area = 0.0;
    for (std::size_t i = 0; i < N; ++i) {
      corners_[i] = BezierCorner::between(knots[i], knots[i + 1], curviness[i]);
      area_[i] = area;
      area += corners_[i].area(1.0);
    }
    area_[N] = area;
  }

  /// Value and slope at x. The parameter of the corner is found to the last digit.
  template <Scalar T>
  ValueSlope<T> at(const T& x) const {
    if (!(x > first_.x)) return {first_.y + first_.slope * (x - first_.x), T(first_.slope)};
    if (x >= last_.x) return {last_.y + last_.slope * (x - last_.x), T(last_.slope)};
    const BezierCorner& corner = corners_[corner_of(detail::value_of(x), &BezierCorner::x)];
    const T u = parameter(corner.x, x);
    return {corner.y.start + corner.y.travel(u), corner.y.rate(u) / corner.x.rate(u)};
  }

  /// x at which a rising curve has the value y, and dx/dy; NaN where a flat end never reaches y.
  template <Scalar T>
  ValueSlope<T> inverse(const T& y) const {
    if (!(y > first_.y)) return beyond(first_, y);
    if (y >= last_.y) return beyond(last_, y);
    const BezierCorner& corner = corners_[corner_of(detail::value_of(y), &BezierCorner::y)];
    const T u = parameter(corner.y, y);
    return {corner.x.start + corner.x.travel(u), corner.x.rate(u) / corner.y.rate(u)};
  }

  /// Area under the curve from its first knot to x; negative of the area where x lies before it.
  template <Scalar T>
  T integral(const T& x) const {
    if (!(x > first_.x)) return line_area(first_, x);
    if (x >= last_.x) return area_[N] + line_area(last_, x);
    const std::size_t i = corner_of(detail::value_of(x), &BezierCorner::x);
    return area_[i] + corners_[i].area(parameter(corners_[i].x, x));
  }

  const Knot& first() const { return first_; }
  const Knot& last() const { return last_; }

 private:
  std::size_t corner_of(double z, CornerCoordinate BezierCorner::*coordinate) const {
    std::size_t i = 0;
    while (i + 1 < N && z > (corners_[i].*coordinate).end) ++i;
    return i;
  }
  /// The last Newton step is made in T, which carries a dual number's slope over.
  template <Scalar T>
  static T parameter(const CornerCoordinate& z, const T& target) {
    const double u = detail::parameter_at(z, detail::value_of(target));
    const double rate = z.rate(u);
    if (!(rate > 0.0)) return T(u);
    return u - ((z.start - target) + z.travel(u)) / rate;
  }
  template <Scalar T>
  static ValueSlope<T> beyond(const Knot& knot, const T& y) {
    if (knot.slope > 0.0) return {knot.x + (y - knot.y) / knot.slope, T(1.0 / knot.slope)};
    if (y == T(knot.y)) return {T(knot.x), T(infinity)};
    return {T(not_a_number), T(not_a_number)};
  }
  template <Scalar T>
  static T line_area(const Knot& knot, const T& x) {
    const T run = x - knot.x;
    return run * (knot.y + 0.5 * knot.slope * run);
  }

  Knot first_, last_;
  std::array<BezierCorner, N> corners_;
  std::array<double, N + 1> area_;
};

}  // namespace psoas::muscle
