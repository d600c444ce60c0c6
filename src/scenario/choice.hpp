#pragma once

#include <string>

#include "psoas/scenario/scenario.hpp"

namespace psoas::assembly {

/// Whether a parameter has a choice, from the words "parameter = choice".
/// @param key  of the scenario file, for messages
/// @throws SpecError for other words, and for a parameter or choice that the scenario does not have
bool has_choice(const Scenario& scenario, const std::string& condition, const std::string& key,
                const std::string& where);

}  // namespace psoas::assembly
