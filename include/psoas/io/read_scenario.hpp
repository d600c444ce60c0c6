#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "psoas/scenario/scenario.hpp"

namespace psoas::io {

/// A scenario by its name inside the library (`bridge`) or by the path of a file that ends in `.toml`. The posture that
/// its ratios refer to is read with it (Scenario::reference_scenario), by a name inside the library or a path beside
/// the file.
///
/// The reader answers for words, types, keys and units; what body parts and expressions mean is assemble()'s.
///
/// @throws SpecError with every fault of the file, in its order
/// @throws Error for a name or file that is not there, with the nearest ones
Scenario read_scenario(std::string_view name_or_path);

/// A scenario from the text of a `.toml` file; `name` is what messages call it, and a reference that is a file lies
/// beside it.
Scenario read_scenario_text(std::string_view text, const std::string& name);

/// The same with a reference that was read before; null: none.
Scenario read_scenario_text(std::string_view text, const std::string& name, std::shared_ptr<const Scenario> reference);

/// Names of the scenarios inside the library.
std::vector<std::string> scenario_names();

}  // namespace psoas::io
