#pragma once

#include <memory>
#include <string>
#include <utility>

#include "psoas/analysis/outcome.hpp"

namespace psoas::test {

/// An outcome of three frames, the second of which failed: one slider, one hinge, one follower, one strand, one level,
/// two hips.
inline Outcome hand_made() {
  Model model;
  model.name = "toy";
  model.mass = 70.0;
  model.body_weight = 700.0;
  model.bodies.resize(3);
  for (const auto& [i, name] : {std::pair{0, "r"}, std::pair{1, "l"}}) {
    model.bodies[static_cast<std::size_t>(i)].name = std::string("femur_") + name;
    model.bodies[static_cast<std::size_t>(i)].joint = std::string("hip_") + name;
    model.hips.push_back({name, i, 0, 1.0});
  }
  model.bodies[2].name = "torso";
  model.bodies[2].joint = "back";
  model.coordinates.resize(3);
  model.coordinates[0] = {"slide", Role::free, true, 0, -1, {}, 0.0, -1.0, 1.0, -1.0, 1.0};
  model.coordinates[1] = {"bend", Role::free, false, 1, -1, {}, 0.0, -1.0, 1.0, -1.0, 1.0};
  model.coordinates[2] = {"bend_too", Role::follows, false, -1,   1,  Function::linear(0.5, 0.0),
                          0.0,        -1.0,          1.0,   -1.0, 1.0};
  model.rows.push_back({"slide", Equation::coordinate, 0, 0});
  model.rows.push_back({"bend", Equation::coordinate, 1, 0});
  model.strands.resize(1);
  model.strands[0].name = "odd name, r";
  model.levels.resize(1);
  model.levels[0].name = "L4_L5";

  Outcome o;
  o.name = "toy";
  o.status = Status::not_converged;
  o.cost = "volume2";
  o.time = {0.0, 0.5, 1.0};
  o.frame_status = {Status::ok, Status::not_converged, Status::reserve};
  o.task.frames.resize(3);
  for (TaskFrame& frame : o.task.frames) frame.pose.q = Vec3(0.1, 90.0 * degree, 0.0);
  o.task.phases = {{"first", 0.0, 0.5}, {"second", 0.5, 1.0}, {"failed", 0.4, 0.6}};
  o.task.parameters = {{"knee_deg", 90.0}};
  o.task.choices = {{"side", "left"}};
  const auto channel = [&](const char* name, double a, double c) {
    o.channels.push_back({name, Vec3(a, not_a_number, c)});
  };
  channel("spine.L4_L5.compression_N", 100.0, -300.0);
  channel("hip.r.lateral_N", 50.0, 60.0);
  channel("hip.l.lateral_N", 50.0, 60.0);
  channel("psoas.major_r.activation", 0.1, 0.2);
  channel("supports.foot_r.vertical_N", 350.0, 0.0);
  o.activation = o.force = o.passive_force = o.fiber_length = MatX{{0.25, not_a_number, 0.5}};
  o.joint_moment = MatX{{1.0, not_a_number, 2.0}, {3.0, not_a_number, 4.0}};
  o.reserve = MatX::Constant(2, 3, 0.0);
  o.level_rotation = MatX::Constant(3, 3, degree);
  o.joint_reaction = VecX::LinSpaced(54, 1.0, 54.0) * Eigen::RowVector3d(1.0, not_a_number, 2.0);
  o.gates = {{"failed_frames", 1.0, 0.0, infinity, Verdict::fail, "", not_a_number}};
  for (const double time : {0.0, 1.0}) {
    const double total = time == 0.0 ? 100.0 : -300.0;
    o.ledger.push_back({"spine.L4_L5.compression_N", time, "gravity", "tor,so", total, "N"});
    o.ledger.push_back({"spine.L4_L5.compression_N", time, "total", "", total, "N"});
  }
  o.model = std::make_shared<const Model>(std::move(model));
  return o;
}

}  // namespace psoas::test
