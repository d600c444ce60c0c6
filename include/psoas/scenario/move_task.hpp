#pragma once

#include "psoas/core/types.hpp"
#include "psoas/model/model.hpp"
#include "psoas/model/task.hpp"

namespace psoas {

/// The same task elsewhere in the world: turned about the vertical through the origin, then shifted. Nothing inside the
/// body changes.
///
/// @param turn   about +Y, counterclockwise seen from above  [rad]
/// @param shift  [m]
/// @throws Error for a model without a floating root, and where the root's coordinates cannot express the new pose
Task moved(const Model& model, const Task& task, double turn, const Vec3& shift);

}  // namespace psoas
