#pragma once

#include "psoas/analysis/outcome.hpp"
#include "psoas/model/model.hpp"
#include "psoas/scenario/simulation.hpp"

namespace psoas::simulation {

/// One muscle alone: excitation in, along a path of given length, by the explicit method of forward/adaptive.hpp.
/// @throws SpecError for what the model or the signals do not have
Outcome run_muscle_bench(const Model& model, const Simulation& s, const AnalyzeOptions& options = {});

}  // namespace psoas::simulation
