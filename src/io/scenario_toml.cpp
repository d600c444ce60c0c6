#include <array>
#include <charconv>
#include <cmath>
#include <map>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "io/toml/text.hpp"
#include "psoas/io/write_outcome.hpp"

namespace psoas::io {
namespace {

constexpr std::array kind_words{"touch", "lowest", "flat", "hold", "distance", "mass_center", "balance"};

using toml::TomlText;

void write_point(TomlText& out, std::string_view key, const ScenarioPoint& p) {
  out.raw(key, '[' + json_string(p.body) + ", " + toml::exact_text(p.at.x()) + ", " + toml::exact_text(p.at.y()) +
                   ", " + toml::exact_text(p.at.z()) + ']');
}

/// A plain number as a number, all else as a text.
void write_expression(TomlText& out, std::string_view key, const Expression& e) {
  double number = 0.0;
  const char* const end = e.text.data() + e.text.size();
  const auto read = std::from_chars(e.text.data(), end, number);
  const bool plain = read.ec == std::errc{} && read.ptr == end && std::isfinite(number);
  out.raw(key, plain ? toml::exact_text(number) : json_string(e.text));
}

void write_expressions(TomlText& out, const std::string& header, const std::map<std::string, Expression>& values) {
  if (values.empty()) return;
  out.line(header);
  for (const auto& [key, value] : values) write_expression(out, json_string(key), value);
}

void write_head(TomlText& out, const Scenario& s) {
  out.raw("schema", "1");
  out.text("name", s.name);
  out.text_if_any("description", s.description);
  out.text_if_any("reference", s.reference);
  out.number("tone", s.tone);
  out.number("rate_hz", s.rate);
  out.text_if_any("mirror_when", s.mirror_when);
}

void write_parameter(TomlText& out, const ScenarioParameter& p) {
  out.section("[parameter." + json_string(p.name) + ']');
  if (p.choices.empty()) {
    out.number("default", p.value);
    out.number("min", p.minimum);
    out.number("max", p.maximum);
    out.text_if_any("unit", p.unit);
  } else {
    out.text("default", p.choice);
    out.texts("choices", p.choices);
  }
  out.text("meaning", p.meaning);
}

void write_support(TomlText& out, const ScenarioSupport& s) {
  out.section("[support." + json_string(s.name) + ']');
  if (s.point) out.vector("point_m", *s.point);
  out.texts_if_any("through", s.through);
  out.vector("normal", s.normal);
  out.texts("patches", s.patches);
  out.number("friction", s.friction);
  out.number("reach_m", s.reach);
}

void write_keyframe(TomlText& out, const Keyframe& k) {
  out.section("[[keyframe]]");
  out.text("name", k.name);
  write_expression(out, "at_s", k.at);
  out.text_if_any("like", k.like);
  out.texts_if_any("free", k.free);
  write_expressions(out, "[keyframe.angles_deg]", k.angles);
  write_expressions(out, "[keyframe.positions_m]", k.positions);
}

void write_closure(TomlText& out, const Closure& c) {
  out.section("[[close]]");
  out.text("kind", kind_words[static_cast<std::size_t>(c.kind)]);
  out.text_if_any("plane", c.plane);
  out.texts("nodes", c.nodes);
  out.texts_if_any("other", c.other);
  out.text_if_any("axis", c.axis);
  out.text_if_any("keyframe", c.keyframe);
  write_expression(out, "value_m", c.value);
  if (c.when.text != "1") write_expression(out, "when", c.when);
  out.texts_if_any("keyframes", c.keyframes);
}

void write_load(TomlText& out, const ScenarioLoad& l) {
  out.section("[[load]]");
  out.text("name", l.name);
  out.text("body", l.body);
  out.vector("at_m", l.at);
  out.vector("force_N", l.force);
}

void write_band(TomlText& out, const ScenarioBand& b) {
  out.section("[[band]]");
  out.text("name", b.name);
  out.text_if_any("when", b.when);
  write_point(out, "from", b.from);
  write_point(out, "to", b.to);
  write_expression(out, "rest_length_m", b.rest_length);
  out.number("strands", b.strands);
  out.numbers("stretch", b.stretch);
  out.numbers("strand_force_N", b.strand_force);
  out.text_if_any("source", b.source);
}

void write_neighbour(TomlText& out, const Neighbour& n) {
  out.section("[[neighbour]]");
  out.text("load", n.load);
  out.text("text", n.text);
  out.text("source", n.source);
  out.truth("verified", n.verified);
}

}  // namespace

std::string scenario_toml(const Scenario& scenario) {
  TomlText out;
  write_head(out, scenario);
  for (const ScenarioParameter& parameter : scenario.parameters) write_parameter(out, parameter);
  for (const ScenarioSupport& support : scenario.supports) write_support(out, support);
  for (const Keyframe& keyframe : scenario.keyframes) write_keyframe(out, keyframe);
  for (const ScenarioPhase& phase : scenario.phases) {
    out.section("[[phase]]");
    out.text("name", phase.name);
    out.text("from", phase.from);
    out.text("to", phase.to);
    out.texts("supports", phase.supports);
  }
  for (const Closure& closure : scenario.closures) write_closure(out, closure);
  for (const ScenarioLoad& load : scenario.loads) write_load(out, load);
  for (const ScenarioBand& band : scenario.bands) write_band(out, band);
  for (const Neighbour& neighbour : scenario.neighbours) write_neighbour(out, neighbour);
  return out.take();
}

}  // namespace psoas::io
