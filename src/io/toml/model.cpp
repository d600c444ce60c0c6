#include "io/toml/model.hpp"

#include <set>
#include <utility>

#include "io/toml/model_parts.hpp"
#include "io/toml/parse.hpp"

namespace psoas::io::toml {
namespace {

class ModelReader {
 public:
  explicit ModelReader(const std::string& file) : faults_(file) {}

  ModelSpec run(const Value& root) {
    Table table(root, "", faults_);
    read_head(table);
    read_person(table);
    read_sources(table);
    read_recruit(table);
    read_skeleton(table);
    read_muscles(table);
    read_section(table, {"hip", {"hips"}}, spec_.hips, names_, hip_of);
    read_section(table, {"ligament", {"ligaments"}}, spec_.ligaments, names_,
                 [&](Table& t) { return ligament_of(t, faults_); });
    read_section(table, {"bushing", {"bushings"}}, spec_.bushings, names_,
                 [&](Table& t) { return bushing_of(t, faults_); });
    read_section(table, {"patch", {"patches"}}, spec_.patches, names_, [&](Table& t) { return patch_of(t, faults_); });
    read_section(table, {"actuator", {"actuators"}}, spec_.actuators, names_, actuator_of);
    for (const Value* item : table.tables("level")) read_level(*item);
    table.finish();
    faults_.throw_if_any();
    return std::move(spec_);
  }

 private:
  void read_head(Table& table) {
    const int schema = table.integer("schema");
    const Value* given = table.find("schema");
    if (given && given->kind == Value::Kind::integer && schema != 1) {
      table.fault(given->at, "schema " + std::to_string(given->integer) + " is not known, this version reads schema 1");
    }
    spec_.name = table.text("name");
    spec_.description = table.text("description", "");
    spec_.gravity = table.number("gravity_m_s2", spec_.gravity);
    spec_.imported = table.boolean("imported", spec_.imported);
  }

  void read_person(Table& root) {
    const Value* section = root.table("person");
    if (!section) return;
    Table table(*section, "person", faults_);
    PersonSpec& p = spec_.person;
    p.mass = table.number("mass_kg", p.mass);
    p.height = table.number("height_m", p.height);
    p.sex = table.word("sex", {"male", "female"}, p.sex);
    p.age = table.number("age_y", p.age);
    p.sacral_slope = table.number(table.either("sacral_slope_deg", "sacral_slope_rad"), p.sacral_slope);
    p.lordosis = table.number(table.either("lordosis_deg", "lordosis_rad"), p.lordosis);
    p.psoas_minor = table.word("psoas_minor", {"none", "right", "left", "both"}, p.psoas_minor);
    table.finish();
  }

  void read_sources(Table& root) {
    const Value* section = root.table("source");
    if (!section) return;
    for (const Value& item : section->items) {
      Table table(item, "source " + toml::quoted(item.key), faults_);
      SourceSpec source;
      source.citation = table.text("citation");
      source.licence = table.text("licence", "");
      source.note = table.text("note", "");
      source.where = table.where();
      table.finish();
      spec_.sources[item.key] = std::move(source);
    }
  }

  void read_recruit(Table& root) {
    const Value* section = root.table("recruit");
    if (!section) return;
    Table table(*section, "recruit", faults_);
    RecruitSpec& r = spec_.recruit;
    r.cost = table.word("cost", {"volume", "pcsa", "activation"}, r.cost);
    r.power = table.integer("power", r.power);
    r.w_support = table.number("w_support", r.w_support);
    r.w_shear = table.number("w_shear", r.w_shear);
    r.w_reserve = table.number("w_reserve", r.w_reserve);
    r.w_motor = table.number("w_motor", r.w_motor);
    r.w_motor_pressing = table.number("w_motor_pressing", r.w_motor_pressing);
    r.w_abdomen = table.number("w_abdomen", r.w_abdomen);
    r.level_rotation_cost = table.number("level_rotation_cost_per_deg2", r.level_rotation_cost, Allow::infinite);
    r.where = table.where();
    table.finish();
  }

  void read_skeleton(Table& table) {
    read_section(table, {"body", {"bodies"}}, spec_.bodies, names_, body_of);
    read_section(table, {"joint", {"joints"}}, spec_.joints, names_, [&](Table& t) { return joint_of(t, faults_); });
    std::vector<JointSpec> frames;
    read_section(table, {"frame", {"bodies", "joints"}}, frames, names_,
                 [&](Table& t) { return frame_of(t, faults_); });
    for (JointSpec& frame : frames) {
      BodySpec body;
      body.name = frame.child;
      body.mass = Quantity(0.0);
      body.source = frame.source;
      body.where = frame.where;
      spec_.bodies.push_back(std::move(body));
      spec_.joints.push_back(std::move(frame));
    }
    read_coordinates(table);
    read_section(table, {"surface", {"surfaces"}}, spec_.surfaces, names_, surface_of);
  }

  void read_coordinates(Table& table) {
    std::set<std::string> open;
    read_section(table, {"coordinate", {"coordinates"}}, spec_.coordinates, names_, [&](Table& t) {
      bool unit_given = false;
      CoordinateSpec coordinate = coordinate_of(t, faults_, unit_given);
      if (!unit_given) open.insert({coordinate.name, other_side(coordinate.name)});
      return coordinate;
    });
    for (CoordinateSpec& coordinate : spec_.coordinates) {
      if (open.count(coordinate.name)) coordinate.translational = only_shifts(coordinate.name);
    }
  }

  /// A coordinate without a unit is a length when some joint shifts by it and none turns.
  bool only_shifts(const std::string& coordinate) const {
    const auto uses = [&](const std::vector<AxisSpec>& axes) {
      for (const AxisSpec& axis : axes) {
        if (axis.coordinate == coordinate) return true;
      }
      return false;
    };
    bool shifts = false;
    for (const JointSpec& joint : spec_.joints) {
      if (uses(joint.rotations)) return false;
      shifts = shifts || uses(joint.translations);
    }
    return shifts;
  }

  void read_muscles(Table& table) {
    MuscleSpec defaults;
    if (const Value* section = table.table("muscle_defaults")) {
      Table keys(*section, "muscle_defaults", faults_);
      defaults = muscle_defaults_of(keys, faults_);
      keys.finish();
    }
    read_section(table, {"muscle", {"muscles"}}, spec_.muscles, names_,
                 [&](Table& t) { return muscle_of(t, defaults, faults_); });
  }

  // a level lies in the middle of the body: it has no mirror image
  void read_level(const Value& item) {
    Table table(item, "level", faults_);
    LevelSpec level = level_of(table);
    level.where = table.where();
    table.finish();
    names_.add("levels", level.name, table.at());
    spec_.levels.push_back(std::move(level));
  }

  Faults faults_;
  Names names_{faults_};
  ModelSpec spec_;
};

}  // namespace

ModelSpec model_from(std::string_view text, const std::string& file) {
  return ModelReader(file).run(parse(text, file));
}

}  // namespace psoas::io::toml
