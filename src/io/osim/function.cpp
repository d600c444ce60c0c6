#include "io/osim/function.hpp"

#include <string_view>
#include <utility>

#include "psoas/core/nearest_name.hpp"

namespace psoas::io::osim {
namespace {

Function through_knots(pugi::xml_node element, Reader& reader, bool straight) {
  std::vector<double> x = reader.list(element.child("x")), y = reader.list(element.child("y"));
  Function out = straight ? Function::piecewise_linear(std::move(x), std::move(y))
                          : Function::simm_spline(std::move(x), std::move(y));
  for (const std::string& message : faults_in(out)) {
    reader.fault(element, '<' + std::string(element.name()) + ">: " + message);
  }
  return out;
}

}  // namespace

pugi::xml_node function_element(pugi::xml_node node, const char* tag) {
  for (const pugi::xml_node inside : node.child(tag).children()) {
    if (inside.type() == pugi::node_element) return inside;
  }
  for (const pugi::xml_node child : node.children()) {
    if (std::string_view(child.attribute("name").value()) == tag) return child;
  }
  return {};
}

Function function_of(pugi::xml_node element, Reader& reader) {
  const std::string_view kind = element.name();
  if (kind == "Constant") return Function::constant(reader.number(element, "value", 0.0));
  if (kind == "LinearFunction") {
    const std::vector<double> c = reader.numbers(element, "coefficients", 2);
    return c.empty() ? Function::linear(1.0, 0.0) : Function::linear(c[0], c[1]);
  }
  if (kind == "PolynomialFunction") {
    std::vector<double> c = reader.list(element.child("coefficients"));
    if (c.empty()) reader.fault(element, "<PolynomialFunction> without coefficients");
    return Function::polynomial(std::move(c));
  }
  if (kind == "SimmSpline" || kind == "NaturalCubicSpline" || kind == "natCubicSpline") {
    return through_knots(element, reader, false);
  }
  if (kind == "PiecewiseLinearFunction") return through_knots(element, reader, true);
  if (kind == "MultiplierFunction") {
    const double scale = reader.number(element, "scale", 1.0);
    const pugi::xml_node inner = function_element(element, "function");
    if (inner) return function_of(inner, reader).scaled(scale);
    reader.fault(element, "<MultiplierFunction> without a function");
    return {};
  }
  reader.fault(element, "no function of kind <" + std::string(kind) + "> is known here" +
                            did_you_mean(std::string(kind),
                                         {"Constant", "LinearFunction", "PolynomialFunction", "SimmSpline",
                                          "NaturalCubicSpline", "PiecewiseLinearFunction", "MultiplierFunction"}));
  return {};
}

}  // namespace psoas::io::osim
