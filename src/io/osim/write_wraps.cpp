#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>

#include "io/osim/write_muscles.hpp"
#include "psoas/spatial/rotation.hpp"

namespace psoas::io::osim {
namespace {

/// Cylinders of psoas have no ends: longer than any path comes near [m].
constexpr double cylinder_length = 2.0;

/// Body-fixed X-Y-Z angles of a surface that is turned about its own z.
Vec3 turned_about_z(const Vec3& rotation, double turn) {
  if (turn == 0.0) return rotation;
  const Mat3 R =
      spatial::xyz_body_rotation<double>(rotation) * Eigen::AngleAxisd(turn, Vec3::UnitZ()).toRotationMatrix();
  const double y = std::asin(std::clamp(R(0, 2), -1.0, 1.0));
  return {std::atan2(-R(1, 2), R(2, 2)), y, std::atan2(-R(0, 1), R(0, 0))};
}

void write_wrap_object(pugi::xml_node set, const SurfaceSpec& surface, const WrapObject& object) {
  const std::string& kind = surface.kind;
  const char* element = kind == "sphere"      ? "WrapSphere"
                        : kind == "ellipsoid" ? "WrapEllipsoid"
                        : kind == "torus"     ? "WrapTorus"
                                              : "WrapCylinder";
  pugi::xml_node node = add_named(set, element, object.name);
  put(node, "active", true);
  put(node, "xyz_body_rotation", turned_about_z(surface.rotation, object.turn));
  put(node, "translation", surface.center);
  put(node, "quadrant", object.quadrant);
  if (kind == "ellipsoid") {
    put(node, "dimensions", surface.half_axes);
  } else if (kind == "torus") {  // in OpenSim the tube has the inner radius, the ring of its middle the outer one
    put(node, "inner_radius", surface.radius.value);
    put(node, "outer_radius", surface.ring_radius.value);
  } else {
    put(node, "radius", surface.radius.value);
    if (kind == "cylinder") put(node, "length", cylinder_length);
  }
}

}  // namespace

void write_wrap_objects(const ModelSpec& spec, const Quadrants& quadrants, Writer& writer) {
  for (const SurfaceSpec& surface : spec.surfaces) {
    pugi::xml_node body = writer.objects("BodySet").find_child_by_attribute("name", surface.body.c_str());
    pugi::xml_node set = body.child("WrapObjectSet");
    if (!set) {
      set = add_named(body, "WrapObjectSet", "wrapobjectset");
      set.append_child("objects");
    }
    for (const WrapObject& object : quadrants.objects_of(surface.name)) {
      write_wrap_object(set.child("objects"), surface, object);
    }
  }
}

}  // namespace psoas::io::osim
