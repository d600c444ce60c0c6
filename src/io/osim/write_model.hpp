#pragma once

#include <string>
#include <vector>

#include "psoas/io/read_model.hpp"
#include "psoas/model/spec.hpp"

namespace psoas::io::osim {

/// A text in OpenSim's format, what it does not hold, and what was done to fit.
struct WrittenText {
  std::string text;
  std::vector<Dropped> dropped;
  std::vector<std::string> notes;
};

/// The model as a document of OpenSim 4 (version 40000).
/// @throws SpecError for a description that does not compile, Error for a joint or coordinate that OpenSim cannot hold
WrittenText model_text(const ModelSpec& spec);

}  // namespace psoas::io::osim
