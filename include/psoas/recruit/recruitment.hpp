#pragma once

#include <string>
#include <utility>
#include <vector>

#include "psoas/core/status.hpp"
#include "psoas/core/types.hpp"
#include "psoas/mechanics/supports.hpp"
#include "psoas/model/model.hpp"
#include "psoas/recruit/program.hpp"
#include "psoas/recruit/solve.hpp"

namespace psoas {

/// Who shares the work of one frame. Written by recruit(). NaN unless the status is usable.
struct Recruitment {
  Status status = Status::not_computed;
  VecX activation;         ///< [-]   (n_strands)
  VecX force;              ///< along the tendon, active and passive  [N]  (n_strands)
  VecX reserve;            ///< torque or force that nothing in the body supplied  [N m or N] (n_rows), 0 at motors
  VecX motor;              ///< torque of declared motors  [N m]  (n_rows), 0 elsewhere
  VecX level_rotation;     ///< extra rotation: extension, right bend, left turn of each level  [rad] (3 n_levels)
  VecX balanced_residual;  ///< force left over on each balanced axis  [N]  (n_balanced)
  std::vector<Vec3> node_force;  ///< on the body, world axes, in the order of Supports::columns  [N]
  VecX multiplier;               ///< cost per unit of each equation, d objective / d moment  (n_rows)
  VecX control;                  ///< of each actuator of a recruitment as OpenSim's  [-]  (n_actuators)
  recruit::Program program;
  recruit::Solution solution;
  std::vector<std::pair<int, int>> patches;         ///< (patch, plane) of each pair of shear rows
  std::vector<std::pair<int, int>> patches_before;  ///< of the frame before
  bool started = false;         ///< the last frame was solved: the next may start from its multipliers
  std::vector<double> carried;  ///< those multipliers
  std::vector<VecX> spare;      ///< vectors of sizes that programs of this task had
  std::vector<int> node_row;    ///< equations that feel the node in hand, ascending
  std::vector<Vec3> node_arm;   ///< their arms [m or -], see Supports::Entry
  VecX weight;                  ///< of activation, sums to 1  (n_strands)
  std::string weight_cost;      ///< cost that `weight` was made for

  explicit Recruitment(const Model& model) {
    activation = force = VecX::Constant(model.n_strands(), not_a_number);
    reserve = motor = multiplier = VecX::Constant(model.n_rows(), not_a_number);
    level_rotation = VecX::Constant(3 * static_cast<Eigen::Index>(model.levels.size()), not_a_number);
    balanced_residual = VecX::Constant(static_cast<Eigen::Index>(model.balanced.size()), not_a_number);
    node_force.reserve(model.nodes.size());
    patches.reserve(model.patches.size());
    patches_before.reserve(model.patches.size());
    const int columns =
        model.n_strands() + model.n_rows() + 3 * static_cast<int>(model.levels.size()) +
        static_cast<int>(model.balanced.size() + friction_edges * model.nodes.size() + 2 * model.patches.size());
    const int rows = model.n_rows() + 3 + static_cast<int>(model.balanced.size() + 2 * model.patches.size());
    program.reserve(rows, columns, model.n_arms() + columns * 30);
  }
};

}  // namespace psoas
