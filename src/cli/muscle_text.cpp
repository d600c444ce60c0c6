#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "io/json_text.hpp"
#include "model_text.hpp"
#include "text_table.hpp"

namespace psoas::cli {
namespace {

/// A parameter of a strand in the unit that its key names.
struct Parameter {
  std::string key;
  double value;
  const Quantity* pedigree;
  double unit;
};

std::vector<Parameter> parameters(const MuscleSpec& m) {
  const auto scaled = [](const char* key, const Quantity& q, double unit) {
    return Parameter{key, q.value / unit, &q, unit};
  };
  return {scaled("pcsa_cm2", m.pcsa, 1e-4),
          scaled("specific_tension_N_cm2", m.specific_tension, 1e4),
          scaled("strength", m.strength, 1.0),
          scaled("optimal_fiber_length_m", m.optimal_fiber_length, 1.0),
          scaled("tendon_slack_length_m", m.tendon_slack_length, 1.0),
          scaled("pennation_deg", m.pennation, degree),
          scaled("passive_strain", m.passive_strain, 1.0),
          scaled("active_width", m.active_width, 1.0),
          scaled("max_contraction_velocity_per_s", m.max_contraction_velocity, 1.0)};
}

/// In the order of the model's strands, which is that of its description.
const MuscleSpec& spec_of(const Model& model, int strand) {
  const std::string& name = model.strands[static_cast<std::size_t>(strand)].name;
  return *std::find_if(model.spec->muscles.begin(), model.spec->muscles.end(),
                       [&](const MuscleSpec& m) { return m.name == name; });
}

/// The key of the source of a parameter: its own, or that of its muscle.
std::string source_of(const Parameter& p, const MuscleSpec& m) {
  return p.pedigree->source.empty() ? m.source : p.pedigree->source;
}

std::vector<std::string> sources_of(const Model& model, const std::vector<int>& strands) {
  std::vector<std::string> keys;
  for (const int s : strands) {
    const MuscleSpec& m = spec_of(model, s);
    for (const Parameter& p : parameters(m)) {
      const std::string key = source_of(p, m);
      if (model.spec->sources.count(key) && !std::count(keys.begin(), keys.end(), key)) keys.push_back(key);
    }
  }
  return keys;
}

void write_strand(io::JsonText& json, const Model& model, int strand) {
  const MuscleSpec& m = spec_of(model, strand);
  json.object().member("name", m.name).member("side", m.side).key("groups").array(true);
  for (const std::string& group : m.groups) json.value(group);
  json.close().member("curves", std::string(to_string(m.type)));
  json.member("max_isometric_force_N", model.muscle.max_isometric_force(strand)).member("note", m.note);
  json.key("parameters").object();
  for (const Parameter& p : parameters(m)) {
    json.key(p.key).object(true).member("value", p.value).member("sd", p.pedigree->sd / p.unit);
    json.member("source", source_of(p, m)).member("verified", p.pedigree->verified).close();
  }
  json.close().key("points").array();
  for (const PointSpec& point : m.points) {
    json.object(true).member("body", point.body).key("at_m").array();
    for (int i = 0; i < 3; ++i) json.value(point.at(i));
    json.close().close();
  }
  json.close().close();
}

}  // namespace

std::vector<int> strands_of(const Model& model, const std::string& name) {
  for (int s = 0; s < model.n_strands(); ++s) {
    if (model.strands[static_cast<std::size_t>(s)].name == name) return {s};
  }
  for (const Group& group : model.groups) {
    if (group.name == name) return group.strands;
  }
  return {};
}

std::string muscle_text(const Model& model, const std::string& name) {
  const std::vector<int> strands = strands_of(model, name);
  std::string text;
  for (const int s : strands) {
    const MuscleSpec& m = spec_of(model, s);
    text += m.name + ": greatest isometric force " + fixed(model.muscle.max_isometric_force(s), 1) + " N, curves of " +
            std::string(to_string(m.type));
    text += m.note.empty() ? "\n" : "; " + m.note + '\n';
    TextTable table({"parameter", "source", "verified", "value", "sd"});
    for (const Parameter& p : parameters(m)) {
      const double sd = p.pedigree->sd / p.unit;
      table.add({p.key, source_of(p, m), p.pedigree->verified ? "yes" : "no", brief(p.value),
                 std::isfinite(sd) ? brief(sd) : "-"});
    }
    text += table.text({}, 3) + '\n';
  }
  for (const std::string& key : sources_of(model, strands)) {
    const SourceSpec& source = model.spec->sources.at(key);
    text += key + ": " + source.citation + (source.note.empty() ? "" : " (" + source.note + ')') + '\n';
  }
  return text;
}

std::string muscle_json(const Model& model, const std::string& name) {
  const std::vector<int> strands = strands_of(model, name);
  io::JsonText json;
  json.object().member("kind", "muscle").member("name", name).member("model", model.name).key("strands").array();
  for (const int s : strands) write_strand(json, model, s);
  json.close().key("sources").object();
  for (const std::string& key : sources_of(model, strands)) {
    const SourceSpec& source = model.spec->sources.at(key);
    json.key(key).object(true).member("citation", source.citation).member("licence", source.licence);
    json.member("note", source.note).close();
  }
  json.close().close();
  return json.text() + '\n';
}

}  // namespace psoas::cli
