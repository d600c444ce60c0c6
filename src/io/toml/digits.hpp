#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Numbers for TOML files that read back bit for bit.
namespace psoas::io::toml {

/// The shortest text that reads back as the same double: zero keeps its sign, `inf` is TOML's.
std::string exact_text(double value);

/// The double with the fewest digits whose product with `to_si` is exactly `si`; none where there is no such double
/// (one value in ten for degrees, whose factor is coarser than the digits of some radians).
std::optional<double> in_unit(double si, double to_si);

/// A key in the unit that people write, and one in SI units for numbers that the first cannot hold.
struct UnitKeys {
  std::string_view usual;  ///< "pcsa_cm2"
  std::string_view si;     ///< "pcsa_m2"
};

/// A key, and numbers in its unit.
struct KeyNumbers {
  std::string_view key;
  std::vector<double> numbers;
};

/// Numbers in SI units under the usual key, or under the other one unless all of them read back exactly. NaN stays.
KeyNumbers exactly_under(const UnitKeys& keys, const std::vector<double>& si);

}  // namespace psoas::io::toml
