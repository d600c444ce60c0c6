#pragma once

#include <string>

#include "psoas/scenario/scenario.hpp"

namespace psoas::cli {

/// What `psoas show` prints of a scenario.
std::string scenario_text(const Scenario& scenario);
std::string scenario_json(const Scenario& scenario);

}  // namespace psoas::cli
