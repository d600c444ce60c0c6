#pragma once

#include <optional>
#include <string>

#include "psoas/model/spec.hpp"

namespace psoas {

enum class Sex { male, female };

/// The person to whom a model is fitted. What is not given stays as in the model's base body.
struct Subject {
  std::optional<double> mass_kg = {};   ///< [kg]
  std::optional<double> height_m = {};  ///< [m]
  std::optional<Sex> sex = {};
  std::optional<double> age_y = {};             ///< [years]
  std::optional<double> sacral_slope_deg = {};  ///< [deg]
  std::optional<double> lordosis_deg = {};      ///< [deg]
  std::optional<std::string> psoas_minor = {};  ///< none | right | left | both
};

/// Fits a description to a person: segment lengths, masses, inertias, path points, fibre and tendon lengths, strength.
/// The base body comes back unchanged, bit by bit.
/// @throws SpecError for values that no person has
ModelSpec personalize(const ModelSpec& spec, const Subject& subject);

}  // namespace psoas
