#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "psoas/core/types.hpp"

/// A taut string round one surface (closed form) or round several on one path.
namespace psoas::wrap {

/// Which way a path may turn round a surface. Written for a path that goes from its first point to its second.
///
/// A turn is measured round the axis: the z axis of a cylinder; for a sphere the normal n of the plane through both
/// points and the centre, taken on the side of the pole (n · pole > 0). "Counterclockwise" is as seen from the tip of
/// that axis, i.e. positive by the right hand. A pinned side measures the turn from the first to the second point in
/// its own direction, in the range [−90°, 270°): a turn beyond half a circle stays on its side, and a small turn the
/// other way means that the string has left the surface: it is straight then, even where that line would cross the
/// surface, because a pinned surface holds the string from one side only. The path wraps where the turn exceeds
/// acos(r/|p|) + acos(r/|q|), and is straight otherwise; both agree in length and direction where they meet.
///
/// "Over" is for cylinders: the path passes on the half that faces a direction across the axis (the pole). It never
/// crosses the opposite half, so the sense in which it turns follows from where both points lie; a pinned side in that
/// sense does the rest.
///
/// Reversing the order of the two points reverses a pinned side. A mirror image keeps it: mirror the points and the
/// surface's origin through z (S = diag(1, 1, −1)), give the surface the axes S R S, and a sphere the pole
/// −S pole (in its own axes; the default pole stays).
///
/// An ellipsoid is a sphere in coordinates divided by its half axes (see ellipsoid_path); a torus is passed through its
/// hole (see torus_path).
enum class WrapSide {
  shortest,          ///< the shorter way round: never more than half a circle; jumps where both ways are equal
  counterclockwise,  ///< the path turns counterclockwise seen from +axis
  clockwise,         ///< the path turns clockwise seen from +axis
  over               ///< cylinder: the path passes on the half that faces the pole
};

/// The side of the same path walked the other way.
constexpr WrapSide reversed(WrapSide side) noexcept {
  if (side == WrapSide::shortest || side == WrapSide::over) return side;
  return side == WrapSide::clockwise ? WrapSide::counterclockwise : WrapSide::clockwise;
}

/// A surface in its own frame: a cylinder without ends about the z axis, a sphere about the origin, an ellipsoid with
/// its half axes along x, y and z, or a torus about the z axis.
struct Surface {
  enum class Kind { cylinder, sphere, ellipsoid, torus };

  Kind kind = Kind::cylinder;
  double radius = 0.0;  ///< r > 0, torus: of the tube, ellipsoid: the largest half axis [m]
  WrapSide side = WrapSide::shortest;
  /// Pinned sphere or ellipsoid: on which side of the path's plane is "above". Cylinder with side `over`: the direction.
  Vec3 pole = Vec3::UnitZ();
  Vec3 half_axes = Vec3::Zero();  ///< ellipsoid only, > 0 along x, y, z [m]
  double ring_radius = 0.0;       ///< torus only: of the circle that the tube's centre line makes, > r [m]

  static Surface cylinder(double radius, WrapSide side) { return {Kind::cylinder, radius, side, Vec3::UnitZ()}; }
  /// @param direction  across the axis: x and y count, any length
  static Surface cylinder_over(double radius, const Vec3& direction) {
    return {Kind::cylinder, radius, WrapSide::over, direction};
  }
  static Surface sphere(double radius, WrapSide side = WrapSide::shortest, const Vec3& pole = Vec3::UnitZ()) {
    return {Kind::sphere, radius, side, pole};
  }
  static Surface ellipsoid(const Vec3& half_axes, WrapSide side = WrapSide::shortest,
                           const Vec3& pole = Vec3::UnitZ()) {
    return {Kind::ellipsoid, half_axes.maxCoeff(), side, pole, half_axes};
  }
  static Surface torus(double ring_radius, double tube_radius, WrapSide side = WrapSide::shortest) {
    return {Kind::torus, tube_radius, side, Vec3::UnitZ(), Vec3::Zero(), ring_radius};
  }

  friend bool operator==(const Surface& a, const Surface& b) {
    return a.kind == b.kind && a.radius == b.radius && a.side == b.side && a.pole == b.pole &&
           a.half_axes == b.half_axes && a.ring_radius == b.ring_radius;
  }
};

/// What is wrong with a surface, one line each.
inline std::vector<std::string> faults_in(const Surface& surface) {
  std::vector<std::string> faults;
  const auto above_zero = [&](const std::string& name, double value) {
    if (!(value > 0.0) || !std::isfinite(value))
      faults.push_back(name + " must be > 0 m, got " + std::to_string(value));
  };
  if (surface.kind == Surface::Kind::ellipsoid) {
    for (int k = 0; k < 3; ++k) above_zero(std::string("half axis ") + "xyz"[k], surface.half_axes(k));
  } else {
    above_zero("radius", surface.radius);
  }
  if (surface.kind == Surface::Kind::torus &&
      !(surface.ring_radius > surface.radius && std::isfinite(surface.ring_radius)))
    faults.push_back("ring radius must be > the tube's radius, got " + std::to_string(surface.ring_radius));
  if (surface.side == WrapSide::over &&
      (surface.kind != Surface::Kind::cylinder || !(surface.pole.head<2>().squaredNorm() > 0.0)))
    faults.push_back("only a cylinder is passed over, in a direction across its axis");
  const bool has_pole = surface.kind == Surface::Kind::sphere || surface.kind == Surface::Kind::ellipsoid;
  if (has_pole && (!surface.pole.allFinite() || surface.pole.squaredNorm() == 0.0))
    faults.push_back("pole must be a finite direction, not zero");
  return faults;
}

}  // namespace psoas::wrap
