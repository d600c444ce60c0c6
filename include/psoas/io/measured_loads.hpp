#pragma once

#include <vector>

#include "psoas/core/table.hpp"
#include "psoas/io/read_external_loads.hpp"
#include "psoas/model/recording.hpp"

namespace psoas::io {

/// The columns of a table that a description of external loads names, on the bodies of a model.
/// @throws SpecError for a body that the model does not have, or a column that the table does not have (with the
///         nearest names)
std::vector<MeasuredLoad> measured_loads(const ExternalLoads& description, const Table& table, const Model& model);

}  // namespace psoas::io
