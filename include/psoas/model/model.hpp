#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "psoas/core/error.hpp"
#include "psoas/core/nearest_name.hpp"
#include "psoas/core/types.hpp"
#include "psoas/model/link.hpp"
#include "psoas/model/spec.hpp"
#include "psoas/spatial/transform.hpp"
#include "psoas/wrap/surface.hpp"

/// The compiled body: indices and arrays, checked once, then immutable. Filled by compile() only.
namespace psoas {

inline constexpr int ground = -1;  ///< body index of the world

/// A rigid segment and the joint that carries it. Bodies stand in tree order: a parent comes before its children.
struct Body {
  std::string name;
  std::string joint;                               ///< name of the joint that carries it
  int parent = ground;                             ///< body index
  int subtree_end = 0;                             ///< bodies [own index, subtree_end) move with it
  double mass = 0.0;                               ///< [kg]
  Vec3 mass_center = Vec3::Zero();                 ///< [m]
  Mat3 inertia = Mat3::Zero();                     ///< about the mass centre  [kg m2]
  spatial::Transform<double> parent_frame;         ///< joint frame in the parent
  spatial::Transform<double> child_frame_inverse;  ///< body frame in the joint's child frame
  int first_axis = 0, n_axes = 0;                  ///< its axes in Model::axes: rotations first, then translations
  int first_motion = 0, n_motions = 0;             ///< its motions in Model::motions
  bool helper = false;                             ///< posture only: no virtual displacement
  bool massless = true;
};

/// One axis of a spatial transform.
struct JointAxis {
  bool rotation = true;
  Vec3 axis = Vec3::UnitX();
  int coordinate = -1;  ///< -1: constant
  int motion = -1;      ///< index in Model::motions, -1: constant
  Function function;
};

/// The part of a joint that one coordinate drives.
struct JointMotion {
  int body = 0;
  int coordinate = 0;
  int row = -1;  ///< equation it takes part in, -1: none (prescribed, helper)
};

struct Coordinate {
  std::string name;
  Role role = Role::free;
  bool translational = false;
  int row = -1;     ///< own equation, -1: none
  int leader = -1;  ///< coordinate it follows
  Function coupling;
  double default_value = 0.0;  ///< [rad or m]
  double minimum = -infinity, maximum = infinity;
  double warn_minimum = -infinity, warn_maximum = infinity;
};

enum class Equation : std::uint8_t { root_moment, root_force, coordinate, level, motor };

/// One equation of equilibrium.
struct Row {
  std::string name;
  Equation kind = Equation::coordinate;
  int coordinate = -1;  ///< -1 for the world-axis rows of a free root
  int body = 0;         ///< body whose joint it belongs to
};

/// A point of a path. Moving points slide in their body with a coordinate.
struct PathPoint {
  int body = 0;
  Vec3 at = Vec3::Zero();                                ///< [m]
  int coordinate = -1;                                   ///< -1: fixed
  int functions = -1;                                    ///< first of three in Model::point_functions
  int row = -1;                                          ///< equation that feels the sliding
  int condition = -1;                                    ///< coordinate that switches the point, -1: always on the path
  double on_minimum = -infinity, on_maximum = infinity;  ///< on within this range of it [rad or m]

  bool is_on(const VecX& q) const noexcept {
    return condition < 0 || (q(condition) >= on_minimum && q(condition) <= on_maximum);
  }
};

/// A surface on a body.
struct WrapSurface {
  std::string name;
  int body = 0;
  spatial::Transform<double> frame;  ///< surface frame in the body
};

/// A surface on a segment, with the side on which this path passes it.
struct PathWrap {
  int surface = 0;
  wrap::Surface shape;
};

/// One strand: its points, the wraps of each segment, the joints it crosses, its equations.
struct Strand {
  std::string name;
  std::string side;
  int first_point = 0, n_points = 0;
  int first_segment = 0, n_segments = 0;  ///< in Model::segments: n_points - 1 where no point is conditional
  int first_course = 0;                   ///< its n_points - 1 places in Paths::course
  bool conditional = false;               ///< its course depends on the pose
  bool sliding = false;                   ///< one of its points slides in its body
  int first_crossing = 0, n_crossings = 0;
  int first_arm = 0, n_arms = 0;  ///< sparse moment arms: Model::arm_row
  bool tone = false;
};

/// Between two points of a path that are neighbours, in some pose at least.
struct Segment {
  int first_point = 0;              ///< in Model::points
  int last_point = 0;               ///< in Model::points; the next one unless conditional points lie between
  int first_wrap = 0, n_wraps = 0;  ///< in Model::path_wraps
  std::uint32_t mask_first = 0;     ///< bit k: the first point is beyond crossing k of the strand
  std::uint32_t mask_last = 0;      ///< bit k: the last point is beyond crossing k
  int first_leg = 0;                ///< its straight legs in Paths: n_wraps + 1
  int same_as = -1;                 ///< an earlier segment with the same ends and wraps, -1: none
};

/// Where a strand pulls on a helper frame: one term of a balanced axis.
struct BalancedTerm {
  int strand = 0;
  int crossing = 0;  ///< index in the crossings of all strands
  int balanced = 0;  ///< in Model::balanced
};

/// Where a strand crosses a joint whose load is reported.
struct CutTerm {
  int strand = 0;
  int crossing = 0;
};

struct ArmTerm {
  int crossing = 0;  ///< index in the crossings of all strands
  int motion = 0;
  int arm = 0;  ///< entry of the sparse moment arms
};

struct Group {
  std::string name;  ///< "psoas_r", "psoas"
  std::string base;  ///< without side
  std::string side;
  bool main = false;  ///< first group of its strands: what summaries list
  std::vector<int> strands;
};

struct Level {
  std::string name;
  int body = 0;                      ///< upper body: what its joint carries
  std::array<int, 3> coordinates{};  ///< extension, right bend, left axial turn
  double disc_stiffness = 1.0;
  double tilt = 0.0;  ///< of the upper endplate of the lower vertebra, + backward  [rad]
};

struct Hip {
  std::string side;
  int body = 0;     ///< femur
  int flexion = 0;  ///< coordinate
  double capsule_stiffness = 1.0;
};

struct Patch {
  std::string name;
  std::string reported_as;
};

struct Node {
  int patch = 0;
  int body = 0;
  Vec3 at = Vec3::Zero();  ///< [m]
};

/// A helper body whose muscle forces sum to zero along one of its axes.
struct BalancedAxis {
  std::string name;
  int body = 0;
  int axis = 0;
};

/// Muscle parameters, one entry a strand.
struct StrandParameters {
  VecX pcsa;                  ///< strength included [m2]
  VecX max_isometric_force;   ///< [N]
  VecX optimal_fiber_length;  ///< [m]
  VecX tendon_slack_length;   ///< [m]
  VecX pennation;             ///< at optimal length [rad]
  VecX passive_strain;
  VecX active_width;
  VecX max_contraction_velocity;  ///< [optimal lengths / s]
  VecX minimum_activation;        ///< of a recruitment as OpenSim's
  std::vector<char> passive_offset;
  std::vector<muscle::MuscleType> type;
};

struct Model {
  std::string name;
  std::shared_ptr<const ModelSpec> spec;
  double gravity = standard_gravity;  ///< [m/s2], along -Y
  double mass = 0.0;                  ///< [kg]
  double body_weight = 0.0;           ///< [N]
  bool free_root = false;             ///< the first body floats: six rows in world axes about its origin
  int root_motion = -1;               ///< first of the six motions of those rows

