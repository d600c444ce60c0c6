#pragma once

#include <string>
#include <vector>

#include "psoas/model/model.hpp"
#include "psoas/model/motion.hpp"
#include "psoas/model/task.hpp"

namespace psoas {

/// What counts as a support when nothing but the motion is known. None of these numbers was fitted to a measured force.
struct FoundSupportOptions {
  /// Nodes nearer than this to where they stand may press; their strength falls as (1 - distance/reach)^6, as in
  /// scenarios, which know their poses to the millimetre and take 0.02 m. A recorded foot wanders by one to three
  /// centimetres (error of its markers) while it stands.  [m]
  double reach = 0.04;
  /// A node that carries neither slides nor leaves: up to `still_speed` it presses freely, from `moving_speed` on not
  /// at all, with a smooth ramp between. A foot that swings does so at 1 m/s and more, and passes the floor within the
  /// reach; one that stands moves by less than 0.1 m/s after a low-pass of 6 Hz. Judgement.  [m/s]
  double still_speed = 0.1, moving_speed = 0.5;
  /// How far the mass centre, seen from above, lies outside the nodes on the floor when something else must carry the
  /// body. To be as far off takes an error of 6 degrees in the lean of the whole body. Judgement.  [m]
  double overhang = 0.10;
  /// A seat carries nodes that are no further, seen from above, than this from where the buttocks rested; to half as
  /// far again it fades.  [m]
  double seat_radius = 0.35;
  double floor_friction = 0.6, seat_friction = 0.5;  ///< as in the ready scenarios  [-]
  /// Patches that may press on the floor; those that the model lacks are left out.
  std::vector<std::string> floor{"foot_r",  "foot_l",   "knee_r",     "knee_l",  "hand_r",    "hand_l",
                                 "elbow_r", "elbow_l",  "thigh_r",    "thigh_l", "ischium_r", "ischium_l",
                                 "sacrum",  "low_back", "upper_back", "head"};
  /// Nodes that may press on a seat, which ends at the middle of the thighs.
  std::vector<std::string> seat{"ischium_r", "ischium_l", "thigh_r:0", "thigh_r:1", "thigh_l:0", "thigh_l:1"};
  /// Patches whose lowest node rests on the seat.
  std::vector<std::string> buttocks{"ischium_r", "ischium_l"};
};

/// Height of a level floor under a motion: the median, over its frames, of the height of the lowest node that may press
/// on it [m]. A motion whose body is in the air most of the time has no floor that could be found so.
/// @throws Error for a model that has none of the patches, or a motion without frames
double floor_height(const Model& model, const Motion& motion, const FoundSupportOptions& options = {});

/// Supports found from the motion alone; a task of a recording gets its planes and, frame by frame, its active nodes.
///
/// * **Floor**: level, at floor_height(). A node presses with the strength
///   (1 - distance/reach)^6 (1 for a distance up to 0) x the ramp of its speed.
///   Its distance is the height above the floor, less that at which it stands: the median of its heights where it is
///   still and nearer to the floor than the reach. A recorded foot is rolled and pitched against the real one by 5 to
///   10 degrees, the same in all frames: left as it is, it would stand on its heel alone.
/// * **Seat**: the buttocks rest in a frame where their lowest node is still and the mass centre, seen from above, lies
///   outside the nodes on the floor by more than the overhang: the floor alone could not hold the body there. Where
///   there are such frames, a level seat lies at the median of that node's heights in them, and its nodes press as
///   those on the floor do, within the seat's radius. There is one seat at most, and no backrest and no handle.
///
/// How the force is shared between nodes is found later, with the muscles, by the recruitment.
///
/// @return  what was found, one sentence each
/// @throws Error for a model that has none of the patches, a task without frames, or one that has planes already
std::vector<std::string> find_supports(const Model& model, Task& task, const FoundSupportOptions& options = {});

}  // namespace psoas
