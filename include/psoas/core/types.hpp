#pragma once

#include <Eigen/Core>
#include <Eigen/Geometry>

#include <concepts>
#include <limits>

/// Vectors, matrices and constants that every floor uses. SI units and radians everywhere inside.
namespace psoas {

/// A scalar that the formulas of floor 1 accept: double, or a dual number that carries a derivative.
template <class T>
concept Scalar = requires(T a, T b) {
  { a + b } -> std::convertible_to<T>;
  { a* b } -> std::convertible_to<T>;
  T(1.0);
};

template <class T>
using Vector3 = Eigen::Matrix<T, 3, 1>;
template <class T>
using Matrix3 = Eigen::Matrix<T, 3, 3>;
template <class T>
using Vector6 = Eigen::Matrix<T, 6, 1>;

using Vec3 = Vector3<double>;
using Mat3 = Matrix3<double>;
using Vec6 = Vector6<double>;
using VecX = Eigen::VectorXd;
using MatX = Eigen::MatrixXd;

inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
inline constexpr double infinity = std::numeric_limits<double>::infinity();

inline constexpr double pi = 3.14159265358979323846;
inline constexpr double degree = pi / 180.0;         ///< one degree            [rad]
inline constexpr double standard_gravity = 9.80665;  ///< CGPM 1901             [m/s2]

}  // namespace psoas
