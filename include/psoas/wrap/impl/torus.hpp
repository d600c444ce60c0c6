#pragma once

#include <algorithm>
#include <cmath>

#include "psoas/core/types.hpp"
#include "psoas/wrap/circle.hpp"
#include "psoas/wrap/surface.hpp"
#include "psoas/wrap/torus.hpp"
#include "psoas/wrap/torus_gun.hpp"
#include "psoas/wrap/wound_string.hpp"
#include "psoas/wrap/wrapped.hpp"

namespace psoas::wrap {

namespace detail {

/// f has one lowest place between two neighbours of the lowest of many samples: golden section from there.
template <class F>
double lowest(const F& f, double from, double to, bool periodic, int samples, int cuts) noexcept {
  constexpr double golden = 0.6180339887498949;
  const double width = (to - from) / samples;
  double at = from, least = infinity;
  for (int k = 0; k <= samples; ++k) {
    const double x = from + width * k, value = f(x);
    if (value < least) least = value, at = x;
  }
  double low = at - width, high = at + width;
  if (!periodic) low = std::max(low, from), high = std::min(high, to);
  double x = high - golden * (high - low), y = low + golden * (high - low), fx = f(x), fy = f(y);
  for (int k = 0; k < cuts; ++k) {
    if (fx < fy) {
      high = y, y = x, fy = fx;
      x = high - golden * (high - low), fx = f(x);
    } else {
      low = x, x = y, fx = fy;
      y = low + golden * (high - low), fy = f(y);
    }
  }
  return fx < fy ? x : y;
}

/// Distance of a point from the circle of radius `ring` about z [m].
inline double ring_distance(double ring, const Vec3& x) noexcept {
  return std::hypot(std::hypot(x.x(), x.y()) - ring, x.z());
}

/// The straight line from P to Q passes the plane of the ring within the ring, clear of the tube.
inline bool passes_freely(double ring, double tube, const Vec3& P, const Vec3& Q) noexcept {
  const double t = P.z() / (P.z() - Q.z());
  const Vec3 d = Q - P, through = P + t * d;
  if (!(std::hypot(through.x(), through.y()) < ring)) return false;
  const auto distance = [&](double s) { return ring_distance(ring, P + s * d); };
  return distance(lowest(distance, 0.0, 1.0, false, 16, 24)) >= tube;
}

/// The straight line from a to b enters the tube, beyond touching it.
inline bool enters_tube(double ring, double tube, const Vec3& a, const Vec3& b) noexcept {
  constexpr int samples = 24;
  for (int k = 1; k < samples; ++k)
    if (ring_distance(ring, a + (b - a) * (static_cast<double>(k) / samples)) < (1.0 - 1e-6) * tube) return true;
  return false;
}

}  // namespace detail

PSOAS_INLINE Wrapped<double> torus_path(double ring, double tube, WrapSide side, const Vec3& P, const Vec3& Q,
                                        StringSlopes* slopes) noexcept {
  const bool outside = detail::ring_distance(ring, P) > tube && detail::ring_distance(ring, Q) > tube;
  if (!outside || !((Q - P).norm() > 0.0)) return straight_path<double>(P, Q, !outside);
  const bool rises = P.z() < 0.0 && Q.z() > 0.0, falls = P.z() > 0.0 && Q.z() < 0.0;
  if (side == WrapSide::shortest && !rises && !falls) return straight_path<double>(P, Q, false);
  const bool up = side == WrapSide::shortest ? rises : side == WrapSide::counterclockwise;
  const bool through = up ? rises : falls;
  if (through && detail::passes_freely(ring, tube, P, Q)) return straight_path<double>(P, Q, false);
  // where a string through a thin ring would pass
  const auto bent = [&](double phi) {
    const Vec3 c((ring - tube) * std::cos(phi), (ring - tube) * std::sin(phi), 0.0);
    return (c - P).norm() + (Q - c).norm();
  };
  const double phi = detail::lowest(bent, 0.0, 2.0 * pi, true, 16, 10);
  if (!through) {
    const double c = std::cos(phi), s = std::sin(phi);
    const WrapSide way = up ? WrapSide::clockwise : WrapSide::counterclockwise;  // in the half plane (ρ, z)
    const auto flat =
        circle_wrap<double>(tube, c * P.x() + s * P.y() - ring, P.z(), c * Q.x() + s * Q.y() - ring, Q.z(), way);
    if (!flat.wrapped) return straight_path<double>(P, Q, false);
  }
  const detail::TorusGun gun(ring, tube, up, P);
  double turn = gun.touch_angle(P, phi, true) - gun.touch_angle(Q, phi, false);
  if (!up) turn = -turn;
  turn -= 2.0 * pi * std::floor(turn / (2.0 * pi));
  if (turn > 1.75 * pi) turn = 0.0;  // just lifting off
  detail::Hit hit;
  for (const double aside : {0.0, 0.15, -0.15, 0.4, -0.4}) {
    hit = detail::take_aim(gun, Q, {phi + aside, tube * turn});
    if (hit.found) break;
  }
  if (!hit.found) return detail::no_path(Status::not_converged, P, Q);
  if (!(hit.aim.tau > 0.0)) return straight_path<double>(P, Q, false);  // lift-off, within rounding
  if (detail::enters_tube(ring, tube, P, hit.shot.entry) || detail::enters_tube(ring, tube, hit.shot.exit, Q))
    return detail::no_path(Status::infeasible, P, Q);
  return detail::wound_string(gun, hit, Q, slopes);
}

}  // namespace psoas::wrap
