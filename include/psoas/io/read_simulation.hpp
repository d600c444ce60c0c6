#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "psoas/scenario/simulation.hpp"

namespace psoas::io {

/// A forward simulation by its name inside the library (`leg_raise_forward`) or by the path of a file that ends in
/// `.toml`, with the scenario that it is built on.
///
/// @throws SpecError with every fault of the file, in its order
/// @throws Error for a name or file that is not there, with the nearest ones
Simulation read_simulation(std::string_view name_or_path);

/// Names of the simulations inside the library.
std::vector<std::string> simulation_names();

}  // namespace psoas::io
