#include "io/toml/function.hpp"

#include <utility>

#include "io/toml/text.hpp"

namespace psoas::io::toml {
namespace {

using FunctionKind = Function::Kind;

Function of_knots(Table& table, FunctionKind kind) {
  table.require("x");
  table.require("y");
  std::vector<double> x = table.numbers("x"), y = table.numbers("y");
  if (x.size() != y.size()) {
    table.fault(table.at(),
                "x and y must have equal sizes, got " + std::to_string(x.size()) + " and " + std::to_string(y.size()));
  }
  switch (kind) {
    case FunctionKind::natural_cubic_spline: return Function::natural_cubic_spline(std::move(x), std::move(y));
    case FunctionKind::simm_spline: return Function::simm_spline(std::move(x), std::move(y));
    default: return Function::piecewise_linear(std::move(x), std::move(y));
  }
}

Function of_kind(Table& table, std::string_view kind) {
  if (kind == to_string(FunctionKind::constant)) return Function::constant(table.number("value"));
  if (kind == to_string(FunctionKind::linear)) {
    const double slope = table.number("slope", 1.0);
    return Function::linear(slope, table.number("intercept", 0.0));
  }
  if (kind == to_string(FunctionKind::polynomial)) {
    table.require("coefficients");
    return Function::polynomial(table.numbers("coefficients"));
  }
  for (const FunctionKind knots : {FunctionKind::natural_cubic_spline, FunctionKind::simm_spline}) {
    if (kind == to_string(knots)) return of_knots(table, knots);
  }
  return of_knots(table, FunctionKind::piecewise_linear);
}

}  // namespace

Function function_of(const Value& value, const std::string& what, Faults& faults) {
  if (value.kind == Value::Kind::number || value.kind == Value::Kind::integer) {
    return Function::constant(number_of(value, what, faults));
  }
  Table table(value, what, faults);
  if (value.kind != Value::Kind::table) return {};
  std::vector<std::string> kinds;
  for (const FunctionKind kind :
       {FunctionKind::constant, FunctionKind::linear, FunctionKind::polynomial, FunctionKind::natural_cubic_spline,
        FunctionKind::simm_spline, FunctionKind::piecewise_linear}) {
    kinds.emplace_back(to_string(kind));
  }
  const std::string kind = table.word("kind", kinds);
  if (kind.empty()) return {};  // its keys belong to no kind: nothing to say about them
  Function out = of_kind(table, kind);
  table.finish();
  return out;
}

std::string function_text(const Function& function) {
  std::string text = "{ kind = " + json_string(to_string(function.kind()));
  const std::vector<double>& c = function.coefficients();
  switch (function.kind()) {
    case FunctionKind::constant: text += ", value = " + exact_text(c[0]); break;
    case FunctionKind::linear:
      text += ", slope = " + exact_text(c[0]);
      if (exact_text(c[1]) != "0") text += ", intercept = " + exact_text(c[1]);
      break;
    case FunctionKind::polynomial: text += ", coefficients = " + list_text(c); break;
    default: text += ", x = " + list_text(function.knots_x()) + ", y = " + list_text(function.knots_y());
  }
  return text + " }";
}

}  // namespace psoas::io::toml
