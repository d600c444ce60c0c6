#pragma once

#include <cmath>

#include "psoas/core/types.hpp"
#include "psoas/wrap/surface.hpp"

namespace psoas::wrap {

/// A taut string from p to q past a circle about the origin of a plane.
template <Scalar T>
struct CircleWrap {
  bool wrapped = false;
  bool inside = false;  ///< p or q is not outside the circle
  T before = T(0.0);    ///< from p to the circle   [m]
  T after = T(0.0);     ///< from the circle to q   [m]
  T arc = T(0.0);       ///< angle along the circle [rad]
  T entry_x, entry_y;   ///< where it meets the circle  [m]
  T exit_x, exit_y;     ///< where it leaves the circle [m]
  T leave_x, leave_y;   ///< unit direction at p
  T reach_x, reach_y;   ///< unit direction at q
};

/// Tangents and arc for a pinned or the shorter side; the rule is that of WrapSide.
///
///   entry = r/|p|² (r p + s a Jp)     a = √(|p|² − r²),  J a quarter turn counterclockwise,  s = ±1 the side
///   exit  = r/|q|² (r q − s b Jq)     b = √(|q|² − r²)
///   arc   = angle from entry to exit in the direction of the side
///
/// One arctangent where it wraps, none where it is straight. Fields beyond `inside` are set only where it wraps.
template <Scalar T>
CircleWrap<T> circle_wrap(const T& r, const T& px, const T& py, const T& qx, const T& qy, WrapSide side) noexcept {
  using std::atan2, std::sqrt;
  CircleWrap<T> path;
  const T pp = px * px + py * py, qq = qx * qx + qy * qy, rr = r * r;
  path.inside = !(pp > rr && qq > rr);
  if (path.inside) return path;
  const T cross = px * qy - py * qx, dot = px * qx + py * qy;
  const bool clockwise = side == WrapSide::clockwise || (side == WrapSide::shortest && cross < T(0.0));
  const T s = T(clockwise ? -1.0 : 1.0);
  const bool beyond_half = s * cross < T(0.0) && dot < T(0.0);  // turn in (180°, 270°)
  if (s * cross < T(0.0) && !beyond_half) return path;          // turn in [−90°, 0)

  path.before = sqrt(pp - rr);
  path.after = sqrt(qq - rr);
  const T sa = s * path.before, sb = s * path.after, sr = s * r;
  const T over_p = T(1.0) / pp, over_q = T(1.0) / qq, r_p = r * over_p, r_q = r * over_q;
  path.leave_x = (-path.before * px - sr * py) * over_p;
  path.leave_y = (-path.before * py + sr * px) * over_p;
  path.reach_x = (path.after * qx - sr * qy) * over_q;
  path.reach_y = (path.after * qy + sr * qx) * over_q;
  path.entry_x = r_p * (r * px - sa * py);
  path.entry_y = r_p * (r * py + sa * px);
  path.exit_x = r_q * (r * qx + sb * qy);
  path.exit_y = r_q * (r * qy - sb * qx);

  const T sine = s * (path.entry_x * path.exit_y - path.entry_y * path.exit_x);
  const T cosine = path.entry_x * path.exit_x + path.entry_y * path.exit_y;
  if (beyond_half) {
    // the arc lies in [0, 270°): a sine just below zero beside a positive cosine is rounding at lift-off
    path.wrapped = sine > T(0.0) || cosine < T(0.0);
  } else {
    // the arc lies in (−180°, 180°), and beyond 90° only when the points are more than 90° apart
    path.wrapped = sine > T(0.0) || (cosine < T(0.0) && dot < T(0.0));
  }
  if (!path.wrapped) return path;
  path.arc = atan2(sine, cosine);
  if (path.arc < T(0.0)) path.arc = path.arc + T(2.0 * pi);
  return path;
}

}  // namespace psoas::wrap
