#pragma once

#include <string>
#include <vector>

#include "psoas/core/types.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/model/model.hpp"
#include "scenario/conditions.hpp"

namespace psoas::assembly {

/// What assembly may move: one coordinate, or a pair that moves by the same amount.
struct Unknown {
  std::string name;
  std::vector<int> coordinates;
  double scale = 1.0;  ///< a move by this much costs one unit  [rad or m]
};

/// How a projection ended.
struct Projected {
  VecX q;                 ///< [rad or m] (n_coordinates)
  bool met = false;       ///< every condition within 1e-10 m
  int worst = -1;         ///< condition that is missed by most, -1: there is none
  double distance = 0.0;  ///< by how much  [m]
};

/// The pose nearest to a wish that meets all conditions:
///
///   minimise sum ((q_i - wish_i) / scale_i)^2   subject to   c(q) = 0
///
/// by Gauss-Newton steps y <- J^+ (J y - c) in scaled coordinates, J^+ the pseudo-inverse, so that conditions that say
/// the same (both feet of a symmetric pose) do no harm. J is exact: the rates of the conditions along each unknown.
class Projector {
 public:
  Projector(const Model& model, std::vector<Unknown> unknowns, std::vector<Condition> conditions);

  /// @param start  where the search begins; coordinates that are not unknowns are those of `wish`
  Projected project(const VecX& wish, const VecX& start);

  /// A pose near a wish whose conditions miss by `goal`, reached along the directions in which they change at the wish:
  /// q = wish + S J(wish)^T x, solved for x by Newton's method. Cheaper than project(), and a smooth function of the
  /// wish; where it fails, project() says why.
  Projected bring_back(const VecX& wish, const VecX& start, const VecX& goal);

  /// By how much a pose misses each condition [m].
  VecX gaps_at(const VecX& q);

  const std::vector<Unknown>& unknowns() const { return unknowns_; }
  const std::vector<Condition>& conditions() const { return conditions_; }

 private:
  VecX pose_at(const VecX& wish, const VecX& y) const;
  VecX scaled_moves(const VecX& wish, const VecX& q) const;
  void linearize(const VecX& q, VecX& gaps, MatX& jacobian);
  bool gauss_newton(const VecX& wish, VecX& y);
  void least_violation(const VecX& wish, VecX& y);
  VecX limited(const VecX& step) const;

  const Model& model_;
  std::vector<Unknown> unknowns_;
  std::vector<Condition> conditions_;
  Kinematics kinematics_;
  Pose pose_;
};

}  // namespace psoas::assembly
