#pragma once

#include "psoas/core/types.hpp"

namespace psoas::muscle {

/// A curve at one point.
template <Scalar T>
struct ValueSlope {
  T value;  ///< y       [-]
  T slope;  ///< dy/dx   [-]
};

}  // namespace psoas::muscle
