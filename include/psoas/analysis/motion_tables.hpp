#pragma once

#include <string>
#include <vector>

#include "psoas/core/table.hpp"
#include "psoas/model/model.hpp"
#include "psoas/model/task.hpp"

namespace psoas {

/// What to tabulate over a motion.
struct MotionTableOptions {
  bool lengths = true;           ///< `MuscleAnalysis_Length`
  bool moment_arms = true;       ///< `MuscleAnalysis_MomentArm_<coordinate>`, one for each that a muscle crosses
  bool inverse_dynamics = true;  ///< `InverseDynamics`
};

/// A table and the end of its file's name, as OpenSim has them.
struct NamedTable {
  std::string suffix;
  Table table;
};

/// Tables that need no recruitment, under OpenSim's names: coordinates in degrees, lengths [m], moment arms [m], and
/// generalised forces [N m or N] with the parts of dependent coordinates in the row of the one they follow.
///
/// @throws Error when a path cannot be solved, naming the time
std::vector<NamedTable> motion_tables(const Model& model, const Task& task, const MotionTableOptions& options = {});

}  // namespace psoas
