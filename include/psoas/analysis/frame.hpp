#pragma once

#include "psoas/analysis/options.hpp"
#include "psoas/core/status.hpp"
#include "psoas/loads/joint_reactions.hpp"
#include "psoas/loads/loads.hpp"
#include "psoas/mechanics/demand.hpp"
#include "psoas/mechanics/inverse_dynamics.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/mechanics/opensim_strengths.hpp"
#include "psoas/mechanics/passive.hpp"
#include "psoas/mechanics/paths.hpp"
#include "psoas/mechanics/strengths.hpp"
#include "psoas/mechanics/supports.hpp"
#include "psoas/model/model.hpp"
#include "psoas/model/task.hpp"
#include "psoas/recruit/recruit.hpp"
#include "psoas/recruit/recruit_as_opensim.hpp"

namespace psoas {

/// One of each stage, allocated once. It belongs to one thread; a const Model belongs to all.
struct Workspace {
  Kinematics kinematics;
  Paths paths;
  Strengths strengths;
  Passive passive;
  Supports supports;
  InverseDynamics inverse_dynamics;
  Demand demand;
  Recruitment recruitment;
  Loads loads;
  JointReactions reactions;  ///< not a part of solve_frame(): see compute_reactions()

  explicit Workspace(const Model& model)
      : kinematics(model),
        paths(model),
        strengths(model),
        passive(model),
        supports(model),
        inverse_dynamics(model),
        demand(model),
        recruitment(model),
        loads(model),
        reactions(model) {}
};

/// Everything before the recruitment: where the body is and what it needs.
inline void prepare_frame(const Model& model, const FrameInput& in, Workspace& w) noexcept {
  compute_kinematics(model, *in.pose, w.kinematics);
  compute_paths(model, w.kinematics, w.paths);
  compute_strengths(model, w.paths, w.strengths);
  compute_passive(model, w.kinematics, w.passive);
  compute_supports(model, w.kinematics, in.planes, in.supports, w.supports);
  compute_inertia(model, w.kinematics, in.loads, w.inverse_dynamics);
  compute_demand(model, w.inverse_dynamics, w.paths, w.strengths, w.passive, w.demand);
}

/// The same for a recruitment as OpenSim's: strengths of its own, and nothing passive.
inline void prepare_opensim_frame(const Model& model, const FrameInput& in, Workspace& w) noexcept {
  compute_kinematics(model, *in.pose, w.kinematics);
  compute_paths(model, w.kinematics, w.paths);
  compute_opensim_strengths(model, w.paths, w.strengths);
  for (VecX* v : {&w.passive.moment, &w.passive.disc_moment, &w.passive.disc_stiffness, &w.passive.capsule_moment}) {
    v->setZero();
  }
  w.passive.stamp = w.kinematics.stamp;
  compute_supports(model, w.kinematics, in.planes, {}, w.supports);
  compute_inertia(model, w.kinematics, in.loads, w.inverse_dynamics);
  compute_demand(model, w.inverse_dynamics, w.paths, w.strengths, w.passive, w.demand);
}

/// One complete frame: kinematics, paths, strengths, tissue, supports, inverse dynamics, recruitment, joint loads.
///
/// @return ok, or the reason why the numbers are NaN
/// @allocates nothing after the first frames of a task
[[nodiscard]] inline Status solve_frame(const Model& model, const FrameInput& in, const AnalyzeOptions& options,
                                        Workspace& w) noexcept {
  const bool opensim = options.recruit.opensim.has_value();
  opensim ? prepare_opensim_frame(model, in, w) : prepare_frame(model, in, w);
  Status status = w.paths.status;
  if (usable(status) && opensim) {
    status = recruit_as_opensim(model, w.kinematics, w.inverse_dynamics, w.paths, w.strengths, *in.lower, *in.upper,
                                options.recruit, w.recruitment);
  } else if (usable(status)) {
    status = recruit_muscles(model, w.paths, w.strengths, w.passive, w.demand, w.supports, *in.lower, *in.upper,
                             options.recruit, w.recruitment);
  }
  if (!usable(status)) {
    for (Load& load : w.loads.loads) load.value = not_a_number;
    return status;
  }
  compute_loads(model, w.kinematics, w.inverse_dynamics, w.paths, w.supports, w.recruitment, w.loads);
  return status;
}

/// Loads of all joints of a solved frame, for tables.
inline void compute_reactions(const Model& model, Workspace& w) noexcept {
  compute_joint_reactions(model, w.kinematics, w.inverse_dynamics, w.paths, w.supports, w.recruitment, w.reactions);
}

}  // namespace psoas
