#pragma once

#include <string>
#include <string_view>

#include "psoas/io/read_model.hpp"

namespace psoas::io::osim {

/// The model in a text of OpenSim's format, with everything that was dropped or assumed.
/// @param file  name for messages
/// @throws SpecError with every fault (file:line)
ImportedModel model_from(std::string_view text, const std::string& file);

}  // namespace psoas::io::osim
