#pragma once

#include <array>
#include <span>

#include "psoas/core/dual.hpp"
#include "psoas/core/linear_solve.hpp"
#include "psoas/core/types.hpp"
#include "psoas/wrap/obstacle.hpp"
#include "psoas/wrap/surface_path.hpp"

namespace psoas::wrap::detail {

/// Slopes of one obstacle's contact points in its two neighbours, world axes.
struct ContactSlopes {
  bool wrapped = false;
  Vec3 entry, exit;
  Eigen::Matrix<double, 3, 6> entry_slopes, exit_slopes;  ///< columns: before x y z, after x y z
};

/// The closed form of one obstacle between two neighbours, differentiated exactly.
inline ContactSlopes contact_slopes(const Obstacle& o, const Vec3& before, const Vec3& after) noexcept {
  const Vec3 p = o.to_local(before), q = o.to_local(after);
  Vector3<Dual<6>> P, Q;
  for (int i = 0; i < 3; ++i) {
    P[i] = Dual<6>(p[i]);
    Q[i] = Dual<6>(q[i]);
    P[i].slopes.head<3>() = o.axes.col(i);
    Q[i].slopes.tail<3>() = o.axes.col(i);
  }
  const Wrapped<Dual<6>> w = surface_path<Dual<6>>(o.surface, P, Q);
  ContactSlopes out;
  out.wrapped = w.wrapped;
  if (!w.wrapped) return out;
  Eigen::Matrix<double, 3, 6> entry, exit;
  for (int i = 0; i < 3; ++i) {
    out.entry[i] = w.entry[i].value;
    out.exit[i] = w.exit[i].value;
    entry.row(i) = w.entry[i].slopes.transpose();
    exit.row(i) = w.exit[i].slopes.transpose();
  }
  out.entry = o.to_world(out.entry);
  out.exit = o.to_world(out.exit);
  out.entry_slopes = o.axes * entry;
  out.exit_slopes = o.axes * exit;
  return out;
}

/// One Newton step on every contact point that faces another touched obstacle, all together.
///
/// Unknown u: at each gap between touched obstacles the exit before it and the entry after it. The closed forms map u
/// to G(u); the path is taut where u = G(u), and the step solves (1 − dG/du) Δu = G(u) − u.
///
/// @return true when the step was taken; false (touches unchanged) with fewer than two touched obstacles, at lift-off,
///         or when the step is not finite
template <class Touches>
bool improve_contacts(const Vec3& P, const Vec3& Q, std::span<const Obstacle> obstacles, Touches& touches) noexcept {
  constexpr int most = 6 * (max_obstacles - 1);
  std::array<std::size_t, max_obstacles> touched{};
  int n = 0;
  for (std::size_t i = 0; i < obstacles.size(); ++i)
    if (touches[i].touched) touched[static_cast<std::size_t>(n++)] = i;
  if (n < 2) return false;

  const int size = 6 * (n - 1);         // gap g: exit of touch g at 6g, entry of touch g + 1 at 6g + 3
  std::array<double, most * most> J{};  // by rows
  std::array<double, most> step{};      // the right-hand side, then Δu
  for (int i = 0; i < size; ++i) J[static_cast<std::size_t>(i * size + i)] = 1.0;
  const auto subtract = [&](int row, int column, const Eigen::Matrix<double, 3, 6>& slopes, int of) {
    for (int r = 0; r < 3; ++r)
      for (int c = 0; c < 3; ++c) J[static_cast<std::size_t>((row + r) * size + column + c)] -= slopes(r, of + c);
  };
  const auto ask = [&](int row, const Vec3& change) {
    for (int r = 0; r < 3; ++r) step[static_cast<std::size_t>(row + r)] = change[r];
  };
  for (int k = 0; k < n; ++k) {
    const auto at = [&](int j) -> auto& { return touches[touched[static_cast<std::size_t>(j)]]; };
    const bool has_left = k > 0, has_right = k + 1 < n;
    const int left = 6 * (k - 1), right = 6 * k;
    const Vec3 before = has_left ? at(k - 1).exit : P;
    const Vec3 after = has_right ? at(k + 1).entry : Q;
    const ContactSlopes c = contact_slopes(obstacles[touched[static_cast<std::size_t>(k)]], before, after);
    if (!c.wrapped) return false;
    if (has_left) {
      ask(left + 3, c.entry - at(k).entry);
      subtract(left + 3, left, c.entry_slopes, 0);
    }
    if (has_right) {
      ask(right, c.exit - at(k).exit);
      subtract(right, right + 3, c.exit_slopes, 3);
    }
    if (has_left && has_right) {
      subtract(left + 3, right + 3, c.entry_slopes, 3);
      subtract(right, left, c.exit_slopes, 0);
    }
  }
  if (!solve_linear(J.data(), step.data(), size)) return false;
  const auto step_at = [&](int row) { return Vec3(Vec3::Map(step.data() + row)); };
  for (int g = 0; g + 1 < n; ++g) {
    touches[touched[static_cast<std::size_t>(g)]].exit += step_at(6 * g);
    touches[touched[static_cast<std::size_t>(g + 1)]].entry += step_at(6 * g + 3);
  }
  return true;
}

}  // namespace psoas::wrap::detail
