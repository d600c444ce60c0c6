#pragma once

#include <cmath>
#include <cstdint>
#include <vector>

#include "psoas/core/compiled.hpp"
#include "psoas/core/types.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/model/model.hpp"
#include "psoas/model/pose.hpp"
#include "psoas/spatial/rotation.hpp"
#include "psoas/spatial/transform.hpp"
#include "psoas/spatial/twist.hpp"

namespace psoas {

namespace detail {

/// Followers from their leaders; gains from each coordinate to the equation that feels it.
inline void fill_followers(const Model& model, Kinematics& k) noexcept {
  for (Eigen::Index c = 0; c < k.q.size(); ++c) {
    const Coordinate& coordinate = model.coordinates[static_cast<std::size_t>(c)];
    k.gain(c) = 1.0;
    if (coordinate.leader < 0) continue;
    const Eigen::Index l = coordinate.leader;
    const FunctionValue f = coordinate.coupling.evaluate(k.q(l));
    k.q(c) = f.value;
    k.a(c) = f.slope * k.a(l) + f.curvature * k.v(l) * k.v(l);
    k.v(c) = f.slope * k.v(l);
    if (coordinate.row < 0) k.gain(c) = f.slope * k.gain(l);
  }
}

/// One body from its parent: translations along the parent's joint axes, then rotations fixed in the body.
inline void move_body(const Model& model, std::size_t b, Kinematics& k) noexcept {
  const Body& body = model.bodies[b];
  spatial::Transform<double> X = body.parent_frame;
  Vec6 V = Vec6::Zero(), A = Vec6::Zero();
  if (body.parent != ground) {
    const auto parent = static_cast<std::size_t>(body.parent);
    X = k.X_GB[parent] * body.parent_frame;
    V = k.V_GB[parent];
    A = k.A_GB[parent];
  }
  for (int m = body.first_motion; m < body.first_motion + body.n_motions; ++m) {
    k.twist[static_cast<std::size_t>(m)].setZero();
  }
  const auto advance = [&](const JointAxis& axis, const FunctionValue& f, const Vec6& S) {
    if (axis.coordinate < 0) return;
    const double rate = f.slope * k.v(axis.coordinate);
    A += S * (f.slope * k.a(axis.coordinate) + f.curvature * k.v(axis.coordinate) * k.v(axis.coordinate));
    if (rate != 0.0) A += spatial::twist_cross<double>(V, S) * rate;
    V += S * rate;
    k.twist[static_cast<std::size_t>(axis.motion)] += S * (f.slope * k.gain(axis.coordinate));
  };
  const auto value_of = [&](const JointAxis& axis) {
    return axis.function.evaluate(axis.coordinate < 0 ? 0.0 : k.q(axis.coordinate));
  };
  const JointAxis* axes = model.axes.data() + body.first_axis;
  const Mat3 R_GP = X.R;
  for (int i = 0; i < body.n_axes; ++i) {
    if (axes[i].rotation) continue;
    const FunctionValue f = value_of(axes[i]);
    const Vec3 u = R_GP * axes[i].axis;
    X.p += u * f.value;
    advance(axes[i], f, spatial::slide_twist<double>(u));
  }
  k.center[b] = X.p;
  for (int i = 0; i < body.n_axes; ++i) {
    if (!axes[i].rotation) continue;
    const FunctionValue f = value_of(axes[i]);
    const Vec3 u = X.R * axes[i].axis;
    advance(axes[i], f, spatial::hinge_twist<double>(u, X.p));
    X.R = X.R * spatial::axis_rotation<double>(axes[i].axis, f.value);
  }
  k.X_GB[b] = X * body.child_frame_inverse;
  k.V_GB[b] = V;
  k.A_GB[b] = A;
}

}  // namespace detail

PSOAS_INLINE void compute_kinematics(const Model& model, const Pose& pose, Kinematics& k) noexcept {
  k.q = pose.q;
  k.v = pose.v;
  k.a = pose.a;
  detail::fill_followers(model, k);
  for (std::size_t b = 0; b < model.bodies.size(); ++b) detail::move_body(model, b, k);
  if (model.free_root) {
    // the root moves about and along the world's axes through the origin of its frame
    const Vec3 origin = k.X_GB[0].p;
    for (int i = 0; i < 3; ++i) {
      k.twist[static_cast<std::size_t>(model.root_motion + i)] = spatial::hinge_twist<double>(Vec3::Unit(i), origin);
      k.twist[static_cast<std::size_t>(model.root_motion + 3 + i)] = spatial::slide_twist<double>(Vec3::Unit(i));
    }
  }
  ++k.stamp;
}

}  // namespace psoas
