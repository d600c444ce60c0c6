#pragma once

#include <memory>
#include <string>
#include <vector>

#include "psoas/analysis/options.hpp"
#include "psoas/model/model.hpp"
#include "psoas/model/task.hpp"
#include "psoas/scenario/override.hpp"
#include "psoas/scenario/scenario.hpp"

namespace psoas::cli {

/// A scenario, the body it is run on, and how.
struct Job {
  std::string source;  ///< name or file, as it was typed
  Scenario scenario;
  AnalyzeOptions options;
  std::shared_ptr<const Model> model;
  Task task;
};

/// Reads scenarios and a model, applies the settings, compiles and assembles. Settings that concern the body act on all
/// scenarios alike, so that they share one compiled model.
/// @throws Error for inputs that are missing or wrong, Failure (usage) for settings that are
std::vector<Job> prepare_jobs(const std::vector<std::string>& scenarios, const std::string& model,
                              const std::vector<Override>& settings, const AnalyzeOptions& options);

/// @throws Failure for a name that cannot be the name of a result folder
void require_plain_name(const std::string& name, const std::string& source);

/// The named model, as it is in its file. @throws Error
Model read_and_compile(const std::string& model);

}  // namespace psoas::cli
