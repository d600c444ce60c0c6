#pragma once

#include <string>
#include <string_view>

#include "psoas/scenario/simulation.hpp"

namespace psoas::io::toml {

/// A simulation, and the names of the scenario that it is built on and of a file of excitations; empty where none.
struct SimulationFile {
  Simulation simulation;
  std::string scenario;
  std::string excitation_file;
};

/// @param file  for messages @throws SpecError with every fault
SimulationFile simulation_from(std::string_view text, const std::string& file);

}  // namespace psoas::io::toml
