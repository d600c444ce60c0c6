#pragma once

#include <optional>
#include <string>
#include <vector>

#include "psoas/core/types.hpp"

namespace psoas::recruit {

/// A generalised force on one coordinate: control * optimal_force, at the cost of control squared.
struct Actuator {
  std::string name;
  int coordinate = 0;
  double optimal_force = 1.0;  ///< at control 1  [N m or N]
  double minimum_control = -infinity;
  double maximum_control = infinity;
};

/// What a recruitment is asked to do differently from the model's [recruit] table; empty means: as the model says.
struct RecruitOptions {
  std::optional<std::string> cost = {};  ///< volume | pcsa | activation
  std::optional<int> power = {};         ///< 2 to 10
  double tolerance = 1e-10;              ///< relative residual of the optimality conditions
  int max_iterations = 300;
  bool warm_start = true;  ///< start from the last answer of the same workspace
  /// As OpenSim's StaticOptimization, with these actuators: see recruit_as_opensim(). Of the above only the last three
  /// count then.
  std::optional<std::vector<Actuator>> opensim = {};
};

}  // namespace psoas::recruit
