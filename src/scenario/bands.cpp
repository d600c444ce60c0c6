#include "scenario/bands.hpp"

#include <map>
#include <string>
#include <utility>

#include "psoas/core/error.hpp"
#include "scenario/choice.hpp"

namespace psoas::assembly {
namespace {

constexpr int samples = 32;  ///< of each piece of a law, where its slope is looked at

/// What is wrong with the law of a band; empty when it can pull.
std::string fault_of(const Band& band) {
  if (!(band.rest_length > 0.0)) return "the rest length must be above 0 m";
  if (!(band.strands > 0.0)) return "strands must be above 0";
  const Function& law = band.strand_force;
  if (const auto faults = faults_in(law); !faults.empty()) return "stretch and strand_force: " + faults.front();
  const std::vector<double>& x = law.knots_x();
  if (x.front() != 0.0 || law.knots_y().front() != 0.0) return "the law must begin with force 0 at stretch 0";
  for (std::size_t i = 0; i + 1 < x.size(); ++i) {
    for (int s = 0; s <= samples; ++s) {
      if (law.evaluate(x[i] + (x[i + 1] - x[i]) * s / samples).slope < 0.0) {
        return "the curve through stretch and strand_force must rise everywhere, it falls after stretch " +
               std::to_string(x[i]);
      }
    }
  }
  return {};
}

}  // namespace

std::vector<Band> bands_of(const Model& model, const Scenario& scenario) {
  const std::map<std::string, double> parameters = parameter_values(scenario);
  std::vector<Band> out;
  std::vector<Fault> faults;
  for (const ScenarioBand& words : scenario.bands) {
    Band band;
    band.name = words.name;
    band.rest_length = evaluate(words.rest_length, parameters);
    band.strands = words.strands;
    band.strand_force = Function::natural_cubic_spline(words.stretch, words.strand_force);
    std::string fault = fault_of(band);
    try {
      band.ends = {BodyPoint{model.body(words.from.body), words.from.at},
                   BodyPoint{model.body(words.to.body), words.to.at}};
    } catch (const Error& error) {
      fault = error.what();
    }
    if (!fault.empty()) faults.push_back({words.where, "band \"" + words.name + "\": " + fault});
    const bool on = words.when.empty() || has_choice(scenario, words.when, "when", words.where);
    if (on) out.push_back(std::move(band));
  }
  if (!faults.empty()) throw SpecError(std::move(faults));
  return out;
}

}  // namespace psoas::assembly
