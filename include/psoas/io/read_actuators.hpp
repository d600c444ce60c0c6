#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "psoas/model/spec.hpp"

namespace psoas::io {

/// Reads the reserves and residuals of an OpenSim `<ForceSet>`: its `CoordinateActuator`s. Those that the file has
/// switched off are left out.
///
/// @throws SpecError with every fault at `file:line:column`: no XML, an actuator without a name or a coordinate, two of
///         one name, a force of another kind
/// @throws Error when there is no such file or it is too large
std::vector<ActuatorSpec> read_actuators(const std::filesystem::path& path);

/// The same from a text; `name` is what messages call it.
std::vector<ActuatorSpec> read_actuators_text(std::string_view text, const std::string& name);

}  // namespace psoas::io