  std::vector<Body> bodies;
  std::vector<JointAxis> axes;
  std::vector<JointMotion> motions;
  std::vector<Coordinate> coordinates;  ///< leaders before followers
  std::vector<Row> rows;
  std::vector<WrapSurface> surfaces;
  std::vector<Strand> strands;
  std::vector<PathPoint> points;
  std::vector<Function> point_functions;
  std::vector<Segment> segments;
  std::vector<PathWrap> path_wraps;
  std::vector<std::uint32_t> wrap_mask;  ///< as Segment::mask_first, for the body of each path wrap
  std::vector<int> crossing_body;        ///< crossings of all strands: the body whose joint is crossed
  std::vector<ArmTerm> arm_terms;        ///< all strands, in order
  std::vector<int> arm_term_start;       ///< n_strands + 1
  std::vector<int> arm_row;              ///< equation of each sparse moment arm
  std::vector<int> point_arm;            ///< entry of the sparse arms that feels a moving point, -1: none
  int n_legs = 0;                        ///< straight legs of all segments
  int n_course = 0;                      ///< places of all courses
  std::vector<std::vector<int>> chain;   ///< motions with an equation between the root and each body
  StrandParameters muscle;
  std::vector<Group> groups;
  std::vector<Level> levels;
  std::vector<Hip> hips;
  std::vector<Ligament> ligaments;
  std::vector<Bushing> bushings;
  std::vector<Patch> patches;
  std::vector<Node> nodes;
  std::vector<BalancedAxis> balanced;
  std::vector<BalancedTerm> balanced_terms;      ///< by strand
  std::vector<std::vector<CutTerm>> crossed_by;  ///< strands that cross the joint of each body  (n_bodies)
  RecruitSpec recruit;

  int n_bodies() const { return static_cast<int>(bodies.size()); }
  int n_coordinates() const { return static_cast<int>(coordinates.size()); }
  int n_rows() const { return static_cast<int>(rows.size()); }
  int n_strands() const { return static_cast<int>(strands.size()); }
  int n_arms() const { return static_cast<int>(arm_row.size()); }

  /// Entry of the sparse moment arms that belongs to a strand and an equation; -1: that equation does not feel it.
  int arm_entry(int strand, int row) const {
    const Strand& s = strands[static_cast<std::size_t>(strand)];
    for (int a = s.first_arm; a < s.first_arm + s.n_arms; ++a) {
      if (arm_row[static_cast<std::size_t>(a)] == row) return a;
    }
    return -1;
  }

  /// True when body `b` moves with the joint of body `root`.
  bool beyond(int b, int root) const { return b >= root && b < bodies[static_cast<std::size_t>(root)].subtree_end; }

  /// Look-ups by name. @throws Error naming the nearest names.
  int body(std::string_view wanted) const { return find(bodies, wanted, "body"); }
  int coordinate(std::string_view wanted) const { return find(coordinates, wanted, "coordinate"); }
  int strand(std::string_view wanted) const { return find(strands, wanted, "muscle"); }
  int level(std::string_view wanted) const { return find(levels, wanted, "level"); }
  int patch(std::string_view wanted) const { return find(patches, wanted, "patch"); }
  int row(std::string_view wanted) const { return find(rows, wanted, "equation"); }
  const Group& group(std::string_view wanted) const {
    return groups[static_cast<std::size_t>(find(groups, wanted, "muscle group"))];
  }

 private:
  template <class Items>
  static int find(const Items& items, std::string_view wanted, const char* kind) {
    for (std::size_t i = 0; i < items.size(); ++i) {
      if (items[i].name == wanted) return static_cast<int>(i);
    }
    std::vector<std::string> names;
    for (const auto& item : items) names.push_back(item.name);
    throw Error(std::string("no ") + kind + " \"" + std::string(wanted) + '"' + did_you_mean(wanted, names));
  }
};

}  // namespace psoas
