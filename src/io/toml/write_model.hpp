#pragma once

#include <string>

#include "psoas/model/spec.hpp"

namespace psoas::io::toml {

/// A model file that model_from() reads back as an equal description, places in files aside: every number bit for bit,
/// each with its pedigree. Both sides are written out, and helper frames as the joints that they are.
///
/// What no file can say is not written: a leader of a coordinate that does not follow, the fixed place of a moving
/// point along an axis on which it moves, conditions and motions of the nodes of a patch.
std::string model_text(const ModelSpec& spec);

}  // namespace psoas::io::toml
