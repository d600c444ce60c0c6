#pragma once

#include <map>
#include <string>
#include <vector>

#include "psoas/core/types.hpp"
#include "psoas/model/model.hpp"
#include "psoas/model/task.hpp"
#include "psoas/scenario/scenario.hpp"
#include "scenario/projection.hpp"

/// Keyframes of a scenario as closed poses of one model.
namespace psoas::assembly {

struct ClosedKeyframe {
  double time = 0.0;              ///< [s]
  VecX q;                         ///< [rad or m]
  std::vector<Unknown> unknowns;  ///< what its assembly could move
};

/// Every keyframe, closed. Those that `hold` refers to come first, whatever their order in time.
/// @param moved  takes a line for each coordinate that is not where it was wished
std::map<std::string, ClosedKeyframe> close_keyframes(const Model& model, const Scenario& scenario,
                                                      std::vector<Moved>& moved);

/// The coordinates that a name of a scenario means: one, or both sides for `name_*`. @throws SpecError
std::vector<int> coordinates_of(const Model& model, const std::string& name, const std::string& where);

/// @throws Error naming the coordinate and how far it is out of its range
void check_ranges(const Model& model, const VecX& q, const std::string& what);

/// @throws Error naming the condition that is missed, the distance, and the coordinate that went furthest
void check_met(const Model& model, const Projector& projector, const Projected& pose, const VecX& wish,
               const std::string& what);

/// All coordinates of a pose, those included that follow others.
VecX with_followers(const Model& model, const VecX& q);

}  // namespace psoas::assembly
