#include "io/toml/write_parts.hpp"

#include <cmath>

#include "io/toml/function.hpp"

namespace psoas::io::toml {
namespace {

/// Zero without a minus sign: what the reader takes where a key is missing.
bool is_plain_zero(const Vec3& v) {
  for (int k = 0; k < 3; ++k) {
    if (v(k) != 0.0 || std::signbit(v(k))) return false;
  }
  return true;
}

void write_if_any(TomlText& out, std::string_view key, const Vec3& v) {
  if (!is_plain_zero(v)) out.vector(key, v);
}

std::string axis_text(const AxisSpec& axis) {
  std::string text = "{ axis = " + list_text({axis.axis.x(), axis.axis.y(), axis.axis.z()});
  if (!axis.coordinate.empty()) text += ", coordinate = " + json_string(axis.coordinate);
  if (axis.function != Function::linear(1.0, 0.0)) text += ", function = " + function_text(axis.function);
  return text + " }";
}

void write_axes(TomlText& out, std::string_view key, const std::vector<AxisSpec>& axes) {
  if (axes.empty()) return;
  std::string list;
  for (const AxisSpec& axis : axes) list += (list.empty() ? "" : ", ") + axis_text(axis);
  out.raw(key, '[' + list + ']');
}

const char* word_of(Role role) {
  switch (role) {
    case Role::free: return "free";
    case Role::prescribed: return "prescribed";
    case Role::motor: return "motor";
    case Role::follows: return "follows";
  }
  return "unknown";
}

/// A pair of ends under a key of its unit, unless it is the whole line.
void write_ends(TomlText& out, const CoordinateSpec& c, const UnitKeys& angle, std::string_view length, double low,
                double high) {
  if (low == -infinity && high == infinity) return;
  const KeyNumbers ends = c.translational ? KeyNumbers{length, {low, high}} : exactly_under(angle, {low, high});
  out.numbers(ends.key, ends.numbers);
}

}  // namespace

bool same(const Quantity& a, const Quantity& b) {
  const bool sd = a.sd == b.sd || (std::isnan(a.sd) && std::isnan(b.sd));
  return a.value == b.value && std::signbit(a.value) == std::signbit(b.value) && sd && a.source == b.source &&
         a.verified == b.verified;
}

void write_quantity(TomlText& out, const UnitKeys& keys, const Quantity& quantity, const std::string& own_source) {
  const bool spread = !std::isnan(quantity.sd);
  const KeyNumbers written = exactly_under(
      keys, spread ? std::vector<double>{quantity.value, quantity.sd} : std::vector<double>{quantity.value});
  const std::string value = exact_text(written.numbers[0]);
  if (!spread && !quantity.verified && quantity.source == own_source) return out.raw(written.key, value);
  std::string text = "{ value = " + value;
  if (spread) text += ", sd = " + exact_text(written.numbers[1]);
  if (quantity.source != own_source) text += ", source = " + json_string(quantity.source);
  if (quantity.verified) text += ", verified = true";
  out.raw(written.key, text + " }");
}

std::string fixed_point_text(const PointSpec& point) {
  return '[' + json_string(point.body) + ", " + exact_text(point.at.x()) + ", " + exact_text(point.at.y()) + ", " +
         exact_text(point.at.z()) + ']';
}

void write(TomlText& out, const BodySpec& body) {
  out.section("[[body]]");
  out.text("name", body.name);
  write_quantity(out, {"mass_kg", "mass_kg"}, body.mass, body.source);
  out.vector("mass_center_m", body.mass_center);
  const Mat3& I = body.inertia;
  out.numbers("inertia_kg_m2", {I(0, 0), I(1, 1), I(2, 2), I(0, 1), I(0, 2), I(1, 2)});
  out.text_if_any("source", body.source);
}

void write(TomlText& out, const JointSpec& joint) {
  out.section("[[joint]]");
  out.text("name", joint.name);
  out.text("parent", joint.parent);
  out.text("child", joint.child);
  if (joint.helper) out.truth("helper", true);
  if (joint.helper && !joint.balanced_axes.empty()) {
    std::vector<std::string> axes;
    for (const int axis : joint.balanced_axes) axes.emplace_back(1, static_cast<char>('x' + axis));
    out.texts("balanced_axes", axes);
  }
  write_if_any(out, "parent_offset_m", joint.parent_offset);
  write_if_any(out, "parent_rotation_rad", joint.parent_rotation);
  write_if_any(out, "child_offset_m", joint.child_offset);
  write_if_any(out, "child_rotation_rad", joint.child_rotation);
  write_axes(out, "rotations", joint.rotations);
  write_axes(out, "translations", joint.translations);
  out.text_if_any("source", joint.source);
}

void write(TomlText& out, const CoordinateSpec& c) {
  out.section("[[coordinate]]");
  out.text("name", c.name);
  out.text("role", word_of(c.role));
  if (c.equation != (c.role == Role::free || c.role == Role::motor)) out.truth("equation", c.equation);
  write_ends(out, c, {"range_deg", "range_rad"}, "range_m", c.minimum, c.maximum);
  write_ends(out, c, {"warn_deg", "warn_rad"}, "warn_m", c.warn_minimum, c.warn_maximum);
  const KeyNumbers rest = c.translational ? KeyNumbers{"default_m", {c.default_value}}
                                          : exactly_under({"default_deg", "default_rad"}, {c.default_value});
  out.number(rest.key, rest.numbers[0]);  // always: its unit says whether the coordinate turns or shifts
  if (c.role == Role::follows) {
    out.raw("follows", "{ coordinate = " + json_string(c.leader) + ", function = " + function_text(c.coupling) + " }");
  }
  out.text_if_any("source", c.source);
}

void write(TomlText& out, const SurfaceSpec& surface) {
  out.section("[[surface]]");
  out.text("name", surface.name);
  out.text("kind", surface.kind);
  out.text("body", surface.body);
  out.vector("center_m", surface.center);
  write_if_any(out, "rotation_rad", surface.rotation);
  if (surface.kind == "ellipsoid") {
    out.vector("half_axes_m", surface.half_axes);
  } else {
    write_quantity(out, {"radius_m", "radius_m"}, surface.radius, surface.source);
  }
  if (surface.kind == "torus") {
    write_quantity(out, {"ring_radius_m", "ring_radius_m"}, surface.ring_radius, surface.source);
  }
  out.text_if_any("source", surface.source);
}

void write(TomlText& out, const LevelSpec& level) {
  out.section("[[level]]");
  out.text("name", level.name);
  out.text("joint", level.joint);
  out.texts("coordinates", {level.coordinates.begin(), level.coordinates.end()});
  const LevelSpec usual;
  if (!same(level.disc_stiffness, usual.disc_stiffness)) {
    write_quantity(out, {"disc_stiffness", "disc_stiffness"}, level.disc_stiffness, level.source);
  }
  if (!same(level.lordosis_share, usual.lordosis_share)) {
    write_quantity(out, {"lordosis_share", "lordosis_share"}, level.lordosis_share, level.source);
  }
  out.text_if_any("source", level.source);
}

void write(TomlText& out, const HipSpec& hip) {
  out.section("[[hip]]");
  out.text("side", hip.side);
  out.text("joint", hip.joint);
  out.text("flexion", hip.flexion);
  if (!same(hip.capsule_stiffness, HipSpec().capsule_stiffness)) {
    write_quantity(out, {"capsule_stiffness", "capsule_stiffness"}, hip.capsule_stiffness, hip.source);
  }
  out.text_if_any("source", hip.source);
}

void write(TomlText& out, const PatchSpec& patch) {
  out.section("[[patch]]");
  out.text("name", patch.name);
  if (patch.reported_as != patch.name) out.text("reported_as", patch.reported_as);
  std::string nodes;
  for (const PointSpec& node : patch.nodes) nodes += (nodes.empty() ? "" : ", ") + fixed_point_text(node);
  out.raw("nodes", '[' + nodes + ']');
  out.text_if_any("source", patch.source);
}

void write(TomlText& out, const ActuatorSpec& actuator) {
  out.section("[[actuator]]");
  out.text("name", actuator.name);
  out.text("coordinate", actuator.coordinate);
  write_quantity(out, {"optimal_force", "optimal_force"}, actuator.optimal_force, "");
  if (actuator.minimum_control != -infinity) out.number("minimum_control", actuator.minimum_control);
  if (actuator.maximum_control != infinity) out.number("maximum_control", actuator.maximum_control);
}

}  // namespace psoas::io::toml
