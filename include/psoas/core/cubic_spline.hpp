#pragma once

#include <cstddef>
#include <vector>

/// Cubic pieces through knots, computed once; a Function evaluates them.
namespace psoas {

/// One piece of a curve: y = a + b s + c s² + d s³ with s = x − start.
struct CubicPiece {
  double start = 0.0;
  double a = 0.0, b = 0.0, c = 0.0, d = 0.0;
};

/// How a cubic spline ends.
enum class SplineEnds {
  natural,  ///< no curvature at both ends
  simm      ///< third derivative there of the cubic through the four end knots (SIMM, OpenSim's SimmSpline)
};

/// Pieces of the cubic spline through (x, y), twice continuously differentiable. One piece for each knot: the last is
/// the straight continuation; left of the first knot the caller continues with the first slope.
///
/// @param x,y  equal sizes >= 2, x strictly increasing (the caller has checked)
/// @source     Forsythe, Malcolm & Moler 1977, Computer Methods for Mathematical Computations, SPLINE
inline std::vector<CubicPiece> cubic_spline(const std::vector<double>& x, const std::vector<double>& y,
                                            SplineEnds ends) {
  const std::size_t n = x.size(), last = n - 1;
  std::vector<double> width(last), rise(last);
  for (std::size_t i = 0; i < last; ++i) {
    width[i] = x[i + 1] - x[i];
    rise[i] = (y[i + 1] - y[i]) / width[i];
  }
  // tridiagonal system for one sixth of the second derivative at every knot
  std::vector<double> diagonal(n), sixth(n, 0.0);
  for (std::size_t i = 1; i < last; ++i) {
    diagonal[i] = 2.0 * (width[i - 1] + width[i]);
    sixth[i] = rise[i] - rise[i - 1];
  }
  double first_coupling = 0.0, last_coupling = 0.0;
  diagonal[0] = diagonal[last] = 1.0;
  if (ends == SplineEnds::simm && n > 2) {
    first_coupling = width[0];
    last_coupling = width[last - 1];
    diagonal[0] = -width[0];
    diagonal[last] = -width[last - 1];
    if (n > 3) {
      const double first = sixth[2] / (x[3] - x[1]) - sixth[1] / (x[2] - x[0]);
      const double final = sixth[last - 1] / (x[last] - x[last - 2]) - sixth[last - 2] / (x[last - 1] - x[last - 3]);
      sixth[0] = first * width[0] * width[0] / (x[3] - x[0]);
      sixth[last] = -final * width[last - 1] * width[last - 1] / (x[last] - x[last - 3]);
    }
  }
  // forward elimination, back substitution
  for (std::size_t i = 1; i < n; ++i) {
    const double below = i == last ? last_coupling : width[i - 1];
    const double above = i == 1 ? first_coupling : width[i - 1];
    const double factor = below / diagonal[i - 1];
    diagonal[i] -= factor * above;
    sixth[i] -= factor * sixth[i - 1];
  }
  sixth[last] /= diagonal[last];
  for (std::size_t i = last; i-- > 0;)
    sixth[i] = (sixth[i] - (i == 0 ? first_coupling : width[i]) * sixth[i + 1]) / diagonal[i];

  std::vector<CubicPiece> pieces(n);
  for (std::size_t i = 0; i < last; ++i) {
    const double slope = rise[i] - width[i] * (sixth[i + 1] + 2.0 * sixth[i]);
    pieces[i] = {x[i], y[i], slope, 3.0 * sixth[i], (sixth[i + 1] - sixth[i]) / width[i]};
  }
  const double end_slope = rise[last - 1] + width[last - 1] * (sixth[last - 1] + 2.0 * sixth[last]);
  pieces[last] = {x[last], y[last], end_slope, 0.0, 0.0};
  return pieces;
}

/// Pieces of the broken line through (x, y); the last piece continues the one before.
inline std::vector<CubicPiece> broken_line(const std::vector<double>& x, const std::vector<double>& y) {
  std::vector<CubicPiece> pieces(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    const std::size_t k = i + 1 < x.size() ? i : i - 1;
    pieces[i] = {x[i], y[i], (y[k + 1] - y[k]) / (x[k + 1] - x[k]), 0.0, 0.0};
  }
  return pieces;
}

}  // namespace psoas
