#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "psoas/core/error.hpp"
#include "psoas/core/types.hpp"

namespace psoas {

/// The natural quintic spline through points: of all curves through them, the one with the least
///
///   integral of (d^3 S / dx^3)^2 dx.
///
/// Four times continuously differentiable; third and fourth derivatives vanish at both ends, and outside it goes on as
/// the parabola that it ends with. Polynomials up to degree 2 are reproduced. Several curves share their knots.
///
/// Between knots it is the quintic of the values, slopes and curvatures at both ends. Slopes and curvatures are the
/// unknowns: the integral is a quadratic form in them, positive definite and block tridiagonal with blocks of 2 x 2, so
/// that elimination without pivots is stable. O(knots x curves).
///
/// @source  Schoenberg 1964, Proc Natl Acad Sci 52:947-950; what Woltring 1986, Adv Eng Softw 8:104-113 (GCVSPL),
///          fits at half order 3 without smoothing
class QuinticSpline {
 public:
  /// @param x  knots, strictly increasing         (n_knots >= 3)
  /// @param y  values at them, a row for a curve  (n_curves, n_knots)
  /// @throws Error when these do not hold or a number is not finite
  QuinticSpline(std::vector<double> x, MatX y) : x_(std::move(x)), y_(std::move(y)) {
    const auto n = static_cast<Eigen::Index>(x_.size());
    if (n < 3) throw Error("a quintic spline needs 3 points or more, got " + std::to_string(n));
    if (y_.cols() != n) throw Error("a quintic spline needs one value a knot and curve");
    bool increasing = std::isfinite(x_.front()) && std::isfinite(x_.back());
    for (std::size_t i = 1; i < x_.size(); ++i) increasing = increasing && x_[i] > x_[i - 1];
    if (!increasing) throw Error("the knots of a quintic spline must increase");
    if (!y_.allFinite()) throw Error("a quintic spline goes through finite values only");
    solve();
  }

  const std::vector<double>& knots() const noexcept { return x_; }
  const MatX& values() const noexcept { return y_; }              ///< at the knots  (n_curves, n_knots)
  const MatX& slopes() const noexcept { return slope_; }          ///< at the knots  (n_curves, n_knots)
  const MatX& curvatures() const noexcept { return curvature_; }  ///< second derivatives at the knots

  /// Value, slope and second derivative of every curve at x  (n_curves each). O(log knots + curves).
  void evaluate(double x, Eigen::Ref<VecX> value, Eigen::Ref<VecX> slope, Eigen::Ref<VecX> curvature) const {
    const auto above = std::upper_bound(x_.begin(), x_.end(), x) - x_.begin();
    const auto last = static_cast<Eigen::Index>(x_.size()) - 1;
    if (above == 0 || above > last || x == x_[static_cast<std::size_t>(above - 1)]) {
      // at a knot or outside
      const Eigen::Index i = above == 0 ? 0 : std::min<Eigen::Index>(above - 1, last);
      const double s = x - x_[static_cast<std::size_t>(i)];
      curvature = curvature_.col(i);
      slope = slope_.col(i) + s * curvature;
      value = y_.col(i) + s * slope_.col(i) + 0.5 * s * s * curvature;
      return;
    }
    const Eigen::Index i = above - 1;
    const double h = x_[static_cast<std::size_t>(i + 1)] - x_[static_cast<std::size_t>(i)];
    const double t = (x - x_[static_cast<std::size_t>(i)]) / h;
    for (Eigen::Index c = 0; c < y_.rows(); ++c) {
      const double rise = y_(c, i + 1) - y_(c, i), a = h * slope_(c, i), b = h * slope_(c, i + 1);
      const double k = h * h * curvature_(c, i), l = h * h * curvature_(c, i + 1);
      const double c3 = 10.0 * rise - 6.0 * a - 4.0 * b - 1.5 * k + 0.5 * l;
      const double c4 = -15.0 * rise + 8.0 * a + 7.0 * b + 1.5 * k - l;
      const double c5 = 6.0 * rise - 3.0 * (a + b) + 0.5 * (l - k);
      value(c) = y_(c, i) + t * (a + t * (0.5 * k + t * (c3 + t * (c4 + t * c5))));
      slope(c) = (a + t * (k + t * (3.0 * c3 + t * (4.0 * c4 + t * 5.0 * c5)))) / h;
      curvature(c) = (k + t * (6.0 * c3 + t * (12.0 * c4 + t * 20.0 * c5))) / (h * h);
    }
  }

