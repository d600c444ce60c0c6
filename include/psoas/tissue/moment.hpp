#pragma once

#include "psoas/core/types.hpp"

namespace psoas::tissue {

/// A moment that depends on one angle.
template <Scalar T>
struct MomentTangent {
  T moment;   ///< [N*m]
  T tangent;  ///< d moment / d angle  [N*m/rad]
};

}  // namespace psoas::tissue
