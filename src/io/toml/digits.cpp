#include "io/toml/digits.hpp"

#include <charconv>
#include <cmath>
#include <limits>

#include "io/toml/units.hpp"

namespace psoas::io::toml {

std::string exact_text(double value) {
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
  std::string text(digits, end);
  // an integer of TOML has no minus zero and ends at 2^63
  const bool integer = text.find_first_not_of("-0123456789") == std::string::npos;
  return integer && (text == "-0" || text.size() > 15) ? text + ".0" : text;
}

std::optional<double> in_unit(double si, double to_si) {
  if (to_si == 1.0 || si == 0.0 || !std::isfinite(si)) return si;
  constexpr double beyond = std::numeric_limits<double>::infinity();
  constexpr int neighbours = 3;  // the quotient is rounded once, the product once more
  double candidate = si / to_si;
  for (int i = 0; i < neighbours; ++i) candidate = std::nextafter(candidate, -beyond);
  std::optional<double> best;
  for (int i = 0; i <= 2 * neighbours; ++i, candidate = std::nextafter(candidate, beyond)) {
    if (candidate * to_si != si) continue;
    if (!best || exact_text(candidate).size() < exact_text(*best).size()) best = candidate;
  }
  return best;
}

KeyNumbers exactly_under(const UnitKeys& keys, const std::vector<double>& si) {
  const double to_si = unit_of_key(keys.usual).to_si;
  KeyNumbers out{keys.usual, {}};
  for (const double number : si) {
    const std::optional<double> written = in_unit(number, to_si);
    if (!written) return {keys.si, si};
    out.numbers.push_back(*written);
  }
  return out;
}

}  // namespace psoas::io::toml
