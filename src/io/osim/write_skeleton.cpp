#include "io/osim/write_skeleton.hpp"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>

#include "io/osim/write_function.hpp"
#include "psoas/core/error.hpp"
#include "psoas/model/build_tree.hpp"

namespace psoas::io::osim {
namespace {

/// Three axes that depend on each other less than this (the determinant of unit vectors) make a joint of OpenSim.
constexpr double least_independence = 1e-3;

AxisSpec idle_axis(const Vec3& axis) {
  AxisSpec out;
  out.axis = axis;
  out.function = Function::constant(0.0);
  return out;
}

/// What is left of a unit vector across the axes so far.
double independence(const std::vector<AxisSpec>& axes, const Vec3& unit) {
  Vec3 left = unit;
  std::vector<Vec3> basis;
  for (const AxisSpec& axis : axes) {
    Vec3 direction = axis.axis;
    for (const Vec3& b : basis) direction -= direction.dot(b) * b;
    if (direction.norm() > 1e-9) basis.push_back(direction.normalized());
  }
  for (const Vec3& b : basis) left -= left.dot(b) * b;
  return left.norm();
}

/// OpenSim wants all three: those that are missing turn or shift by nothing.
std::vector<AxisSpec> completed_axes(std::vector<AxisSpec> axes, const std::string& joint) {
  while (axes.size() < 3) {
    const Vec3 units[] = {Vec3::UnitX(), Vec3::UnitY(), Vec3::UnitZ()};
    axes.push_back(idle_axis(*std::max_element(std::begin(units), std::end(units), [&](const Vec3& a, const Vec3& b) {
      return independence(axes, a) < independence(axes, b) - 1e-9;
    })));
  }
  if (std::abs(axes[0].axis.cross(axes[1].axis).dot(axes[2].axis)) < least_independence) {
    throw Error("joint \"" + joint + "\": its axes depend on each other, which a joint of OpenSim must not have");
  }
  return axes;
}

std::vector<std::string> coordinates_of(const JointSpec& joint) {
  std::vector<std::string> out;
  for (const auto* axes : {&joint.rotations, &joint.translations}) {
    for (const AxisSpec& axis : *axes) {
      if (axis.coordinate.empty() || std::count(out.begin(), out.end(), axis.coordinate) > 0) continue;
      out.push_back(axis.coordinate);
    }
  }
  return out;
}

/// A prescribed coordinate is locked, unless it leads others that own equations: those are its own in OpenSim.
bool is_locked(const ModelSpec& spec, const CoordinateSpec& c) {
  return c.role == Role::prescribed &&
         std::none_of(spec.coordinates.begin(), spec.coordinates.end(),
                      [&](const auto& f) { return f.role == Role::follows && f.equation && f.leader == c.name; });
}

void write_coordinate(pugi::xml_node set, const ModelSpec& spec, const CoordinateSpec& c) {
  pugi::xml_node node = add_named(set, "Coordinate", c.name);
  put(node, "default_value", c.default_value);
  put(node, "range", digits(std::vector{c.minimum, c.maximum}));
  put(node, "clamped", false);
  put(node, "locked", is_locked(spec, c));
  if (c.role == Role::follows) put(node, "is_free_to_satisfy_constraints", true);
}

void write_offset_frame(pugi::xml_node joint, const char* name, const std::string& body, const Vec3& offset,
                        const Vec3& rotation) {
  pugi::xml_node frames = joint.child("frames");
  if (!frames) frames = joint.append_child("frames");
  pugi::xml_node frame = add_named(frames, "PhysicalOffsetFrame", name);
  put(frame, "socket_parent", socket_of(body));
  put(frame, "translation", offset);
  put(frame, "orientation", rotation);
}

void write_transform(pugi::xml_node joint, const JointSpec& spec) {
  pugi::xml_node transform = joint.append_child("SpatialTransform");
  int k = 0;
  for (const auto* axes : {&spec.rotations, &spec.translations}) {
    for (const AxisSpec& axis : completed_axes(*axes, spec.name)) {
      const std::string name = (k < 3 ? "rotation" : "translation") + std::to_string(k % 3 + 1);
      pugi::xml_node node = add_named(transform, "TransformAxis", name);
      put(node, "coordinates", axis.coordinate);
      put(node, "axis", axis.axis);
      write_function(node, "function", axis.function);
      ++k;
    }
  }
}

Vec3 angles_of_frame(const Mat3& R) {
  const double y = std::asin(std::clamp(R(0, 2), -1.0, 1.0));
  return {std::atan2(-R(1, 2), R(2, 2)), y, std::atan2(-R(0, 1), R(0, 0))};
}

/// A joint that nothing moves: its constant axes become part of its frame in the parent.
void write_weld(Writer& writer, const JointSpec& spec) {
  spatial::Transform<double> X = detail::frame_of(spec.parent_offset, spec.parent_rotation);
  bool turned = false;
  for (const AxisSpec& axis : spec.translations) X.p += X.R * axis.axis * axis.function.evaluate(0.0).value;
  for (const AxisSpec& axis : spec.rotations) {
    X.R *= Eigen::AngleAxisd(axis.function.evaluate(0.0).value, axis.axis.normalized()).toRotationMatrix();
    turned = true;
  }
  pugi::xml_node joint = add_named(writer.objects("JointSet"), "WeldJoint", spec.name);
  put(joint, "socket_parent_frame", "parent");
  put(joint, "socket_child_frame", "child");
  write_offset_frame(joint, "parent", spec.parent, X.p, turned ? angles_of_frame(X.R) : spec.parent_rotation);
  write_offset_frame(joint, "child", spec.child, spec.child_offset, spec.child_rotation);
}

void write_moving_joint(Writer& writer, const ModelSpec& spec, const JointSpec& joint,
                        const std::vector<std::string>& coordinates) {
  pugi::xml_node node = add_named(writer.objects("JointSet"), "CustomJoint", joint.name);
  put(node, "socket_parent_frame", "parent");
  put(node, "socket_child_frame", "child");
  pugi::xml_node set = node.append_child("coordinates");
  for (const std::string& name : coordinates) {
    write_coordinate(set, spec,
                     *std::find_if(spec.coordinates.begin(), spec.coordinates.end(),
                                   [&](const CoordinateSpec& c) { return c.name == name; }));
  }
  write_offset_frame(node, "parent", joint.parent, joint.parent_offset, joint.parent_rotation);
  write_offset_frame(node, "child", joint.child, joint.child_offset, joint.child_rotation);
  write_transform(node, joint);
}

}  // namespace

void write_bodies(const ModelSpec& spec, Writer& writer) {
  for (const BodySpec& body : spec.bodies) {
    pugi::xml_node node = add_named(writer.objects("BodySet"), "Body", body.name);
    put(node, "mass", body.mass.value);
    put(node, "mass_center", body.mass_center);
    const Mat3& I = body.inertia;
    put(node, "inertia", digits(std::vector{I(0, 0), I(1, 1), I(2, 2), I(0, 1), I(0, 2), I(1, 2)}));
  }
}

void write_joints(const ModelSpec& spec, Writer& writer) {
  for (const JointSpec& joint : spec.joints) {
    const std::vector<std::string> coordinates = coordinates_of(joint);
    if (coordinates.empty()) {
      write_weld(writer, joint);
    } else {
      write_moving_joint(writer, spec, joint, coordinates);
    }
    if (joint.helper) {
      writer.drop(joint.name,
                  joint.balanced_axes.empty()
                      ? "a helper frame: OpenSim moves it in moment arms as well"
                      : "a helper frame: OpenSim moves it in moment arms as well, and the forces of muscles "
                        "on it are not asked to balance");
    }
  }
}

void write_couplers(const ModelSpec& spec, Writer& writer) {
  for (const CoordinateSpec& c : spec.coordinates) {
    if (c.role != Role::follows) continue;
    pugi::xml_node node =
        add_named(writer.objects("ConstraintSet"), "CoordinateCouplerConstraint", c.name + "_follows_" + c.leader);
    put(node, "isEnforced", true);
    write_function(node, "coupled_coordinates_function", c.coupling);
    put(node, "independent_coordinate_names", c.leader);
    put(node, "dependent_coordinate_name", c.name);
    put(node, "scale_factor", 1.0);
  }
}

}  // namespace psoas::io::osim
