#include <array>

#include "io/toml/function.hpp"
#include "io/toml/model_parts.hpp"
#include "io/toml/muscle_parameters.hpp"

namespace psoas::io::toml {
namespace {

template <class Shape, std::size_t N>
void read_shape(Table& table, const muscle::ShapeMember<Shape> (&members)[N], Shape& out) {
  for (const auto& [name, member] : members) out.*member = table.number(name, out.*member);
}

/// `{ type, ... }`: the muscle model and what its curves have of their own.
void read_curves(const Value& value, const std::string& what, Faults& faults, MuscleSpec& out) {
  Table table(value, what, faults);
  std::vector<std::string> words;
  for (const muscle::MuscleType type : muscle::muscle_types) words.emplace_back(to_string(type));
  const std::string word = table.word("type", words);
  for (const muscle::MuscleType type : muscle::muscle_types) {
    if (to_string(type) == word) out.type = type;
  }
  if (word == to_string(muscle::MuscleType::Thelen2003)) read_shape(table, muscle::thelen_members, out.thelen);
  if (word == to_string(muscle::MuscleType::Millard2012)) read_shape(table, muscle::millard_members, out.millard);
  table.finish();
}

/// What a muscle and the defaults may both say.
void read_parameters(Table& table, MuscleSpec& out, Faults& faults) {
  for (const MuscleParameter& p : muscle_parameters) {
    out.*p.field = table.quantity(table.either(p.keys.usual, p.keys.si)).value_or(out.*p.field);
  }
  out.passive_offset = table.boolean("passive_offset", out.passive_offset);
  out.tone = table.boolean("tone", out.tone);
  if (const Value* curves = table.find("curves")) read_curves(*curves, table.title() + ": curves", faults, out);
}

/// `{ coordinate, range_deg | range_rad | range_m }`: the path runs through the point while the coordinate lies within.
ConditionSpec condition_of(const Value& value, const std::string& what, Faults& faults) {
  Table table(value, what, faults);
  ConditionSpec out;
  out.coordinate = table.text("coordinate");
  const std::string_view angular = table.either("range_deg", "range_rad");
  const std::string_view range = table.either(angular, "range_m");
  table.require(range);
  const std::vector<double> ends = table.numbers(range, 2, Allow::infinite);
  out.minimum = ends[0], out.maximum = ends[1];
  table.finish();
  return out;
}

/// `{ body, coordinate, x, y, z, while }`: each of x, y, z a number or a function of the coordinate.
PointSpec moving_point_of(const Value& value, const std::string& what, Faults& faults) {
  Table table(value, what, faults);
  PointSpec out;
  out.body = table.text("body");
  constexpr std::array<std::string_view, 3> axes{"x", "y", "z"};
  bool moves = false;
  for (int k = 0; k < 3; ++k) {
    const auto axis = static_cast<std::size_t>(k);
    const Value* along = table.require(axes[axis]);
    if (!along) continue;
    if (along->kind == Value::Kind::table) {
      moves = true;
      out.functions[axis] = function_of(*along, what + ": " + std::string(axes[axis]), faults);
    } else {
      out.at(k) = table.number(axes[axis]);
    }
  }
  out.coordinate = moves ? table.text("coordinate") : table.text("coordinate", "");
  if (const Value* condition = table.find("while")) out.condition = condition_of(*condition, what + ": while", faults);
  table.finish();
  return out;
}

PathWrapSpec wrap_of(const Value& value, const std::string& what, Faults& faults) {
  Table table(value, what, faults);
  PathWrapSpec out;
  out.surface = table.text("surface");
  out.segment = table.integer("segment");
  out.side = table.word("side", {"clockwise", "counterclockwise", "shortest", "+x", "-x", "+y", "-y"});
  table.finish();
  return out;
}

void read_path(Table& table, MuscleSpec& out, Faults& faults) {
  table.require("points");
  for (const Value* item : table.elements("points")) {
    const std::string what = table.title() + ": points[" + std::to_string(out.points.size()) + ']';
    const bool moving = item->kind == Value::Kind::table;
    out.points.push_back(moving ? moving_point_of(*item, what, faults) : fixed_point_of(*item, what, faults));
  }
  for (const Value* item : table.tables("wraps")) {
    const std::string what = table.title() + ": wraps[" + std::to_string(out.wraps.size()) + ']';
    out.wraps.push_back(wrap_of(*item, what, faults));
  }
}

}  // namespace

PointSpec fixed_point_of(const Value& value, const std::string& what, Faults& faults) {
  PointSpec out;
  if (value.kind != Value::Kind::array) {
    expected(what, "a point [\"body\", x, y, z]", value, faults);
    return out;
  }
  if (value.items.size() != 4) {
    faults.add(value.at, what + ": expected a point [\"body\", x, y, z], got " + std::to_string(value.items.size()) +
                             (value.items.size() == 1 ? " element" : " elements"));
    return out;
  }
  out.body = text_of(value.items[0], what + "[0]", faults);
  for (int k = 0; k < 3; ++k) {
    const std::string part = what + '[' + std::to_string(k + 1) + ']';
    out.at(k) = number_of(value.items[static_cast<std::size_t>(k) + 1], part, faults);
  }
  return out;
}

MuscleSpec muscle_defaults_of(Table& table, Faults& faults) {
  MuscleSpec out;
  read_parameters(table, out, faults);
  source_of(table);
  return out;
}

MuscleSpec muscle_of(Table& table, const MuscleSpec& defaults, Faults& faults) {
  MuscleSpec out = defaults;
  out.name = table.text("name");
  out.side = table.word("side", {"r", "l", ""}, "");
  out.groups = table.texts("groups");
  read_path(table, out, faults);
  read_parameters(table, out, faults);
  for (const MuscleParameter& p : muscle_parameters) {
    const bool given = !(out.*p.field).where.empty();
    if (p.required && !given) table.require(p.keys.usual);
  }
  out.note = table.text("note", "");
  out.source = table.text("source", "");
  return out;
}

}  // namespace psoas::io::toml
