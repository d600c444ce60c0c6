#pragma once

#include <string>
#include <vector>

#include "psoas/model/task.hpp"
#include "psoas/scenario/scenario.hpp"
#include "scenario/conditions.hpp"

namespace psoas::assembly {

/// A support of a scenario with its nodes.
struct Bearing {
  SupportPlane plane;
  std::vector<int> nodes;  ///< in Model::nodes
  double reach = 0.02;     ///< [m]
};

/// Supports with their places; those without one lie against the first pose.
std::vector<Bearing> bearings_of(const Model& model, const Scenario& scenario, const VecX& first_pose);

/// Strength of a node by its distance from the plane: 1 up to half the reach, smoothly to 0 at the reach.
double strength_at(double distance, double reach);

/// Nodes that may press, of the supports that are switched on.
/// @param on  one entry a bearing
std::vector<ActiveNode> active_nodes(const Model& model, const Pose& pose, const std::vector<Bearing>& bearings,
                                     const std::vector<bool>& on, Kinematics& scratch);

}  // namespace psoas::assembly
