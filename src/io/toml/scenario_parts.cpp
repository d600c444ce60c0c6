#include "io/toml/scenario_parts.hpp"

#include <utility>

#include "io/number_text.hpp"

namespace psoas::io::toml {

Expression expression_of(const Value& value, const std::string& what, Faults& faults) {
  if (value.kind == Value::Kind::text) return {value.text, faults.where(value.at)};
  return {number_text(number_of(value, what, faults)), faults.where(value.at)};
}

Expression expression_of(Table& table, const char* key, const char* otherwise, Faults& faults) {
  const Value* value = table.find(key);
  return value ? expression_of(*value, table.title() + ": " + key, faults) : Expression{otherwise, table.where()};
}

std::map<std::string, Expression> expressions_of(Table& table, const char* key, Faults& faults) {
  std::map<std::string, Expression> out;
  const Value* section = table.table(key);
  if (section == nullptr) return out;
  for (const Value& item : section->items) {
    out[item.key] = expression_of(item, table.title() + ": " + item.key, faults);
  }
  return out;
}

ScenarioParameter parameter_of(const Value& item, Faults& faults) {
  Table table(item, "parameter " + toml::quoted(item.key), faults);
  ScenarioParameter p;
  p.name = item.key;
  p.where = table.where();
  p.choices = table.texts("choices");
  p.meaning = table.text("meaning");
  if (p.choices.empty()) {
    p.value = table.number("default");
    p.minimum = table.number("min");
    p.maximum = table.number("max");
    p.unit = table.text("unit", "");
    if (p.value < p.minimum || p.value > p.maximum || p.minimum > p.maximum) {
      table.fault(item.at, "default " + number_text(p.value) + " must lie between min " + number_text(p.minimum) +
                               " and max " + number_text(p.maximum));
    }
  } else {
    p.choice = table.word("default", p.choices);
  }
  table.finish();
  return p;
}

}  // namespace psoas::io::toml
