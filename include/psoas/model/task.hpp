#pragma once

#include <array>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "psoas/core/function.hpp"
#include "psoas/core/types.hpp"
#include "psoas/model/model.hpp"
#include "psoas/model/pose.hpp"

namespace psoas {

/// A plane that can carry a body: floor, seat, backrest. Friction edges turn with its tangent.
struct SupportPlane {
  std::string name;
  Vec3 point = Vec3::Zero();     ///< [m]
  Vec3 normal = Vec3::UnitY();   ///< unit, away from the plane
  Vec3 tangent = Vec3::UnitX();  ///< unit, in the plane
  double friction = 0.5;         ///< [-]
};

/// A node of the model that may press on a plane in this frame.
struct ActiveNode {
  int node = 0;           ///< in Model::nodes
  int plane = 0;          ///< in Task::planes
  double strength = 1.0;  ///< ramp in (0, 1]: the price of a force is divided by it
};

/// A force that the world puts on a body: a held weight, a band, what a force plate measured.
struct ExternalForce {
  std::string name;
  int body = 0;
  Vec3 at = Vec3::Zero();      ///< in the body frame        [m]
  Vec3 force = Vec3::Zero();   ///< world axes               [N]
  Vec3 torque = Vec3::Zero();  ///< free moment, world axes  [N m]
};

/// A place fixed in a body.
struct BodyPoint {
  int body = 0;
  Vec3 at = Vec3::Zero();  ///< in the body frame  [m]
};

/// An elastic band between two bodies. It pulls its ends towards each other and never pushes:
///
///   force = strands * strand_force(length / rest_length - 1)   for length > rest_length, otherwise 0
///
/// `length` is the distance between the ends. A loop laid round both has two strands, and its rest length is that of
/// the loop laid flat, half its way round. No mass, no losses: stretching and letting go follow the same curve.
struct Band {
  std::string name;
  std::array<BodyPoint, 2> ends;
  double rest_length = not_a_number;  ///< [m]
  double strands = 1.0;               ///< side by side, each with the whole stretch  [-]
  Function strand_force;              ///< of one strand by its stretch (1: twice as long), rising from (0, 0)  [N]
};

/// A named stretch of time, ends included [s].
struct Phase {
  std::string name;
  double from = 0.0, to = 0.0;
};

/// One line of what assembly did: a wish that was moved to close contacts or to balance.
struct Moved {
  std::string keyframe;
  std::string coordinate;
  double wish = 0.0, got = 0.0;  ///< [rad or m]
};

struct TaskFrame {
  double time = 0.0;  ///< [s]
  Pose pose;
  std::vector<ActiveNode> supports;
  std::vector<ExternalForce> loads;
};

/// Motion, supports, loads and bounds, frame by frame: all that the analysis of a model needs.
struct Task {
  std::string name;
  std::vector<SupportPlane> planes;
  std::vector<TaskFrame> frames;
  std::vector<Phase> phases;
  std::vector<Band> bands;                     ///< their ends are the last 2 x n_bands loads of every frame, in order
  VecX lower, upper;                           ///< bounds of activation  [-] (n_strands)
  double tone = 0.0;                           ///< least activation of strands with tone  [-]
  std::map<std::string, double> parameters;    ///< of the scenario, in the units of its file
  std::map<std::string, std::string> choices;  ///< parameters that are words
  std::vector<Moved> moved;
};

/// Views of one frame.
struct FrameInput {
  double time = 0.0;
  const Pose* pose = nullptr;
  std::span<const SupportPlane> planes;
  std::span<const ActiveNode> supports;
  std::span<const ExternalForce> loads;
  const VecX* lower = nullptr;
  const VecX* upper = nullptr;
};

inline FrameInput at(const Task& task, int frame) {
  const TaskFrame& f = task.frames.at(static_cast<std::size_t>(frame));
  return {f.time, &f.pose, task.planes, f.supports, f.loads, &task.lower, &task.upper};
}

}  // namespace psoas
