#pragma once

#include <algorithm>
#include <array>
#include <span>

#include "psoas/core/status.hpp"
#include "psoas/core/types.hpp"
#include "psoas/wrap/contact_newton.hpp"
#include "psoas/wrap/obstacle.hpp"
#include "psoas/wrap/surface_path.hpp"

namespace psoas::wrap {

/// One obstacle of a solved path, world axes. Where it is not touched the points and directions are NaN, the arc 0.
///
/// A unit tension in the path pulls this obstacle with `leaving` at `exit` and −`arriving` at `entry`.
struct Touch {
  bool touched = false;
  bool inside = false;  ///< a neighbouring point of the path lies within the radius: this obstacle was passed over
  Vec3 entry = Vec3::Constant(not_a_number);     ///< [m]
  Vec3 exit = Vec3::Constant(not_a_number);      ///< [m]
  Vec3 arriving = Vec3::Constant(not_a_number);  ///< unit direction of the straight part that comes in
  Vec3 leaving = Vec3::Constant(not_a_number);   ///< unit direction of the straight part that goes out
  double arc_length = 0.0;                       ///< along the surface [m]
};

/// A string pulled tight from P to Q past obstacles in a given order.
///
/// Being stationary it moves only where its ends and obstacles move: with their velocities at the contact points,
/// dL/dt = arrival · v_Q − departure · v_P + Σ (arriving · v_entry − leaving · v_exit).
struct TautPath {
  Status status = Status::not_computed;           ///< anything but ok: length and directions are NaN
  double length = not_a_number;                   ///< from P to Q, straight parts and arcs [m]
  Vec3 departure = Vec3::Constant(not_a_number);  ///< unit direction in which it leaves P
  Vec3 arrival = Vec3::Constant(not_a_number);    ///< unit direction in which it reaches Q
  int iterations = 0;                             ///< sweeps over the obstacles; 0 with one obstacle (closed form)
  int count = 0;                                  ///< obstacles given
  std::array<Touch, max_obstacles> touches;
};

namespace detail {

/// What the path does at one obstacle, between its present neighbours.
inline Touch touch(const Obstacle& o, const Vec3& before, const Vec3& after, Status& status) noexcept {
  const Wrapped<double> w = surface_path<double>(o.surface, o.to_local(before), o.to_local(after));
  Touch t;
  t.touched = w.wrapped;
  t.inside = w.inside;
  if (!usable(w.status)) status = w.status;
  if (!w.wrapped) return t;
  t.entry = o.to_world(w.entry);
  t.exit = o.to_world(w.exit);
  t.arriving = o.axes * w.departure;
  t.leaving = o.axes * w.arrival;
  t.arc_length = w.arc_length;
  return t;
}

/// How far the contact moved between two evaluations; an arc that came or went counts with its length [m].
inline double shift(const Touch& a, const Touch& b) noexcept {
  if (a.touched && b.touched) return std::max((a.entry - b.entry).norm(), (a.exit - b.exit).norm());
  return a.arc_length + b.arc_length;
}

/// Sums the parts and takes the end directions of a path whose touches are final.
inline void finish(const Vec3& P, const Vec3& Q, TautPath& path) noexcept {
  Vec3 last = P;
  double length = 0.0;
  bool first = true;
  for (int i = 0; i < path.count; ++i) {
    const Touch& t = path.touches[static_cast<std::size_t>(i)];
    if (!t.touched) continue;
    if (first) path.departure = t.arriving;
    first = false;
    length += (t.entry - last).norm() + t.arc_length;
    path.arrival = t.leaving;
    last = t.exit;
  }
  path.length = length + (Q - last).norm();
  if (first) path.departure = path.arrival = (Q - P) / path.length;
  path.status = path.length > 0.0 && path.length < infinity ? Status::ok : Status::not_finite;
}

/// The path whose numbers must not be used.
inline TautPath failed(Status status, int count, int iterations) noexcept {
  TautPath none;
  none.status = status;
  none.count = count;
  none.iterations = iterations;
  for (Touch& t : none.touches) t.arc_length = not_a_number;
  return none;
}

/// One obstacle: the closed form, no iteration.
inline TautPath one_obstacle(const Vec3& P, const Vec3& Q, const Obstacle& o) noexcept {
  const Wrapped<double> w = surface_path<double>(o.surface, o.to_local(P), o.to_local(Q));
  if (!usable(w.status)) return failed(w.status, 1, 0);
  TautPath path;
  path.status = Status::ok;
  path.count = 1;
  path.length = w.length;
  path.departure = o.axes * w.departure;
  path.arrival = o.axes * w.arrival;
  Touch& t = path.touches[0];
  t.touched = w.wrapped;
  t.inside = w.inside;
  if (!w.wrapped) return path;
  t.entry = o.to_world(w.entry);
  t.exit = o.to_world(w.exit);
  t.arriving = path.departure;
  t.leaving = path.arrival;
  t.arc_length = w.arc_length;
  return path;
}

}  // namespace detail

/// Pulls a string tight from P to Q past up to four obstacles, in their order along the path, each on its own side.
///
/// Every obstacle in turn gets its exact closed form between its present neighbours, which shortens the path each time
/// and decides on contact and lift-off; as soon as the set of touched obstacles stays, Newton's method on all
/// contact points together (exact derivatives) takes the rest of the way. Ends when no contact point moves by
/// more than 1e-12 of the path's size in a whole sweep, or below 1e-9 of it when rounding allows no better (the length,
/// being stationary, is then still exact to rounding). An obstacle is tested against its neighbours on the path, not
/// against every straight part: give obstacles in the order in which the path meets them.
///
/// @param P,Q        ends, world [m]
/// @param obstacles  0 to 4
/// @param start      none, or where the path touches to begin with, one for each obstacle: the solution of a nearby
///                   posture, or points that say which obstacles it must be led round (exit and entry of a touched
///                   obstacle are read; one obstacle alone needs none)
/// @return           status ok; not_finite or infeasible (as for one surface, or more than four obstacles);
///                   not_converged after 100 sweeps (a string that slips off a sphere may have no taut course on
///                   its side; give spheres WrapSide::shortest between other obstacles)
/// @cost             one obstacle: the closed form (surface_path alone is faster still); otherwise 5 to 10 µs with
///                   cylinders and spheres, some 3 µs more for each ellipsoid and 10 µs for each torus and sweep
/// @allocates nothing
inline TautPath taut_path(const Vec3& P, const Vec3& Q, std::span<const Obstacle> obstacles,
                          std::span<const Touch> start = {}) noexcept {
  const int count = static_cast<int>(std::min<std::size_t>(obstacles.size(), max_obstacles + 1));
  if (count > max_obstacles) return detail::failed(Status::infeasible, count, 0);
  if (count == 1) return detail::one_obstacle(P, Q, obstacles[0]);
  TautPath path;
  path.count = count;
  auto& touches = path.touches;
  if (start.size() == obstacles.size()) std::copy(start.begin(), start.end(), touches.begin());
  const double tolerance = 1e-12 * detail::extent(P, Q, obstacles);
  double moved_before = infinity;
  bool newton = false;
  int wait = 0, pause = 1;  // sweeps to go before Newton may be tried again, and after its next failure
  constexpr int max_sweeps = 100;
  while (count > 0 && path.iterations < max_sweeps) {
    ++path.iterations;
    double moved = 0.0;
    bool same = true;
    Status status = Status::ok;
    Vec3 before = P;
    for (int i = 0; i < count; ++i) {
      const auto k = static_cast<std::size_t>(i);
      Vec3 after = Q;
      for (int j = count - 1; j > i; --j)
        if (touches[static_cast<std::size_t>(j)].touched) after = touches[static_cast<std::size_t>(j)].entry;
      const Touch next = detail::touch(obstacles[k], before, after, status);
      same = same && next.touched == touches[k].touched;
      moved = std::max(moved, detail::shift(touches[k], next));
      touches[k] = next;
      if (next.touched) before = next.exit;
    }
    if (!usable(status)) return detail::failed(status, count, path.iterations);
    const bool stalled = newton && !(moved < 0.5 * moved_before);
    if (moved <= tolerance || (stalled && moved <= 1e3 * tolerance)) break;
    if (stalled) wait = pause, pause *= 2;
    moved_before = moved;
    newton = same && wait == 0 && detail::improve_contacts(P, Q, obstacles, path.touches);
    wait = std::max(0, wait - 1);
    if (path.iterations == max_sweeps) return detail::failed(Status::not_converged, count, path.iterations);
  }
  detail::finish(P, Q, path);
  if (!usable(path.status)) return detail::failed(path.status, count, path.iterations);
  return path;
}

}  // namespace psoas::wrap
