#pragma once

#include <cstddef>

#include "psoas/core/types.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/model/model.hpp"
#include "psoas/spatial/rotation.hpp"
#include "psoas/spatial/transform.hpp"
#include "psoas/spatial/twist.hpp"

/// Ligaments and bushings: what pulls between bodies by itself, across however many joints.
namespace psoas {

namespace detail {

inline spatial::Transform<double> pose_or_ground(const Kinematics& k, int body) noexcept {
  return body == ground ? spatial::Transform<double>{} : k.X_GB[static_cast<std::size_t>(body)];
}

inline Vec6 twist_or_rest(const Kinematics& k, int body) noexcept {
  return body == ground ? Vec6(Vec6::Zero()) : k.V_GB[static_cast<std::size_t>(body)];
}

}  // namespace detail

/// Length of a ligament from its first point to its last [m].
///
/// @reads kinematics: poses @allocates nothing @throws nothing
inline double ligament_length(const Kinematics& k, const Ligament& ligament) noexcept {
  const auto place = [&](const LigamentPoint& p) { return detail::pose_or_ground(k, p.body).apply_to_point(p.at); };
  double length = 0.0;
  for (std::size_t i = 1; i < ligament.points.size(); ++i)
    length += (place(ligament.points[i]) - place(ligament.points[i - 1])).norm();
  return length;
}

/// Pull of a ligament: its curve beyond the rest length, 0 up to it [N].
///
/// @reads kinematics: poses @allocates nothing @throws nothing
inline double ligament_tension(const Kinematics& k, const Ligament& ligament) noexcept {
  const double length = ligament_length(k, ligament);
  return length <= ligament.rest_length ? 0.0 : ligament.force.evaluate(length / ligament.rest_length).value;
}

/// The wrenches with which a ligament acts on the bodies of its points, about the world origin. They add up to zero.
///
/// @param add  called with a body, never the ground, and a wrench [N m, N]
template <class Add>
void for_each_wrench(const Kinematics& k, const Ligament& ligament, const Add& add) noexcept {
  const double tension = ligament_tension(k, ligament);
  if (tension == 0.0) return;
  for (std::size_t i = 1; i < ligament.points.size(); ++i) {
    const LigamentPoint &a = ligament.points[i - 1], &b = ligament.points[i];
    if (a.body == b.body) continue;
    const Vec3 from = detail::pose_or_ground(k, a.body).apply_to_point(a.at);
    const Vec3 way = detail::pose_or_ground(k, b.body).apply_to_point(b.at) - from;
    const double length = way.norm();
    if (length == 0.0) continue;  // no direction
    const Vec6 pull = spatial::force_wrench<double>(Vec3(way * (tension / length)), from);
    if (a.body != ground) add(a.body, pull);
    if (b.body != ground) add(b.body, Vec6(-pull));
  }
}

/// The wrenches with which a bushing acts on its two bodies, about the world origin: opposites of each other.
///
///   force on the second in the axes of the first, at the second's origin:   −K_t p − D_t p′
///   moment there:  Eᵀ⁻¹ (−K_r θ − D_r θ′)    θ the body-fixed X-Y-Z angles,  ω = E θ′
///
/// p, θ: displacement and angles of the second frame in the first. Not finite at a middle angle of ±90°.
/// @source the law of OpenSim's BushingForce and Simbody's Force::LinearBushing; equal to theirs (tests)
template <class Add>
void for_each_wrench(const Kinematics& k, const Bushing& bushing, const Add& add) noexcept {
  const auto first = detail::pose_or_ground(k, bushing.bodies[0]) * bushing.frames[0];
  const auto second = detail::pose_or_ground(k, bushing.bodies[1]) * bushing.frames[1];
  const auto relative = first.inverse() * second;
  const Vec3 angles = spatial::xyz_body_angles(relative.R);
  Mat3 E;  // columns: axes about which the angles turn, in the first frame
  E.col(0) = Vec3::UnitX();
  E.col(1) = spatial::xyz_body_rotation<double>(angles.x(), 0.0, 0.0).col(1);
  E.col(2) = relative.R.col(2);
  const Mat3 to_rates = E.inverse();
  const Vec6 moves = detail::twist_or_rest(k, bushing.bodies[1]) - detail::twist_or_rest(k, bushing.bodies[0]);
  const Vec3 turns = first.R.transpose() * spatial::angular<double>(moves);
  const Vec3 slides = first.R.transpose() * spatial::point_velocity<double>(moves, second.p);
  const Vec3 rates = to_rates * turns;
  const Vec3 along =
      -bushing.rotational_stiffness.cwiseProduct(angles) - bushing.rotational_damping.cwiseProduct(rates);
  const Vec3 force =
      -bushing.translational_stiffness.cwiseProduct(relative.p) - bushing.translational_damping.cwiseProduct(slides);
  Vec6 wrench = spatial::force_wrench<double>(Vec3(first.R * force), second.p);
  wrench.head<3>() += first.R * (to_rates.transpose() * along);
  if (bushing.bodies[0] != ground) add(bushing.bodies[0], Vec6(-wrench));
  if (bushing.bodies[1] != ground) add(bushing.bodies[1], wrench);
}

/// What a ligament or a bushing does to everything beyond the joint of a body, about the world origin [N m, N].
template <class Link>
Vec6 wrench_beyond(const Model& model, const Kinematics& k, const Link& link, int body) noexcept {
  Vec6 sum = Vec6::Zero();
  for_each_wrench(k, link, [&](int on, const Vec6& wrench) {
    if (model.beyond(on, body)) sum += wrench;
  });
  return sum;
}

}  // namespace psoas
