#include "psoas/scenario/run.hpp"

#include <utility>

namespace psoas {

Outcome run(const Model& model, const Scenario& scenario, const AnalyzeOptions& options,
            std::shared_ptr<const Outcome> reference) {
  Outcome outcome = analyze(model, assemble(model, scenario), options);
  outcome.reference = std::move(reference);
  return outcome;
}

Outcome run(const Model& model, const Scenario& scenario, const AnalyzeOptions& options) {
  std::shared_ptr<const Outcome> reference;
  if (scenario.reference_scenario) {
    reference = std::make_shared<const Outcome>(run(model, *scenario.reference_scenario, options, nullptr));
  }
  return run(model, scenario, options, std::move(reference));
}

}  // namespace psoas
