#include "psoas/scenario/override.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "psoas/core/error.hpp"
#include "psoas/core/nearest_name.hpp"

namespace psoas {
namespace {

using Names = std::vector<std::string>;

[[noreturn]] void unknown(const Override& o, const std::string& kind, const std::string& name, const Names& known) {
  std::string message = o.path + ": no " + kind + " \"" + name + '"' + did_you_mean(name, known);
  if (nearest_names(name, known).empty() && known.size() <= 12) {
    for (std::size_t i = 0; i < known.size(); ++i) message += (i == 0 ? " (there are " : ", ") + known[i];
    message += known.empty() ? " (there are none)" : ")";
  }
  throw Error(message);
}

double number(const Override& o, double least, double most, const char* unit) {
  double value = 0.0;
  const char* const end = o.value.data() + o.value.size();
  const auto read = std::from_chars(o.value.data(), end, value);
  if (read.ec != std::errc{} || read.ptr != end || std::isnan(value)) {
    throw Error(o.path + " needs a number, got \"" + o.value + '"');
  }
  if (value >= least && value <= most) return value;
  char range[96];
  std::snprintf(range, sizeof range, "%g to %g%s%s, got %g", least, most, *unit ? " " : "", unit, value);
  throw Error(o.path + " must be " + range);
}

/// The parts of a path: at most three, the middle one may hold dots of its own.
struct Path {
  std::string head, name, leaf;

