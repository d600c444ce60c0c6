#pragma once

#include <cstdint>
#include <vector>

#include "psoas/core/compiled.hpp"
#include "psoas/core/status.hpp"
#include "psoas/core/types.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/model/model.hpp"

namespace psoas {

/// Where each strand runs. Written by compute_paths(); forces are not known yet.
///
/// A path pulls the body at each end of every straight leg along it. `crossing` sums those pulls over everything
/// beyond a joint: the wrench of a unit tension there, from which moment arms and joint loads follow alike.
struct Paths {
  VecX length;                 ///< origin to insertion, round every surface        [m]   (n_strands)
  VecX speed;                  ///< its rate, lengthening positive                  [m/s] (n_strands)
  VecX moment_arm;             ///< - d length / d coordinate, sparse: Model::arm_row  [m or -] (n_arms)
  std::vector<Vec6> crossing;  ///< wrench of a unit tension on everything beyond the joint, world origin [m, -]
  VecX balanced_pull;          ///< force of a unit tension along a helper frame's axis  [-] (balanced_terms)
  VecX segment_length;         ///< [m] (segments)
  std::vector<char> touching;  ///< a surface of the segment is touched  (segments)
  int inside = 0;              ///< segments with an end inside a surface they should wrap
  Status status = Status::not_computed;

  /// A straight part of a segment. Its ends are 0: first point, 1 + i: surface i of the segment, -1: last point.
  struct Leg {
    Vec6 line;  ///< (x cross u, u): u unit direction, x any point of the leg
    int from = 0, to = -1;
  };
  std::vector<Leg> legs;      ///< n_wraps + 1 places a segment
  std::vector<int> n_legs;    ///< used places (segments)
  std::vector<Vec3> place;    ///< points in the world  [m] (points)
  std::vector<int> course;    ///< segments that each strand runs along, in order  (from Strand::first_course)
  std::vector<int> n_course;  ///< how many (n_strands)
  std::uint64_t stamp = 0;

  explicit Paths(const Model& model)
      : crossing(model.crossing_body.size()),
        touching(model.segments.size(), 0),
        legs(static_cast<std::size_t>(model.n_legs)),
        n_legs(model.segments.size(), 0),
        place(model.points.size()),
        course(static_cast<std::size_t>(model.n_course)),
        n_course(model.strands.size(), 0) {
    length = speed = VecX::Constant(model.n_strands(), not_a_number);
    moment_arm = VecX::Constant(model.n_arms(), not_a_number);
    balanced_pull = VecX::Constant(static_cast<Eigen::Index>(model.balanced_terms.size()), not_a_number);
    segment_length = VecX::Constant(static_cast<Eigen::Index>(model.segments.size()), not_a_number);
    for (std::size_t i = 0; i < model.strands.size(); ++i) {
      const Strand& strand = model.strands[i];
      if (strand.conditional) continue;  // set for each pose
      n_course[i] = strand.n_segments;
      for (int j = 0; j < strand.n_segments; ++j) {
        course[static_cast<std::size_t>(strand.first_course + j)] = strand.first_segment + j;
      }
    }
  }
};

/// Lengths, lengthening speeds, sparse moment arms and joint wrenches of all strands.
///
///   moment arm of e = - dL/dq_e = twist_e . crossing wrench     (path stationary: wraps add nothing to the slope)
///
/// Helper frames are held still: they place points, but no moment arm belongs to them.
///
/// @reads kinematics @cost O(points + crossings) @allocates nothing @throws nothing
void compute_paths(const Model& model, const Kinematics& k, Paths& out) noexcept;

/// Moment arm of a strand about an equation, 0 where that does not feel it [m or -].
inline double moment_arm(const Model& model, const Paths& paths, int strand, int row) noexcept {
  const int entry = model.arm_entry(strand, row);
  return entry < 0 ? 0.0 : paths.moment_arm(entry);
}

}  // namespace psoas

#ifndef PSOAS_COMPILED
#include "psoas/mechanics/impl/paths.hpp"
#endif
