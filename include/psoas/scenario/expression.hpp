#pragma once

#include <map>
#include <string>

namespace psoas {

/// A number of a scenario file, or an expression of its parameters such as "6 - $trunk_lean_deg".
struct Expression {
  std::string text;
  std::string where;  ///< file:line:column of the text
};

/// Value of an expression: numbers, `$parameter`, `+ - * /`, parentheses, `min(a, b)`, `max(a, b)` and `sin(x)`,
/// x in radians.
/// @throws SpecError with one fault, at its column, for anything else, an unknown parameter, or a value that is not
///         finite
double evaluate(const Expression& expression, const std::map<std::string, double>& parameters);

}  // namespace psoas
