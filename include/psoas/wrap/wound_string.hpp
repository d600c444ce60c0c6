#pragma once

#include <cmath>

#include "psoas/core/types.hpp"
#include "psoas/wrap/geodesic_shot.hpp"
#include "psoas/wrap/string_slopes.hpp"
#include "psoas/wrap/wrapped.hpp"

namespace psoas::wrap::detail {

/// Slopes of a hit string in both ends, by the implicit function theorem on miss(u, τ; P, Q) = 0.
inline StringSlopes slopes_of(const Shot<4>& shot, const Vec3& Q) noexcept {
  const Miss<4> at = miss_of(shot, Q);
  StringSlopes out;
  for (int k = 0; k < 6; ++k) {
    const bool first = k < 3;  // an end of P, whose own slopes stand in columns 1 to 3
    const Eigen::Vector2d miss = first ? Eigen::Vector2d(at.slopes.col(k + 1))
                                       : Eigen::Vector2d(shot.exit_normal(k - 3), shot.exit_side()(k - 3));
    const Eigen::Vector2d move = newton_step(miss, at.slopes.col(0), at.slopes.col(4));
    Vec3 entry = move(0) * shot.entry_slopes.col(0), departure = move(0) * shot.departure_slopes.col(0);
    Vec3 exit = move(0) * shot.exit_slopes.col(0) + move(1) * shot.exit_slopes.col(4);
    Vec3 arrival = move(0) * shot.arrival_slopes.col(0) + move(1) * shot.arrival_slopes.col(4);
    if (first) {
      entry += shot.entry_slopes.col(k + 1);
      departure += shot.departure_slopes.col(k + 1);
      exit += shot.exit_slopes.col(k + 1);
      arrival += shot.arrival_slopes.col(k + 1);
    }
    out.entry.col(k) = entry;
    out.exit.col(k) = exit;
    out.departure.col(k) = departure;
    out.arrival.col(k) = arrival;
    out.length(k) = first ? -shot.departure(k) : shot.arrival(k - 3);
    out.arc_length(k) = shot.arrival.dot(exit) - shot.departure.dot(entry);
  }
  return out;
}

/// The path whose numbers must not be used.
inline Wrapped<double> no_path(Status status, const Vec3& P, const Vec3& Q) noexcept {
  Wrapped<double> none;
  none.status = P.allFinite() && Q.allFinite() ? status : Status::not_finite;
  none.arc_angle = none.arc_length = not_a_number;
  return none;
}

/// The wrapped path of a string that hit.
/// @param slopes  its exact first slopes in both ends, where they are asked for
template <class Gun>
Wrapped<double> wound_string(const Gun& gun, const Hit& hit, const Vec3& Q, StringSlopes* slopes) noexcept {
  Wrapped<double> path;
  const Shot<0>& shot = hit.shot;
  path.status = Status::ok;
  path.wrapped = true;
  path.length = hit.length;
  path.arc_length = shot.arc;
  path.entry = shot.entry;
  path.exit = shot.exit;
  path.departure = shot.departure;
  path.arrival = shot.arrival;
  if (slopes != nullptr) *slopes = slopes_of(gun.template shoot<4>(hit.aim, Gun::fine), Q);
  // the turn from one straight part to the other; beyond half a circle it is against the way in which it began
  const Vec3 turned = path.departure.cross(path.arrival);
  path.arc_angle = std::atan2(turned.norm(), path.departure.dot(path.arrival));
  const Vec3 axis = shot.entry_normal.cross(shot.departure);
  if (axis.dot(turned) < 0.0) path.arc_angle = 2.0 * pi - path.arc_angle;
  return path;
}

}  // namespace psoas::wrap::detail
