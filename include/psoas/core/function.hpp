#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "psoas/core/cubic_spline.hpp"
#include "psoas/core/types.hpp"

namespace psoas {

/// A function of one number and its first two derivatives at one point.
struct FunctionValue {
  double value = not_a_number;
  double slope = not_a_number;      ///< first derivative
  double curvature = not_a_number;  ///< second derivative
};

/// A function of one coordinate, as joints and coupled coordinates use it. A value: copy, compare, evaluate.
///
/// Outside its knots a spline and a broken line go on straight with their end slope. At a knot of a broken line the
/// slope is the one to the right (at the last knot, the one to the left). A function with faults evaluates to NaN.
class Function {
 public:
  enum class Kind { constant, linear, polynomial, natural_cubic_spline, simm_spline, piecewise_linear };

  Function() = default;  ///< the constant zero

  static Function constant(double value) { return Function(Kind::constant, {value}, {}, {}); }
  /// slope * x + intercept
  static Function linear(double slope, double intercept) { return Function(Kind::linear, {slope, intercept}, {}, {}); }
  /// Coefficients from the highest power down to the constant term.
  static Function polynomial(std::vector<double> coefficients) {
    return Function(Kind::polynomial, std::move(coefficients), {}, {});
  }
  /// Cubic through the knots without curvature at both ends.
  static Function natural_cubic_spline(std::vector<double> x, std::vector<double> y) {
    return Function(Kind::natural_cubic_spline, {}, std::move(x), std::move(y));
  }
  /// Cubic through the knots with the end conditions of SIMM (what OpenSim evaluates for `SimmSpline`, and for the
  /// `NaturalCubicSpline` of older files).
  static Function simm_spline(std::vector<double> x, std::vector<double> y) {
    return Function(Kind::simm_spline, {}, std::move(x), std::move(y));
  }
  static Function piecewise_linear(std::vector<double> x, std::vector<double> y) {
    return Function(Kind::piecewise_linear, {}, std::move(x), std::move(y));
  }

  Kind kind() const noexcept { return kind_; }
  /// Constant: {value}; linear: {slope, intercept}; polynomial: highest power first; otherwise empty.
  const std::vector<double>& coefficients() const noexcept { return coefficients_; }
  const std::vector<double>& knots_x() const noexcept { return x_; }
  const std::vector<double>& knots_y() const noexcept { return y_; }
  /// True when the slope is the same everywhere: a joint may then take its fast path.
  bool is_affine() const noexcept { return kind_ == Kind::constant || kind_ == Kind::linear; }

  /// Value, slope and curvature at x. Allocates nothing; O(log knots).
  FunctionValue evaluate(double x) const noexcept {
    if (is_affine()) return {slope_ * x + intercept_, slope_, 0.0};
    return kind_ == Kind::polynomial ? horner(x) : on_pieces(x);
  }

  /// The same function times a factor.
  Function scaled(double factor) const {
    const auto times = [factor](std::vector<double> numbers) {
      for (double& number : numbers) number *= factor;
      return numbers;
    };
    return Function(kind_, times(coefficients_), x_, times(y_));
  }

  friend bool operator==(const Function& a, const Function& b) {
    return a.kind_ == b.kind_ && a.coefficients_ == b.coefficients_ && a.x_ == b.x_ && a.y_ == b.y_;
  }
  friend std::vector<std::string> faults_in(const Function& f);

 private:
  Function(Kind kind, std::vector<double> coefficients, std::vector<double> x, std::vector<double> y);

  FunctionValue horner(double x) const noexcept {
    if (coefficients_.empty()) return {};
    FunctionValue sum{0.0, 0.0, 0.0};
    for (const double coefficient : coefficients_) {
      sum.curvature = sum.curvature * x + 2.0 * sum.slope;
      sum.slope = sum.slope * x + sum.value;
      sum.value = sum.value * x + coefficient;
    }
    return sum;
  }

  FunctionValue on_pieces(double x) const noexcept {
    if (pieces_.empty()) return {};
    const CubicPiece& first = pieces_.front();
    if (!(x >= first.start)) return {first.a + first.b * (x - first.start), first.b, 0.0};
    const auto beyond = std::upper_bound(pieces_.begin(), pieces_.end(), x,
                                         [](double at, const CubicPiece& piece) { return at < piece.start; });
    const CubicPiece& p = *(beyond - 1);
    const double s = x - p.start;
    return {p.a + s * (p.b + s * (p.c + s * p.d)), p.b + s * (2.0 * p.c + s * 3.0 * p.d), 2.0 * p.c + 6.0 * p.d * s};
  }

  Kind kind_ = Kind::constant;
  double slope_ = 0.0, intercept_ = 0.0;  ///< of an affine function
  std::vector<double> coefficients_{0.0};
  std::vector<double> x_, y_;
  std::vector<CubicPiece> pieces_;  ///< empty when the knots have faults
};

/// Name of the kind, as files write it.
constexpr std::string_view to_string(Function::Kind kind) {
  switch (kind) {
    case Function::Kind::constant: return "constant";
    case Function::Kind::linear: return "linear";
    case Function::Kind::polynomial: return "polynomial";
    case Function::Kind::natural_cubic_spline: return "natural_cubic_spline";
    case Function::Kind::simm_spline: return "simm_spline";
    case Function::Kind::piecewise_linear: return "piecewise_linear";
  }
  return "unknown";
}

/// What is wrong with the function, one line each; empty when it can be evaluated.
inline std::vector<std::string> faults_in(const Function& f) {
  std::vector<std::string> faults;
  const auto finite = [](const std::vector<double>& numbers) {
    return std::all_of(numbers.begin(), numbers.end(), [](double number) { return std::isfinite(number); });
  };
  if (!finite(f.coefficients_) || !finite(f.x_) || !finite(f.y_)) faults.emplace_back("every number must be finite");
  if (f.is_affine()) return faults;
  if (f.kind_ == Function::Kind::polynomial) {
    if (f.coefficients_.empty()) faults.emplace_back("a polynomial needs at least one coefficient");
    return faults;
  }
  const std::size_t n = f.x_.size();
  if (n != f.y_.size())
    faults.emplace_back("x and y must have equal sizes, got " + std::to_string(n) + " and " +
                        std::to_string(f.y_.size()));
  if (n < 2) faults.emplace_back("at least two knots are needed, got " + std::to_string(n));
  for (std::size_t i = 1; i < n; ++i) {
    if (f.x_[i] > f.x_[i - 1]) continue;
    faults.emplace_back("x must strictly increase, got " + std::to_string(f.x_[i]) + " after " +
                        std::to_string(f.x_[i - 1]));
  }
  return faults;
}

inline Function::Function(Kind kind, std::vector<double> coefficients, std::vector<double> x, std::vector<double> y)
    : kind_(kind), coefficients_(std::move(coefficients)), x_(std::move(x)), y_(std::move(y)) {
  if (kind_ == Kind::constant) intercept_ = coefficients_[0];
  if (kind_ == Kind::linear) slope_ = coefficients_[0], intercept_ = coefficients_[1];
  if (is_affine() || kind_ == Kind::polynomial || !faults_in(*this).empty()) return;
  if (kind_ == Kind::piecewise_linear) pieces_ = broken_line(x_, y_);
  if (kind_ == Kind::natural_cubic_spline) pieces_ = cubic_spline(x_, y_, SplineEnds::natural);
  if (kind_ == Kind::simm_spline) pieces_ = cubic_spline(x_, y_, SplineEnds::simm);
}

}  // namespace psoas
