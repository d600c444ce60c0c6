#include "model_text.hpp"

#include <algorithm>

#include "io/json_text.hpp"
#include "text_table.hpp"

namespace psoas::cli {
namespace {

const CoordinateSpec* spec_of(const Model& model, const std::string& coordinate) {
  for (const CoordinateSpec& spec : model.spec->coordinates) {
    if (spec.name == coordinate) return &spec;
  }
  return nullptr;
}

struct Count {
  const char* name;
  std::size_t count;
};

std::vector<Count> counts(const Model& model) {
  return {{"bodies", model.bodies.size()},
          {"coordinates", model.coordinates.size()},
          {"equations", model.rows.size()},
          {"muscles", model.strands.size()},
          {"wrap_surfaces", model.surfaces.size()},
          {"levels", model.levels.size()},
          {"hips", model.hips.size()},
          {"ligaments", model.ligaments.size()},
          {"bushings", model.bushings.size()},
          {"patches", model.patches.size()},
          {"actuators", model.spec->actuators.size()}};
}

}  // namespace

std::string role_name(Role role) {
  switch (role) {
    case Role::free: return "free";
    case Role::prescribed: return "prescribed";
    case Role::motor: return "motor";
    case Role::follows: return "follows";
  }
  return "unknown";
}

std::vector<std::string> groups_of(const Model& model, int strand) {
  std::vector<std::string> out;
  for (const Group& group : model.groups) {
    if (std::count(group.strands.begin(), group.strands.end(), strand) == 0) continue;
    if (std::count(out.begin(), out.end(), group.base) == 0) out.push_back(group.base);
  }
  return out;
}

std::vector<std::string> load_names(const Model& model) {
  std::vector<std::string> names;
  const auto add = [&](const std::string& owner, std::initializer_list<const char*> leaves) {
    for (const char* leaf : leaves) names.push_back(owner + '.' + leaf);
  };
  for (const Level& level : model.levels) {
    add("spine." + level.name, {"compression_N", "shear_ap_N", "shear_ml_N", "flexion_Nm"});
  }
  for (const Hip& hip : model.hips) {
    add("hip." + hip.side, {"force_N", "force_BW", "lateral_N", "anterior_N", "superior_N"});
  }
  for (const Group& group : model.groups) {
    if (!group.main) continue;
    const bool psoas = group.base == "psoas" || group.base == "psoas_minor";
    const std::string owner =
        psoas ? (group.base == "psoas" ? "psoas.major_" : "psoas.minor_") + group.side : "muscle_groups." + group.name;
    add(owner, {"force_N", "passive_N", "activation", "fiber_length_norm"});
  }
  std::vector<std::string> supports;
  for (const Patch& patch : model.patches) {
    if (std::count(supports.begin(), supports.end(), patch.reported_as)) continue;
    supports.push_back(patch.reported_as);
    add("supports." + patch.reported_as, {"vertical_N", "horizontal_N"});
  }
  for (const Row& row : model.rows) {
    if (row.kind != Equation::coordinate) continue;
    if (model.coordinates[static_cast<std::size_t>(row.coordinate)].translational) continue;
    add("moments." + row.name, {"net_Nm", "passive_Nm"});
  }
  return names;
}

std::string model_text(const Model& model, const io::ImportedModel& read) {
  std::string text = model.name + ": " + model.spec->description + "\n\n";
  for (const Count& count : counts(model)) text += std::to_string(count.count) + ' ' + count.name + ", ";
  text += fixed(model.mass, 2) + " kg, gravity " + brief(model.gravity) + " m/s2\n\n";
  TextTable coordinates({"coordinate", "role", "unit", "default", "least", "greatest"});
  for (const Coordinate& c : model.coordinates) {
    const double unit = c.translational ? 1.0 : degree;
    const int decimals = c.translational ? 3 : 1;
    coordinates.add({c.name, role_name(c.role), c.translational ? "m" : "deg", fixed(c.default_value / unit, decimals),
                     fixed(c.minimum / unit, decimals), fixed(c.maximum / unit, decimals)});
  }
  TextTable muscles({"muscle", "curves", "greatest force [N]", "fibre [mm]", "tendon [mm]", "pennation [deg]"});
  for (int s = 0; s < model.n_strands(); ++s) {
    const auto strand = static_cast<std::size_t>(s);
    muscles.add({model.strands[strand].name, std::string(to_string(model.muscle.type[strand])),
                 fixed(model.muscle.max_isometric_force(s), 1), fixed(1000.0 * model.muscle.optimal_fiber_length(s), 1),
                 fixed(1000.0 * model.muscle.tendon_slack_length(s), 1), fixed(model.muscle.pennation(s) / degree, 1)});
  }
  text += coordinates.text({}, 3) + '\n' + muscles.text({}, 2);
  if (!read.dropped.empty()) {
    TextTable dropped({"not taken over", "why"});
    for (const io::Dropped& d : read.dropped) dropped.add({d.name, d.reason});
    text += '\n' + dropped.text({}, 2);
  }
  if (!read.notes.empty()) text += '\n';
  for (const std::string& note : read.notes) text += "note: " + note + '\n';
  return text;
}

std::string model_json(const Model& model, const io::ImportedModel& read) {
  io::JsonText json;
  json.object().member("kind", "model").member("name", model.name).member("description", model.spec->description);
  json.member("mass_kg", model.mass).member("gravity_m_s2", model.gravity);
  json.key("counts").object();
  for (const Count& count : counts(model)) json.member(count.name, static_cast<int>(count.count));
  json.close().key("bodies").array();
  for (const Body& body : model.bodies) {
    json.object(true).member("name", body.name).member("mass_kg", body.mass);
    json.member("parent", body.parent == ground ? "ground" : model.bodies[static_cast<std::size_t>(body.parent)].name);
    json.close();
  }
  json.close().key("coordinates").array();
  for (const Coordinate& c : model.coordinates) {
    const double unit = c.translational ? 1.0 : degree;
    const CoordinateSpec* spec = spec_of(model, c.name);
    json.object(true).member("name", c.name).member("role", role_name(c.role));
    json.member("unit", c.translational ? "m" : "deg").member("default", c.default_value / unit);
    json.member("min", c.minimum / unit).member("max", c.maximum / unit);
    json.member("source", spec ? spec->source : std::string()).close();
  }
  json.close().key("muscles").array();
  for (int s = 0; s < model.n_strands(); ++s) {
    const Strand& strand = model.strands[static_cast<std::size_t>(s)];
    json.object(true).member("name", strand.name).member("side", strand.side).key("groups").array();
    for (const std::string& group : groups_of(model, s)) json.value(group);
    json.close().member("curves", std::string(to_string(model.muscle.type[static_cast<std::size_t>(s)])));
    json.member("max_isometric_force_N", model.muscle.max_isometric_force(s));
    json.member("optimal_fiber_length_m", model.muscle.optimal_fiber_length(s));
    json.member("tendon_slack_length_m", model.muscle.tendon_slack_length(s));
    json.member("pennation_deg", model.muscle.pennation(s) / degree).close();
  }
  json.close().key("dropped").array();
  for (const io::Dropped& d : read.dropped) {
    json.object(true).member("name", d.name).member("reason", d.reason).close();
  }
  json.close().key("notes").array();
  for (const std::string& note : read.notes) json.value(note);
  json.close().close();
  return json.text() + '\n';
}

}  // namespace psoas::cli
