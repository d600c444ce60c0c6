#pragma once

#include <array>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "psoas/core/function.hpp"
#include "psoas/core/types.hpp"
#include "psoas/muscle/parameters.hpp"
#include "psoas/muscle/shapes.hpp"

/// The description of a body in words and numbers: what model files hold, editable, before any checking.
/// compile() turns it into a Model. SI units and radians; `where` is file:line:column, for messages.
namespace psoas {

/// A parameter with its pedigree.
struct Quantity {
  double value = not_a_number;  ///< in the SI unit of the field that holds it
  double sd = not_a_number;     ///< spread between people or sources, NaN where unknown
  std::string source;           ///< key of ModelSpec::sources
  bool verified = false;        ///< read in the source itself, not second hand or judged
  std::string where;

  Quantity() = default;
  Quantity(double v) : value(v) {}  // NOLINT: a plain number is a Quantity without pedigree
};

/// Where numbers come from.
struct SourceSpec {
  std::string citation;
  std::string licence;
  std::string note;
  std::string where;
};

/// The person whose body the description is.
struct PersonSpec {
  double mass = 75.1646;                ///< [kg]
  double height = 1.70;                 ///< [m]
  std::string sex = "male";             ///< male | female
  double age = 30.0;                    ///< [years]
  double sacral_slope = 35.0 * degree;  ///< [rad]
  double lordosis = 57.0 * degree;      ///< [rad]
  std::string psoas_minor = "both";     ///< none | right | left | both
};

/// A rigid segment. Frame axes: X forward, Y up, Z right in the neutral pose.
struct BodySpec {
  std::string name;
  Quantity mass;                    ///< [kg]
  Vec3 mass_center = Vec3::Zero();  ///< in the body frame  [m]
  Mat3 inertia = Mat3::Zero();      ///< about the mass centre, body axes  [kg m2]
  std::string source;
  std::string where;
};

/// One axis of a spatial transform: rotation about, or translation along, `axis` by function(coordinate).
struct AxisSpec {
  Vec3 axis = Vec3::UnitX();                       ///< unit vector in the frame reached so far
  std::string coordinate;                          ///< empty: function is a constant
  Function function = Function::linear(1.0, 0.0);  ///< [rad or m]
};

/// How a child body moves in its parent: three rotations, body-fixed in order, then three translations in the
/// joint's parent frame (OpenSim's spatial transform).
struct JointSpec {
  std::string name;
  std::string parent;  ///< "ground" or a body
  std::string child;
  Vec3 parent_offset = Vec3::Zero();    ///< joint frame in the parent    [m]
  Vec3 parent_rotation = Vec3::Zero();  ///< body-fixed X-Y-Z             [rad]
  Vec3 child_offset = Vec3::Zero();     ///< joint frame in the child     [m]
  Vec3 child_rotation = Vec3::Zero();   ///< body-fixed X-Y-Z             [rad]
  std::vector<AxisSpec> rotations;      ///< at most three
  std::vector<AxisSpec> translations;   ///< at most three
  bool helper = false;                  ///< a helper frame: takes a posture, but no virtual displacement
  std::vector<int> balanced_axes;       ///< helper only: muscle forces on it sum to zero along these (0 x, 1 y, 2 z)
  std::string source;
  std::string where;
};

/// What a coordinate is for the equations of motion.
enum class Role {
  free,        ///< owns an equation that muscles balance
  prescribed,  ///< takes a posture, owns no equation
  motor,       ///< owns an equation that a declared torque balances
  follows      ///< value is a function of another coordinate
};

struct CoordinateSpec {
  std::string name;
  Role role = Role::free;
  bool equation = true;             ///< owns a row of the equilibrium (free, motor: always; follows: levels do)
  bool translational = false;       ///< metres, not radians
  double default_value = 0.0;       ///< [rad or m]
  double minimum = -infinity;       ///< [rad or m]
  double maximum = infinity;        ///< [rad or m]
  double warn_minimum = -infinity;  ///< gate: outside, the model is out of its validated range
  double warn_maximum = infinity;
  std::string leader;                              ///< Role::follows: the coordinate it follows
  Function coupling = Function::linear(1.0, 0.0);  ///< value = coupling(leader)
  std::string source;
  std::string where;
};

/// A surface that paths wrap round, fixed in a body. Axis of a cylinder and of a torus: its own z.
struct SurfaceSpec {
  std::string name;
  std::string kind = "cylinder";  ///< cylinder | sphere | ellipsoid | torus
  std::string body;
  Vec3 center = Vec3::Zero();     ///< [m]
  Vec3 rotation = Vec3::Zero();   ///< body-fixed X-Y-Z  [rad]
  Quantity radius;                ///< torus: of its tube; an ellipsoid has none  [m]
  Quantity ring_radius;           ///< torus: of the middle of its tube about the axis  [m]
  Vec3 half_axes = Vec3::Zero();  ///< ellipsoid: along x, y, z  [m]
  std::string source;
  std::string where;
};

/// When a path runs through one of its points: while a coordinate lies within a range.
struct ConditionSpec {
  std::string coordinate;
  double minimum = -infinity;  ///< [rad or m]
  double maximum = infinity;   ///< [rad or m]
};

/// A point of a path: fixed in its body, or sliding in it with a coordinate.
struct PointSpec {
  std::string body;
  Vec3 at = Vec3::Zero();  ///< [m]
  std::string coordinate;  ///< not empty: at(i) is replaced by functions[i](coordinate)
  std::array<std::optional<Function>, 3> functions;
  std::optional<ConditionSpec> condition;  ///< none: the path always runs through it
};

/// A surface on one segment of a path.
struct PathWrapSpec {
  std::string surface;
  int segment = 0;  ///< between points `segment` and `segment + 1`
  /// How the path passes the surface: the sense in which it turns about the surface's +z from first to last point
  /// (counterclockwise | clockwise), the shorter way (shortest), or over the half that faces +x | -x | +y | -y.
  std::string side = "counterclockwise";
};

/// One strand of a muscle.
struct MuscleSpec {
  std::string name;
  std::vector<std::string> groups;  ///< without side, e.g. "psoas", "iliopsoas"
  std::string side;                 ///< "r", "l" or empty
  std::vector<PointSpec> points;
  std::vector<PathWrapSpec> wraps;
  Quantity pcsa;                            ///< physiological cross-section        [m2]
  Quantity specific_tension;                ///< max_isometric_force = pcsa * this  [N/m2]
  Quantity strength{1.0};                   ///< factor on max_isometric_force      [-]
  Quantity optimal_fiber_length;            ///< [m]
  Quantity tendon_slack_length;             ///< [m]
  Quantity pennation{0.0};                  ///< at optimal fibre length            [rad]
  Quantity passive_strain{0.6};             ///< e0 of the passive curve            [-]
  Quantity active_width{1.0};               ///< width factor of active force-length [-]
  Quantity max_contraction_velocity{10.0};  ///< [optimal fibre lengths / s]
  Quantity minimum_activation{0.0};         ///< that a recruitment as OpenSim's keeps to [-]
  bool passive_offset = false;              ///< De Groote-Fregly: passive curve less its value at optimal length, >= 0
  muscle::MuscleType type = muscle::MuscleType::DeGrooteFregly2016;  ///< whose curves it has
  muscle::ThelenShape thelen;                                        ///< of the curves of a Thelen2003
  muscle::MillardShape millard;                                      ///< of the curves of a Millard2012
  bool tone = false;  ///< takes the scenario's tone as lower bound of activation
  std::string note;
  std::string source;
  std::string where;
};

/// A lumbar level: three coordinates of one joint, a disc, an endplate frame.
struct LevelSpec {
  std::string name;  ///< "L4_L5"
  std::string joint;
  std::array<std::string, 3> coordinates;  ///< extension (+), right bend (+), left axial turn (+)
  Quantity disc_stiffness{1.0};            ///< factor on the disc law             [-]
  Quantity lordosis_share{0.0};            ///< endplate tilt = -sacral_slope + lordosis * this [-]
  std::string source;
  std::string where;
};

/// A ball joint whose load is reported as a hip.
struct HipSpec {
  std::string side;
  std::string joint;
  std::string flexion;              ///< coordinate that the capsule acts on
  Quantity capsule_stiffness{1.0};  ///< factor on the capsule law           [-]
  std::string source;
  std::string where;
};

/// A ligament: an elastic line through fixed points, which pulls when it is longer than at rest.
struct LigamentSpec {
  std::string name;
  std::vector<PointSpec> points;  ///< fixed, in bodies or the ground
  Quantity rest_length;           ///< [m]
  Function force;                 ///< of length over rest length, read above 1  [N]
  std::string source;
  std::string where;
};

/// A frame fixed in a body or the ground.
struct FrameSpec {
  std::string body;
  Vec3 at = Vec3::Zero();        ///< [m]
  Vec3 rotation = Vec3::Zero();  ///< body-fixed X-Y-Z  [rad]
};

/// A bushing: springs and dampers between two frames, along the displacement of the second one in the first and about
/// the body-fixed X-Y-Z angles by which it is turned there.
struct BushingSpec {
  std::string name;
  std::array<FrameSpec, 2> frames;
  Vec3 rotational_stiffness = Vec3::Zero();     ///< [N m/rad]
  Vec3 translational_stiffness = Vec3::Zero();  ///< [N/m]
  Vec3 rotational_damping = Vec3::Zero();       ///< [N m s/rad]
  Vec3 translational_damping = Vec3::Zero();    ///< [N s/m]
  std::string source;
  std::string where;
};

/// Skin over bone: nodes that can press on a plane.
struct PatchSpec {
  std::string name;
  std::string reported_as;  ///< support of the summary that this patch counts into
  std::vector<PointSpec> nodes;
  std::string source;
  std::string where;
};

/// A torque or force on one coordinate that a recruitment as OpenSim's may use at a price: generalised force =
/// control * optimal_force. Other recruitments know reserves and motors instead.
struct ActuatorSpec {
  std::string name;
  std::string coordinate;
  Quantity optimal_force{1.0};  ///< at control 1  [N m or N]
  double minimum_control = -infinity;
  double maximum_control = infinity;
  std::string where;
};

/// Weights of the recruitment (see recruit/).
struct RecruitSpec {
  std::string cost = "volume";  ///< volume | pcsa | activation
  int power = 2;
  double w_support = 1e-3;                ///< per (node force / body weight)2
  double w_shear = 0.1;                   ///< per (net shear of a patch / body weight)2
  double w_reserve = 1e-2;                ///< per (N m)2 or N2
  double w_motor = 1e-6;                  ///< per (N m)2
  double w_motor_pressing = 0.02 / 3600;  ///< per (N m)2, while a support acts beyond the motor
  double w_abdomen = 1e-2;                ///< per N2
  double level_rotation_cost = 1e-4;      ///< per deg2; infinity: rigid levels
  std::string where;
};

struct ModelSpec {
  std::string name;
  std::string description;
  double gravity = standard_gravity;  ///< [m/s2], along -Y
  bool imported = false;              ///< from another program: an inertia that no real body has is kept as it is
  PersonSpec person;
  std::map<std::string, SourceSpec> sources;
  std::vector<BodySpec> bodies;
  std::vector<JointSpec> joints;
  std::vector<CoordinateSpec> coordinates;
  std::vector<SurfaceSpec> surfaces;
  std::vector<MuscleSpec> muscles;
  std::vector<LevelSpec> levels;
  std::vector<HipSpec> hips;
  std::vector<LigamentSpec> ligaments;
  std::vector<BushingSpec> bushings;
  std::vector<PatchSpec> patches;
  std::vector<ActuatorSpec> actuators;
  RecruitSpec recruit;
};

}  // namespace psoas
