#include "io/toml/write_model.hpp"

#include "io/toml/write_parts.hpp"

namespace psoas::io::toml {
namespace {

void write_model_head(TomlText& out, const ModelSpec& spec) {
  out.raw("schema", "1");
  out.text("name", spec.name);
  out.text_if_any("description", spec.description);
  out.number("gravity_m_s2", spec.gravity);
  if (spec.imported) out.truth("imported", true);
}

void write_angle(TomlText& out, const UnitKeys& keys, double angle) {
  const KeyNumbers written = exactly_under(keys, {angle});
  out.number(written.key, written.numbers[0]);
}

void write_person(TomlText& out, const PersonSpec& person) {
  out.section("[person]");
  out.number("mass_kg", person.mass);
  out.number("height_m", person.height);
  out.text("sex", person.sex);
  out.number("age_y", person.age);
  write_angle(out, {"sacral_slope_deg", "sacral_slope_rad"}, person.sacral_slope);
  write_angle(out, {"lordosis_deg", "lordosis_rad"}, person.lordosis);
  out.text("psoas_minor", person.psoas_minor);
}

/// A key is bare where TOML allows it.
std::string key_text(const std::string& key) {
  constexpr std::string_view bare = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
  return !key.empty() && key.find_first_not_of(bare) == std::string::npos ? key : json_string(key);
}

void write_source(TomlText& out, const std::string& key, const SourceSpec& source) {
  out.section("[source." + key_text(key) + ']');
  out.text("citation", source.citation);
  out.text_if_any("licence", source.licence);
  out.text_if_any("note", source.note);
}

void write_recruit(TomlText& out, const RecruitSpec& r) {
  out.section("[recruit]");
  out.text("cost", r.cost);
  out.raw("power", std::to_string(r.power));
  out.number("w_support", r.w_support);
  out.number("w_shear", r.w_shear);
  out.number("w_reserve", r.w_reserve);
  out.number("w_motor", r.w_motor);
  out.number("w_motor_pressing", r.w_motor_pressing);
  out.number("w_abdomen", r.w_abdomen);
  out.number("level_rotation_cost_per_deg2", r.level_rotation_cost);
}

}  // namespace

std::string model_text(const ModelSpec& spec) {
  TomlText out;
  write_model_head(out, spec);
  write_person(out, spec.person);
  for (const auto& [key, source] : spec.sources) write_source(out, key, source);
  write_recruit(out, spec.recruit);
  const MuscleSpec defaults = write_muscle_defaults(out, spec.muscles);
  for (const BodySpec& body : spec.bodies) write(out, body);
  for (const JointSpec& joint : spec.joints) write(out, joint);
  for (const CoordinateSpec& coordinate : spec.coordinates) write(out, coordinate);
  for (const SurfaceSpec& surface : spec.surfaces) write(out, surface);
  for (const MuscleSpec& muscle : spec.muscles) write(out, muscle, defaults);
  for (const LevelSpec& level : spec.levels) write(out, level);
  for (const HipSpec& hip : spec.hips) write(out, hip);
  for (const LigamentSpec& ligament : spec.ligaments) write(out, ligament);
  for (const BushingSpec& bushing : spec.bushings) write(out, bushing);
  for (const PatchSpec& patch : spec.patches) write(out, patch);
  for (const ActuatorSpec& actuator : spec.actuators) write(out, actuator);
  return out.take();
}

}  // namespace psoas::io::toml
