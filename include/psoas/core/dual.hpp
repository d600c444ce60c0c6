#pragma once

#include <Eigen/Core>

#include <cmath>

#include "psoas/core/types.hpp"

namespace psoas {

/// A number that carries its derivatives with respect to N variables (forward mode, exact to rounding).
/// Every formula that is templated on the scalar takes it; comparisons look at the value alone.
template <int N>
struct Dual {
  using Slopes = Eigen::Matrix<double, N, 1>;

  double value = 0.0;
  Slopes slopes = Slopes::Zero();  ///< d value / d variable, one for each

  Dual() = default;
  Dual(double v) : value(v) {}  // implicit, so that a formula may mix constants in
  Dual(double v, const Slopes& s) : value(v), slopes(s) {}

  /// The k-th independent variable at v.
  static Dual variable(double v, int k) { return {v, Slopes::Unit(k)}; }

  Dual& operator+=(const Dual& b) { return *this = *this + b; }
  Dual& operator-=(const Dual& b) { return *this = *this - b; }
  Dual& operator*=(const Dual& b) { return *this = *this * b; }
  Dual& operator/=(const Dual& b) { return *this = *this / b; }

  friend Dual operator-(const Dual& a) { return {-a.value, -a.slopes}; }
  friend Dual operator+(const Dual& a, const Dual& b) { return {a.value + b.value, a.slopes + b.slopes}; }
  friend Dual operator-(const Dual& a, const Dual& b) { return {a.value - b.value, a.slopes - b.slopes}; }
  friend Dual operator*(const Dual& a, const Dual& b) {
    return {a.value * b.value, a.slopes * b.value + b.slopes * a.value};
  }
  friend Dual operator/(const Dual& a, const Dual& b) {
    const double quotient = a.value / b.value;
    return {quotient, (a.slopes - b.slopes * quotient) / b.value};
  }
  friend bool operator==(const Dual& a, const Dual& b) { return a.value == b.value; }
  friend auto operator<=>(const Dual& a, const Dual& b) { return a.value <=> b.value; }

  /// f(a), given its value and its slope at a: how every function of one number is carried over.
  static Dual chain(const Dual& a, double f, double slope) { return {f, a.slopes * slope}; }

  friend Dual sqrt(const Dual& a) {
    const double root = std::sqrt(a.value);
    return chain(a, root, 0.5 / root);
  }
  friend Dual exp(const Dual& a) { return chain(a, std::exp(a.value), std::exp(a.value)); }
  friend Dual log(const Dual& a) { return chain(a, std::log(a.value), 1.0 / a.value); }
  friend Dual sin(const Dual& a) { return chain(a, std::sin(a.value), std::cos(a.value)); }
  friend Dual cos(const Dual& a) { return chain(a, std::cos(a.value), -std::sin(a.value)); }
  friend Dual tan(const Dual& a) {
    const double t = std::tan(a.value);
    return chain(a, t, 1.0 + t * t);
  }
  friend Dual tanh(const Dual& a) {
    const double t = std::tanh(a.value);
    return chain(a, t, 1.0 - t * t);
  }
  friend Dual asin(const Dual& a) { return chain(a, std::asin(a.value), 1.0 / std::sqrt(1.0 - a.value * a.value)); }
  friend Dual acos(const Dual& a) { return chain(a, std::acos(a.value), -1.0 / std::sqrt(1.0 - a.value * a.value)); }
  friend Dual atan(const Dual& a) { return chain(a, std::atan(a.value), 1.0 / (1.0 + a.value * a.value)); }
  friend Dual abs(const Dual& a) { return a.value < 0.0 ? -a : a; }
  friend Dual pow(const Dual& a, double power) {
    return chain(a, std::pow(a.value, power), power * std::pow(a.value, power - 1.0));
  }
  friend Dual atan2(const Dual& y, const Dual& x) {
    const double square = x.value * x.value + y.value * y.value;
    return {std::atan2(y.value, x.value), (y.slopes * x.value - x.slopes * y.value) / square};
  }
};

}  // namespace psoas

namespace Eigen {

/// Lets matrices and vectors of dual numbers be used as those of double.
template <int N>
struct NumTraits<psoas::Dual<N>> : NumTraits<double> {
  using Real = psoas::Dual<N>;
  using NonInteger = psoas::Dual<N>;
  using Nested = psoas::Dual<N>;
  enum {
    IsComplex = 0,
    IsInteger = 0,
    IsSigned = 1,
    RequireInitialization = 1,
    ReadCost = N,
    AddCost = N,
    MulCost = 2 * N
  };
};

}  // namespace Eigen
