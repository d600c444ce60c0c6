#include "scenario_text.hpp"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "io/json_text.hpp"
#include "text_table.hpp"

namespace psoas::cli {
namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

std::string parameters_text(const Scenario& s) {
  TextTable table({"parameter", "unit", "default", "from", "to", "meaning"});
  for (const ScenarioParameter& p : s.parameters) {
    const bool number = p.choices.empty();
    table.add({p.name, p.unit, number ? brief(p.value) : p.choice, number ? brief(p.minimum) : "",
               number ? brief(p.maximum) : "", (number ? "" : joined(p.choices) + ": ") + p.meaning});
  }
  return table.empty() ? "" : table.text({}, 6) + "set with --set motion.PARAMETER=VALUE\n\n";
}

std::string values_text(const std::map<std::string, Expression>& values, const char* unit) {
  std::string text;
  for (const auto& [name, value] : values) text += "\n    " + name + " = " + value.text + unit;
  return text;
}

void write_strings(io::JsonText& json, const char* key, const std::vector<std::string>& words) {
  json.key(key).array(true);
  for (const std::string& word : words) json.value(word);
  json.close();
}

void write_numbers(io::JsonText& json, const char* key, const std::vector<double>& values) {
  json.key(key).array(true);
  for (const double value : values) json.value(value);
  json.close();
}

void write_expressions(io::JsonText& json, const char* key, const std::map<std::string, Expression>& values) {
  json.key(key).object(true);
  for (const auto& [name, value] : values) json.member(name, value.text);
  json.close();
}

void write_parameters(io::JsonText& json, const Scenario& s) {
  json.key("parameters").array();
  for (const ScenarioParameter& p : s.parameters) {
    json.object(true).member("name", p.name);
    if (p.choices.empty()) {
      json.member("default", p.value).member("min", p.minimum).member("max", p.maximum).member("unit", p.unit);
    } else {
      json.member("default", p.choice);
      write_strings(json, "choices", p.choices);
    }
    json.member("meaning", p.meaning).close();
  }
  json.close();
}

void write_motion(io::JsonText& json, const Scenario& s) {
  json.key("keyframes").array();
  for (const Keyframe& k : s.keyframes) {
    json.object().member("name", k.name).member("at_s", k.at.text).member("like", k.like);
    write_expressions(json, "angles_deg", k.angles);
    write_expressions(json, "positions_m", k.positions);
    write_strings(json, "free", k.free);
    json.close();
  }
  json.close().key("phases").array();
  for (const ScenarioPhase& p : s.phases) {
    json.object(true).member("name", p.name).member("from", p.from).member("to", p.to);
    write_strings(json, "supports", p.supports);
    json.close();
  }
  json.close();
}

void write_surroundings(io::JsonText& json, const Scenario& s) {
  json.key("supports").array();
  for (const ScenarioSupport& support : s.supports) {
    json.object(true).member("name", support.name);
    write_strings(json, "patches", support.patches);
    json.member("friction", support.friction).member("reach_m", support.reach).close();
  }
  json.close().key("loads").array();
  for (const ScenarioLoad& load : s.loads) {
    json.object(true).member("name", load.name).member("body", load.body).key("force_N").array();
    for (int i = 0; i < 3; ++i) json.value(load.force(i));
    json.close().close();
  }
  json.close().key("bands").array();
  for (const ScenarioBand& band : s.bands) {
    json.object(true).member("name", band.name).member("when", band.when).member("from", band.from.body);
    json.member("to", band.to.body).member("rest_length_m", band.rest_length.text).member("strands", band.strands);
    write_numbers(json, "stretch", band.stretch);
    write_numbers(json, "strand_force_N", band.strand_force);
    json.member("source", band.source).close();
  }
  json.close().key("neighbours").array();
  for (const Neighbour& n : s.neighbours) {
    json.object(true).member("load", n.load).member("text", n.text).member("source", n.source);
    json.member("verified", n.verified).close();
  }
  json.close();
}

}  // namespace

std::string scenario_text(const Scenario& s) {
  std::string text = s.name + ": " + s.description + '\n';
  if (!s.reference.empty()) text += "ratios refer to " + s.reference + "; ";
  text += "tone " + brief(s.tone) + ", " + brief(s.rate) + " frames a second\n\n" + parameters_text(s);
  for (const Keyframe& k : s.keyframes) {
    text += "keyframe " + k.name + " at " + k.at.text + " s" + (k.like.empty() ? "" : ", like " + k.like);
    text += values_text(k.angles, " deg") + values_text(k.positions, " m");
    text += k.free.empty() ? "\n" : "\n    assembly may move " + joined(k.free) + '\n';
  }
  for (const ScenarioPhase& p : s.phases) {
    text += "phase " + p.name + " from " + p.from + " to " + p.to + ", on " + joined(p.supports) + '\n';
  }
  for (const ScenarioSupport& support : s.supports) {
    text += "support " + support.name + " under " + joined(support.patches) + ", friction " + brief(support.friction) +
            '\n';
  }
  for (const ScenarioLoad& load : s.loads) {
    text += "load " + load.name + " on " + load.body + ", " + brief(load.force.norm()) + " N\n";
  }
  for (const ScenarioBand& band : s.bands) {
    text += "band " + band.name + (band.when.empty() ? "" : " (" + band.when + ")") + " from " + band.from.body +
            " to " + band.to.body + ", rest length " + band.rest_length.text + " m, " + brief(band.strands) +
            (band.strands == 1.0 ? " strand" : " strands") + ", each";
    for (std::size_t i = 0; i < std::min(band.stretch.size(), band.strand_force.size()); ++i) {
      text += (i == 0 ? " " : ", ") + brief(band.strand_force[i]) + " N at " + brief(100.0 * band.stretch[i]) + " %";
    }
    text += band.source.empty() ? "\n" : " (" + band.source + ")\n";
  }
  for (const Neighbour& n : s.neighbours) {
    text += "published: " + n.load + ": " + n.text + " (" + n.source + (n.verified ? ")" : ", not verified)") + '\n';
  }
  return text;
}

std::string scenario_json(const Scenario& s) {
  io::JsonText json;
  json.object().member("kind", "scenario").member("name", s.name).member("description", s.description);
  json.member("reference", s.reference).member("tone", s.tone).member("rate_hz", s.rate);
  write_parameters(json, s);
  write_motion(json, s);
  write_surroundings(json, s);
  json.close();
  return json.text() + '\n';
}

}  // namespace psoas::cli
