#pragma once

#include <algorithm>
#include <cmath>

#include "psoas/core/types.hpp"
#include "psoas/muscle/quintic_bezier.hpp"
#include "psoas/muscle/shapes.hpp"

/// The curves of Millard, Uchida, Seth & Delp 2013, J Biomech Eng 135(2):021005, as chains of quintic Bezier corners in
/// normalised quantities. C2 everywhere, straight beyond their ends. Knots and defaults are those of OpenSim 4.6
/// (Millard2012EquilibriumMuscle); the corners are solved exactly, where OpenSim stops at a tolerance.
namespace psoas::muscle {

/// Active force-length: five corners, 1 at l = 1.
inline BezierChain<5> millard_active_curve(const MillardShape& s) {
  constexpr double half_plateau = 0.05;
  const double x0 = s.shortest_active_length, x1 = s.transition_length, x3 = s.longest_active_length;
  const double shoulder = 1.0 - half_plateau;
  const double y1 = 1.0 - s.shallow_ascending_slope * (shoulder - x1);
  const Knot start{x0, s.minimum_active_value, 0.0};
  const Knot steep{x0 + 0.5 * (x1 - x0), 0.5 * y1, 1.25 * y1 / (x1 - x0)};
  const Knot shallow{x1 + 0.5 * (shoulder - x1), y1 + 0.5 * (1.0 - y1), s.shallow_ascending_slope};
  const Knot top{1.0, 1.0, 0.0};
  const double falling = 1.0 + half_plateau;
  const Knot descending{falling + 0.5 * (x3 - falling), 0.5, -1.0 / ((x3 - half_plateau) - falling)};
  const Knot end{x3, s.minimum_active_value, 0.0};
  const double c = s.active_curviness;
  return {{start, steep, shallow, top, descending, end}, {c, c, c, c, c}};
}

/// Force-velocity: four corners between v = -1 and v = 1, rising.
inline BezierChain<4> millard_force_velocity_curve(const MillardShape& s) {
  constexpr double near = 0.1;  // of the two ends
  const double rise = 0.5 * near * (s.concentric_slope_near_vmax + s.concentric_slope_at_vmax);
  const double fall = 0.5 * near * (s.eccentric_slope_near_vmax + s.eccentric_slope_at_vmax);
  const Knot fastest{-1.0, 0.0, s.concentric_slope_at_vmax};
  const Knot fast{-1.0 + near, rise, s.concentric_slope_near_vmax};
  const Knot isometric{0.0, 1.0, s.isometric_slope};
  const Knot stretched{1.0 - near, s.eccentric_force - fall, s.eccentric_slope_near_vmax};
  const Knot end{1.0, s.eccentric_force, s.eccentric_slope_at_vmax};
  const double c = s.concentric_curviness, e = s.eccentric_curviness;
  return {{fastest, fast, isometric, stretched, end}, {c, c, e, e}};
}

/// Passive force-length: two corners, 0 up to the zero strain, 1 at `strain`.
inline BezierChain<2> millard_passive_curve(const MillardShape& s, double strain) {
  const double range = strain - s.passive_zero_strain;
  const double slope = std::isnan(s.passive_slope_at_one) ? 2.0 / range : s.passive_slope_at_one;
  const double toe = std::min(0.1 / slope, 0.1 * range);
  const double zero = 1.0 + s.passive_zero_strain;
  const Knot start{zero, 0.0, 0.0};
  const Knot low{zero + toe, s.passive_low_slope * 0.5 * toe, s.passive_low_slope};
  const Knot one{1.0 + strain, 1.0, slope};
  return {{start, low, one}, {s.passive_curviness, s.passive_curviness}};
}

/// Tendon: two corners from slack length to the end of the toe, straight above; 1 at `strain`.
inline BezierChain<2> millard_tendon_curve(const MillardShape& s, double strain) {
  const double slope = std::isnan(s.tendon_slope_at_one) ? 1.375 / strain : s.tendon_slope_at_one;
  const auto on_line = [&](double force) { return 1.0 + strain + (force - 1.0) / slope; };
  const double toe_length = on_line(s.tendon_toe_force);
  const double foot = 1.0 + (toe_length - 1.0) / 10.0;
  // the knot halves the way from the foot to where the straight part would have half the toe's force
  const double middle = 0.5 * (foot + on_line(0.5 * s.tendon_toe_force));
  const double middle_slope = 0.25 * s.tendon_toe_force / (middle - foot);
  const Knot slack{1.0, 0.0, 0.0};
  const Knot toe{middle, 0.25 * s.tendon_toe_force, middle_slope};
  const Knot straight{toe_length, s.tendon_toe_force, slope};
  return {{slack, toe, straight}, {s.tendon_curviness, s.tendon_curviness}};
}

}  // namespace psoas::muscle
