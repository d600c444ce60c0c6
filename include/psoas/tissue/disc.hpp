#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "psoas/core/types.hpp"
#include "psoas/tissue/moment.hpp"

/// A lumbar segment (disc, ligaments and facets together) that is turned from its neutral angle.
namespace psoas::tissue {

/// A plane in which the upper vertebra turns over the lower one. Extension is positive in the first.
enum class DiscAxis { flexion_extension, lateral_bending, axial_rotation };

/// linear t + quadratic t^2 + cubic t^3 of an angle t >= 0 in degrees, as the source prints it.
struct DegreeCubic {
  double linear;     ///< [N*m/deg]
  double quadratic;  ///< [N*m/deg2]
  double cubic;      ///< [N*m/deg3]
};

/// The law of one axis: moment = positive(t) for t > 0, -negative(-t) for t < 0.
struct DiscAxisLaw {
  DegreeCubic positive;
  DegreeCubic negative;
};

/// Defaults: intact L4-L5 without compressive load, cubic fit to Heuer, Schmidt, Klezl, Claes & Wilke 2007,
/// J Biomech 40(2):271-280, as used in ArtiSynth (HeuerOffLinFM). Used at every lumbar level.
struct DiscParameters {
  DiscAxisLaw flexion_extension{{1.248, 0.0192, 0.0288}, {1.1181, -0.1818, 0.0312}};  ///< extension, flexion
  DiscAxisLaw lateral_bending{{0.4741, 0.1417, 0.0081}, {0.4741, 0.1417, 0.0081}};
  DiscAxisLaw axial_rotation{{2.5695, -0.0044, 0.0291}, {2.5695, -0.0044, 0.0291}};
  double linear_beyond = 7.5 * degree;  ///< the fit ends here; the tangent goes on            [rad]
  double blend = 0.1 * degree;          ///< within this of neutral both sides are mixed       [rad]
  double scale = 1.0;                   ///< factor on every moment                            [-]  > 0
};

/// The law of one axis.
inline const DiscAxisLaw& axis_law(const DiscParameters& p, DiscAxis axis) {
  if (axis == DiscAxis::lateral_bending) return p.lateral_bending;
  return axis == DiscAxis::axial_rotation ? p.axial_rotation : p.flexion_extension;
}

namespace detail {

/// sign (linear t + cubic terms) continued by its tangent beyond `end`; t = sign * angle, all in degrees.
template <Scalar T>
MomentTangent<T> one_side(const DegreeCubic& c, double sign, double end, const T& angle) {
  const T t = sign * angle;
  if (t > end) {
    const double slope = c.linear + end * (2.0 * c.quadratic + 3.0 * end * c.cubic);
    const double at_end = end * (c.linear + end * (c.quadratic + end * c.cubic));
    return {sign * (at_end + slope * (t - end)), T(slope)};
  }
  return {sign * (t * (c.linear + t * (c.quadratic + t * c.cubic))),
          c.linear + t * (2.0 * c.quadratic + 3.0 * t * c.cubic)};
}

/// The least slope of a cubic on [0, end].
inline double least_slope(const DegreeCubic& c, double end) {
  const auto slope = [&](double t) { return c.linear + t * (2.0 * c.quadratic + 3.0 * t * c.cubic); };
  const double vertex = c.cubic != 0.0 ? std::clamp(-c.quadratic / (3.0 * c.cubic), 0.0, end) : 0.0;
  return std::min({slope(0.0), slope(vertex), slope(end)});
}

}  // namespace detail

/// Every rule that the parameters break, one line each. A sound law rises everywhere.
inline std::vector<std::string> faults_in(const DiscParameters& p) {
  std::vector<std::string> faults;
  const auto require = [&](bool holds, const std::string& rule, double value) {
    if (!holds || !std::isfinite(value)) faults.push_back(rule + ", got " + std::to_string(value));
  };
  require(p.scale > 0.0, "scale must be > 0", p.scale);
  require(p.blend > 0.0, "blend must be > 0 rad", p.blend);
  require(p.linear_beyond > p.blend, "linear_beyond must be > blend", p.linear_beyond);
  if (!faults.empty()) return faults;
  for (const auto& [name, law] :
       {std::pair{"flexion_extension", &p.flexion_extension}, std::pair{"lateral_bending", &p.lateral_bending},
        std::pair{"axial_rotation", &p.axial_rotation}}) {
    for (const DegreeCubic* side : {&law->positive, &law->negative}) {
      const double least = detail::least_slope(*side, p.linear_beyond / degree);
      require(least > 0.0, std::string(name) + " must rise everywhere up to linear_beyond: its least slope", least);
    }
  }
  return faults;
}

/// Moment that *holds* the upper vertebra at an angle from neutral: what muscles, gravity and hands must give
/// it about this axis. It has the sign of the angle. The disc exerts the opposite on the upper vertebra.
///
///   |t| >= blend:  the cubic of that side up to linear_beyond, then its tangent          t in degrees
///   |t| <  blend:  (1 + s)/2 positive(t) + (1 - s)/2 (-negative(-t)),
///                  s = (15 x - 10 x^3 + 3 x^5)/8,  x = t/blend
///
/// so that moment and tangent have no jump where the two sides have different slopes: the moment is 0 at
/// neutral, the tangent there is the mean of both sides, and the law is twice differentiable but for
/// linear_beyond, where it is once.
///
/// @param p      the law
/// @param axis   plane of the rotation
/// @param angle  from neutral; extension positive in flexion_extension               [rad]
/// @return       moment [N*m], of the sign of the angle, and tangent [N*m/rad], > 0 for sound parameters
template <Scalar T>
MomentTangent<T> disc_moment_holding(const DiscParameters& p, DiscAxis axis, const T& angle) {
  const DiscAxisLaw& law = axis_law(p, axis);
  const double end = p.linear_beyond / degree, blend = p.blend / degree;
  const T t = angle / degree;
  MomentTangent<T> m;
  if (t >= blend) {
    m = detail::one_side(law.positive, 1.0, end, t);
  } else if (t <= -blend) {
    m = detail::one_side(law.negative, -1.0, end, t);
  } else {
    const MomentTangent<T> up = detail::one_side(law.positive, 1.0, end, t);
    const MomentTangent<T> down = detail::one_side(law.negative, -1.0, end, t);
    const T x = t / blend, xx = x * x;
    const T s = x * (15.0 + xx * (3.0 * xx - 10.0)) / 8.0;
    const T s_slope = 15.0 / 8.0 * (1.0 - xx) * (1.0 - xx) / blend;
    m.moment = 0.5 * (up.moment + down.moment + s * (up.moment - down.moment));
    m.tangent =
        0.5 * (up.tangent + down.tangent + s * (up.tangent - down.tangent) + s_slope * (up.moment - down.moment));
  }
  return {p.scale * m.moment, p.scale / degree * m.tangent};
}

}  // namespace psoas::tissue
