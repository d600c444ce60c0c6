#include <array>
#include <string>

#include "io/toml/function.hpp"
#include "io/toml/model_parts.hpp"

namespace psoas::io::toml {
namespace {

/// `{ body, at_m, rotation_rad }`
FrameSpec frame_of_link(Table& bushing, std::string_view key, Faults& faults) {
  FrameSpec out;
  const Value* section = bushing.require(key);
  if (!section) return out;
  Table table(*section, bushing.title() + ": " + std::string(key), faults);
  out.body = table.text("body");
  out.at = table.vec3("at_m", Vec3::Zero());
  out.rotation = table.vec3("rotation_rad", Vec3::Zero());
  table.finish();
  return out;
}

}  // namespace

LigamentSpec ligament_of(Table& table, Faults& faults) {
  LigamentSpec out;
  out.name = table.text("name");
  table.require("points");
  for (const Value* item : table.elements("points")) {
    const std::string what = table.title() + ": points[" + std::to_string(out.points.size()) + ']';
    out.points.push_back(fixed_point_of(*item, what, faults));
  }
  out.rest_length = table.required_quantity("rest_length_m");
  if (const Value* force = table.require("force_N")) {
    out.force = function_of(*force, table.title() + ": force_N", faults);
  }
  out.source = source_of(table);
  return out;
}

BushingSpec bushing_of(Table& table, Faults& faults) {
  BushingSpec out;
  out.name = table.text("name");
  out.frames = {frame_of_link(table, "first", faults), frame_of_link(table, "second", faults)};
  out.rotational_stiffness = table.vec3("rotational_stiffness_Nm_rad", Vec3::Zero());
  out.translational_stiffness = table.vec3("translational_stiffness_N_m", Vec3::Zero());
  out.rotational_damping = table.vec3("rotational_damping_Nms_rad", Vec3::Zero());
  out.translational_damping = table.vec3("translational_damping_Ns_m", Vec3::Zero());
  out.source = source_of(table);
  return out;
}

}  // namespace psoas::io::toml
