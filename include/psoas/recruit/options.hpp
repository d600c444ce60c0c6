#pragma once

#include <optional>
#include <string>

#include "psoas/core/types.hpp"

namespace psoas::recruit {

/// What a recruitment is asked to do differently from the model's [recruit] table; empty means: as the model says.
struct RecruitOptions {
  std::optional<std::string> cost = {};  ///< volume | pcsa | activation
  std::optional<int> power = {};         ///< 2 to 10
  double tolerance = 1e-10;              ///< relative residual of the optimality conditions
  int max_iterations = 300;
  bool warm_start = true;  ///< start from the last answer of the same workspace
};

}  // namespace psoas::recruit
