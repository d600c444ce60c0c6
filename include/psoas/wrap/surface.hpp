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

/// A surface in its own frame: a cylinder without ends about the z axis, or a sphere about the origin.
struct Surface {
  enum class Kind { cylinder, sphere };

  Kind kind = Kind::cylinder;
  double radius = 0.0;  ///< r > 0 [m]
  WrapSide side = WrapSide::shortest;
  /// Sphere with a pinned side: on which side of the path's plane is "above". Cylinder with side `over`: the direction.
  Vec3 pole = Vec3::UnitZ();

  static Surface cylinder(double radius, WrapSide side) { return {Kind::cylinder, radius, side, Vec3::UnitZ()}; }
  /// @param direction  across the axis: x and y count, any length
  static Surface cylinder_over(double radius, const Vec3& direction) {
    return {Kind::cylinder, radius, WrapSide::over, direction};
  }
  static Surface sphere(double radius, WrapSide side = WrapSide::shortest, const Vec3& pole = Vec3::UnitZ()) {
    return {Kind::sphere, radius, side, pole};
  }

  friend bool operator==(const Surface& a, const Surface& b) {
    return a.kind == b.kind && a.radius == b.radius && a.side == b.side && a.pole == b.pole;
  }
};

/// What is wrong with a surface, one line each.
inline std::vector<std::string> faults_in(const Surface& surface) {
  std::vector<std::string> faults;
  if (!(surface.radius > 0.0) || !std::isfinite(surface.radius))
    faults.push_back("radius must be > 0 m, got " + std::to_string(surface.radius));
  if (surface.side == WrapSide::over &&
      (surface.kind != Surface::Kind::cylinder || !(surface.pole.head<2>().squaredNorm() > 0.0)))
    faults.push_back("only a cylinder is passed over, in a direction across its axis");
  if (surface.kind == Surface::Kind::sphere && (!surface.pole.allFinite() || surface.pole.squaredNorm() == 0.0))
    faults.push_back("pole must be a finite direction, not zero");
  return faults;
}

}  // namespace psoas::wrap
