#include "scenario/choice.hpp"

#include <algorithm>
#include <vector>

#include "psoas/core/error.hpp"
#include "psoas/core/nearest_name.hpp"

namespace psoas::assembly {
namespace {

std::string trimmed(std::string text) {
  text.erase(0, text.find_first_not_of(' '));
  text.erase(text.find_last_not_of(' ') + 1);
  return text;
}

}  // namespace

bool has_choice(const Scenario& scenario, const std::string& condition, const std::string& key,
                const std::string& where) {
  const std::size_t equals = condition.find('=');
  const std::string name = trimmed(condition.substr(0, equals));
  const std::string word = equals == std::string::npos ? "" : trimmed(condition.substr(equals + 1));
  std::string near;
  std::vector<std::string> known;
  for (const ScenarioParameter& p : scenario.parameters) {
    if (!p.choices.empty()) known.push_back(p.name);
    if (p.name != name) continue;
    if (std::count(p.choices.begin(), p.choices.end(), word)) return p.choice == word;
    near = did_you_mean(word, p.choices);
  }
  if (near.empty()) near = did_you_mean(name, known);
  throw SpecError(
      {{where, key + " must be \"parameter = word\" with a word of that parameter, got \"" + condition + '"' + near}});
}

}  // namespace psoas::assembly
