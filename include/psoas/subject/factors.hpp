#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>

#include "psoas/core/types.hpp"
#include "psoas/model/spec.hpp"

/// How people differ: rules of scaling by mass, height, sex and age, each relative to the base body.
namespace psoas::subject {

/// True when `name` is `stem`, with or without a side.
inline bool is_part(std::string_view name, std::string_view stem) { return name.substr(0, stem.size()) == stem; }

/// Length of a woman's segment over that of a man of the same height, by axis of the body frame (X forward, Y long,
/// Z across).
///
/// @see ANSUR II (Gordon et al. 2014: 4082 men, 1986 women), shares of stature; pelvis width after Rabari et al.
inline Vec3 female_length_ratio(std::string_view body) {
  if (is_part(body, "pelvis")) return {1.0, 1.0, 1.04};
  if (is_part(body, "lumbar")) return {1.0, 0.963, 1.0};
  if (is_part(body, "torso")) return {1.0, 0.963, 0.948};
  if (is_part(body, "tibia")) return {1.0, 1.038, 1.0};
  if (is_part(body, "talus") || is_part(body, "calcn") || is_part(body, "toes")) return {0.979, 0.928, 1.0};
  if (is_part(body, "ulna") || is_part(body, "radius")) return {1.0, 0.972, 1.0};
  if (is_part(body, "hand")) return {1.0, 1.010, 1.0};
  return Vec3::Ones();
}

/// Share of body mass in a woman's segment over that in a man's.
///
/// @see de Leva 1996, J Biomech 29(9):1223-1230, table 4, mapped to these bodies by their groups
inline double female_mass_ratio(std::string_view body) {
  if (is_part(body, "pelvis")) return 1.1164;
  if (is_part(body, "lumbar") || is_part(body, "torso")) return 0.9322;
  if (is_part(body, "head")) return 0.9625;
  if (is_part(body, "humerus")) return 0.9410;
  if (is_part(body, "ulna") || is_part(body, "radius")) return 0.8519;
  if (is_part(body, "hand")) return 0.9180;
  if (is_part(body, "femur")) return 1.0438;
  if (is_part(body, "tibia")) return 1.1109;
  if (is_part(body, "talus") || is_part(body, "calcn") || is_part(body, "toes")) return 0.9416;
  return 1.0;
}

/// Which rule of sex a strand belongs to.
enum class Region { leg, trunk, psoas };

inline Region region_of(const MuscleSpec& muscle) {
  const auto in = [&](std::string_view group) {
    return std::find(muscle.groups.begin(), muscle.groups.end(), group) != muscle.groups.end();
  };
  if (in("psoas") || in("psoas_minor")) return Region::psoas;
  return muscle.tone ? Region::trunk : Region::leg;
}

/// Total leg muscle volume [cm3], Handsfield et al. 2014, J Biomech 47(3):631-638. Mass counts within a body mass
/// index of 18.5 to 30 kg/m2 only: beyond, muscle does not grow with weight (Janssen et al. 2000, J Appl Physiol
/// 89(1):81-88).
inline double muscle_volume(const PersonSpec& person) {
  const double square = person.height * person.height;
  const double mass = std::clamp(person.mass, 18.5 * square, 30.0 * square);
  return 47.0 * mass * person.height + 1285.0;
}

/// Strength that is left at an age: 1 to 30 years, -0.15 % a year to 52, then -1.3 % a year, at least 0.4.
///
/// @see 362 men, Front Physiol 2018;9:1524 (leg strength breaks at 52 years); judged, range at 75: 0.55-0.85
inline double age_factor(double age) {
  const double slow = 0.0015 * (std::clamp(age, 30.0, 52.0) - 30.0), fast = 0.013 * (std::max(age, 52.0) - 52.0);
  return std::max(0.4, 1.0 - slow - fast);
}

/// What is left of the difference between the sexes after muscle volume and fibre length; judged, range 0.75-1.05.
inline double sex_factor(const std::string& sex, Region region) {
  if (sex != "female") return 1.0;
  return region == Region::psoas ? 0.80 : region == Region::trunk ? 0.85 : 0.90;
}

}  // namespace psoas::subject
