#pragma once

#include <Eigen/Core>

#include <array>
#include <cmath>

namespace psoas::wrap::detail {

/// Weights that combine the results of 1, 2, … n equal parts of a step so that every error term h², h⁴ … h²ⁿ⁻² drops.
template <int n>
constexpr std::array<double, n> extrapolation_weights() noexcept {
  std::array<double, n> weights{};
  for (int k = 1; k <= n; ++k) {
    double w = 1.0;
    for (int j = 1; j <= n; ++j)
      if (j != k) w *= static_cast<double>(k * k) / static_cast<double>(k * k - j * j);
    weights[static_cast<std::size_t>(k - 1)] = w;
  }
  return weights;
}

/// How finely a motion is followed: parts of a step, and the longest step in units of the motion's own time.
template <int rows_, int few_rows_>
struct Fineness {
  static constexpr int rows = rows_, few_rows = few_rows_;
  double longest;
  double few_suffice;  ///< a walk as short as this needs few rows only
};

/// One large step of y″ = f(y), with sums ∫ g(y) dt beside it: Störmer's rule in 1, 2, … parts, extrapolated in h².
///
/// @param law    has the types Place and Sums (fixed matrices) and evaluate(y, f, g); no force depends on y′
/// @tparam rows  into how many parts the finest row divides the step
/// @param step   H; the error of a step is of order H^(2 rows + 1)
/// @param y,rate place and its rate y′ at the start, replaced by those at the end
/// @param sums   grow by the integrals over the step
/// @source       Hairer, Nørsett & Wanner 1993, Solving Ordinary Differential Equations I, II.14 (equations 14.32)
template <int rows, class Law>
void extrapolated_step(const Law& law, double step, typename Law::Place& y, typename Law::Place& rate,
                       typename Law::Sums& sums) noexcept {
  constexpr auto weights = extrapolation_weights<rows>();
  typename Law::Place start, f, moved = Law::Place::Zero(), rate_end = Law::Place::Zero();
  typename Law::Sums g_start, g, gained = Law::Sums::Zero();
  law.evaluate(y, start, g_start);
  for (int k = 1; k <= rows; ++k) {
    const double h = step / k, hh = h * h, w = weights[static_cast<std::size_t>(k - 1)];
    typename Law::Place increment = h * rate + (0.5 * hh) * start;
    typename Law::Place at = y + increment, way = increment;
    typename Law::Sums sum = 0.5 * g_start;
    for (int i = 1; i < k; ++i) {
      law.evaluate(at, f, g);
      sum += g;
      increment += hh * f;
      way += increment;
      at = y + way;
    }
    law.evaluate(at, f, g);
    sum += 0.5 * g;
    moved += w * way;
    rate_end += w * (increment / h + (0.5 * h) * f);
    gained += (w * h) * sum;
  }
  y += moved;
  rate = rate_end;
  sums += gained;
}

/// Walks `span` in equal steps; false, without walking, when that takes more than 60 steps.
/// @param unit  the motion's own time
template <int rows, int few_rows, class Law>
bool walk(const Law& law, double span, double unit, Fineness<rows, few_rows> fineness, typename Law::Place& y,
          typename Law::Place& rate, typename Law::Sums& sums) noexcept {
  constexpr double most = 60.0;
  const double steps = std::ceil(std::fabs(span) / (fineness.longest * unit));
  if (!(steps <= most)) return false;
  if (std::fabs(span) <= fineness.few_suffice * unit) {
    if (span != 0.0) extrapolated_step<few_rows>(law, span, y, rate, sums);
    return true;
  }
  for (int k = 0; k < static_cast<int>(steps); ++k) extrapolated_step<rows>(law, span / steps, y, rate, sums);
  return true;
}

}  // namespace psoas::wrap::detail
