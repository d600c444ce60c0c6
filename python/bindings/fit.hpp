#pragma once

#include <string>
#include <utility>

#include "common.hpp"
#include "frames.hpp"
#include "psoas/analysis/frame.hpp"
#include "psoas/model/motion.hpp"
#include "psoas/model/task_fit.hpp"

/// In C++ a stage that was made for another model is a broken promise; from Python it is an Error, in O(1) where
/// nothing but a frame is looked at.
namespace psoas::python {

[[noreturn]] void throw_unfit(const std::string& what, const Model& model);

inline void require(bool fits, const char* what, const Model& model) {
  if (!fits) throw_unfit(what, model);
}

/// What needs no check.
template <class T>
void require_fit(const Model&, const T&) {}

inline void require_fit(const Model& m, const Kinematics& k) {
  require(k.q.size() == m.n_coordinates() && k.X_GB.size() == m.bodies.size() && k.twist.size() == m.motions.size(),
          "kinematics", m);
}
inline void require_fit(const Model& m, const Paths& p) {
  require(p.length.size() == m.n_strands() && p.moment_arm.size() == m.n_arms() &&
              p.crossing.size() == m.crossing_body.size() && p.place.size() == m.points.size() &&
              p.legs.size() == static_cast<std::size_t>(m.n_legs) && p.n_legs.size() == m.segments.size(),
          "paths", m);
}
inline void require_fit(const Model& m, const Strengths& s) {
  require(s.active.size() == m.n_strands(), "strengths", m);
}
inline void require_fit(const Model& m, const Passive& p) {
  require(p.moment.size() == m.n_rows() && p.capsule_moment.size() == static_cast<Eigen::Index>(m.hips.size()),
          "passive", m);
}
inline void require_fit(const Model& m, const InverseDynamics& d) {
  require(d.moment.size() == m.n_rows() && d.gravity.size() == m.bodies.size(), "inverse_dynamics", m);
}
inline void require_fit(const Model& m, const Demand& d) {
  require(d.moment.size() == m.n_rows() && d.balanced.size() == static_cast<Eigen::Index>(m.balanced.size()), "demand",
          m);
}
inline void require_fit(const Model& m, const Supports& s) {
  for (const Supports::Column& c : s.columns) require(c.node < static_cast<int>(m.nodes.size()), "supports", m);
}
inline void require_fit(const Model& m, const Recruitment& r) {
  require(r.force.size() == m.n_strands() && r.reserve.size() == m.n_rows(), "recruitment", m);
}
inline void require_fit(const Model& m, const Loads& l) {
  require(l.beyond.size() == m.bodies.size() && l.loads.size() == 4 * m.levels.size() + 5 * m.hips.size(), "loads", m);
}
inline void require_fit(const Model& m, const JointReactions& r) {
  require(r.in_ground.size() == m.bodies.size(), "reactions", m);
}
inline void require_fit(const Model& m, const Pose& p) {
  const Eigen::Index n = m.n_coordinates();
  require(p.q.size() == n && p.v.size() == n && p.a.size() == n, "pose", m);
}
inline void require_fit(const Model& m, const Motion& motion) {
  const auto fits = [&](const MatX& x) {
    return x.size() == 0 || (x.rows() == m.n_coordinates() && x.cols() == motion.n_frames());
  };
  require(motion.q.size() > 0 && fits(motion.q) && fits(motion.v) && fits(motion.a), "motion", m);
}
void require_fit(const Model& m, const Workspace& w);
inline void require_fit(const Model& m, const Task& task) { require_frames_fit(m, task); }

/// The views of a frame, which fits the model.
inline FrameInput fitting_input(const Model& m, const FrameOfTask& frame) {
  FrameInput in = frame.input();
  require_bounds_fit(m, *frame.task);
  psoas::require_fit(m, *frame.task, frame.task->frames[static_cast<std::size_t>(frame.frame)]);
  return in;
}

/// A function of the library whose arguments are looked at first.
template <class R, class... A>
auto fitting(R (*function)(const Model&, A...)) {
  return [function](const Model& model, A... arguments) {
    (require_fit(model, arguments), ...);
    return function(model, std::forward<A>(arguments)...);
  };
}

/// @throws IndexError
void require_index(int index, int count, const char* what);

}  // namespace psoas::python
