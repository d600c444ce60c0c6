#pragma once

#include <Eigen/Cholesky>

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "psoas/core/compiled.hpp"
#include "psoas/core/error.hpp"
#include "psoas/core/status.hpp"
#include "psoas/core/types.hpp"
#include "psoas/mechanics/forward_dynamics.hpp"
#include "psoas/mechanics/inverse_dynamics.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/model/model.hpp"
#include "psoas/spatial/inertia.hpp"

namespace psoas {

namespace detail {

/// M_jk = sum over bodies of (twist per unit rate of j) . momentum(twist per unit rate of k).
inline void compute_mass_matrix(const Model& model, const Kinematics& k, ForwardDynamics& out) noexcept {
  out.mass.setZero();
  for (int b = 0; b < model.n_bodies(); ++b) {
    const Body& body = model.bodies[static_cast<std::size_t>(b)];
    if (body.massless) continue;
    bool any = false;
    for (std::size_t j = 0; j < out.moved.size(); ++j) {
      out.moved[j].setZero();
      for (const int m : out.motions[j]) {
        if (!model.beyond(b, model.motions[static_cast<std::size_t>(m)].body)) continue;
        out.moved[j] += k.twist[static_cast<std::size_t>(m)];
        any = true;
      }
    }
    if (!any) continue;
    const auto inertia =
        spatial::inertia_at<double>(k.X_GB[static_cast<std::size_t>(b)], body.mass, body.mass_center, body.inertia);
    for (std::size_t j = 0; j < out.moved.size(); ++j) {
      const Vec6 momentum = inertia.momentum(out.moved[j]);
      for (std::size_t i = 0; i < out.moved.size(); ++i) {
        out.mass(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) += out.moved[i].dot(momentum);
      }
    }
  }
}

}  // namespace detail

PSOAS_INLINE Status compute_forward_dynamics(const Model& model, const Kinematics& k,
                                             const InverseDynamics& inverse_dynamics, const VecX& applied,
                                             ForwardDynamics& out) noexcept {
  detail::compute_mass_matrix(model, k, out);
  for (std::size_t f = 0; f < out.row.size(); ++f) {
    out.acceleration(static_cast<Eigen::Index>(f)) = applied(out.row[f]) - inverse_dynamics.moment(out.row[f]);
  }
  out.stamp = k.stamp;
  Status status = out.mass.allFinite() && out.acceleration.allFinite() ? Status::ok : Status::not_finite;
  if (usable(status)) {
    out.cholesky.compute(out.mass);
    if (out.cholesky.info() != Eigen::Success) status = Status::infeasible;
  }
  if (!usable(status)) {
    out.acceleration.setConstant(not_a_number);
    return status;
  }
  out.cholesky.solveInPlace(out.acceleration);
  for (std::size_t f = 0; f < out.row.size(); ++f)
    out.acceleration(static_cast<Eigen::Index>(f)) += k.a(out.coordinate[f]);
  return Status::ok;
}

}  // namespace psoas
