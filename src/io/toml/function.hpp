#pragma once

#include "io/toml/table.hpp"
#include "psoas/core/function.hpp"

namespace psoas::io::toml {

/// A function of a coordinate: `{ kind, … }` with the keys of its kind, or a plain number, which is a constant.
///   constant: value · linear: slope (1), intercept (0) · polynomial: coefficients, highest power first
///   natural_cubic_spline, simm_spline, piecewise_linear: x, y, of equal sizes
/// @param what  opens the messages
Function function_of(const Value& value, const std::string& what, Faults& faults);

/// The same as an inline table, which function_of() reads back exactly.
std::string function_text(const Function& function);

}  // namespace psoas::io::toml
