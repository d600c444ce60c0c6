#pragma once

#include "io/osim/writer.hpp"
#include "psoas/model/spec.hpp"

namespace psoas::io::osim {

/// Ligaments and bushings.
void write_links(const ModelSpec& spec, Writer& writer);

}  // namespace psoas::io::osim
