#include "io/osim/skeleton.hpp"

#include <algorithm>
#include <cmath>

#include "io/osim/function.hpp"
#include "psoas/core/nearest_name.hpp"
#include "psoas/spatial/rotation.hpp"

namespace psoas::io::osim {
namespace {

/// Axes of the joints that are no CustomJoint, in the order of their coordinates: 0-2 turn about, 3-5 move along x y z.
struct JointKind {
  const char* name;
  std::vector<int> axes;
};

const std::vector<JointKind>& joint_kinds() {
  static const std::vector<JointKind> kinds{{"WeldJoint", {}},          {"PinJoint", {2}},
                                            {"SliderJoint", {3}},       {"UniversalJoint", {0, 1}},
                                            {"BallJoint", {0, 1, 2}},   {"GimbalJoint", {0, 1, 2}},
                                            {"PlanarJoint", {2, 3, 4}}, {"FreeJoint", {0, 1, 2, 3, 4, 5}}};
  return kinds;
}

bool is_joint(pugi::xml_node node) { return std::string_view(node.name()).ends_with("Joint"); }

}  // namespace

void Skeleton::read(pugi::xml_node model) {
  frames_["ground"] = {"ground", Vec3::Zero(), Vec3::Zero()};
  std::vector<std::pair<pugi::xml_node, std::string>> joints;
  for (const pugi::xml_node body : Reader::members(model.child("BodySet"))) {
    if (Reader::name(body) == "ground") continue;
    read_body(body);
    for (const pugi::xml_node joint : body.child("Joint").children()) {
      if (is_joint(joint)) joints.emplace_back(joint, Reader::name(body));
    }
  }
  for (const pugi::xml_node joint : Reader::members(model.child("JointSet"))) joints.emplace_back(joint, "");
  for (const pugi::xml_node body : Reader::members(model.child("BodySet"))) read_frames(body);
  read_frames(model.child("Ground"));
  for (const auto& [joint, child] : joints) read_joint(joint, child);
  for (const pugi::xml_node constraint : Reader::members(model.child("ConstraintSet"))) read_coupler(constraint);
  name_translations();
}

void Skeleton::read_body(pugi::xml_node body) {
  BodySpec out;
  out.name = Reader::name(body);
  out.where = reader_.where(body);
  out.mass = reader_.number(body, "mass", 0.0);
  out.mass.where = out.where;
  out.mass_center = reader_.vector(body, "mass_center");
  std::vector<double> I = reader_.numbers(body, "inertia", 6);
  if (I.empty()) {
    for (const char* tag : {"inertia_xx", "inertia_yy", "inertia_zz", "inertia_xy", "inertia_xz", "inertia_yz"}) {
      I.push_back(reader_.number(body, tag, 0.0));
    }
  }
  out.inertia << I[0], I[3], I[4], I[3], I[1], I[5], I[4], I[5], I[2];
  frames_[out.name] = {out.name, Vec3::Zero(), Vec3::Zero()};
  spec_.bodies.push_back(std::move(out));
}

std::string Skeleton::coordinate(const std::string& path, pugi::xml_node from, const std::string& who) {
  const std::string name = last_part(path);
  if (find_coordinate(name)) return name;
  std::vector<std::string> known;
  for (const CoordinateSpec& c : spec_.coordinates) known.push_back(c.name);
  reader_.fault(from, who + ": no coordinate \"" + name + '"' + did_you_mean(name, known));
  return "";
}

CoordinateSpec* Skeleton::find_coordinate(const std::string& name) {
  for (CoordinateSpec& c : spec_.coordinates) {
    if (c.name == name) return &c;
  }
  return nullptr;
}

void Skeleton::read_joint(pugi::xml_node joint, const std::string& child_body) {
  JointSpec out;
  out.name = Reader::name(joint);
  out.where = reader_.where(joint);
  if (reader_.flag(joint, "reverse", false)) {
    reader_.fault(joint, "joint \"" + out.name + "\": a reversed joint (child to parent) is not read");
  }
  place_joint(joint, child_body, out);
  const std::string kind = joint.name();
  if (kind == "CustomJoint") {
    read_spatial_transform(joint, read_coordinates(joint, 0), out);
  } else {
    const auto known =
        std::find_if(joint_kinds().begin(), joint_kinds().end(), [&](const JointKind& k) { return k.name == kind; });
    if (known == joint_kinds().end()) {
      reader_.drop(out.name, "a joint of kind " + kind + " is not known: its bodies are welded as they stand");
    } else {
      const std::vector<std::string> names = read_coordinates(joint, known->axes.size());
      for (std::size_t i = 0; i < names.size() && i < known->axes.size(); ++i) {
        const int axis = known->axes[i];
        AxisSpec spec;
        spec.axis = Vec3::Unit(axis % 3);
        spec.coordinate = names[i];
        (axis < 3 ? out.rotations : out.translations).push_back(std::move(spec));
      }
    }
  }
  spec_.joints.push_back(std::move(out));
}

void Skeleton::place_joint(pugi::xml_node joint, const std::string& child_body, JointSpec& out) {
  if (!child_body.empty()) {  // before version 40000 a body holds its joint
    const std::optional<Frame> parent = frame(reader_.text(joint, "parent_body"), joint, "joint \"" + out.name + '"');
    out.parent = parent ? parent->body : "ground";
    out.child = child_body;
    out.parent_offset = reader_.vector(joint, "location_in_parent");
    out.parent_rotation = reader_.vector(joint, "orientation_in_parent");
    out.child_offset = reader_.vector(joint, "location");
    out.child_rotation = reader_.vector(joint, "orientation");
    return;
  }
  read_frames(joint);
  place_in_frame(joint, "socket_parent_frame", out.parent, out.parent_offset, out.parent_rotation);
  place_in_frame(joint, "socket_child_frame", out.child, out.child_offset, out.child_rotation);
}

/// A socket names a body, or an offset frame: one of the joint's own, or a body's.
void Skeleton::place_in_frame(pugi::xml_node joint, const char* socket, std::string& body, Vec3& offset,
                              Vec3& rotation) {
  const std::string name = Reader::name(joint), path = reader_.text(joint, socket);
  const pugi::xml_node from = joint.child(socket) ? joint.child(socket) : joint;
  if (const std::optional<Frame> base = frame(path, from, "joint \"" + name + '"', name)) {
    body = base->body;
    offset = base->offset, rotation = base->rotation;
  }
}

std::vector<std::string> Skeleton::read_coordinates(pugi::xml_node joint, std::size_t expected) {
  std::vector<pugi::xml_node> found = Reader::members(joint.child("CoordinateSet"));
  for (const pugi::xml_node c : joint.child("coordinates").children("Coordinate")) found.push_back(c);
  std::vector<std::string> names;
  for (const pugi::xml_node c : found) {
    read_coordinate(c);
    names.push_back(Reader::name(c));
  }
  while (names.size() < expected) {  // OpenSim names them so
    CoordinateSpec c;
    c.name = Reader::name(joint) + "_coord_" + std::to_string(names.size());
    c.where = reader_.where(joint);
    names.push_back(c.name);
    spec_.coordinates.push_back(std::move(c));
  }
  return names;
}

void Skeleton::read_coordinate(pugi::xml_node coordinate) {
  CoordinateSpec c;
  c.name = Reader::name(coordinate);
  c.where = reader_.where(coordinate);
  c.default_value = reader_.number(coordinate, "default_value", 0.0);
  const std::vector<double> range = reader_.numbers(coordinate, "range", 2);
  if (!range.empty() && range[0] < range[1]) {
    c.minimum = range[0], c.maximum = range[1];
  } else if (!range.empty()) {
    reader_.note("coordinate " + c.name + ": its range is empty and not kept");
  }
  if (c.default_value < c.minimum || c.default_value > c.maximum) {
    reader_.note("coordinate " + c.name + ": its range is widened to hold its default");
    c.minimum = std::min(c.minimum, c.default_value), c.maximum = std::max(c.maximum, c.default_value);
  }
  if (reader_.flag(coordinate, "locked", false)) {
    c.role = Role::prescribed;
    reader_.note("coordinate " + c.name + ": locked, so it keeps its default and has no equation");
  } else if (reader_.flag(coordinate, "prescribed", false)) {
    c.role = Role::prescribed;
    reader_.drop(c.name, "its prescribed motion in time is not read: it keeps its default and has no equation");
  }
  spec_.coordinates.push_back(std::move(c));
}

void Skeleton::read_spatial_transform(pugi::xml_node joint, const std::vector<std::string>& coordinates,
                                      JointSpec& out) {
  const std::string who = "joint \"" + out.name + '"';
  const std::vector<Vec3> usual{Vec3::UnitX(), Vec3::UnitY(), Vec3::UnitZ()};
  for (int k = 0; k < 6; ++k) {
    const std::string wanted = (k < 3 ? "rotation" : "translation") + std::to_string(k % 3 + 1);
    pugi::xml_node axis;
    for (const pugi::xml_node a : joint.child("SpatialTransform").children("TransformAxis")) {
      if (Reader::name(a) == wanted) axis = a;
    }
    AxisSpec spec;
    spec.axis = axis.child("axis") ? reader_.vector(axis, "axis") : usual[static_cast<std::size_t>(k % 3)];
    const std::vector<std::string> names = words(reader_.text(axis, "coordinates"));
    if (names.size() > 1) {
      reader_.fault(axis, who + ": an axis that depends on several coordinates is not read");
    } else if (names.size() == 1) {
      spec.coordinate = names[0];
      if (!std::count(coordinates.begin(), coordinates.end(), names[0])) {
        reader_.fault(axis, who + ": no coordinate \"" + names[0] + '"' + did_you_mean(names[0], coordinates));
      }
    }
    const pugi::xml_node function = function_element(axis, "function");
    if (function) {
      spec.function = function_of(function, reader_);
    } else if (spec.coordinate.empty()) {
      spec.function = Function::constant(0.0);
    }
    if (spec.coordinate.empty() && spec.function == Function::constant(0.0)) continue;  // the axis does nothing
    (k < 3 ? out.rotations : out.translations).push_back(std::move(spec));
  }
}

void Skeleton::read_coupler(pugi::xml_node coupler) {
  const std::string name = Reader::name(coupler), kind = coupler.name();
  if (!reader_.flag(coupler, "isEnforced", true) || reader_.flag(coupler, "isDisabled", false)) {
    reader_.drop(name, "a constraint that the file has switched off");
    return;
  }
  if (kind != "CoordinateCouplerConstraint") {
    reader_.drop(name, "a constraint of kind " + kind + " is not known");
    return;
  }
  const std::string who = "constraint \"" + name + '"';
  const std::vector<std::string> leaders = words(reader_.text(coupler, "independent_coordinate_names"));
  if (leaders.size() != 1) {
    reader_.drop(name, "it couples a coordinate to " + std::to_string(leaders.size()) + " others; one is read");
    return;
  }
  const std::string follower = coordinate(reader_.text(coupler, "dependent_coordinate_name"), coupler, who);
  const std::string leader = coordinate(leaders[0], coupler, who);
  const pugi::xml_node function = function_element(coupler, "coupled_coordinates_function");
  if (!function) reader_.fault(coupler, who + ": it holds no function");
  if (follower.empty() || leader.empty() || !function) return;
  CoordinateSpec& c = *find_coordinate(follower);
  c.role = Role::follows;
  c.equation = false;
  c.leader = leader;
  c.coupling = function_of(function, reader_).scaled(reader_.number(coupler, "scale_factor", 1.0));
}

/// A coordinate moves along an axis, or turns about one.
void Skeleton::name_translations() {
  for (CoordinateSpec& c : spec_.coordinates) {
    bool turns = false, moves = false;
    for (const JointSpec& joint : spec_.joints) {
      for (const AxisSpec& axis : joint.rotations) turns = turns || axis.coordinate == c.name;
      for (const AxisSpec& axis : joint.translations) moves = moves || axis.coordinate == c.name;
    }
    c.translational = moves && !turns;
    if (!moves && !turns) reader_.note("coordinate " + c.name + ": no joint moves with it");
  }
}

}  // namespace psoas::io::osim
