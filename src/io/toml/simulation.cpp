#include "io/toml/simulation.hpp"

#include <map>
#include <utility>

#include "io/faults.hpp"
#include "io/toml/parse.hpp"
#include "io/toml/scenario_parts.hpp"
#include "io/toml/table.hpp"

namespace psoas::io::toml {
namespace {

class SimulationReader {
 public:
  explicit SimulationReader(const std::string& file) : faults_(file) {}

  SimulationFile run(const Value& root) {
    Table table(root, "", faults_);
    read_head(table);
    if (const Value* section = table.table("parameter")) {
      for (const Value& item : section->items) s_.about.parameters.push_back(parameter_of(item, faults_));
    }
    for (const Value* item : table.tables("excitation")) s_.excitation.push_back(piece(*item, "excitation"));
    out_.excitation_file = table.text("excitation_file", "");
    if (!out_.excitation_file.empty() && !s_.excitation.empty()) {
      table.fault(table.at(), "give either excitation_file or pieces of an excitation");
    }
    s_.kind == Simulation::Kind::limb ? read_limb(table) : read_muscle(table);
    s_.tendon = table.word("tendon", {"automatic", "elastic", "rigid"}, s_.tendon);
    s_.output_step = expression_of(table, "output_step_s", "0.01", faults_);
    table.finish();
    faults_.throw_if_any();
    return std::move(out_);
  }

 private:
  void read_head(Table& table) {
    const int schema = table.integer("schema");
    const Value* given = table.find("schema");
    if (given && given->kind == Value::Kind::integer && schema != 1) {
      table.fault(given->at, "schema " + std::to_string(given->integer) + " is not known, this version reads schema 1");
    }
    s_.about.where = table.where();
    s_.about.name = table.text("name");
    s_.about.description = table.text("description", "");
    s_.about.reference.clear();
    const bool muscle = table.word("simulation", {"limb", "muscle"}) == "muscle";
    s_.kind = muscle ? Simulation::Kind::muscle : Simulation::Kind::limb;
  }

  SignalPiece piece(const Value& item, const char* kind) {
    Table table(item, kind, faults_);
    SignalPiece out;
    out.from = expression_of(table, "from_s", "0", faults_);
    table.require("to_s");
    out.to = expression_of(table, "to_s", "0", faults_);
    table.require("value");
    out.value = expression_of(table, "value", "0", faults_);
    table.finish();
    return out;
  }

  void read_limb(Table& table) {
    out_.scenario = table.text("scenario", "");
    s_.posture = expressions_of(table, "posture_deg", faults_);
    if (out_.scenario.empty() == s_.posture.empty()) table.fault(table.at(), "give either scenario or posture_deg");
    const bool excited = !s_.excitation.empty() || !out_.excitation_file.empty();
    if (out_.scenario.empty() && !excited) table.fault(table.at(), "a posture needs an excitation");
    for (const auto& [name, value] : expressions_of(table, "settings", faults_)) s_.settings[name] = value.text;
    for (const auto& [name, value] : expressions_of(table, "expected_settings", faults_)) {
      s_.expected_settings[name] = value.text;
    }
    if (const Value* section = table.table("ground")) {
      Table ground(*section, "ground", faults_);
      for (const Value& plane : section->items) s_.ground[plane.key] = ground.texts(plane.key);
      ground.finish();
    }
    table.require("free");
    s_.free = table.texts("free");
    s_.strength = expressions_of(table, "strength", faults_);
    s_.start = expressions_of(table, "start_deg", faults_);
    s_.duration = expression_of(table, "duration_s", "", faults_);
    s_.step = expression_of(table, "step_s", "0.001", faults_);
    if (const Value* section = table.table("watch")) {
      Table watch(*section, "watch", faults_);
      s_.foot = watch.text("foot", "");
      s_.angle = watch.text("angle", "");
      watch.finish();
    }
  }

  void read_muscle(Table& table) {
    s_.muscle = table.text("muscle");
    s_.type = table.text("type", s_.type);
    table.require("duration_s");
    s_.duration = expression_of(table, "duration_s", "1", faults_);
    s_.tolerance = expression_of(table, "tolerance", "1e-6", faults_);
    s_.parameters = expressions_of(table, "muscle_parameters", faults_);
    table.require("length_m");
    for (const Value* item : table.tables("length_m")) s_.length.push_back(piece(*item, "length_m"));
    if (out_.excitation_file.empty()) table.require("excitation");
  }

  Faults faults_;
  SimulationFile out_;
  Simulation& s_ = out_.simulation;
};

}  // namespace

SimulationFile simulation_from(std::string_view text, const std::string& file) {
  return SimulationReader(file).run(parse(text, file));
}

}  // namespace psoas::io::toml
