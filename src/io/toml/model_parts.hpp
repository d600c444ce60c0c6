#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "io/toml/table.hpp"
#include "psoas/model/mirror.hpp"

/// The sections of a model file. Each function reads the keys of one table; the caller finishes it.
namespace psoas::io::toml {

BodySpec body_of(Table& table);
JointSpec joint_of(Table& table, Faults& faults);
/// A helper frame: its joint; the body has the same name and no mass.
JointSpec frame_of(Table& table, Faults& faults);
/// Whether it turns or shifts, where no key with a unit says so, is left open: `unit_given` is false.
CoordinateSpec coordinate_of(Table& table, Faults& faults, bool& unit_given);
SurfaceSpec surface_of(Table& table);
LevelSpec level_of(Table& table);
HipSpec hip_of(Table& table);
LigamentSpec ligament_of(Table& table, Faults& faults);
BushingSpec bushing_of(Table& table, Faults& faults);
PatchSpec patch_of(Table& table, Faults& faults);

/// `[muscle_defaults]`: what a muscle starts from.
MuscleSpec muscle_defaults_of(Table& table, Faults& faults);
ActuatorSpec actuator_of(Table& table);
MuscleSpec muscle_of(Table& table, const MuscleSpec& defaults, Faults& faults);
/// `["body", x, y, z]`
PointSpec fixed_point_of(const Value& value, const std::string& what, Faults& faults);

/// Where its numbers come from; a note beside them is for readers of the file.
inline std::string source_of(Table& table) {
  table.text("note", "");
  return table.text("source", "");
}

inline bool on_the_right(const HipSpec& hip) { return hip.side == "r"; }
inline bool on_the_right(const MuscleSpec& muscle) { return muscle.side == "r" && muscle.name.ends_with("_r"); }
template <class Spec>
bool on_the_right(const Spec& spec) {
  return spec.name.ends_with("_r");
}

/// Names given so far: two of one kind must not be alike.
class Names {
 public:
  explicit Names(Faults& faults) : faults_(faults) {}

  void add(const std::string& kind, const std::string& name, Place at) {
    if (name.empty()) return;
    const auto [first, fresh] = first_.emplace(std::pair(kind, name), at);
    if (fresh) return;
    faults_.add(at,
                "two " + kind + " are called " + toml::quoted(name) + ", the first at " + faults_.where(first->second));
  }
  Faults& faults() { return faults_; }

 private:
  Faults& faults_;
  std::map<std::pair<std::string, std::string>, Place> first_;
};

/// The key of an array of tables, and the kinds of thing that each of its tables gives a name to.
struct Section {
  const char* key;
  std::vector<const char*> kinds;
};

inline const std::string& name_of(const HipSpec& hip) { return hip.side; }
template <class Spec>
const std::string& name_of(const Spec& spec) {
  return spec.name;
}

/// Reads `[[key]]`: every table with `read`, and its mirror image behind it where the table asks for one.
template <class Spec, class Read>
void read_section(Table& root, const Section& section, std::vector<Spec>& out, Names& names, Read read) {
  const auto add = [&](Spec spec, Place at) {
    for (const char* kind : section.kinds) names.add(kind, name_of(spec), at);
    out.push_back(std::move(spec));
  };
  for (const Value* item : root.tables(section.key)) {
    Table table(*item, section.key, names.faults());
    Spec spec = read(table);
    spec.where = table.where();
    const bool mirror = table.boolean("mirror", false);
    table.finish();
    add(spec, table.at());
    if (mirror && on_the_right(spec)) {
      add(mirrored(std::move(spec)), table.at());
    } else if (mirror) {
      table.fault(table.find("mirror")->at,
                  "mirror: only the right side has an image, with a name in _r or side = \"r\"");
    }
  }
}

}  // namespace psoas::io::toml
