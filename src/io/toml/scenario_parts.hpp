#pragma once

#include <map>
#include <string>

#include "io/faults.hpp"
#include "io/toml/table.hpp"
#include "io/toml/value.hpp"
#include "psoas/scenario/expression.hpp"
#include "psoas/scenario/scenario.hpp"

/// What scenarios and simulations write alike.
namespace psoas::io::toml {

/// A number, or the text of an expression.
Expression expression_of(const Value& value, const std::string& what, Faults& faults);

/// The same from a key of a table. @param otherwise  its text where the key is missing
Expression expression_of(Table& table, const char* key, const char* otherwise, Faults& faults);

/// The entries of a table of expressions, by name; empty where the key is missing.
std::map<std::string, Expression> expressions_of(Table& table, const char* key, Faults& faults);

/// The table of `[parameter.NAME]`.
ScenarioParameter parameter_of(const Value& item, Faults& faults);

}  // namespace psoas::io::toml
