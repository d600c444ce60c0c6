#pragma once

#include <vector>

#include "io/osim/muscles.hpp"
#include "io/osim/reader.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/model/model.hpp"

namespace psoas::io::osim {

/// Puts every surface on the segment of its path that wraps round it, and says where that was not clear.
///
/// OpenSim looks at all segments of a range anew in every posture and takes the first that meets the surface, or else
/// the one that grows least. Here the segment is settled once, as the one that OpenSim's rule takes most often among
/// the default posture and some drawn at random: a path then never jumps from one segment to another.
///
/// @param bare  the same model without wraps, compiled
void choose_segments(const Model& bare, const std::vector<OpenWrap>& wraps, ModelSpec& spec, Reader& reader);

/// Postures to look at: the default one, then random ones within the ranges. The root stays where it is.
/// @param share  of each range that is looked at, about its middle
std::vector<Kinematics> postures(const Model& model, int drawn, double share);

/// A point of a path in the ground, conditional or not.
Vec3 place_of_point(const Model& model, const Kinematics& k, int point);

}  // namespace psoas::io::osim
