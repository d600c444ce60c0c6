#pragma once

#include "io/osim/writer.hpp"
#include "psoas/model/spec.hpp"

namespace psoas::io::osim {

/// OpenSim's class with the curves of a type.
const char* muscle_class(muscle::MuscleType type);

/// Strain, width, shape and least activation as properties of a muscle: what read_curves() reads. What the class has
/// no property for is listed.
void write_curves(pugi::xml_node node, const MuscleSpec& muscle, Writer& writer);

}  // namespace psoas::io::osim
