#pragma once

#include <algorithm>
#include <array>
#include <cmath>

#include "psoas/core/types.hpp"
#include "psoas/wrap/ellipsoid.hpp"
#include "psoas/wrap/ellipsoid_gun.hpp"
#include "psoas/wrap/planar_guess.hpp"
#include "psoas/wrap/surface.hpp"
#include "psoas/wrap/wound_string.hpp"
#include "psoas/wrap/wrapped.hpp"

namespace psoas::wrap {

namespace detail {

/// What a string round an ellipsoid is asked for.
struct EllipsoidTask {
  bool inside = false, straight = false;
  bool pinned = false;
  Vec3 axis = Vec3::Zero();  ///< pinned: the string turns about it, counterclockwise, in the ellipsoid's frame
  Chord chord;
  double middle =
      0.0;  ///< pinned: turn of the plane, from the chord's bulge, whose normal is nearest to the axis [rad]
};

/// Decides, as on a sphere but in coordinates divided by the half axes, whether and to which side a string is pushed.
inline EllipsoidTask ellipsoid_task(const Vec3& half_axes, WrapSide side, const Vec3& pole, const Vec3& P,
                                    const Vec3& Q) noexcept {
  EllipsoidTask task;
  const Vec3 p = P.cwiseQuotient(half_axes), q = Q.cwiseQuotient(half_axes);
  task.inside = !(p.squaredNorm() > 1.0 && q.squaredNorm() > 1.0);
  Chord& chord = task.chord;
  const double size = (q - p).norm();
  if (task.inside || !(size > 0.0)) {
    task.straight = true;
    return task;
  }
  chord.along = (q - p) / size;
  chord.p = chord.along.dot(p);
  chord.q = chord.along.dot(q);
  const Vec3 across = p.cross(q) / size;  // its size is the distance of the line from the centre
  const double off = across.norm();
  task.pinned = side != WrapSide::shortest;
  if (task.pinned) task.axis = side == WrapSide::clockwise ? Vec3(-pole) : pole;
  const auto across_line = [&](const Vec3& x) -> Vec3 { return x - x.dot(chord.along) * chord.along; };
  const Vec3 upright = across_line(task.axis.cwiseQuotient(half_axes));
  // through the centre every plane is as good
  const bool central = off < 1e-12;
  Vec3 normal = across;
  if (central) {
    Eigen::Index least = 0;
    chord.along.cwiseAbs().minCoeff(&least);
    normal = upright.squaredNorm() > 0.0 ? upright : across_line(Vec3::Unit(least));
  }
  // about −across a turn is more than half a circle, or none
  const double sense = task.pinned && normal.dot(upright) < 0.0 ? -1.0 : 1.0;
  chord.bulge = sense * chord.along.cross(normal).normalized();
  chord.off = sense * off;
  chord.up = chord.along.cross(chord.bulge);
  const Vec3 middle = chord.along.cross(upright);
  if (task.pinned) task.middle = std::atan2(middle.dot(chord.up), middle.dot(chord.bulge));
  task.straight = sense > 0.0 ? !chord.crosses() : p.dot(q) >= 0.0;
  return task;
}

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
    constexpr int most = 16;
    const double elongation = half_axes_.maxCoeff() / half_axes_.minCoeff();
    const int planes = elongation > 3.0 ? most : most / 2;
    std::array<double, most + 1> ring;  // lengths; the last is the first again, or the other end of a half circle
    const double turn = (task_.pinned ? pi : 2.0 * pi) / planes;
    const double first = task_.pinned ? task_.middle - 0.5 * pi : 0.0;
    double least = infinity;
    const auto length = [&](int k) -> double& { return ring[static_cast<std::size_t>(k)]; };
    for (int k = 0; k <= planes; ++k) {
      length(k) = k == planes && !task_.pinned ? length(0) : planar_length(first + turn * k);
      least = std::min(least, length(k));
    }
    const double straight = half_axes_.cwiseProduct(task_.chord.along).norm() * (task_.chord.q - task_.chord.p);
    for (int k = task_.pinned ? 1 : 0; k < planes; ++k) {
      const double here = length(k), left = length(k > 0 ? k - 1 : planes - 1), right = length(k + 1);
      const bool low = here <= left && here <= right && here - straight <= 2.0 * (least - straight);
      if (!low) continue;
      low_ = true;
      // the lowest plane by parabolas through three, ever closer together on an elongated ellipsoid
      double angle = first + turn * (k + vertex(left, here, right)), step = turn;
      for (double narrow = elongation; narrow > 3.0; narrow /= 4.0) {
        step *= 0.25;
        angle += step * vertex(planar_length(angle - step), planar_length(angle), planar_length(angle + step));
      }
      consider(angle);
    }
    if (!best_.found) consider(0.0);
  }

  double planar_length(double angle) const noexcept { return PlanarString(task_.chord, angle).length(half_axes_); }

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
