#pragma once

#include <vector>

#include "psoas/core/compiled.hpp"
#include "psoas/core/types.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/mechanics/paths.hpp"
#include "psoas/model/model.hpp"

namespace psoas {

/// Where a strand runs, as points to draw a line through: the points of its path, and where it lies on a surface the
/// point of arrival, the point of departure and `between` points from one to the other. Exact on cylinders and
/// spheres; on an ellipsoid the points between lie on it but not on the geodesic; on a torus there are the two ends
/// alone, nearest to its middle.
///
/// @reads kinematics paths @param between  points inside each stretch on a surface
/// @return points in the world, from origin to insertion  [m]
std::vector<Vec3> strand_course(const Model& model, const Kinematics& k, const Paths& paths, int strand,
                                int between = 6);

}  // namespace psoas

#ifndef PSOAS_COMPILED
#include "psoas/mechanics/impl/strand_course.hpp"
#endif
