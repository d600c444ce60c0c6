#include "io/osim/write_function.hpp"

#include <cstddef>
#include <vector>

#include "io/osim/writer.hpp"

namespace psoas::io::osim {
namespace {

void write_knots(pugi::xml_node parent, const char* kind, const std::vector<double>& x, const std::vector<double>& y) {
  pugi::xml_node function = parent.append_child(kind);
  put(function, "x", digits(x));
  put(function, "y", digits(y));
}

void write_natural(pugi::xml_node parent, const Function& spline) {
  const std::vector<double>&knots_x = spline.knots_x(), &knots_y = spline.knots_y();
  const std::size_t n = knots_x.size();
  std::vector<double> x, y;
  for (std::size_t i = 0; i < n; ++i) {
    x.push_back(knots_x[i]), y.push_back(knots_y[i]);
    const bool at_an_end = i == 0 || i + 2 == n;
    if (n < 3 || i + 1 == n || !at_an_end) continue;  // two knots are a straight line to both
    for (const double share : {1.0 / 3.0, 2.0 / 3.0}) {
      x.push_back(knots_x[i] + share * (knots_x[i + 1] - knots_x[i]));
      y.push_back(spline.evaluate(x.back()).value);
    }
  }
  write_knots(parent, "SimmSpline", x, y);
}

}  // namespace

void write_function(pugi::xml_node parent, const char* tag, const Function& function) {
  pugi::xml_node node = parent.append_child(tag);
  switch (function.kind()) {
    case Function::Kind::constant: put(node.append_child("Constant"), "value", function.coefficients()[0]); break;
    case Function::Kind::linear:
      put(node.append_child("LinearFunction"), "coefficients", digits(function.coefficients()));
      break;
    case Function::Kind::polynomial:
      put(node.append_child("PolynomialFunction"), "coefficients", digits(function.coefficients()));
      break;
    case Function::Kind::natural_cubic_spline: write_natural(node, function); break;
    case Function::Kind::simm_spline: write_knots(node, "SimmSpline", function.knots_x(), function.knots_y()); break;
    case Function::Kind::piecewise_linear:
      write_knots(node, "PiecewiseLinearFunction", function.knots_x(), function.knots_y());
      break;
  }
}

}  // namespace psoas::io::osim
