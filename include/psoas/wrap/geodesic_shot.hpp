#pragma once

#include <algorithm>
#include <cmath>
#include <type_traits>

#include "psoas/core/types.hpp"
#include "psoas/wrap/wrapped.hpp"

namespace psoas::wrap::detail {

/// A string that leaves P, touches a surface where its straight part is tangent and follows it by a geodesic.
///
/// A shot is set by two numbers: u, where on the horizon seen from P it lands, and τ, how far it follows the surface.
/// Columns of slopes: u, then the coordinates of P (m = 4 only), then τ where the far end is meant.
template <int m>
struct Shot {
  bool usable = false;  ///< false: too long to be followed, or not finite
  Vec3 entry = Vec3::Zero(), departure = Vec3::Zero(), entry_normal = Vec3::Zero();
  Vec3 exit = Vec3::Zero(), arrival = Vec3::Zero(), exit_normal = Vec3::Zero();
  double before = 0.0;  ///< from P to the entry  [m]
  double arc = 0.0;     ///< along the surface    [m]
  Eigen::Matrix<double, 3, m> entry_slopes, departure_slopes;
  Eigen::Matrix<double, 3, m + 1> exit_slopes, arrival_slopes, normal_slopes;

  Vec3 exit_side() const noexcept { return exit_normal.cross(arrival); }
};

/// How far the tangent at the far end of a shot misses Q, and the slopes of that.
///
///   miss = (n · w, b · w)    w = Q − exit,  n the normal there,  b = n × arrival
template <int m>
struct Miss {
  Eigen::Vector2d miss;
  Eigen::Matrix<double, 2, m + 1> slopes;
  double after = 0.0;  ///< |w| [m]
  bool ahead = false;  ///< Q lies ahead of the far end, not behind
  /// |miss| / |w|: the angle between the tangent and the direction to Q, while small.
  double angle() const noexcept { return after > 0.0 ? miss.norm() / after : infinity; }
};

template <int m>
Miss<m> miss_of(const Shot<m>& shot, const Vec3& Q) noexcept {
  Miss<m> out;
  const Vec3 w = Q - shot.exit, b = shot.exit_side();
  out.after = w.norm();
  out.ahead = w.dot(shot.arrival) > 0.0;
  out.miss = {shot.exit_normal.dot(w), b.dot(w)};
  for (int k = 0; k <= m; ++k) {
    const Vec3 dn = shot.normal_slopes.col(k), dv = shot.arrival_slopes.col(k), dx = shot.exit_slopes.col(k);
    out.slopes(0, k) = dn.dot(w) - shot.exit_normal.dot(dx);
    out.slopes(1, k) = (dn.cross(shot.arrival) + shot.exit_normal.cross(dv)).dot(w) - b.dot(dx);
  }
  return out;
}

/// The step in (u, τ) that Newton's method takes; not finite where the slopes are singular.
inline Eigen::Vector2d newton_step(const Eigen::Vector2d& miss, const Eigen::Vector2d& by_u,
                                   const Eigen::Vector2d& by_tau) noexcept {
  const double over = 1.0 / (by_u(0) * by_tau(1) - by_u(1) * by_tau(0));
  return {over * (by_tau(0) * miss(1) - by_tau(1) * miss(0)), over * (by_u(1) * miss(0) - by_u(0) * miss(1))};
}

/// Where a string is aimed: the two unknowns of a shot.
struct Aim {
  double u = 0.0;    ///< place on the horizon
  double tau = 0.0;  ///< reach along the surface, in the surface's own time
};

/// What came of aiming.
struct Hit {
  bool found = false;
  bool shortest = false;  ///< no shorter string beside it: the strings from P do not meet again before Q
  Aim aim;
  double length = infinity;  ///< [m]
  Shot<0> shot;
};

/// Newton's step and its size: in u, or in τ times the rate of the motion.
struct AimStep {
  Eigen::Vector2d step;
  double size;

