#pragma once

#include <string>
#include <string_view>

#include "psoas/scenario/scenario.hpp"

namespace psoas::io::toml {

/// The scenario of a TOML text, without its reference.
/// @param file  name of the file for messages
/// @throws SpecError with every fault, in the order of the file
Scenario scenario_from(std::string_view text, const std::string& file);

}  // namespace psoas::io::toml
