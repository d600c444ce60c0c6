#pragma once

#include <memory>

#include "psoas/analysis/analyze.hpp"
#include "psoas/analysis/options.hpp"
#include "psoas/analysis/outcome.hpp"
#include "psoas/model/model.hpp"
#include "psoas/scenario/scenario.hpp"

namespace psoas {

/// Assembles and analyses a scenario, and its reference posture for the ratios.
/// @throws SpecError, Error as assemble() and analyze() do
Outcome run(const Model& model, const Scenario& scenario, const AnalyzeOptions& options = {});

/// The same with a reference that was run before, on the same model; null: no ratios.
Outcome run(const Model& model, const Scenario& scenario, const AnalyzeOptions& options,
            std::shared_ptr<const Outcome> reference);

}  // namespace psoas
