#pragma once

#include <optional>
#include <string>
#include <vector>

#include "exit_code.hpp"

namespace psoas::cli {

/// What was typed behind `psoas analyze`.
struct AnalyzeWords {
  std::string motion, model, convention, grf, loads, actuators, filter = "6", out = "results";
  std::string reactions = "child";
  std::vector<std::string> subject;
  std::optional<std::string> only, supports;
  bool still = false, opensim = false, force = false;
};

/// From files to tables and loads; what was assumed is said and stands in the manifest.
/// @throws Failure, Error
ExitCode analyze_motion(const AnalyzeWords& words, const std::string& command_line);

}  // namespace psoas::cli
