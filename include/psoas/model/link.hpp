#pragma once

#include <array>
#include <string>
#include <vector>

#include "psoas/core/function.hpp"
#include "psoas/core/types.hpp"
#include "psoas/spatial/transform.hpp"

/// What pulls between bodies by itself. A body is an index, -1 the ground.
namespace psoas {

/// A place fixed in a body or the ground.
struct LigamentPoint {
  int body = 0;
  Vec3 at = Vec3::Zero();  ///< [m]
};

/// An elastic line, see LigamentSpec.
struct Ligament {
  std::string name;
  std::vector<LigamentPoint> points;
  double rest_length = 0.0;  ///< [m]
  Function force;            ///< of length over rest length  [N]
};

/// Springs and dampers between two frames, see BushingSpec.
struct Bushing {
  std::string name;
  std::array<int, 2> bodies{};
  std::array<spatial::Transform<double>, 2> frames;  ///< in those bodies
  Vec3 rotational_stiffness = Vec3::Zero();          ///< [N m/rad]
  Vec3 translational_stiffness = Vec3::Zero();       ///< [N/m]
  Vec3 rotational_damping = Vec3::Zero();            ///< [N m s/rad]
  Vec3 translational_damping = Vec3::Zero();         ///< [N s/m]
};

}  // namespace psoas
