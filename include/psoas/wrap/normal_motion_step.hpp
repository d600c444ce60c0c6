#pragma once

#include <array>

#include "psoas/core/vector_loop.hpp"
#include "psoas/wrap/extrapolated_steps.hpp"
#include "psoas/wrap/normal_motion.hpp"

namespace psoas::wrap::detail {

/// The rows of an extrapolated step beside each other: row r (from 0) has r + 1 parts. Four rows are a group.
template <int groups>
struct RowsBesideEachOther {
  static constexpr int rows = 4 * groups;
  using Lanes = std::array<double, rows>;

  alignas(32) Lanes parts{};
  alignas(32) Lanes weight = extrapolation_weights<rows>();
  /// How much of the force at evaluation i (from 1) counts: all within the step, half at its end, nothing beyond.
  alignas(32) std::array<Lanes, rows + 1> share{};
  alignas(32) std::array<Lanes, rows + 1> goes_on{};  ///< 1 within the step, else 0

  constexpr RowsBesideEachOther() noexcept {
    for (std::size_t r = 0; r < rows; ++r) {
      parts[r] = static_cast<double>(r + 1);
      for (std::size_t i = 1; i <= rows; ++i) {
        share[i][r] = i <= r ? 1.0 : i == r + 1 ? 0.5 : 0.0;
        goes_on[i][r] = i <= r ? 1.0 : 0.0;
      }
    }
  }
};
template <int groups>
inline constexpr RowsBesideEachOther<groups> rows_beside_each_other{};

/// Four rows on their way: the lane of a row holds where that row has come to.
template <int m>
struct FourRows {
  static constexpr int n = 3 * (m + 1);
  Four increment[n], way[n], sum, h, hh;

  PSOAS_IN_EVERY_CLONE void start(double step, const double* parts, const double* rate, const double* force,
                                  double gain) noexcept {
    h = step / four_at(parts);
    hh = h * h;
    sum = Four{} + 0.5 * gain;
#pragma GCC unroll 8
    for (int j = 0; j < n; ++j) way[j] = increment[j] = h * rate[j] + 0.5 * hh * force[j];
  }

  /// Evaluates the law where the rows are, and moves on those that have not reached the end of the step.
  PSOAS_IN_EVERY_CLONE void go_on(const NormalMotion<m>& law, const double* y, const Four& share,
                                  const Four& on) noexcept {
    const double D0 = law.D(0), D1 = law.D(1), D2 = law.D(2);
    const double B0 = law.squares(0), B1 = law.squares(1), B2 = law.squares(2);
    const Four q0 = y[0] + way[0], q1 = y[1] + way[1], q2 = y[2] + way[2];
    const Four d0 = D0 * q0, d1 = D1 * q1, d2 = D2 * q2, gain = share * hh;
    const Four pull = 2.0 * (d0 * q0 + d1 * q1 + d2 * q2) - law.h;
    sum += share / (B0 * q0 * q0 + B1 * q1 * q1 + B2 * q2 * q2);
    increment[0] += gain * (pull * q0 - d0);
    increment[1] += gain * (pull * q1 - d1);
    increment[2] += gain * (pull * q2 - d2);
    if constexpr (m > 0) {
      const Four p0 = y[3] + way[3], p1 = y[4] + way[4], p2 = y[5] + way[5];
      const Four turn = 4.0 * (d0 * p0 + d1 * p1 + d2 * p2) - law.h_slopes(0);
      increment[3] += gain * ((pull - D0) * p0 + turn * q0);
      increment[4] += gain * ((pull - D1) * p1 + turn * q1);
      increment[5] += gain * ((pull - D2) * p2 + turn * q2);
    }
#pragma GCC unroll 8
    for (int j = 0; j < n; ++j) way[j] += on * increment[j];
  }
};

/// extrapolated_step() of the normal and of m = 0 or 1 neighbours, with four rows in a vector. A row that has reached
/// the end of the step stays there while the finer ones go on.
template <int m, int groups>
PSOAS_VECTOR_CLONES void step_of_rows(const NormalMotion<m>& law, double step, double* y, double* rate,
                                      double* arc) noexcept {
  using Place = typename NormalMotion<m>::Place;
  constexpr const auto& table = rows_beside_each_other<groups>;
  Place force;
  typename NormalMotion<m>::Sums gain;
  law.evaluate(Eigen::Map<const Place>(y), force, gain);
  FourRows<m> rows[groups];
#pragma GCC unroll 8
  for (int k = 0; k < groups; ++k)
    rows[k].start(step, table.parts.data() + 4 * k, rate, force.data(), gain(0) / law.over_root_J);
  for (int i = 1; i <= 4 * groups; ++i) {
    const auto at = static_cast<std::size_t>(i);
#pragma GCC unroll 8
    for (int k = 0; k < groups; ++k)
      if (i <= 4 * (k + 1))
        rows[k].go_on(law, y, four_at(table.share[at].data() + 4 * k), four_at(table.goes_on[at].data() + 4 * k));
  }
  Four gained{};
#pragma GCC unroll 8
  for (int k = 0; k < groups; ++k) gained += four_at(table.weight.data() + 4 * k) * rows[k].h * rows[k].sum;
  *arc += law.over_root_J * sum_of(gained);
#pragma GCC unroll 8
  for (int j = 0; j < FourRows<m>::n; ++j) {
    Four moved{}, end{};
#pragma GCC unroll 8
    for (int k = 0; k < groups; ++k) {
      const Four& weight = four_at(table.weight.data() + 4 * k);
      moved += weight * rows[k].way[j];
      end += weight * rows[k].increment[j] / rows[k].h;
    }
    y[j] += sum_of(moved);
    rate[j] = sum_of(end);
  }
}

/// The same as the general step, up to rounding.
template <int rows, int m>
requires(m < 2) void extrapolated_step(const NormalMotion<m>& law, double step, typename NormalMotion<m>::Place& y,
                                       typename NormalMotion<m>::Place& rate,
                                       typename NormalMotion<m>::Sums& sums) noexcept {
  static_assert(rows % 4 == 0);
  step_of_rows<m, rows / 4>(law, step, y.data(), rate.data(), sums.data());
}

}  // namespace psoas::wrap::detail
