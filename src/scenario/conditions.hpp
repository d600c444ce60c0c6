#pragma once

#include <map>
#include <string>
#include <vector>

#include "psoas/core/types.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/model/model.hpp"
#include "psoas/scenario/scenario.hpp"

/// Closures of a scenario as equations of one model: each a distance that must vanish.
namespace psoas::assembly {

/// A point fixed in a body.
struct Place {
  int body = 0;
  Vec3 at = Vec3::Zero();  ///< [m]
  int node = -1;           ///< in Model::nodes, -1: no node
};

/// One equation of a pose: a distance [m] that must vanish.
struct Condition {
  enum class Kind { softly_lowest, lowest, between, balance };
  Kind kind = Kind::between;
  std::vector<Place> places;  ///< lowest: all of them; otherwise their mean counts
  std::vector<double> share;  ///< softly_lowest: mirror images share one unit
  std::vector<Place> other;   ///< between, balance: mean; empty: none
  bool mass_center = false;   ///< between: the mass centre stands in the place of `places`, `places` of `other`
  Vec3 axis = Vec3::UnitY();  ///< unit
  double target = 0.0;        ///< [m]
  std::string label;          ///< for messages: "foot_r lies flat on the floor"
  std::string where;
};

/// Distance of a condition in a pose, and its rate when the pose moves with the kinematics' speeds.
struct Gap {
  double value = not_a_number;  ///< [m]
  double rate = not_a_number;   ///< [m/s]
};
Gap gap_of(const Model& model, const Kinematics& k, const Condition& condition);

/// Places that a name of a scenario means. @throws SpecError for a name that the model does not have
std::vector<Place> places_of(const Model& model, const std::vector<std::string>& names, const std::string& where);

/// Mean of places in the world [m].
Vec3 mean_of(const Kinematics& k, const std::vector<Place>& places);

/// Turns the closures that hold in a keyframe (or in between, with an empty name) into conditions.
/// @param kept  poses of keyframes that are closed already: what `hold` refers to
std::vector<Condition> conditions_of(const Model& model, const Scenario& scenario, const std::string& keyframe,
                                     const std::map<std::string, VecX>& kept);

}  // namespace psoas::assembly
