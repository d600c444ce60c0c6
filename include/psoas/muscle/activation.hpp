#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "psoas/core/types.hpp"

/// Excitation to activation: how fast a muscle turns on and off.
namespace psoas::muscle {

struct ActivationParameters {
  double rise_time = 0.015;  ///< time constant while activating                            [s]  > 0
  double fall_time = 0.060;  ///< time constant while deactivating                          [s]  > 0
  double steepness = 10.0;   ///< b: how sharply one gives way to the other about e = a     [-]  > 0
};

/// Every rule that the parameters break, one line each.
inline std::vector<std::string> faults_in(const ActivationParameters& p) {
  std::vector<std::string> faults;
  const auto positive = [&](const char* name, double value, const char* unit) {
    if (value > 0.0 && std::isfinite(value)) return;
    faults.push_back(std::string(name) + " must be > 0" + unit + ", got " + std::to_string(value));
  };
  positive("rise_time", p.rise_time, " s");
  positive("fall_time", p.fall_time, " s");
  positive("steepness", p.steepness, "");
  return faults;
}

/// Rate of activation under an excitation.
///
///   da/dt = [ (f + 1/2)/(tau_rise z) + (1/2 - f) z/tau_fall ] (e - a)
///   z = 1/2 + 3/2 a,   f = 1/2 tanh(b (e - a))
///
/// @param p           time constants
/// @param excitation  e       [-]    expected in [0, 1]
/// @param activation  a       [-]    expected in [0, 1]
/// @return            da/dt   [1/s]  0 when e = a; smooth everywhere
/// @note  The paper prints b = 0.1, so soft that a step from 0 to 1 starts at 77 instead of 133 1/s; 10 is
///        what its authors meant and OpenSim adopted (opensim-core issue 3990).
/// @note  Nothing is clamped: an excitation outside [0, 1] is the caller's to refuse.
/// @see   De Groote et al. 2016, Ann Biomed Eng 44(10):2922-2936, equations 1 and 2.
template <Scalar T>
T activation_rate(const ActivationParameters& p, const T& excitation, const T& activation) {
  using std::tanh;
  const T z = 0.5 + 1.5 * activation;
  const T gap = excitation - activation;
  const T f = 0.5 * tanh(p.steepness * gap);
  return ((f + 0.5) / (p.rise_time * z) + (0.5 - f) * z / p.fall_time) * gap;
}

}  // namespace psoas::muscle
