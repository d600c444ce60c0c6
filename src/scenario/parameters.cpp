#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <system_error>

#include "psoas/core/error.hpp"
#include "psoas/core/nearest_name.hpp"
#include "psoas/scenario/scenario.hpp"

namespace psoas {
namespace {

std::string plain(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", value);
  return text;
}

void set_word(ScenarioParameter& p, const std::string& value) {
  if (std::count(p.choices.begin(), p.choices.end(), value)) {
    p.choice = value;
    return;
  }
  std::string words;
  for (const std::string& word : p.choices) words += (words.empty() ? "" : ", ") + word;
  throw Error("parameter \"" + p.name + "\" is one of " + words + ", got \"" + value + '"' +
              did_you_mean(value, p.choices));
}

void set_number(ScenarioParameter& p, const std::string& value) {
  double number = not_a_number;
  const char* const end = value.data() + value.size();
  const auto [stop, error] = std::from_chars(value.data(), end, number);
  if (error != std::errc{} || stop != end || !std::isfinite(number)) {
    throw Error("parameter \"" + p.name + "\" needs a number" + (p.unit.empty() ? "" : " in " + p.unit) + ", got \"" +
                value + '"');
  }
  if (number < p.minimum || number > p.maximum) {
    throw Error("parameter \"" + p.name + "\" must be from " + plain(p.minimum) + " to " + plain(p.maximum) +
                (p.unit.empty() ? "" : ' ' + p.unit) + ", got " + plain(number));
  }
  p.value = number;
}

}  // namespace

void set_parameter(Scenario& scenario, const std::string& name, const std::string& value) {
  std::vector<std::string> known;
  for (ScenarioParameter& p : scenario.parameters) {
    known.push_back(p.name);
    if (p.name != name) continue;
    p.choices.empty() ? set_number(p, value) : set_word(p, value);
    return;
  }
  const std::string none = known.empty() ? "; it has none" : did_you_mean(name, known);
  throw Error("scenario \"" + scenario.name + "\" has no parameter \"" + name + '"' + none);
}

std::map<std::string, double> parameter_values(const Scenario& scenario) {
  std::map<std::string, double> values;
  for (const ScenarioParameter& p : scenario.parameters) {
    if (p.choices.empty()) values[p.name] = p.value;
  }
  return values;
}

std::map<std::string, double> expression_values(const Scenario& scenario, const Model& model) {
  std::map<std::string, double> values = parameter_values(scenario);
  values.emplace("height_m", model.spec->person.height);
  return values;
}

}  // namespace psoas
