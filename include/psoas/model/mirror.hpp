#pragma once

#include <string>
#include <string_view>

#include "psoas/core/types.hpp"
#include "psoas/model/spec.hpp"

/// The left side from the right one and back: reflection at the X-Y plane, M = diag(1, 1, -1).
///
/// Names and references that end in `_r` end in `_l` afterwards, and the reverse. Points and directions of shift
/// reverse z; axes and angles of rotation, which are axial, reverse x and y, so that a coordinate keeps its meaning
/// (abduction is positive on both sides). Frames become M R M: the surface of a wrap is mirrored with its z axis,
/// and the sense in which a path turns about it stays. Every function here undoes itself; `where` stays.
namespace psoas {

/// `hip_r` -> `hip_l`, `hip_l` -> `hip_r`, `pelvis` -> `pelvis`.
inline std::string other_side(std::string_view name) {
  std::string out{name};
  const auto ends_in = [&](std::string_view tail) {
    return out.size() >= tail.size() && out.compare(out.size() - tail.size(), tail.size(), tail) == 0;
  };
  if (ends_in("_r")) {
    out.back() = 'l';
  } else if (ends_in("_l")) {
    out.back() = 'r';
  }
  return out;
}

namespace detail {

inline std::string other_letter(const std::string& side) { return side == "r" ? "l" : side == "l" ? "r" : side; }

// 0 - x, not -x: no negative zeros
inline Vec3 mirrored_polar(const Vec3& v) { return {v.x(), v.y(), 0.0 - v.z()}; }
inline Vec3 mirrored_axial(const Vec3& v) { return {0.0 - v.x(), 0.0 - v.y(), v.z()}; }

}  // namespace detail

/// Mass, mass centre with z reversed, M I M.
inline BodySpec mirrored(BodySpec body) {
  body.name = other_side(body.name);
  body.mass_center = detail::mirrored_polar(body.mass_center);
  for (const int k : {0, 1}) {
    body.inertia(k, 2) = 0.0 - body.inertia(k, 2);
    body.inertia(2, k) = 0.0 - body.inertia(2, k);
  }
  return body;
}

/// Frames, axes and coordinates; the functions stay, for the reversed axes carry the reflection.
inline JointSpec mirrored(JointSpec joint) {
  joint.name = other_side(joint.name);
  joint.parent = other_side(joint.parent);
  joint.child = other_side(joint.child);
  joint.parent_offset = detail::mirrored_polar(joint.parent_offset);
  joint.child_offset = detail::mirrored_polar(joint.child_offset);
  joint.parent_rotation = detail::mirrored_axial(joint.parent_rotation);
  joint.child_rotation = detail::mirrored_axial(joint.child_rotation);
  for (AxisSpec& rotation : joint.rotations) {
    rotation.axis = detail::mirrored_axial(rotation.axis);
    rotation.coordinate = other_side(rotation.coordinate);
  }
  for (AxisSpec& translation : joint.translations) {
    translation.axis = detail::mirrored_polar(translation.axis);
    translation.coordinate = other_side(translation.coordinate);
  }
  return joint;
}

/// Name and leader; ranges and coupling stay.
inline CoordinateSpec mirrored(CoordinateSpec coordinate) {
  coordinate.name = other_side(coordinate.name);
  coordinate.leader = other_side(coordinate.leader);
  return coordinate;
}

inline SurfaceSpec mirrored(SurfaceSpec surface) {
  surface.name = other_side(surface.name);
  surface.body = other_side(surface.body);
  surface.center = detail::mirrored_polar(surface.center);
  surface.rotation = detail::mirrored_axial(surface.rotation);
  return surface;
}

/// z reversed, whether it is a number or a function of a coordinate.
inline PointSpec mirrored(PointSpec point) {
  point.body = other_side(point.body);
  point.coordinate = other_side(point.coordinate);
  if (point.condition) point.condition->coordinate = other_side(point.condition->coordinate);
  point.at = detail::mirrored_polar(point.at);
  if (point.functions[2]) point.functions[2] = point.functions[2]->scaled(-1.0);
  return point;
}

/// Path, side and names; groups carry no side, and what the strand is made of stays.
inline MuscleSpec mirrored(MuscleSpec muscle) {
  muscle.name = other_side(muscle.name);
  muscle.side = detail::other_letter(muscle.side);
  for (PointSpec& point : muscle.points) point = mirrored(point);
  for (PathWrapSpec& wrap : muscle.wraps) wrap.surface = other_side(wrap.surface);
  return muscle;
}

/// Points; rest length and curve stay.
inline LigamentSpec mirrored(LigamentSpec ligament) {
  ligament.name = other_side(ligament.name);
  for (PointSpec& point : ligament.points) point = mirrored(point);
  return ligament;
}

/// Both frames; what it resists along and about their axes stays.
inline BushingSpec mirrored(BushingSpec bushing) {
  bushing.name = other_side(bushing.name);
  for (FrameSpec& frame : bushing.frames) {
    frame.body = other_side(frame.body);
    frame.at = detail::mirrored_polar(frame.at);
    frame.rotation = detail::mirrored_axial(frame.rotation);
  }
  return bushing;
}

inline ActuatorSpec mirrored(ActuatorSpec actuator) {
  actuator.name = other_side(actuator.name);
  actuator.coordinate = other_side(actuator.coordinate);
  return actuator;
}

inline HipSpec mirrored(HipSpec hip) {
  hip.side = detail::other_letter(hip.side);
  hip.joint = other_side(hip.joint);
  hip.flexion = other_side(hip.flexion);
  return hip;
}

inline PatchSpec mirrored(PatchSpec patch) {
  patch.name = other_side(patch.name);
  patch.reported_as = other_side(patch.reported_as);
  for (PointSpec& node : patch.nodes) node = mirrored(node);
  return patch;
}

}  // namespace psoas
