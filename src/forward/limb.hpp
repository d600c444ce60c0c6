#pragma once

#include <vector>

#include "psoas/forward/contact.hpp"
#include "psoas/forward/integrate.hpp"
#include "psoas/forward/muscle_set.hpp"
#include "psoas/mechanics/forward_dynamics.hpp"
#include "psoas/mechanics/inverse_dynamics.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/mechanics/passive.hpp"
#include "psoas/mechanics/paths.hpp"
#include "psoas/model/model.hpp"
#include "psoas/model/pose.hpp"
#include "psoas/model/task.hpp"

namespace psoas::forward {

/// The mechanics of a driven limb at one time: everything but the state of its muscles.
class Limb {
 public:
  /// @throws Error for a drive that does not fit the model
  Limb(const Model& model, const Drive& drive, const IntegrateOptions& options);

  const std::vector<int>& strands() const { return strands_; }
  const std::vector<int>& free() const { return dynamics_.coordinate; }
  const MuscleSet& muscles() const { return muscles_; }
  const VecX& length() const { return length_; }  ///< of the paths  [m]  (n_muscles)
  const VecX& speed() const { return speed_; }    ///< [m/s]  (n_muscles)

  /// Free coordinates and their speeds as the motion has them.
  void motion_state(double t, VecX& q, VecX& v);

  /// Moves the body: kinematics, paths, tissue, weight, inertia, loads.
  void place(double t, const VecX& q, const VecX& v);

  /// Accelerations of the free coordinates under muscle forces, at the place of the last place().
  Status accelerate(const VecX& force);
  const VecX& acceleration() const { return dynamics_.acceleration; }

  const std::vector<ExternalForce>& loads() const { return loads_; }

  /// All coordinates as placed, with the accelerations found.
  Pose pose() const;
  VecX muscle_moment() const { return of_free(muscle_moment_); }    ///< [N m]  (n_free)
  VecX passive_moment() const { return of_free(passive_moment_); }  ///< [N m]  (n_free)

  /// Excitations of the muscles.
  void excitation(double t, bool left, VecX& out) const;

 private:
  bool moves(int body) const;
  void choose_strands();
  void gather_loads(double t);
  VecX of_free(const VecX& rows) const;

  const Model& model_;
  const Drive& drive_;
  const IntegrateOptions& options_;
  ForwardDynamics dynamics_;
  Kinematics kinematics_;
  Paths paths_;
  Passive passive_;
  InverseDynamics inverse_dynamics_;
  std::vector<int> strands_;
  MuscleSet muscles_;
  std::vector<ContactPair> contacts_;
  std::vector<ExternalForce> loads_;
  Pose pose_;
  VecX length_, speed_;                            // of the muscles
  VecX muscle_moment_, passive_moment_, applied_;  // of every equation
};

}  // namespace psoas::forward
