#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include "psoas/core/types.hpp"
#include "psoas/wrap/ellipsoid.hpp"
#include "psoas/wrap/ellipsoid_gun.hpp"
#include "psoas/wrap/ellipsoid_task.hpp"
#include "psoas/wrap/planar_guess.hpp"
#include "psoas/wrap/surface.hpp"
#include "psoas/wrap/wound_string.hpp"
#include "psoas/wrap/wrapped.hpp"

namespace psoas::wrap {

namespace detail {

/// Shots from planar guesses; keeps the best string that is allowed.
class EllipsoidSearch {
 public:
  EllipsoidSearch(const Vec3& half_axes, const EllipsoidTask& task, const Vec3& P, const Vec3& Q) noexcept
      : half_axes_(half_axes), task_(task), Q_(Q), gun_(half_axes, P) {}

  const EllipsoidGun& gun() const noexcept { return gun_; }

  /// The string of the task; not found where no shot hits.
  Hit run() noexcept {
    try_lowest();
    if (best_.found && (best_.shortest || !low_)) return best_;
    constexpr int many = 16;
    for (int k = 0; k < many; ++k) {
      // 0, +1, −1, +2, …: from the middle plane outward
      const double aside = (k % 2 == 0 ? 0.5 : -0.5) * static_cast<double>(k + k % 2) * (2.0 * pi / many);
      if (task_.pinned && std::fabs(aside) > 0.5 * pi) break;
      consider(task_.middle + aside);
    }
    if (!task_.pinned && !best_.shortest) best_.found = false;
    return best_;
  }

 private:
  /// Tries the lowest planar strings on a ring of planes: all of them, or those within a right angle of a pinned side.
  void try_lowest() noexcept {
    constexpr int n = 16;
    const double elongation = half_axes_.maxCoeff() / half_axes_.minCoeff();
    const double turn = (task_.pinned ? pi : 2.0 * pi) / n;
    const double first = task_.pinned ? task_.middle - 0.5 * pi : 0.0;
    Planes planes;
    const double c = std::cos(turn), s = std::sin(turn);
    planes.add(std::cos(first), std::sin(first));
    for (std::size_t k = 0; k < static_cast<std::size_t>(n); ++k)
      planes.add(c * planes.cosine[k] - s * planes.sine[k], s * planes.cosine[k] + c * planes.sine[k]);
    std::array<double, Planes::most> lengths;  // the last is the first again, or the other end of a half circle
    planar_lengths(task_.chord, half_axes_, planes, lengths.data());
    const auto length = [&](int k) { return lengths[static_cast<std::size_t>(k)]; };
    const double least = *std::min_element(lengths.begin(), lengths.begin() + n + 1);
    const double straight = half_axes_.cwiseProduct(task_.chord.along).norm() * (task_.chord.q - task_.chord.p);
    for (int k = task_.pinned ? 1 : 0; k < n; ++k) {
      const double here = length(k), left = length(k > 0 ? k - 1 : n - 1), right = length(k + 1);
      const bool low = here <= left && here <= right && here - straight <= 2.0 * (least - straight);
      if (!low) continue;
      low_ = true;
      // the lowest plane by parabolas through three, ever closer together on an elongated ellipsoid
      double angle = first + turn * (k + vertex(left, here, right)), step = turn;
      for (double narrow = elongation; narrow > 3.0; narrow /= 4.0) {
        step *= 0.25;
        angle += step * vertex_near(angle, step);
      }
      consider(angle);
    }
    if (!best_.found) consider(0.0);
  }

  /// Where the planes at angle − step, angle, angle + step say that the string is lowest, in steps.
  double vertex_near(double angle, double step) const noexcept {
    Planes planes;
    for (const double at : {angle - step, angle, angle + step}) planes.add(std::cos(at), std::sin(at));
    std::array<double, 3> length;
    planar_lengths(task_.chord, half_axes_, planes, length.data());
    return vertex(length[0], length[1], length[2]);
  }

  /// Where the parabola through three neighbours at −1, 0, 1 is lowest, within them.
  static double vertex(double left, double here, double right) noexcept {
    const double bend = left - 2.0 * here + right;
    return bend > 0.0 && bend < infinity ? std::clamp(0.5 * (left - right) / bend, -1.0, 1.0) : 0.0;
  }

  /// Aims from the planar string at an angle, and keeps what is hit if it is allowed and better.
  void consider(double angle) noexcept {
    const PlanarString guess(task_.chord, angle);
    if (!guess.usable()) return;
    const Hit hit = take_aim(gun_, Q_, {gun_.place(guess.entry()), guess.tau(half_axes_)});
    if (!hit.found || hit.aim.tau * gun_.rate() < -1e-6) return;
    if (task_.pinned) {
      const Shot<0>& s = hit.shot;
      const bool on_side =
          s.entry_normal.cross(s.departure).dot(task_.axis) > 0.0 && s.exit_side().dot(task_.axis) > 0.0;
      if (!on_side) return;
    }
    // strings without a shorter one beside them first, then by length
    const bool better = hit.shortest == best_.shortest ? hit.length < best_.length : hit.shortest;
    if (!best_.found || better) best_ = hit;
  }

  const Vec3& half_axes_;
  const EllipsoidTask& task_;
  const Vec3& Q_;
  EllipsoidGun gun_;
  bool low_ = false;  ///< some plane was lower than its neighbours
  Hit best_;
};

}  // namespace detail

PSOAS_INLINE Wrapped<double> ellipsoid_path(const Vec3& half_axes, WrapSide side, const Vec3& pole, const Vec3& P,
                                            const Vec3& Q, StringSlopes* slopes) noexcept {
  const detail::EllipsoidTask task = detail::ellipsoid_task(half_axes, side, pole, P, Q);
  if (task.straight) return straight_path<double>(P, Q, task.inside);
  detail::EllipsoidSearch search(half_axes, task, P, Q);
  const detail::Hit hit = search.run();
  if (!hit.found) return detail::no_path(Status::not_converged, P, Q);
  if (!(hit.aim.tau > 0.0)) return straight_path<double>(P, Q, false);  // lift-off, within rounding
  return detail::wound_string(search.gun(), hit, Q, slopes);
}

}  // namespace psoas::wrap
