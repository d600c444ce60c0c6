#pragma once

#include <span>
#include <string>
#include <vector>

#include "psoas/model/model.hpp"
#include "psoas/model/motion.hpp"
#include "psoas/model/recording.hpp"

namespace psoas {

/// Brings measured loads to the feet that stand where they act. A load on one foot (`talus`, `calcn` or `toes`, `_r` or
/// `_l`) whose point of application is nearer to the other goes to the same segment of that other one: descriptions
/// often name one body for every plate. Nearer by the mean of the distance from the load's point to the origin of the
/// calcaneus, seen from above, weighted by the vertical force. Loads whose force or point is given in a body, and those
/// that never press, stay.
/// @return  what went where, one sentence a load
/// @throws Error for a motion without frames
std::vector<std::string> bring_loads_to_feet(const Model& model, const Motion& motion, std::span<MeasuredLoad> loads);

}  // namespace psoas
