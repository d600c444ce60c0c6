#include <algorithm>
#include <cstddef>

#include "io/toml/function.hpp"
#include "io/toml/muscle_parameters.hpp"
#include "io/toml/write_parts.hpp"

namespace psoas::io::toml {
namespace {

/// `{ body, coordinate, x, y, z, while }`, or the short form where nothing moves.
std::string point_text(const PointSpec& point) {
  if (point.coordinate.empty() && !point.condition) return fixed_point_text(point);
  std::string text = "{ body = " + json_string(point.body);
  if (!point.coordinate.empty()) text += ", coordinate = " + json_string(point.coordinate);
  for (std::size_t k = 0; k < 3; ++k) {
    text += std::string(", ") + static_cast<char>('x' + k) + " = ";
    text += point.functions[k] ? function_text(*point.functions[k]) : exact_text(point.at(static_cast<int>(k)));
  }
  if (point.condition) {
    const ConditionSpec& c = *point.condition;
    const KeyNumbers ends = exactly_under({"range_deg", "range_rad"}, {c.minimum, c.maximum});
    text += ", while = { coordinate = " + json_string(c.coordinate) + ", " + std::string(ends.key) + " = " +
            list_text(ends.numbers) + " }";
  }
  return text + " }";
}

void write_path(TomlText& out, const MuscleSpec& muscle) {
  std::string points;
  for (const PointSpec& point : muscle.points) points += "  " + point_text(point) + ",\n";
  out.raw("points", "[\n" + points + ']');
  if (muscle.wraps.empty()) return;
  std::string wraps;
  for (const PathWrapSpec& wrap : muscle.wraps) {
    wraps += "  { surface = " + json_string(wrap.surface) + ", segment = " + std::to_string(wrap.segment) +
             ", side = " + json_string(wrap.side) + " },\n";
  }
  out.raw("wraps", "[\n" + wraps + ']');
}

template <class Shape, std::size_t N>
std::string shape_text(const muscle::ShapeMember<Shape> (&members)[N], const Shape& shape) {
  std::string text;
  for (const auto& [name, member] : members) {
    if (shape.*member != Shape().*member && shape.*member == shape.*member) {
      text += ", " + std::string(name) + " = " + exact_text(shape.*member);
    }
  }
  return text;
}

/// `{ type, ... }` with what its curves have of their own.
void write_curves(TomlText& out, const MuscleSpec& muscle) {
  std::string shape;
  if (muscle.type == muscle::MuscleType::Thelen2003) shape = shape_text(muscle::thelen_members, muscle.thelen);
  if (muscle.type == muscle::MuscleType::Millard2012) shape = shape_text(muscle::millard_members, muscle.millard);
  if (muscle.type == MuscleSpec().type) return;
  out.raw("curves", "{ type = " + json_string(to_string(muscle.type)) + shape + " }");
}

/// The quantity that more than half of the muscles have, nullptr where there is none.
const Quantity* shared_by_most(const std::vector<MuscleSpec>& muscles, Quantity MuscleSpec::*field) {
  const Quantity* candidate = nullptr;  // majority vote: what survives is the only one that can be
  std::size_t ahead = 0;
  for (const MuscleSpec& muscle : muscles) {
    if (ahead == 0) candidate = &(muscle.*field);
    same(*candidate, muscle.*field) ? ++ahead : --ahead;
  }
  const auto count =
      std::count_if(muscles.begin(), muscles.end(), [&](const MuscleSpec& m) { return same(*candidate, m.*field); });
  return 2 * static_cast<std::size_t>(count) > muscles.size() ? candidate : nullptr;
}

bool set_in_most(const std::vector<MuscleSpec>& muscles, bool MuscleSpec::*field) {
  const auto count = std::count_if(muscles.begin(), muscles.end(), [&](const MuscleSpec& m) { return m.*field; });
  return 2 * static_cast<std::size_t>(count) > muscles.size();
}

}  // namespace

MuscleSpec write_muscle_defaults(TomlText& out, const std::vector<MuscleSpec>& muscles) {
  MuscleSpec defaults;
  if (muscles.size() < 2) return defaults;
  TomlText section;
  for (const MuscleParameter& p : muscle_parameters) {
    const Quantity* shared = shared_by_most(muscles, p.field);
    if (shared == nullptr || same(*shared, defaults.*p.field)) continue;
    defaults.*p.field = *shared;
    write_quantity(section, p.keys, *shared, "");
  }
  for (const auto& [key, field] :
       {std::pair{"passive_offset", &MuscleSpec::passive_offset}, std::pair{"tone", &MuscleSpec::tone}}) {
    if (!set_in_most(muscles, field)) continue;
    defaults.*field = true;
    section.truth(key, true);
  }
  const std::string keys = section.take();
  if (keys.empty()) return defaults;
  out.section("[muscle_defaults]");
  out.line(keys.substr(0, keys.size() - 1));
  return defaults;
}

void write(TomlText& out, const MuscleSpec& muscle, const MuscleSpec& defaults) {
  out.section("[[muscle]]");
  out.text("name", muscle.name);
  out.text_if_any("side", muscle.side);
  out.texts_if_any("groups", muscle.groups);
  write_path(out, muscle);
  for (const MuscleParameter& p : muscle_parameters) {
    if (!same(muscle.*p.field, defaults.*p.field)) write_quantity(out, p.keys, muscle.*p.field, muscle.source);
  }
  if (muscle.passive_offset != defaults.passive_offset) out.truth("passive_offset", muscle.passive_offset);
  if (muscle.tone != defaults.tone) out.truth("tone", muscle.tone);
  write_curves(out, muscle);
  out.text_if_any("note", muscle.note);
  out.text_if_any("source", muscle.source);
}

}  // namespace psoas::io::toml
