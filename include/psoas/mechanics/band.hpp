#pragma once

#include <array>

#include "psoas/core/types.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/model/task.hpp"

namespace psoas {

/// What a band does in one pose.
struct BandPull {
  std::array<Vec3, 2> place;                  ///< of its ends in the world                            [m]
  double length = not_a_number;               ///< between them                                        [m]
  double tension = not_a_number;              ///< of all strands together, zero when slack            [N]
  Vec3 force = Vec3::Constant(not_a_number);  ///< on the first end; the second feels its opposite  [N]
};

/// Tension of a band at a length: the law of Band. Zero up to the rest length; NaN for a length that is NaN.
///
/// @param length  between the ends  [m]
/// @return [N] @allocates nothing @throws nothing
inline double band_tension(const Band& band, double length) noexcept {
  if (length <= band.rest_length) return 0.0;
  return band.strands * band.strand_force.evaluate(length / band.rest_length - 1.0).value;
}

/// The pair of forces with which a band pulls its ends together, along the straight line between them.
///
/// @reads kinematics: poses of both bodies @allocates nothing @throws nothing
inline BandPull band_pull(const Kinematics& k, const Band& band) noexcept {
  BandPull out;
  for (std::size_t i = 0; i < 2; ++i) out.place[i] = world_point(k, band.ends[i].body, band.ends[i].at);
  const Vec3 way = out.place[1] - out.place[0];
  out.length = way.norm();
  out.tension = band_tension(band, out.length);
  out.force = out.tension == 0.0 ? Vec3(Vec3::Zero()) : Vec3(way * (out.tension / out.length));
  return out;
}

}  // namespace psoas
