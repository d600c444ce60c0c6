#pragma once

namespace psoas::assembly {

/// Share of a way from rest to rest and its rates.
struct Stride {
  double value = 0.0;
  double speed = 0.0;         ///< [1/s]
  double acceleration = 0.0;  ///< [1/s2]
};

/// s = 10 x^3 - 15 x^4 + 6 x^5, x = t / duration: the way of least jerk from rest to rest.
/// Source: Flash & Hogan 1985.
inline Stride minimum_jerk(double t, double duration) {
  const double x = t / duration, left = 1.0 - x;
  return {x * x * x * (10.0 - 15.0 * x + 6.0 * x * x), 30.0 * x * x * left * left / duration,
          60.0 * x * left * (left - x) / (duration * duration)};
}

}  // namespace psoas::assembly
