#pragma once

#include "psoas/analysis/options.hpp"
#include "psoas/analysis/outcome.hpp"
#include "psoas/model/model.hpp"
#include "psoas/model/task.hpp"

namespace psoas {

/// Solves every frame of a task and gathers loads, ledger and gates. The frames are cut into the same pieces for any
/// number of threads, and no start crosses from one piece to the next: the same bytes come out.
/// @throws Error when the task does not fit the model
Outcome analyze(const Model& model, const Task& task, const AnalyzeOptions& options = {});

}  // namespace psoas
