#pragma once

#include <array>

#include "io/toml/digits.hpp"
#include "psoas/model/spec.hpp"

namespace psoas::io::toml {

/// A number that muscles and their defaults may give, by its key.
struct MuscleParameter {
  UnitKeys keys;
  Quantity MuscleSpec::*field;
  bool required;
};

inline constexpr std::array<MuscleParameter, 10> muscle_parameters{{
    {{"pcsa_cm2", "pcsa_m2"}, &MuscleSpec::pcsa, true},
    {{"specific_tension_N_cm2", "specific_tension_N_m2"}, &MuscleSpec::specific_tension, true},
    {{"strength", "strength"}, &MuscleSpec::strength, false},
    {{"optimal_fiber_length_m", "optimal_fiber_length_m"}, &MuscleSpec::optimal_fiber_length, true},
    {{"tendon_slack_length_m", "tendon_slack_length_m"}, &MuscleSpec::tendon_slack_length, true},
    {{"pennation_rad", "pennation_rad"}, &MuscleSpec::pennation, false},
    {{"passive_strain", "passive_strain"}, &MuscleSpec::passive_strain, false},
    {{"active_width", "active_width"}, &MuscleSpec::active_width, false},
    {{"max_contraction_velocity_per_s", "max_contraction_velocity_per_s"},
     &MuscleSpec::max_contraction_velocity,
     false},
    {{"minimum_activation", "minimum_activation"}, &MuscleSpec::minimum_activation, false},
}};

}  // namespace psoas::io::toml
