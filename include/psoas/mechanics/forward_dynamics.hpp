#pragma once

#include <Eigen/Cholesky>

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "psoas/core/compiled.hpp"
#include "psoas/core/error.hpp"
#include "psoas/core/status.hpp"
#include "psoas/core/types.hpp"
#include "psoas/mechanics/inverse_dynamics.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/model/model.hpp"

namespace psoas {

/// How chosen coordinates accelerate while all the others follow a given motion. Written by
/// compute_forward_dynamics().
struct ForwardDynamics {
  std::vector<int> coordinate;  ///< the free ones                                         (n_free)
  std::vector<int> row;         ///< their equations                                       (n_free)
  MatX mass;                    ///< M_ff  [kg m2, kg m or kg]                             (n_free, n_free)
  VecX acceleration;            ///< [rad/s2 or m/s2]                                      (n_free)
  std::uint64_t stamp = 0;

  std::vector<std::vector<int>> motions;  ///< joint motions that each free coordinate drives
  std::vector<Vec6> moved;                ///< twist of one body per unit rate of each, scratch (n_free)
  Eigen::LLT<MatX> cholesky;

  /// @param free  indices of coordinates, each with an equation of its own; none twice
  /// @throws Error naming a coordinate that another one leads, that floats with the root, or whose followers answer to
  ///         equations of their own: its motion alone does not say what moves
  ForwardDynamics(const Model& model, std::span<const int> free)
      : coordinate(free.begin(), free.end()), moved(free.size()), cholesky(static_cast<Eigen::Index>(free.size())) {
    const auto n = static_cast<Eigen::Index>(free.size());
    mass = MatX::Constant(n, n, not_a_number);
    acceleration = VecX::Constant(n, not_a_number);
    for (const int c : free) {
      require_free(model, c);
      row.push_back(model.coordinates[static_cast<std::size_t>(c)].row);
      std::vector<int>& driven = motions.emplace_back();
      for (std::size_t m = 0; m < model.motions.size(); ++m) {
        if (model.motions[m].row == row.back()) driven.push_back(static_cast<int>(m));
      }
    }
  }

 private:
  void require_free(const Model& model, int c) const {
    const Coordinate& wanted = model.coordinates.at(static_cast<std::size_t>(c));
    const auto refuse = [&](const std::string& why) {
      throw Error("coordinate \"" + wanted.name + "\" cannot move freely: " + why);
    };
    if (std::count(coordinate.begin(), coordinate.end(), c) > 1) refuse("it is named twice");
    if (wanted.leader >= 0) refuse("it follows another one");
    if (wanted.row < 0 || model.rows[static_cast<std::size_t>(wanted.row)].coordinate != c) {
      refuse("it has no equation of its own");
    }
    for (const Coordinate& other : model.coordinates) {
      if (other.leader == c && other.row >= 0) refuse("\"" + other.name + "\" follows it with an equation of its own");
    }
  }
};

/// Accelerations of the free coordinates under generalised forces, all others moving as the kinematics says.
///
///   M_ff (a - a_k) = applied - moment(q, v, a_k)
///
/// with a_k the accelerations that the kinematics was computed with: any will do for the free ones.
///
/// @param inverse_dynamics  of the same kinematics, with gravity and external forces
/// @param applied           what muscles and tissue put on every equation  [N m or N] (n_rows)
/// @return  ok; not_finite; infeasible where a free coordinate moves no mass. Then the accelerations are NaN
/// @cost O(bodies n_free2) @allocates nothing @throws nothing
[[nodiscard]] Status compute_forward_dynamics(const Model& model, const Kinematics& k,
                                              const InverseDynamics& inverse_dynamics, const VecX& applied,
                                              ForwardDynamics& out) noexcept;

}  // namespace psoas

#ifndef PSOAS_COMPILED
#include "psoas/mechanics/impl/forward_dynamics.hpp"
#endif
