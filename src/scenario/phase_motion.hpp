#pragma once

#include <map>
#include <string>
#include <vector>

#include "psoas/model/pose.hpp"
#include "scenario/keyframes.hpp"

namespace psoas::assembly {

/// The closed motion from one keyframe to the next.
class PhaseMotion {
 public:
  /// @param name  of the phase, for messages
  PhaseMotion(const Model& model, const Scenario& scenario, const std::string& name, const ClosedKeyframe& from,
              const ClosedKeyframe& to, const std::map<std::string, VecX>& kept);

  double duration() const { return duration_; }

  /// Pose, speeds and accelerations, followers included. To be asked for in the order of time.
  /// @param t  since the start of the phase [s]
  Pose at(double t);

 private:
  VecX closed(double share, const VecX& start);

  const Model& model_;
  std::string name_;
  VecX first_, last_;
  double duration_;
  bool still_;
  Projector projector_;
  VecX first_gaps_, last_gaps_;  ///< of the conditions in between, in both keyframes [m]
  VecX previous_;
};

}  // namespace psoas::assembly
