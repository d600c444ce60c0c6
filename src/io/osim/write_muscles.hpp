#pragma once

#include "io/osim/quadrants.hpp"
#include "io/osim/writer.hpp"
#include "psoas/model/spec.hpp"

namespace psoas::io::osim {

/// Surfaces as wrap objects of the bodies, which are there.
void write_wrap_objects(const ModelSpec& spec, const Quadrants& quadrants, Writer& writer);

/// Muscles with their paths, groups of them, actuators, and a torque for every motor that has none.
/// @param coordinates  the description whose coordinates and joints are written (with_carried_coordinates())
void write_muscles(const ModelSpec& spec, const ModelSpec& coordinates, const Quadrants& quadrants, Writer& writer);

}  // namespace psoas::io::osim
