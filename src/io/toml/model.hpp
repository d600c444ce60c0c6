#pragma once

#include <string>
#include <string_view>

#include "psoas/model/spec.hpp"

namespace psoas::io::toml {

/// A model description from the text of its file.
/// @param file  name of the file, for places
/// @throws SpecError with every fault
ModelSpec model_from(std::string_view text, const std::string& file);

}  // namespace psoas::io::toml
