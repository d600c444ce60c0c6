#pragma once

#include <cmath>

#include "psoas/core/types.hpp"
#include "psoas/wrap/planar_guess.hpp"
#include "psoas/wrap/surface.hpp"

namespace psoas::wrap::detail {

/// What a string round an ellipsoid is asked for.
struct EllipsoidTask {
  bool inside = false, straight = false;
  bool pinned = false;
  Vec3 axis = Vec3::Zero();  ///< pinned: the string turns about it, counterclockwise, in the ellipsoid's frame
  Chord chord;
  double middle =
      0.0;  ///< pinned: turn of the plane, from the chord's bulge, whose normal is nearest to the axis [rad]
};

/// Decides, as on a sphere but in coordinates divided by the half axes, whether and to which side a string is pushed.
inline EllipsoidTask ellipsoid_task(const Vec3& half_axes, WrapSide side, const Vec3& pole, const Vec3& P,
                                    const Vec3& Q) noexcept {
  EllipsoidTask task;
  const Vec3 p = P.cwiseQuotient(half_axes), q = Q.cwiseQuotient(half_axes);
  task.inside = !(p.squaredNorm() > 1.0 && q.squaredNorm() > 1.0);
  Chord& chord = task.chord;
  const double size = (q - p).norm();
  if (task.inside || !(size > 0.0)) {
    task.straight = true;
    return task;
  }
  chord.along = (q - p) / size;
  chord.p = chord.along.dot(p);
  chord.q = chord.along.dot(q);
  const Vec3 across = p.cross(q) / size;  // its size is the distance of the line from the centre
  const double off = across.norm();
  task.pinned = side != WrapSide::shortest;
  if (task.pinned) task.axis = side == WrapSide::clockwise ? Vec3(-pole) : pole;
  const auto across_line = [&](const Vec3& x) -> Vec3 { return x - x.dot(chord.along) * chord.along; };
  const Vec3 upright = across_line(task.axis.cwiseQuotient(half_axes));
  // through the centre every plane is as good
  const bool central = off < 1e-12;
  Vec3 normal = across;
  if (central) {
    Eigen::Index least = 0;
    chord.along.cwiseAbs().minCoeff(&least);
    normal = upright.squaredNorm() > 0.0 ? upright : across_line(Vec3::Unit(least));
  }
  // about −across a turn is more than half a circle, or none
  const double sense = task.pinned && normal.dot(upright) < 0.0 ? -1.0 : 1.0;
  chord.bulge = sense * chord.along.cross(normal).normalized();
  chord.off = sense * off;
  chord.up = chord.along.cross(chord.bulge);
  const Vec3 middle = chord.along.cross(upright);
  if (task.pinned) task.middle = std::atan2(middle.dot(chord.up), middle.dot(chord.bulge));
  task.straight = sense > 0.0 ? !chord.crosses() : p.dot(q) >= 0.0;
  return task;
}

}  // namespace psoas::wrap::detail