  explicit Path(const std::string& path) {
    const std::size_t first = path.find('.'), last = path.rfind('.');
    head = path.substr(0, first);
    if (first == std::string::npos) return;
    name = path.substr(first + 1, last == first ? std::string::npos : last - first - 1);
    if (last != first) leaf = path.substr(last + 1);
  }
};

void require_leafless(const Override& o, const Path& path, const char* example) {
  if (path.name.empty() || !path.leaf.empty()) throw Error(o.path + ": write it as " + example);
}

void apply_subject(const Override& o, const Path& path, Subject& s) {
  require_leafless(o, path, "subject.KEY, e.g. subject.mass_kg");
  const std::map<std::string, std::optional<double>*> numbers = {{"mass_kg", &s.mass_kg},
                                                                 {"height_m", &s.height_m},
                                                                 {"age_y", &s.age_y},
                                                                 {"sacral_slope_deg", &s.sacral_slope_deg},
                                                                 {"lordosis_deg", &s.lordosis_deg}};
  Names known{"sex", "psoas_minor"};
  for (const auto& [name, slot] : numbers) known.push_back(name);
  if (path.name == "sex") {
    if (o.value != "male" && o.value != "female") {
      throw Error(o.path + " is male or female, got \"" + o.value + '"' + did_you_mean(o.value, {"male", "female"}));
    }
    s.sex = o.value == "female" ? Sex::female : Sex::male;
  } else if (path.name == "psoas_minor") {
    s.psoas_minor = o.value;
  } else if (numbers.count(path.name)) {
    *numbers.at(path.name) = number(o, -infinity, infinity, "");
  } else {
    unknown(o, "subject key", path.name, known);
  }
}

Quantity* leaf_of(MuscleSpec& m, const std::string& leaf) {
  const std::map<std::string, Quantity*> leaves = {{"strength", &m.strength},
                                                   {"pcsa", &m.pcsa},
                                                   {"specific_tension", &m.specific_tension},
                                                   {"optimal_fiber_length", &m.optimal_fiber_length},
                                                   {"tendon_slack_length", &m.tendon_slack_length},
                                                   {"pennation", &m.pennation},
                                                   {"passive_strain", &m.passive_strain},
                                                   {"active_width", &m.active_width},
                                                   {"max_contraction_velocity", &m.max_contraction_velocity}};
  const auto found = leaves.find(leaf);
  return found == leaves.end() ? nullptr : found->second;
}

void apply_muscle(const Override& o, const Path& path, ModelSpec& model) {
  const Names leaves{
      "strength",  "pcsa",           "specific_tension", "optimal_fiber_length",    "tendon_slack_length",
      "pennation", "passive_strain", "active_width",     "max_contraction_velocity"};
  if (path.leaf.empty()) throw Error(o.path + ": write it as muscle.NAME.KEY, e.g. muscle.psoas.strength");
  if (!std::count(leaves.begin(), leaves.end(), path.leaf)) unknown(o, "muscle key", path.leaf, leaves);
  const bool may_be_zero = path.leaf == "strength" || path.leaf == "tendon_slack_length" || path.leaf == "pennation";
  const double value = number(o, may_be_zero ? 0.0 : 1e-12, path.leaf == "strength" ? 100.0 : 1e9, "");
  bool found = false;
  Names known;
  for (MuscleSpec& m : model.muscles) {
    bool meant = m.name == path.name;
    known.push_back(m.name);
    for (const std::string& group : m.groups) {
      meant = meant || path.name == group || (!m.side.empty() && path.name == group + '_' + m.side);
      for (const std::string& name : {group, group + '_' + m.side}) {
        if (!std::count(known.begin(), known.end(), name)) known.push_back(name);
      }
    }
    if (!meant) continue;
    leaf_of(m, path.leaf)->value = value;
    found = true;
  }
  if (!found) unknown(o, "muscle or muscle group", path.name, known);
}

void apply_recruit(const Override& o, const Path& path, RecruitSpec& r) {
  require_leafless(o, path, "recruit.KEY, e.g. recruit.power");
  const std::map<std::string, double*> weights = {
      {"w_support", &r.w_support}, {"w_shear", &r.w_shear},     {"w_reserve", &r.w_reserve},
      {"w_motor", &r.w_motor},     {"w_abdomen", &r.w_abdomen}, {"w_motor_pressing", &r.w_motor_pressing}};
  Names known{"cost", "power"};
  for (const auto& [name, slot] : weights) known.push_back(name);
  if (path.name == "cost") {
    const Names costs{"volume", "pcsa", "activation"};
    if (!std::count(costs.begin(), costs.end(), o.value)) unknown(o, "cost", o.value, costs);
    r.cost = o.value;
  } else if (path.name == "power") {
    const double power = number(o, 2, 10, "");
    if (power != std::floor(power)) throw Error(o.path + " must be a whole number, got " + o.value);
    r.power = static_cast<int>(power);
  } else if (weights.count(path.name)) {
    *weights.at(path.name) = number(o, 1e-12, 1e12, "");
  } else {
    unknown(o, "recruit key", path.name, known);
  }
}

void apply_support(const Override& o, const Path& path, Scenario& scenario) {
  Names known;
  for (ScenarioSupport& s : scenario.supports) {
    known.push_back(s.name);
    if (s.name != path.name) continue;
    if (path.leaf == "friction") {
      s.friction = number(o, 0.0, 2.0, "");
    } else if (path.leaf == "reach") {
      s.reach = number(o, 1e-4, 0.2, "m");
    } else {
      unknown(o, "support key", path.leaf, {"friction", "reach"});
    }
    return;
  }
  unknown(o, "support", path.name, known);
}

/// What the reference posture gets as well.
void apply_tone(const Override& o, Scenario& scenario) {
  scenario.tone = number(o, 0.0, 0.5, "");
  if (!scenario.reference_scenario) return;
  auto reference = std::make_shared<Scenario>(*scenario.reference_scenario);
  reference->tone = scenario.tone;
  scenario.reference_scenario = std::move(reference);
}

void apply_one(const Override& o, ModelSpec& model, Subject& subject, Scenario& scenario) {
  const Path path(o.path);
  if (path.head == "motion") {
    require_leafless(o, path, "motion.NAME, e.g. motion.knee_deg");
    set_parameter(scenario, path.name, o.value);
  } else if (path.head == "subject") {
    apply_subject(o, path, subject);
  } else if (path.head == "muscle") {
    apply_muscle(o, path, model);
  } else if (path.head == "recruit") {
    apply_recruit(o, path, model.recruit);
  } else if (path.head == "support") {
    apply_support(o, path, scenario);
  } else if (o.path == "spine.level_rotation_cost") {
    model.recruit.level_rotation_cost = number(o, 1e-12, infinity, "per deg2");
  } else if (o.path == "scenario.tone") {
    apply_tone(o, scenario);
  } else if (path.head == "spine" || path.head == "scenario") {
    unknown(o, path.head + " key", path.name, {path.head == "spine" ? "level_rotation_cost" : "tone"});
  } else {
    unknown(o, "parameter path", path.head, {"motion", "subject", "muscle", "recruit", "spine", "support", "scenario"});
  }
}

}  // namespace

bool concerns(const Override& o, const Scenario& scenario) {
  const Path path(o.path);
  const auto has = [&](const auto& items) {
    return std::any_of(items.begin(), items.end(), [&](const auto& item) { return item.name == path.name; });
  };
  if (path.head == "motion") return has(scenario.parameters);
  if (path.head == "support") return has(scenario.supports);
  return true;
}

void apply(std::span<const Override> overrides, ModelSpec& model, Subject& subject, Scenario& scenario,
           AnalyzeOptions&) {
  for (const Override& o : overrides) apply_one(o, model, subject, scenario);
}

}  // namespace psoas
