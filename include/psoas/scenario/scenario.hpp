#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "psoas/core/types.hpp"
#include "psoas/model/model.hpp"
#include "psoas/model/task.hpp"
#include "psoas/scenario/expression.hpp"

/// A runnable description: words and wishes. assemble() turns it into a Task for one model.
namespace psoas {

/// Something the user may set: a number within a range, or one of a few words.
struct ScenarioParameter {
  std::string name;
  double value = not_a_number;  ///< in `unit`, as in the file
  double minimum = -infinity, maximum = infinity;
  std::string choice;  ///< the word, when `choices` is not empty
  std::vector<std::string> choices;
  std::string unit;
  std::string meaning;
  std::string where;
};

/// One condition that a pose must meet exactly.
///
/// Points are named `patch` (all its nodes), `patch:index` (one node), or by a body (its origin); several stand for
/// their mean where one place is meant.
struct Closure {
  enum class Kind {
    touch,        ///< the lowest of the nodes, softly (touch_softness), is `value` above the plane
    lowest,       ///< the lowest of the nodes is `value` above the plane
    flat,         ///< every node is `value` above the plane
    hold,         ///< the nodes' mean is where keyframe `keyframe` has it, along `axis`, shifted by `value`
    distance,     ///< the nodes' mean, less that of `other`, along `axis`, is `value`
    mass_center,  ///< the mass centre, less the nodes' mean, along `axis`, is `value`
    balance       ///< the mass centre is `value` beside the level line from the nodes' mean to that of `other`
  };
  Kind kind = Kind::touch;
  std::string plane;  ///< a support whose place is given
  std::vector<std::string> nodes;
  std::vector<std::string> other;
  std::string axis;  ///< x | y | z
  std::string keyframe;
  Expression value{"0", ""};           ///< [m]
  Expression when{"1", ""};            ///< the closure holds where this is positive
  std::vector<std::string> keyframes;  ///< where it holds; empty: everywhere, in between as well
  std::string where;
};

/// Over how much height the lowest node of a touch is blended with its neighbours, so that motions stay smooth when
/// another node becomes the lowest [m]. Nodes that differ in the sign of z alone count as one.
inline constexpr double touch_softness = 0.004;

/// A posture in wishes: assembly moves the free coordinates as little as possible to meet the closures.
/// A name that ends in `_*` means both sides, and both sides move together.
struct Keyframe {
  std::string name;
  Expression at{"0", ""};                       ///< [s]
  std::string like;                             ///< not empty: the same pose as that keyframe, at another time
  std::map<std::string, Expression> angles;     ///< coordinate -> [deg]; what is not named stands at its default
  std::map<std::string, Expression> positions;  ///< translational coordinate -> [m]
  std::vector<std::string> free;                ///< coordinates that assembly may move
  std::string where;
};

struct ScenarioSupport {
  std::string name;                  ///< floor, seat, backrest
  std::optional<Vec3> point;         ///< [m]; absent: through the lowest node of `through` in the first keyframe
  std::vector<std::string> through;  ///< empty: all nodes of `patches`
  Vec3 normal = Vec3::UnitY();       ///< away from what carries
  std::vector<std::string> patches;  ///< `patch` or `patch:index`
  double friction = 0.5;
  double reach = 0.02;  ///< nodes nearer than this may press; strength falls as (1 - distance/reach)^6 [m]
  std::string where;
};

struct ScenarioPhase {
  std::string name;
  std::string from, to;  ///< keyframes
  std::vector<std::string> supports;
  std::string where;
};

struct ScenarioLoad {
  std::string name;
  std::string body;
  Vec3 at = Vec3::Zero();     ///< in the body frame  [m]
  Vec3 force = Vec3::Zero();  ///< world axes         [N]
  std::string where;
};

/// A place fixed in a body, by name.
struct ScenarioPoint {
  std::string body;
  Vec3 at = Vec3::Zero();  ///< [m]
};

/// An elastic band between two bodies, see Band.
struct ScenarioBand {
  std::string name;
  std::string when;  ///< "band = green": there only when the parameter has that choice; empty: always
  ScenarioPoint from, to;
  Expression rest_length{"1", ""};   ///< of the loop laid flat  [m]
  double strands = 1.0;              ///< 2 for a loop  [-]
  std::vector<double> stretch;       ///< knots of the law: 0 at rest, 1 at twice the length, ...  [-]
  std::vector<double> strand_force;  ///< of one strand there  [N]
  std::string source;
  std::string where;
};

/// A published figure beside which the result may be read.
struct Neighbour {
  std::string load;
  std::string text;
  std::string source;
  bool verified = false;
};

struct Scenario {
  std::string name;
  std::string description;
  std::string reference = "standing";  ///< name of the posture that ratios refer to; empty: this one is a reference
  std::shared_ptr<const Scenario> reference_scenario;  ///< that posture, read; null for a reference
  double tone = 0.0;                                   ///< least activation of trunk and psoas  [-]
  double rate = 50.0;                                  ///< frames a second  [Hz]
  std::vector<ScenarioParameter> parameters;
  std::vector<Keyframe> keyframes;
  std::vector<ScenarioPhase> phases;
  std::vector<ScenarioSupport> supports;
  std::vector<Closure> closures;
  std::vector<ScenarioLoad> loads;
  std::vector<ScenarioBand> bands;
  std::vector<Neighbour> neighbours;
  std::string mirror_when;  ///< "side = left": mirror the whole task when the parameter has that choice
  std::string where;
};

/// Sets a parameter. @throws Error for an unknown name (with the nearest), a value out of range or a wrong word
void set_parameter(Scenario& scenario, const std::string& name, const std::string& value);

/// The parameters that are numbers, by name.
std::map<std::string, double> parameter_values(const Scenario& scenario);

/// What expressions may name: the parameters that are numbers, and `height_m` of the person.
std::map<std::string, double> expression_values(const Scenario& scenario, const Model& model);

/// Keyframes to closed and balanced poses, with supports, loads, bounds and phases, frame by frame.
///
/// A keyframe is the pose nearest to its wishes that meets its closures. From one keyframe to the next the wishes run
/// by minimum jerk, and every frame is brought back on the closures that hold in between (where a keyframe shifts what
/// it holds, the shift runs along). Speeds and accelerations are
/// those of the closed motion: along the way from keyframe to keyframe it is differentiated by five-point differences,
/// in time by the exact rates of the minimum jerk, so that both are zero at the ends of every phase.
/// Frames are evenly spaced in each phase, at least `rate` of them a second, both ends included. A scenario with a
/// single posture is one frame at rest.
///
/// @throws SpecError for references that the model or the scenario does not have, and for faulty expressions
/// @throws Error naming coordinate and distance for a wish that cannot be met
Task assemble(const Model& model, const Scenario& scenario);

}  // namespace psoas
