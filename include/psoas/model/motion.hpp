#pragma once

#include <string>
#include <vector>

#include "psoas/core/types.hpp"
#include "psoas/model/pose.hpp"

namespace psoas {

/// A motion of a model: coordinates at increasing times, and their rates where they are known. A column is a frame, in
/// the order of the model's coordinates.
struct Motion {
  std::string name;
  std::vector<double> time;  ///< strictly increasing [s]             (n_frames)
  MatX q;                    ///< coordinates    [rad or m]           (n_coordinates, n_frames)
  MatX v;                    ///< their rates    [rad/s or m/s]       as q, or empty: not known yet
  MatX a;                    ///< second rates   [rad/s2 or m/s2]     as q, or empty: not known yet

  int n_frames() const { return static_cast<int>(time.size()); }
};

/// One frame as a pose; rates that are not known are zero: the frame at rest.
inline Pose pose_of(const Motion& motion, int frame) {
  const VecX rest = VecX::Zero(motion.q.rows());
  const auto column = [&](const MatX& m) -> VecX { return m.cols() == 0 ? rest : VecX(m.col(frame)); };
  return {motion.q.col(frame), column(motion.v), column(motion.a)};
}

}  // namespace psoas
