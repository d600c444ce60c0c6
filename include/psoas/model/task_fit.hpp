#pragma once

#include <cmath>
#include <string>

#include "psoas/core/error.hpp"
#include "psoas/core/types.hpp"
#include "psoas/model/model.hpp"
#include "psoas/model/task.hpp"

namespace psoas {

namespace detail {

[[noreturn]] inline void unfit(const Task& task, const std::string& what) {
  throw Error("task \"" + task.name + "\" does not fit the model: " + what);
}

}  // namespace detail

/// Looks at one frame of a task: sizes of its pose, nodes, planes and bodies that exist, strengths in (0, 1].
/// @throws Error naming the first that does not fit  @cost O(nodes + loads of the frame)
inline void require_fit(const Model& model, const Task& task, const TaskFrame& frame) {
  const auto n = static_cast<Eigen::Index>(model.n_coordinates());
  if (frame.pose.q.size() != n || frame.pose.v.size() != n || frame.pose.a.size() != n) {
    detail::unfit(task, "coordinates");
  }
  for (const ActiveNode& node : frame.supports) {
    if (node.node < 0 || node.node >= static_cast<int>(model.nodes.size())) detail::unfit(task, "support nodes");
    if (node.plane < 0 || node.plane >= static_cast<int>(task.planes.size())) detail::unfit(task, "support planes");
    if (!(node.strength > 0.0 && node.strength <= 1.0)) detail::unfit(task, "strength of a support node");
  }
  for (const ExternalForce& load : frame.loads) {
    if (load.body < 0 || load.body >= model.n_bodies()) detail::unfit(task, "bodies of external forces");
  }
}

/// Looks at all frames, and at their times: finite, and never falling.
/// @throws Error naming the first that does not fit, or that the task has no frames
inline void require_frames_fit(const Model& model, const Task& task) {
  if (task.frames.empty()) throw Error("task \"" + task.name + "\" has no frames");
  double before = -infinity;
  for (const TaskFrame& frame : task.frames) {
    require_fit(model, task, frame);
    if (!std::isfinite(frame.time) || frame.time < before) detail::unfit(task, "times that fall, or are no number");
    before = frame.time;
  }
}

/// Looks at the bounds of activation: one of each for every strand, the least not above the greatest.
/// @throws Error
inline void require_bounds_fit(const Model& model, const Task& task) {
  if (task.lower.size() != model.n_strands() || task.upper.size() != model.n_strands()) {
    detail::unfit(task, "bounds of activation");
  }
  if (!(task.lower.array() <= task.upper.array()).all()) {
    detail::unfit(task, "a least activation above the greatest one, or not a number");
  }
}

}  // namespace psoas
