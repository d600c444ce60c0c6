#include "io/toml/model_parts.hpp"

#include <algorithm>
#include <array>

#include "io/toml/function.hpp"

namespace psoas::io::toml {
namespace {

/// `[Ixx, Iyy, Izz, Ixy, Ixz, Iyz]`, elements of the matrix.
Mat3 inertia_of(Table& table, std::string_view key) {
  table.require(key);
  const std::vector<double> i = table.numbers(key, 6);
  Mat3 out;
  out << i[0], i[3], i[4], i[3], i[1], i[5], i[4], i[5], i[2];
  return out;
}

AxisSpec axis_of(const Value& value, const std::string& what, Faults& faults) {
  Table table(value, what, faults);
  AxisSpec out;
  out.axis = table.vec3("axis");
  const Value* function = table.find("function");
  if (function) out.function = function_of(*function, what + ": function", faults);
  const bool constant = function && out.function.kind() == Function::Kind::constant;
  out.coordinate = constant ? table.text("coordinate", "") : table.text("coordinate");
  table.finish();
  return out;
}

std::vector<AxisSpec> axes_of(Table& table, std::string_view key, Faults& faults) {
  std::vector<AxisSpec> out;
  for (const Value* item : table.tables(key)) {
    const std::string what = table.title() + ": " + std::string(key) + '[' + std::to_string(out.size()) + ']';
    out.push_back(axis_of(*item, what, faults));
  }
  return out;
}

/// What joints and frames share.
JointSpec placed(Table& table, Faults& faults) {
  JointSpec out;
  out.name = table.text("name");
  out.parent = table.text("parent");
  out.parent_offset = table.vec3("parent_offset_m", Vec3::Zero());
  out.parent_rotation = table.vec3("parent_rotation_rad", Vec3::Zero());
  out.child_offset = table.vec3("child_offset_m", Vec3::Zero());
  out.child_rotation = table.vec3("child_rotation_rad", Vec3::Zero());
  out.rotations = axes_of(table, "rotations", faults);
  out.translations = axes_of(table, "translations", faults);
  out.source = source_of(table);
  return out;
}

/// One of a coordinate's keys, in its angular or its linear form.
struct Limits {
  Table& table;
  bool angular = false, linear = false;

  std::string_view key(std::string_view in_degrees, std::string_view in_metres) {
    const bool turns = table.find(in_degrees) != nullptr, shifts = table.find(in_metres) != nullptr;
    angular = angular || turns;
    linear = linear || shifts;
    return turns ? in_degrees : shifts ? in_metres : std::string_view();
  }

