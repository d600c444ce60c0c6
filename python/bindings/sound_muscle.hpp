#pragma once

#include <cmath>

#include "common.hpp"
#include "psoas/muscle/activation.hpp"
#include "psoas/muscle/parameters.hpp"

/// What C++ expects of a muscle's parameters, asked before they are used.
namespace psoas::python {

/// @throws SpecError with every rule that the parameters break
inline void require_sound(const muscle::MuscleParameters& p) { require_no(faults_in(p)); }
inline void require_sound(const muscle::ActivationParameters& p) { require_no(faults_in(p)); }

/// Curves know neither force nor lengths: those may be left out.
inline void require_sound_curves(muscle::MuscleParameters p) {
  for (double* own : {&p.max_isometric_force, &p.optimal_fiber_length, &p.tendon_slack_length}) {
    if (std::isnan(*own)) *own = 1.0;
  }
  require_sound(p);
}

}  // namespace psoas::python
