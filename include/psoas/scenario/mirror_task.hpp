#pragma once

#include "psoas/model/model.hpp"
#include "psoas/model/task.hpp"

namespace psoas {

/// The same task on the other side of the body, as a mirror in the plane z = 0 shows it: coordinates, nodes, planes,
/// loads and bounds. Parameters and choices are kept as they are. Twice is the identity.
///
/// Coordinates of one side change places; one in the middle keeps its value when it turns about z or slides in the
/// plane, and changes its sign when it turns about an axis in the plane or slides across it.
///
/// @throws Error for a model that is not the mirror image of itself
Task mirrored(const Model& model, const Task& task);

}  // namespace psoas
