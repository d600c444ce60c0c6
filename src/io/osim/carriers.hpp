#pragma once

#include "io/osim/writer.hpp"
#include "psoas/model/spec.hpp"

namespace psoas::io::osim {

/// The same body with every coordinate in exactly one joint, as OpenSim wants it.
///
/// A leader that moves no joint itself (the three of the lumbar spine) takes the place of its first follower: that
/// joint then moves by function(coupling(leader)), and the follower is gone. A coordinate that moves several joints
/// gets a follower equal to it in each joint after the first.
/// @throws Error for a coordinate that moves points but no joint
ModelSpec with_carried_coordinates(ModelSpec spec, Writer& writer);

}  // namespace psoas::io::osim
