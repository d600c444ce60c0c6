#include "muscle_words.hpp"

#include <algorithm>
#include <iterator>

#include "exit_code.hpp"
#include "inputs.hpp"
#include "model_text.hpp"
#include "options.hpp"
#include "psoas/core/nearest_name.hpp"
#include "psoas/mechanics/strengths.hpp"

namespace psoas::cli {
namespace {

/// What --set may name, in the unit of its key.
struct Key {
  const char* name;
  double muscle::MuscleParameters::*field;
  double unit;
  bool needed;
};
constexpr Key settable[] = {
    {"max_isometric_force", &muscle::MuscleParameters::max_isometric_force, 1.0, true},
    {"optimal_fiber_length", &muscle::MuscleParameters::optimal_fiber_length, 1.0, true},
    {"tendon_slack_length", &muscle::MuscleParameters::tendon_slack_length, 1.0, true},
    {"pennation_deg", &muscle::MuscleParameters::pennation_at_optimal, degree, false},
    {"max_contraction_velocity", &muscle::MuscleParameters::max_contraction_velocity, 1.0, false},
    {"damping", &muscle::MuscleParameters::damping, 1.0, false},
    {"passive_fiber_strain", &muscle::MuscleParameters::passive_fiber_strain, 1.0, false},
    {"active_width", &muscle::MuscleParameters::active_width, 1.0, false},
    {"tendon_strain", &muscle::MuscleParameters::tendon_strain, 1.0, false}};

/// The muscle that --set describes. A damping that is not given is 0: the answer is one of statics.
muscle::MuscleParameters described(const std::vector<std::string>& set, bool whole) {
  muscle::MuscleParameters p;
  p.damping = 0.0;
  std::vector<std::string> known, given;
  for (const Key& key : settable) known.emplace_back(key.name);
  for (const Override& o : key_values("--set", set)) {
    const auto key =
        std::find_if(std::begin(settable), std::end(settable), [&](const Key& k) { return o.path == k.name; });
    if (holds(given, o.path)) throw Failure(usage, "--set: " + o.path + " is set twice");
    if (key == std::end(settable)) {
      throw Failure(usage, "--set: a muscle has no \"" + o.path + '"' + did_you_mean(o.path, known));
    }
    p.*key->field = real_number("--set " + o.path, o.value) * key->unit;
    given.push_back(o.path);
  }
  for (const Key& key : settable) {
    if (key.needed && whole && !std::count(given.begin(), given.end(), key.name)) {
      throw Failure(usage, "--set needs " + std::string(key.name) + "=VALUE for a whole muscle");
    }
  }
  if (!whole) {  // a curve knows no size
    for (const Key& key : settable) {
      if (key.needed && !std::count(given.begin(), given.end(), key.name)) p.*key.field = 1.0;
    }
  }
  const std::vector<std::string> faults = muscle::faults_in(p);
  if (!faults.empty()) throw Failure(usage, "--set: " + faults.front());
  return p;
}

/// As described() has it: no damping in statics.
muscle::MuscleParameters still(muscle::MuscleParameters p) {
  p.damping = 0.0;
  return p;
}

/// The strands of a muscle of a model. @throws Failure for a name that it does not have
std::vector<Named> named(const MuscleWords& words) {
  const Model model = read_and_compile(words.model);
  const std::vector<int> strands = strands_of(model, words.name);
  if (strands.empty()) {
    std::vector<std::string> known;
    for (const Group& group : model.groups) known.push_back(group.name);
    for (const Strand& strand : model.strands) known.push_back(strand.name);
    throw Failure(usage, "no muscle \"" + words.name + "\" in " + words.model + did_you_mean(words.name, known));
  }
  std::vector<Named> out;
  for (const int s : strands)
    out.push_back({model.strands[static_cast<std::size_t>(s)].name, still(strand_parameters(model, s))});
  return out;
}

}  // namespace

muscle::MuscleType type_of(const MuscleWords& words) {
  std::vector<std::string> known;
  for (const muscle::MuscleType type : muscle::muscle_types) known.emplace_back(to_string(type));
  word("--type", words.type, known);
  const auto at = std::find(known.begin(), known.end(), words.type) - known.begin();
  return muscle::muscle_types[static_cast<std::size_t>(at)];
}

muscle::Tendon tendon_of(const MuscleWords& words) {
  word("--tendon", words.tendon, {"automatic", "auto", "rigid", "elastic"});
  if (words.tendon == "rigid") return muscle::Tendon::rigid;
  return words.tendon == "elastic" ? muscle::Tendon::elastic : muscle::Tendon::automatic;
}

double activation_of(const MuscleWords& words) {
  const double activation = real_number("--activation", words.activation);
  if (activation >= 0.0 && activation <= 1.0) return activation;
  throw Failure(usage, "--activation needs a number from 0 to 1, got \"" + words.activation + '"');
}

std::vector<Named> muscles(const MuscleWords& words) {
  if (words.name.empty()) return {{words.type, described(words.set, words.curve.empty())}};
  if (!words.set.empty()) throw Failure(usage, "muscle takes a NAME or --set, not both");
  return named(words);
}

void require_all_used(const MuscleWords& words) {
  const auto given = [&](const char* option) { return holds(words.typed, option); };
  if (given("NAME") && words.name.empty()) throw Failure(usage, "muscle needs the name of a muscle, got \"\"");
  if (given("--curve") == given("--length")) {
    throw Failure(usage, "muscle needs either --curve with --at, or --length with --activation");
  }
  if (given("--curve")) {
    word("--curve", words.curve, {"active_force_length", "passive_force_length", "force_velocity", "tendon_force"});
  }
  if (given("--model") && !given("NAME")) throw Failure(usage, "--model needs the NAME of one of its muscles");
  const std::vector<std::string> unused =
      given("--curve") ? std::vector<std::string>{"--tendon", "--speed"} : std::vector<std::string>{"--at"};
  for (const std::string& option : unused) {
    if (given(option.c_str()))
      throw Failure(usage, option + " has no part in " + (given("--curve") ? "--curve" : "--length"));
  }
  const bool reads_activation = words.type == "Thelen2003" && words.curve == "force_velocity";
  if (given("--curve") && given("--activation") && !reads_activation) {
    throw Failure(usage, "of all curves only Thelen2003's force_velocity reads --activation");
  }
}

}  // namespace psoas::cli
