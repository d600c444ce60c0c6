#pragma once

#include "io/osim/writer.hpp"
#include "psoas/model/spec.hpp"

namespace psoas::io::osim {

/// Bodies, without their wrap objects.
void write_bodies(const ModelSpec& spec, Writer& writer);

/// Joints with their coordinates. @throws Error for axes that depend on each other
/// @param spec  every coordinate moves exactly one joint (with_carried_coordinates())
void write_joints(const ModelSpec& spec, Writer& writer);

/// Followers as constraints between coordinates.
void write_couplers(const ModelSpec& spec, Writer& writer);

}  // namespace psoas::io::osim
