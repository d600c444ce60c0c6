#pragma once

#include <vector>

#include "psoas/model/model.hpp"
#include "psoas/model/task.hpp"
#include "psoas/scenario/scenario.hpp"

namespace psoas::assembly {

/// The bands of a scenario that its choices switch on.
/// @throws SpecError for bodies that the model does not have, and for laws that are none
std::vector<Band> bands_of(const Model& model, const Scenario& scenario);

}  // namespace psoas::assembly
