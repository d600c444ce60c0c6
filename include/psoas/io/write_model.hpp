#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "psoas/io/read_model.hpp"
#include "psoas/model/spec.hpp"

namespace psoas::io {

/// What a file of another program does not hold of a model, and what was done to make the rest fit.
struct ModelLosses {
  std::vector<Dropped> dropped;
  std::vector<std::string> notes;
};

/// Writes a model as a file that ends in `.toml` or `.osim`. A file there is replaced; it is written beside and
/// renamed, so that no half file carries the name.
///
/// `.toml`: read_model() gives an equal description back, every number bit for bit. Angles, areas and stresses stand
/// in degrees, cm2 and N/cm2 where some decimal reads back exactly, in SI units otherwise. Nothing is lost.
///
/// `.osim` (OpenSim 4, document version 40000): bodies, joints, coordinates, couplings, paths, wrap objects, muscles
/// of the class whose curves they have, actuators, a torque for every motor. The result lists the rest by name.
///
/// @throws Error for another ending, or for a joint or coordinate that OpenSim cannot hold
/// @throws SpecError for a description that cannot be read back, or (`.osim`) does not compile
/// @throws OutputError when the file cannot be written
ModelLosses write_model(const ModelSpec& model, const std::filesystem::path& path);

/// The text of a `.toml` file of the model: what write_model() writes.
std::string model_toml(const ModelSpec& model);

}  // namespace psoas::io