  void pair(std::string_view in_degrees, std::string_view in_metres, double& low, double& high) {
    const std::string_view found = key(in_degrees, in_metres);
    if (found.empty()) return;
    const std::vector<double> ends = table.numbers(found, 2, Allow::infinite);
    low = ends[0], high = ends[1];
  }
};

void read_leader(Table& table, CoordinateSpec& out, Faults& faults) {
  const Value* follows = out.role == Role::follows ? table.require("follows") : table.find("follows");
  if (!follows) return;
  if (out.role != Role::follows) table.fault(follows->at, "follows: only a coordinate of role \"follows\" has it");
  Table parts(*follows, table.title() + ": follows", faults);
  out.leader = parts.text("coordinate");
  const Value* function = parts.find("function");
  if (function) out.coupling = function_of(*function, parts.title() + ": function", faults);
  parts.finish();
}

}  // namespace

BodySpec body_of(Table& table) {
  BodySpec out;
  out.name = table.text("name");
  out.mass = table.required_quantity("mass_kg");
  out.mass_center = table.vec3("mass_center_m");
  out.inertia = inertia_of(table, "inertia_kg_m2");
  out.source = source_of(table);
  return out;
}

JointSpec joint_of(Table& table, Faults& faults) {
  JointSpec out = placed(table, faults);
  out.child = table.text("child");
  return out;
}

JointSpec frame_of(Table& table, Faults& faults) {
  JointSpec out = placed(table, faults);
  out.child = out.name;
  out.helper = true;
  constexpr std::array<std::string_view, 3> axes{"x", "y", "z"};
  for (const Value* item : table.elements("balanced_axes")) {
    const std::string name = text_of(*item, table.title() + ": balanced_axes", faults);
    const auto found = std::find(axes.begin(), axes.end(), name);
    if (found != axes.end()) {
      out.balanced_axes.push_back(static_cast<int>(found - axes.begin()));
    } else if (item->kind == Value::Kind::text) {
      table.fault(item->at, "balanced_axes: expected \"x\", \"y\" or \"z\", got " + toml::quoted(name));
    }
  }
  return out;
}

CoordinateSpec coordinate_of(Table& table, Faults& faults, bool& unit_given) {
  constexpr std::array<std::pair<std::string_view, Role>, 4> roles{
      {{"free", Role::free}, {"prescribed", Role::prescribed}, {"motor", Role::motor}, {"follows", Role::follows}}};
  std::vector<std::string> words;
  for (const auto& [word, role] : roles) words.emplace_back(word);
  CoordinateSpec out;
  out.name = table.text("name");
  const std::string word = table.word("role", words);
  for (const auto& [name, role] : roles) {
    if (word == name) out.role = role;
  }
  out.equation = table.boolean("equation", out.role == Role::free || out.role == Role::motor);
  Limits limits{table};
  limits.pair("range_deg", "range_m", out.minimum, out.maximum);
  limits.pair("warn_deg", "warn_m", out.warn_minimum, out.warn_maximum);
  const std::string_view rest = limits.key("default_deg", "default_m");
  if (!rest.empty()) out.default_value = table.number(rest);
  if (limits.angular && limits.linear) table.fault(table.at(), "keys in degrees and keys in metres exclude each other");
  out.translational = limits.linear;
  unit_given = limits.angular || limits.linear;
  if (word.empty()) {
    table.find("follows");
  } else {
    read_leader(table, out, faults);
  }
  out.source = source_of(table);
  return out;
}

SurfaceSpec surface_of(Table& table) {
  SurfaceSpec out;
  out.name = table.text("name");
  out.kind = table.word("kind", {"cylinder", "sphere", "ellipsoid", "torus"});
  out.body = table.text("body");
  out.center = table.vec3("center_m");
  out.rotation = table.vec3("rotation_rad", Vec3::Zero());
  if (out.kind == "ellipsoid") {
    out.half_axes = table.vec3("half_axes_m");
  } else {
    out.radius = table.required_quantity("radius_m");
  }
  if (out.kind == "torus") out.ring_radius = table.required_quantity("ring_radius_m");
  out.source = source_of(table);
  return out;
}

LevelSpec level_of(Table& table) {
  LevelSpec out;
  out.name = table.text("name");
  out.joint = table.text("joint");
  const Value* names = table.require("coordinates");
  const std::vector<std::string> coordinates = table.texts("coordinates");
  if (coordinates.size() == 3) {
    std::copy(coordinates.begin(), coordinates.end(), out.coordinates.begin());
  } else if (names && names->kind == Value::Kind::array) {
    table.fault(names->at, "coordinates: expected 3 names (extension, right bend, left turn), got " +
                               std::to_string(coordinates.size()));
  }
  out.disc_stiffness = table.quantity("disc_stiffness").value_or(out.disc_stiffness);
  out.lordosis_share = table.quantity("lordosis_share").value_or(out.lordosis_share);
  out.source = source_of(table);
  return out;
}

HipSpec hip_of(Table& table) {
  HipSpec out;
  out.side = table.word("side", {"r", "l"});
  out.joint = table.text("joint");
  out.flexion = table.text("flexion");
  out.capsule_stiffness = table.quantity("capsule_stiffness").value_or(out.capsule_stiffness);
  out.source = source_of(table);
  return out;
}

ActuatorSpec actuator_of(Table& table) {
  ActuatorSpec out;
  out.name = table.text("name");
  out.coordinate = table.text("coordinate");
  out.optimal_force = table.required_quantity("optimal_force");
  out.minimum_control = table.number("minimum_control", out.minimum_control, Allow::infinite);
  out.maximum_control = table.number("maximum_control", out.maximum_control, Allow::infinite);
  return out;
}

PatchSpec patch_of(Table& table, Faults& faults) {
  PatchSpec out;
  out.name = table.text("name");
  out.reported_as = table.text("reported_as", out.name);
  table.require("nodes");
  for (const Value* item : table.elements("nodes")) {
    const std::string what = table.title() + ": nodes[" + std::to_string(out.nodes.size()) + ']';
    out.nodes.push_back(fixed_point_of(*item, what, faults));
  }
  out.source = source_of(table);
  return out;
}

}  // namespace psoas::io::toml
