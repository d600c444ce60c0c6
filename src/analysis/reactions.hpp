#pragma once

#include "psoas/analysis/frame.hpp"

namespace psoas::detail {

inline constexpr Eigen::Index reaction_rows = 18;  ///< of each body in Outcome::joint_reaction

/// A column of Outcome::joint_reaction from a solved frame.
inline VecX reactions_of(const Model& model, Workspace& w) {
  compute_reactions(model, w);
  VecX out(reaction_rows * model.n_bodies());
  for (int b = 0; b < model.n_bodies(); ++b) {
    const Reaction& ground = w.reactions.in_ground[static_cast<std::size_t>(b)];
    const Reaction child = in_child(w.kinematics, b, ground);
    out.segment<reaction_rows>(reaction_rows * b) << child.force, child.moment, child.point, ground.force,
        ground.moment, ground.point;
  }
  return out;
}

}  // namespace psoas::detail
