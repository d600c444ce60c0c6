#include "io/toml/scenario.hpp"

#include <algorithm>
#include <cmath>
#include <map>

#include "io/number_text.hpp"
#include "io/toml/model_parts.hpp"
#include "io/toml/parse.hpp"
#include "io/toml/scenario_parts.hpp"
#include "io/toml/table.hpp"

namespace psoas::io::toml {
namespace {

const std::map<std::string, Closure::Kind> kinds = {
    {"touch", Closure::Kind::touch},       {"lowest", Closure::Kind::lowest},
    {"flat", Closure::Kind::flat},         {"hold", Closure::Kind::hold},
    {"distance", Closure::Kind::distance}, {"mass_center", Closure::Kind::mass_center},
    {"balance", Closure::Kind::balance}};

class ScenarioReader {
 public:
  explicit ScenarioReader(const std::string& file) : faults_(file) {}

  Scenario run(const Value& root) {
    Table table(root, "", faults_);
    read_head(table);
    for (const Value* item : sections(table, "parameter")) out_.parameters.push_back(parameter_of(*item, faults_));
    for (const Value* item : sections(table, "support")) read_support(*item);
    for (const Value* item : table.tables("keyframe")) read_keyframe(*item);
    for (const Value* item : table.tables("phase")) read_phase(*item);
    for (const Value* item : table.tables("close")) read_closure(*item);
    for (const Value* item : table.tables("load")) read_load(*item);
    for (const Value* item : table.tables("band")) read_band(*item);
    for (const Value* item : table.tables("neighbour")) read_neighbour(*item);
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
    out_.where = table.where();
    out_.name = table.text("name");
    out_.description = table.text("description", "");
    out_.reference = table.text("reference", "");
    out_.tone = positive(table, "tone", out_.tone, 0.0, 0.2);
    out_.rate = positive(table, "rate_hz", out_.rate, 1.0, 10000.0);
    out_.mirror_when = table.text("mirror_when", "");
  }

  double positive(Table& table, const char* key, double otherwise, double least, double most) {
    const double value = table.number(key, otherwise);
    if (value < least || value > most) {
      table.fault(table.find(key)->at, std::string(key) + " must be from " + number_text(least) + " to " +
                                           number_text(most) + ", got " + number_text(value));
    }
    return value;
  }

  /// The tables of `[key.NAME]`, each with its name as `key`.
  std::vector<const Value*> sections(Table& table, const char* key) {
    std::vector<const Value*> out;
    const Value* section = table.table(key);
    if (section == nullptr) return out;
    for (const Value& item : section->items) out.push_back(&item);
    return out;
  }

  Expression expression(Table& table, const char* key, const char* otherwise) {
    return expression_of(table, key, otherwise, faults_);
  }

  void read_support(const Value& item) {
    Table table(item, "support " + toml::quoted(item.key), faults_);
    ScenarioSupport s;
    s.name = item.key;
    s.where = table.where();
    if (table.find("point_m")) s.point = table.vec3("point_m");
    s.through = table.texts("through");
    if (s.point && !s.through.empty()) table.fault(item.at, "give either point_m or through");
    s.normal = table.vec3("normal", s.normal);
    if (!(s.normal.norm() > 1e-6)) table.fault(item.at, "normal must not be zero");
    table.require("patches");
    s.patches = table.texts("patches");
    s.friction = positive(table, "friction", s.friction, 0.0, 2.0);
    s.reach = positive(table, "reach_m", s.reach, 1e-4, 0.5);
    table.finish();
    out_.supports.push_back(std::move(s));
  }