  template <class Gun>
  AimStep(const Gun& gun, const Eigen::Vector2d& miss, const Miss<1>& way) noexcept
      : step(newton_step(miss, way.slopes.col(0), way.slopes.col(1))),
        size(std::max(std::fabs(step(0)), std::fabs(step(1)) * gun.rate())) {}
};

/// One Newton step over a rough shot, where it is neither so long that the aim is bad, nor within the shot's errors.
template <class Gun>
Aim improved(const Gun& gun, const Vec3& Q, const Aim& aim) noexcept {
  constexpr double good = 0.2, error = 1e-3;
  const Shot<1> shot = gun.template shoot<1>(aim, Gun::rough);
  if (!shot.usable) return aim;
  const Miss<1> miss = miss_of(shot, Q);
  const auto [step, size] = AimStep(gun, miss.miss, miss);
  return miss.ahead && size > error && size < good ? Aim{aim.u + step(0), aim.tau + step(1)} : aim;
}

/// Damped Newton steps over coarse shots, until one is so short that the slopes stay; it is taken as well. False when
/// they get stuck.
/// @param shot,miss  those before the last step
template <class Gun>
bool approach(const Gun& gun, const Vec3& Q, Aim& aim, Shot<1>& shot, Miss<1>& miss) noexcept {
  shot = gun.template shoot<1>(aim, Gun::coarse);
  if (!shot.usable) return false;
  miss = miss_of(shot, Q);
  constexpr int most_steps = 40;
  for (int i = 0; i < most_steps; ++i) {
    auto [step, size] = AimStep(gun, miss.miss, miss);
    if (!step.allFinite()) return false;
    if (size < 3e-5) {
      aim = {aim.u + step(0), aim.tau + step(1)};
      return miss.ahead;
    }
    if (size > 0.5) step *= 0.5 / size;
    bool better = false;
    for (int half = 0; half < 6 && !better; ++half, step *= 0.5) {
      const Aim trial{aim.u + step(0), aim.tau + step(1)};
      const Shot<1> next = gun.template shoot<1>(trial, Gun::coarse);
      if (!next.usable) continue;
      const Miss<1> there = miss_of(next, Q);
      better = there.angle() < miss.angle() || (there.ahead && !miss.ahead);
      if (better) aim = trial, shot = next, miss = there;
    }
    if (!better) return false;
  }
  return false;
}

/// Aims at Q: a step over a rough shot, damped Newton steps over coarse ones, then fine shots corrected with the slopes
/// of the last coarse one.
///
/// @param gun   shoot<m>(Aim, Fineness) gives a shot, rate() is the rate of its motion; rough, coarse and fine are its
///              kinds of Fineness: errors small beside the first steps, near 1e-8, and near 1e-14
/// @param Q     the far end of the string, in the surface's frame [m]
/// @param aim   where to begin
template <class Gun>
Hit take_aim(const Gun& gun, const Vec3& Q, Aim aim) noexcept {
  Hit hit;
  Shot<1> last;
  Miss<1> way;
  const Aim guess = aim;
  aim = improved(gun, Q, guess);
  if (!approach(gun, Q, aim, last, way) && !approach(gun, Q, aim = guess, last, way)) return hit;
  constexpr int most_corrections = 6;
  for (int i = 0; i < most_corrections; ++i) {
    Shot<0> shot = gun.template shoot<0>(aim, Gun::fine);
    if (!shot.usable) return hit;
    const auto [step, size] = AimStep(gun, miss_of(shot, Q).miss, way);
    aim = {aim.u + step(0), aim.tau + step(1)};
    if (!(size < 1.0)) return hit;
    if (size > 1e-8) continue;
    // a step this small needs no further shot: everything follows along its slopes
    const Vec3 entry_moves = last.entry_slopes * step(0), exit_moves = last.exit_slopes * step;
    shot.entry += entry_moves;
    shot.exit += exit_moves;
    shot.arc += last.arrival.dot(exit_moves) - last.departure.dot(entry_moves);
    shot.before += last.departure.dot(entry_moves);
    shot.departure = (shot.departure + last.departure_slopes * step(0)).normalized();
    shot.arrival = (shot.arrival + last.arrival_slopes * step).normalized();
    hit.found = true;
    hit.aim = aim;
    hit.length = shot.before + shot.arc + (Q - shot.exit).norm();
    hit.shot = shot;
    const double at_entry = last.entry_normal.cross(last.departure).dot(last.entry_slopes.col(0));
    const double at_exit = last.exit_side().dot(last.exit_slopes.col(0));
    hit.shortest = at_entry * at_exit > 0.0 && at_entry * way.slopes(1, 0) < 0.0;
    return hit;
  }
  return hit;
}

}  // namespace psoas::wrap::detail
