#pragma once

#include <string>

#include "psoas/analysis/outcome.hpp"
#include "psoas/scenario/scenario.hpp"

namespace psoas::cli {

/// What stands below the tables of a run: the verdict of the gates, what assembly moved, published neighbours.
std::string run_notes(const Outcome& outcome, const Scenario& scenario, bool colors);

}  // namespace psoas::cli
