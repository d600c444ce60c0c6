#pragma once

#include <cmath>

#include "psoas/core/types.hpp"
#include "psoas/wrap/circle.hpp"

/// Where OpenSim lets a path run when it is held to one half of a cylinder.
namespace psoas::io::osim {

/// How OpenSim passes a cylinder about z on the half that faces a direction across it.
struct HalfRule {
  bool wraps = false;
  bool counterclockwise = false;  ///< where it wraps
};

/// The rule: with an end on the half, a path wraps where the line between its ends cuts the cylinder, or where only one
/// end is on the half and the line passes the axis on the other one, beyond its ends or not. With no end on the half it
/// always wraps. The sense follows from which tangent points lie on the half.
/// @param direction  unit vector across z
/// @param P,Q        outside the cylinder, in its frame [m]
inline HalfRule half_rule(double radius, const Vec3& direction, const Vec3& P, const Vec3& Q) {
  const auto on = [&](const Eigen::Vector2d& at) { return at.dot(direction.head<2>()) >= 0.0; };
  const Eigen::Vector2d p = P.head<2>(), q = Q.head<2>(), way = q - p;
  HalfRule out;
  if (on(p) || on(q)) {
    const double t = -p.dot(way) / way.squaredNorm();
    const Eigen::Vector2d nearest = p + t * way;
    const bool cuts = nearest.norm() < radius && t > 0.0 && t < 1.0;
    if (!cuts && (on(p) == on(q) || on(nearest))) return out;
  }
  out.wraps = true;
  const auto tangent = [&](const Eigen::Vector2d& from, double ahead) -> Eigen::Vector2d {
    const double share = radius / from.norm();
    const Eigen::Vector2d radial = from.normalized(), around(-radial.y(), radial.x());
    return radius * (share * radial + ahead * std::sqrt(1.0 - share * share) * around);
  };
  const bool first_ahead = on(tangent(p, 1.0)), first_behind = on(tangent(p, -1.0));
  if (first_ahead != first_behind) {
    out.counterclockwise = first_ahead;
  } else if (on(tangent(q, 1.0))) {
    out.counterclockwise = false;
  } else if (first_ahead || on(tangent(q, -1.0))) {
    out.counterclockwise = true;
  } else {  // no tangent point on the half: the wider turn
    out.counterclockwise = tangent(p, 1.0).dot(tangent(q, -1.0)) < tangent(p, -1.0).dot(tangent(q, 1.0));
  }
  return out;
}

/// Length of the path that touches a cylinder about z and turns about it in one sense, however far.
inline double length_round(double radius, bool counterclockwise, const Vec3& P, const Vec3& Q) {
  const double sense = counterclockwise ? 1.0 : -1.0;
  const double p = P.head<2>().norm(), q = Q.head<2>().norm();
  const double before = std::sqrt(p * p - radius * radius), after = std::sqrt(q * q - radius * radius);
  const double turn = sense * (std::atan2(Q.y(), Q.x()) - std::atan2(P.y(), P.x()));
  double arc = turn - std::acos(radius / p) - std::acos(radius / q);
  arc -= 2.0 * pi * std::floor(arc / (2.0 * pi));
  return std::hypot(before + after + radius * arc, Q.z() - P.z());
}

}  // namespace psoas::io::osim
