#pragma once

#include <string>

#include "psoas/analysis/outcome.hpp"
#include "psoas/scenario/scenario.hpp"

namespace psoas::cli {

/// The answers of one scenario for a reader at a terminal: loads, muscles, supports, what causes the largest lumbar
/// load, gates, and what assembly moved.
std::string run_table(const Outcome& outcome, const Scenario& scenario, bool colors);

}  // namespace psoas::cli
