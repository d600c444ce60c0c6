#pragma once

#include <string>
#include <string_view>

#include "io/osim/reader.hpp"
#include "psoas/model/spec.hpp"

namespace psoas::io::osim {

/// True for the class of a muscle that is read.
bool is_muscle(std::string_view kind);

/// Type, shape, strain and width of the curves, and least activation, of a muscle; what the file leaves out is the
/// default of the file, or else of the muscle's class (OpenSim 4.6).
/// @param defaults  the default element of the muscle's class, empty where the file has none
/// @return false where the class has no curves of its own here: De Groote-Fregly's stand in
bool read_curves(Reader& reader, pugi::xml_node muscle, pugi::xml_node defaults, MuscleSpec& out);

/// A `CoordinateActuator` on a coordinate.
ActuatorSpec actuator_of(Reader& reader, pugi::xml_node actuator, const std::string& coordinate);

}  // namespace psoas::io::osim
