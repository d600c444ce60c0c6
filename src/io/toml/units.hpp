#pragma once

#include <string_view>

namespace psoas::io::toml {

/// A key taken apart: `pcsa_cm2` is `pcsa`, in `cm2`, 1e-4 of the SI unit.
struct KeyUnit {
  std::string_view stem;
  std::string_view unit;  ///< empty: the key names none
  double to_si = 1.0;     ///< factor
};

/// The unit at the end of a key, the longest that fits. Years, minutes and per deg2 are kept as they are written: only
/// lengths, areas, masses, angles and stresses are converted.
KeyUnit unit_of_key(std::string_view key);

}  // namespace psoas::io::toml
