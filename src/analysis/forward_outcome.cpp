#include "psoas/analysis/forward_outcome.hpp"

#include <memory>
#include <string>
#include <utility>

#include "channels.hpp"
#include "psoas/analysis/frame.hpp"
#include "psoas/core/error.hpp"
#include "reactions.hpp"

namespace psoas {
namespace {

/// Frames whose muscle forces are given.
class GivenForces {
 public:
  GivenForces(const Model& model, Task task) : model_(model), filler_(model, task), w_(model) {
    out_.model = std::make_shared<const Model>(model);
    out_.name = task.name;
    const auto n = static_cast<Eigen::Index>(task.frames.size());
    for (const TaskFrame& frame : task.frames) out_.time.push_back(frame.time);
    out_.task = std::move(task);
    out_.frame_status.assign(out_.time.size(), Status::ok);
    out_.cost = model.recruit.cost + std::to_string(model.recruit.power);
    out_.channels = filler_.make(n);
    for (MatX* m : {&out_.activation, &out_.force, &out_.passive_force, &out_.fiber_length}) {
      *m = MatX::Constant(model.n_strands(), n, not_a_number);
    }
    out_.joint_moment = MatX::Constant(model.n_rows(), n, not_a_number);
    out_.joint_reaction = MatX::Constant(detail::reaction_rows * model.n_bodies(), n, not_a_number);
    out_.node_force.resize(out_.time.size());
    out_.level_rotation = MatX::Constant(3 * static_cast<Eigen::Index>(model.levels.size()), n, not_a_number);
  }

  Workspace& workspace() { return w_; }
  Outcome& outcome() { return out_; }

  void prepare(Eigen::Index f) { prepare_frame(model_, at(out_.task, static_cast<int>(f)), w_); }

  /// Loads of a prepared frame whose forces, activations and fibre lengths stand in the workspace.
  void finish(Eigen::Index f) {
    w_.recruitment.reserve.setZero();
    w_.recruitment.motor.setZero();
    compute_loads(model_, w_.kinematics, w_.inverse_dynamics, w_.paths, w_.supports, w_.recruitment, w_.loads);
    filler_.fill(w_, f, out_.channels);
    out_.activation.col(f) = w_.recruitment.activation;
    out_.force.col(f) = w_.recruitment.force;
    out_.passive_force.col(f) = w_.strengths.passive;
    out_.fiber_length.col(f) = w_.strengths.norm_fiber_length;
    out_.joint_moment.col(f) = detail::net_moments(w_);
    out_.joint_reaction.col(f) = detail::reactions_of(model_, w_);
    out_.node_force[static_cast<std::size_t>(f)] = w_.recruitment.node_force;
  }

 private:
  const Model& model_;
  detail::ChannelFiller filler_;
  Workspace w_;
  Outcome out_;
};

Task frames_of(const Task& task, const Trajectory& trajectory) {
  Task out;
  out.name = task.name;
  out.lower = task.lower;
  out.upper = task.upper;
  out.tone = task.tone;
  out.parameters = task.parameters;
  out.choices = task.choices;
  for (std::size_t i = 0; i < trajectory.time.size(); ++i) {
    out.frames.push_back({trajectory.time[i], trajectory.pose[i], {}, trajectory.loads[i]});
  }
  return out;
}

}  // namespace

Outcome forward_outcome(const Model& model, const Task& task, const Trajectory& trajectory) {
  GivenForces given(model, frames_of(task, trajectory));
  Workspace& w = given.workspace();
  const forward::MuscleSet muscles(forward::muscle_parameters(model, trajectory.strands), muscle::Tendon::elastic);
  for (Eigen::Index f = 0; f < static_cast<Eigen::Index>(trajectory.time.size()); ++f) {
    given.prepare(f);
    for (VecX* v :
         {&w.recruitment.activation, &w.recruitment.force, &w.strengths.passive, &w.strengths.norm_fiber_length}) {
      v->setConstant(not_a_number);
    }
    for (std::size_t i = 0; i < trajectory.strands.size(); ++i) {
      const int s = trajectory.strands[i];
      const auto row = static_cast<Eigen::Index>(i);
      w.recruitment.activation(s) = trajectory.activation(row, f);
      w.recruitment.force(s) = trajectory.force(row, f);
      w.strengths.norm_fiber_length(s) = trajectory.fiber_length(row, f);
      w.strengths.passive(s) = forward::passive_fiber_force(muscles, row, trajectory.fiber_length(row, f));
    }
    w.recruitment.node_force.clear();
    given.finish(f);
  }
  Outcome out = std::move(given.outcome());
  out.status = trajectory.status;
  return out;
}

Outcome with_other_forces(const Model& model, const Outcome& outcome, const MatX& activation, const MatX& force) {
  const auto frames = static_cast<Eigen::Index>(outcome.time.size());
  for (const MatX* m : {&activation, &force}) {
    if (m->rows() != model.n_strands() || m->cols() != frames) throw Error("the forces do not fit the frames");
  }
  GivenForces given(model, outcome.task);
  Workspace& w = given.workspace();
  for (Eigen::Index f = 0; f < frames; ++f) {
    given.prepare(f);
    w.recruitment.activation = activation.col(f);
    w.recruitment.force = force.col(f);
    w.recruitment.node_force = outcome.node_force[static_cast<std::size_t>(f)];
    given.finish(f);
  }
  Outcome out = std::move(given.outcome());
  out.frame_status = outcome.frame_status;
  out.status = outcome.status;
  return out;
}

}  // namespace psoas
