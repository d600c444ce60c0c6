#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "psoas/core/types.hpp"
#include "psoas/tissue/moment.hpp"

/// What the capsule of the hip carries in flexion and extension, without any muscle.
namespace psoas::tissue {

/// moment = extension_moment exp(-extension_rate h) - flexion_moment exp(flexion_rate (h - flexion_limit))
struct HipCapsuleParameters {
  /// Chosen to give 5 N*m at 12 deg of extension, measured on cadaveric hips with the capsule alone (SD
  /// of the angle 7 deg): van Arkel, Amis & Jeffers 2015, J Biomech 48(14):3803-3809.
  double extension_moment = 0.73;         ///< [N*m]
  double extension_rate = 0.16 / degree;  ///< [1/rad]
  /// Flexion limit of the hip ligaments: Anderson 1999, A dynamic optimization solution for a complete cycle
  /// of normal gait, PhD thesis, University of Texas at Austin. Its extension term only acts beyond -30 deg.
  double flexion_moment = 2.44;           ///< [N*m]
  double flexion_rate = 5.05;             ///< [1/rad]
  double flexion_limit = 1.81;            ///< [rad]
  double linear_beyond = -18.0 * degree;  ///< more extension than this: the tangent goes on  [rad]  < 0
};

/// Every rule that the parameters break, one line each.
inline std::vector<std::string> faults_in(const HipCapsuleParameters& p) {
  std::vector<std::string> faults;
  const auto require = [&](bool holds, const char* rule, double value) {
    if (!holds || !std::isfinite(value)) faults.push_back(std::string(rule) + ", got " + std::to_string(value));
  };
  require(p.extension_moment >= 0.0, "extension_moment must be >= 0 N*m", p.extension_moment);
  require(p.extension_rate > 0.0, "extension_rate must be > 0 per rad", p.extension_rate);
  require(p.flexion_moment >= 0.0, "flexion_moment must be >= 0 N*m", p.flexion_moment);
  require(p.flexion_rate > 0.0, "flexion_rate must be > 0 per rad", p.flexion_rate);
  require(true, "flexion_limit must be finite", p.flexion_limit);
  require(p.linear_beyond < 0.0, "linear_beyond must be < 0 rad", p.linear_beyond);
  return faults;
}

/// Moment that the hip capsule *exerts* on the thigh, positive when it flexes the hip: it pushes back from
/// extension (angle < 0) and, much later, from flexion. Beyond linear_beyond of extension the tangent goes on
/// (once differentiable); flexion is left exponential.
///
/// @param p      the law
/// @param angle  hip flexion  [rad]  flexion positive
/// @return       moment [N*m] and tangent d moment/d angle [N*m/rad], never positive; zero moment near 32 deg
template <Scalar T>
MomentTangent<T> hip_capsule_moment(const HipCapsuleParameters& p, const T& angle) {
  using std::exp;
  const T h = angle < p.linear_beyond ? T(p.linear_beyond) : angle;
  const T extension = p.extension_moment * exp(-p.extension_rate * h);
  const T flexion = p.flexion_moment * exp(p.flexion_rate * (h - p.flexion_limit));
  const T tangent = -p.extension_rate * extension - p.flexion_rate * flexion;
  return {extension - flexion + tangent * (angle - h), tangent};
}

}  // namespace psoas::tissue
