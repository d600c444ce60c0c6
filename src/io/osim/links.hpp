#pragma once

#include <pugixml.hpp>

#include "io/osim/reader.hpp"
#include "io/osim/skeleton.hpp"
#include "psoas/model/spec.hpp"

/// Bushings of OpenSim's files.
namespace psoas::io::osim {

/// Adds a `<BushingForce>` to a description; a faulty one is a fault.
void read_bushing(pugi::xml_node node, Reader& reader, Skeleton& skeleton, ModelSpec& spec);

}  // namespace psoas::io::osim