 private:
  using Block = Eigen::Matrix2d;

  /// Slopes and curvatures, in the unit of the mean interval while they are solved for.
  void solve() {
    const auto n = static_cast<Eigen::Index>(x_.size());
    const double unit = (x_.back() - x_.front()) / static_cast<double>(n - 1);
    std::vector<Block> diagonal(x_.size(), Block::Zero()), coupling(x_.size());
    slope_.setZero(y_.rows(), n);  // the right-hand sides, until they are solved
    curvature_.setZero(y_.rows(), n);
    for (Eigen::Index i = 0; i + 1 < n; ++i) {
      const auto at = static_cast<std::size_t>(i);
      const double r = (x_[at + 1] - x_[at]) / unit, r2 = r * r, r3 = r2 * r;
      diagonal[at] += Block{{192.0 / r3, 36.0 / r2}, {36.0 / r2, 9.0 / r}};
      diagonal[at + 1] += Block{{192.0 / r3, -36.0 / r2}, {-36.0 / r2, 9.0 / r}};
      coupling[at] = Block{{168.0 / r3, -24.0 / r2}, {24.0 / r2, -3.0 / r}};
      const VecX rise = y_.col(i + 1) - y_.col(i);
      slope_.col(i) += 360.0 / (r3 * r) * rise;
      slope_.col(i + 1) += 360.0 / (r3 * r) * rise;
      curvature_.col(i) += 60.0 / r3 * rise;
      curvature_.col(i + 1) -= 60.0 / r3 * rise;
    }
    // eliminate from the first knot to the last, then substitute back
    for (Eigen::Index i = 1; i < n; ++i) {
      const auto at = static_cast<std::size_t>(i);
      const Block factor = coupling[at - 1].transpose() * inverse(diagonal[at - 1]);
      diagonal[at] -= factor * coupling[at - 1];
      slope_.col(i) -= factor(0, 0) * slope_.col(i - 1) + factor(0, 1) * curvature_.col(i - 1);
      curvature_.col(i) -= factor(1, 0) * slope_.col(i - 1) + factor(1, 1) * curvature_.col(i - 1);
    }
    for (Eigen::Index i = n - 1; i >= 0; --i) {
      const auto at = static_cast<std::size_t>(i);
      if (i + 1 < n) {
        const Block& c = coupling[at];
        slope_.col(i) -= c(0, 0) * slope_.col(i + 1) + c(0, 1) * curvature_.col(i + 1);
        curvature_.col(i) -= c(1, 0) * slope_.col(i + 1) + c(1, 1) * curvature_.col(i + 1);
      }
      const Block solved = inverse(diagonal[at]);
      const VecX first = slope_.col(i);
      slope_.col(i) = solved(0, 0) * first + solved(0, 1) * curvature_.col(i);
      curvature_.col(i) = solved(1, 0) * first + solved(1, 1) * curvature_.col(i);
    }
    slope_ /= unit;
    curvature_ /= unit * unit;
  }

  static Block inverse(const Block& m) {
    const double determinant = m(0, 0) * m(1, 1) - m(0, 1) * m(1, 0);
    return Block{{m(1, 1), -m(0, 1)}, {-m(1, 0), m(0, 0)}} / determinant;
  }

  std::vector<double> x_;
  MatX y_, slope_, curvature_;
};

}  // namespace psoas