  void read_keyframe(const Value& item) {
    Table table(item, "keyframe", faults_);
    Keyframe k;
    k.name = table.text("name");
    k.where = table.where();
    k.at = expression(table, "at_s", "0");
    k.like = table.text("like", "");
    k.angles = expressions_of(table, "angles_deg", faults_);
    k.positions = expressions_of(table, "positions_m", faults_);
    k.free = table.texts("free");
    if (!k.like.empty() && !(k.angles.empty() && k.positions.empty() && k.free.empty())) {
      table.fault(item.at, "a keyframe that is like another takes no angles, positions or free coordinates of its own");
    }
    table.finish();
    out_.keyframes.push_back(std::move(k));
  }

  void read_phase(const Value& item) {
    Table table(item, "phase", faults_);
    ScenarioPhase p;
    p.name = table.text("name");
    p.where = table.where();
    p.from = table.text("from");
    p.to = table.text("to");
    table.require("supports");
    p.supports = table.texts("supports");
    table.finish();
    out_.phases.push_back(std::move(p));
  }

  void read_closure(const Value& item) {
    Table table(item, "close", faults_);
    std::vector<std::string> words;
    for (const auto& [word, kind] : kinds) words.push_back(word);
    Closure c;
    c.where = table.where();
    const std::string word = table.word("kind", words);
    if (const auto found = kinds.find(word); found != kinds.end()) c.kind = found->second;
    using Kind = Closure::Kind;
    const bool on_plane = c.kind == Kind::touch || c.kind == Kind::lowest || c.kind == Kind::flat;
    const bool along = c.kind == Kind::hold || c.kind == Kind::distance || c.kind == Kind::mass_center;
    table.require("nodes");
    c.nodes = table.texts("nodes");
    if (c.nodes.empty()) table.fault(item.at, "nodes must not be empty");
    if (on_plane) c.plane = table.text("plane");
    if (along) c.axis = table.word("axis", {"x", "y", "z"});
    if (c.kind == Kind::hold) c.keyframe = table.text("keyframe");
    if (c.kind == Kind::distance || c.kind == Kind::balance) {
      table.require("other");
      c.other = table.texts("other");
    }
    c.value = expression(table, "value_m", "0");
    c.when = expression(table, "when", "1");
    c.keyframes = table.texts("keyframes");
    table.finish();
    out_.closures.push_back(std::move(c));
  }

  void read_load(const Value& item) {
    Table table(item, "load", faults_);
    ScenarioLoad l;
    l.name = table.text("name");
    l.where = table.where();
    l.body = table.text("body");
    l.at = table.vec3("at_m");
    l.force = table.vec3("force_N");
    table.finish();
    out_.loads.push_back(std::move(l));
  }

  ScenarioPoint point(Table& table, const char* key) {
    const Value* value = table.require(key);
    if (value == nullptr) return {};
    const PointSpec point = fixed_point_of(*value, table.title() + ": " + key, faults_);
    return {point.body, point.at};
  }

  void read_band(const Value& item) {
    Table table(item, "band", faults_);
    ScenarioBand b;
    b.name = table.text("name");
    b.where = table.where();
    b.when = table.text("when", "");
    b.from = point(table, "from");
    b.to = point(table, "to");
    table.require("rest_length_m");
    b.rest_length = expression(table, "rest_length_m", "1");
    b.strands = positive(table, "strands", b.strands, 1e-6, 100.0);
    table.require("stretch");
    b.stretch = table.numbers("stretch");
    table.require("strand_force_N");
    b.strand_force = table.numbers("strand_force_N", b.stretch.size());
    b.source = table.text("source", "");
    table.finish();
    out_.bands.push_back(std::move(b));
  }

  void read_neighbour(const Value& item) {
    Table table(item, "neighbour", faults_);
    Neighbour n;
    n.load = table.text("load");
    n.text = table.text("text");
    n.source = table.text("source");
    n.verified = table.boolean("verified", false);
    table.finish();
    out_.neighbours.push_back(std::move(n));
  }

  Faults faults_;
  Scenario out_;
};

}  // namespace

Scenario scenario_from(std::string_view text, const std::string& file) {
  return ScenarioReader(file).run(parse(text, file));
}

}  // namespace psoas::io::toml
