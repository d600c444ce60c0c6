#pragma once

#include <atomic>
#include <string>
#include <vector>

#include "psoas/core/status.hpp"
#include "psoas/core/types.hpp"
#include "psoas/forward/contact.hpp"
#include "psoas/forward/excitation.hpp"
#include "psoas/forward/joint_limits.hpp"
#include "psoas/forward/muscle_set.hpp"
#include "psoas/model/model.hpp"
#include "psoas/model/pose.hpp"
#include "psoas/model/task.hpp"
#include "psoas/muscle/instant.hpp"

namespace psoas {

/// Where a simulation starts. What is left empty follows from the drive: free coordinates from its motion, activations
/// from its excitations, fibres at rest.
struct State {
  double time = 0.0;  ///< [s]
  VecX q, v;          ///< of the free coordinates  [rad, m, /s]  (n_free or 0)
  VecX activation;    ///< [-]  (n_strands or 0)
};

/// What happens to the body: some coordinates move freely, the rest follow a motion, muscles get excitations.
struct Drive {
  /// Prescribed coordinates, external loads and bands; outlives the call. A node that presses on a plane somewhere in
  /// the task keeps that plane under it, if a free coordinate moves it.
  const Task* motion = nullptr;
  std::vector<int> free;   ///< coordinates, each with an equation of its own; none: muscles along the motion
  Excitations excitation;  ///< of all strands
};

enum class Method {
  /// Fibres by SDIRK2 (order 2), free coordinates by Adams' method of three accelerations (order 3; the first step and
  /// those behind switches are velocity Verlet), fixed step.
  implicit,
  dopri5  ///< everything explicit, order 5, error control: slow where tendons are stiff, a check on the other
};

struct IntegrateOptions {
  double duration = 1.0;             ///< [s]
  double step = 1e-3;                ///< largest step; shortened to end at switches, outputs and events  [s]
  double output_step = 0.01;         ///< [s]
  std::vector<double> output_times;  ///< rising; instead of every output_step, beside the start  [s]
  Method method = Method::implicit;
  double tolerance = 1e-7;  ///< of dopri5, relative and absolute
  muscle::Tendon tendon = muscle::Tendon::automatic;
  double muscle_damping = not_a_number;  ///< NaN: the muscles' own  [-]
  forward::JointLimits limits;
  forward::ContactLaw contact;
  const std::atomic<bool>* cancel = nullptr;  ///< set to true from outside: the run ends with an Error
};

/// A free coordinate came to the end of its range.
struct RangeEvent {
  double time = not_a_number;  ///< [s]
  int coordinate = -1;
};

/// What came out, at evenly spaced times. What was computed before a failure is kept.
struct Trajectory {
  Status status = Status::not_computed;
  std::string reason;                    ///< one line where the status is not ok; names the muscle if there is one
  std::vector<int> free;                 ///< coordinates
  std::vector<int> strands;              ///< those with a moment arm on a free coordinate; all where none is free
  std::vector<char> elastic;             ///< of each of them: the tendon stretches
  std::vector<double> time;              ///< [s]
  std::vector<Pose> pose;                ///< all coordinates, followers filled in
  MatX activation, fiber_length, force;  ///< [-, -, N]  (n_muscles, n_times)
  std::vector<std::vector<ExternalForce>> loads;  ///< weights, bands and planes that pressed
  std::vector<int> pushing;            ///< rigid muscles whose fibre would push, which hang slack instead  (n_times)
  MatX muscle_moment, passive_moment;  ///< on the free coordinates; passive: tissue, ends of range, damping [N m]
  std::vector<RangeEvent> events;
  long steps = 0;
  long rhs_evaluations = 0;    ///< of the limb's accelerations (of the paths, where nothing is free)
  long fiber_evaluations = 0;  ///< of the scalar equations of fibres and activations
};

/// Integrates a limb, or muscles along a motion.
///
/// @throws Error for a drive that does not fit the model, and where options.cancel asks for an end; a failure half way
///         is a status of the trajectory
Trajectory integrate(const Model& model, const State& start, const Drive& drive, const IntegrateOptions& options = {});

}  // namespace psoas
