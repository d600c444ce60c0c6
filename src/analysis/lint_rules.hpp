#pragma once

#include <vector>

#include "psoas/analysis/lint.hpp"

namespace psoas::detail {

/// Rules on numbers that stand in the description.
void lint_parameters(const Model& model, std::vector<Finding>& out);

/// Rules on paths over the ranges of coordinates.
void lint_paths(const Model& model, std::vector<Finding>& out);

}  // namespace psoas::detail
