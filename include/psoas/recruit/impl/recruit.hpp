#pragma once

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "psoas/core/compiled.hpp"
#include "psoas/core/status.hpp"
#include "psoas/core/types.hpp"
#include "psoas/mechanics/demand.hpp"
#include "psoas/mechanics/passive.hpp"
#include "psoas/mechanics/paths.hpp"
#include "psoas/mechanics/strengths.hpp"
#include "psoas/mechanics/supports.hpp"
#include "psoas/model/model.hpp"
#include "psoas/recruit/build_program.hpp"
#include "psoas/recruit/options.hpp"
#include "psoas/recruit/recruit.hpp"
#include "psoas/recruit/recruitment.hpp"
#include "psoas/recruit/solve.hpp"

namespace psoas {

namespace recruit::detail {

/// Gives a vector another size without allocating once that size has been seen; its numbers are lost.
inline void fit(VecX& v, Eigen::Index size, std::vector<VecX>& spare) {
  if (v.size() == size) return;
  for (VecX& kept : spare) {
    if (kept.size() != size) continue;
    v.swap(kept);
    return;
  }
  spare.push_back(VecX::Zero(size));
  v.swap(spare.back());
}

/// Multipliers of the last frame for the rows of this one: equations keep theirs, new shear rows start at zero. NaN
/// asks for a cold start.
inline void carry_multipliers(Recruitment& out, bool warm) {
  VecX& multiplier = out.solution.multiplier;
  const Eigen::Index rows = out.program.rows();
  const auto equations = static_cast<std::size_t>(rows) - 2 * out.patches.size();
  std::vector<double>& old = out.carried;
  old.assign(multiplier.data(), multiplier.data() + multiplier.size());
  fit(multiplier, rows, out.spare);
  fit(out.solution.x, out.program.columns(), out.spare);
  if (!warm || !out.started || old.size() != equations + 2 * out.patches_before.size()) {
    multiplier.setConstant(not_a_number);
    return;
  }
  multiplier.setZero();
  std::copy_n(old.begin(), equations, multiplier.data());
  for (std::size_t i = 0; i < out.patches.size(); ++i) {
    for (std::size_t j = 0; j < out.patches_before.size(); ++j) {
      if (out.patches[i] != out.patches_before[j]) continue;
      std::copy_n(old.data() + equations + 2 * j, 2, multiplier.data() + equations + 2 * i);
    }
  }
}

}  // namespace recruit::detail

namespace detail {

/// The answer of the program, taken apart.
inline void unpack(const Model& model, const Supports& supports, const Strengths& strengths, bool levels_turn,
                   Recruitment& out) noexcept {
  const VecX& x = out.solution.x;
  Eigen::Index at = model.n_strands();
  out.activation = x.head(at);
  out.force = strengths.passive + out.activation.cwiseProduct(strengths.active);
  for (int r = 0; r < model.n_rows(); ++r, ++at) {
    const bool motor = model.rows[static_cast<std::size_t>(r)].kind == Equation::motor;
    out.motor(r) = motor ? x(at) : 0.0;
    out.reserve(r) = motor ? 0.0 : x(at);
  }
  out.level_rotation.setZero();
  if (levels_turn) {
    out.level_rotation = x.segment(at, out.level_rotation.size()) * degree;
    at += out.level_rotation.size();
  }
  out.balanced_residual = x.segment(at, out.balanced_residual.size());
  at += out.balanced_residual.size();
  out.node_force.resize(supports.columns.size());
  for (std::size_t n = 0; n < supports.columns.size(); ++n) {
    out.node_force[n].setZero();
    for (const Vec3& edge : supports.columns[n].edge) out.node_force[n] += x(at++) * edge;
  }
  out.multiplier = out.solution.multiplier.head(model.n_rows());
}

}  // namespace detail

PSOAS_INLINE Status recruit_muscles(const Model& model, const Paths& paths, const Strengths& strengths,
                                    const Passive& passive, const Demand& demand, const Supports& supports,
                                    const VecX& lower, const VecX& upper, const recruit::RecruitOptions& options,
                                    Recruitment& out) noexcept {
  const std::string& cost = options.cost ? *options.cost : model.recruit.cost;
  if (out.weight_cost != cost || out.weight.size() != model.n_strands()) {
    out.weight = recruit::detail::activation_weights(model, cost);
    out.weight_cost = cost;
  }
  const bool levels_turn = !model.levels.empty() && std::isfinite(model.recruit.level_rotation_cost);
  const auto fail = [&](Status status) {
    for (VecX* v : {&out.activation, &out.force, &out.reserve, &out.motor, &out.level_rotation, &out.balanced_residual,
                    &out.multiplier}) {
      v->setConstant(not_a_number);
    }
    out.node_force.assign(supports.columns.size(), Vec3::Constant(not_a_number));
    out.started = false;
    return out.status = status;
  };
  if (!demand.moment.allFinite() || !strengths.active.allFinite() || !strengths.passive.allFinite() ||
      !paths.moment_arm.allFinite()) {
    return fail(Status::not_finite);
  }
  if (lower.size() != model.n_strands() || upper.size() != model.n_strands() ||
      !(lower.array() <= upper.array()).all()) {
    return fail(Status::infeasible);
  }
  out.patches_before = out.patches;
  recruit::detail::ProgramBuilder builder(model, out);
  builder.rows(demand, supports, levels_turn);
  builder.strands(paths, strengths, options.power.value_or(model.recruit.power), lower, upper);
  builder.reserves(supports);
  builder.levels(passive);
  builder.balanced();
  builder.supports(supports);
  recruit::detail::carry_multipliers(out, options.warm_start);
  const recruit::SolveOptions solve_options{
      .tolerance = options.tolerance, .max_iterations = options.max_iterations, .warm_start = options.warm_start};
  const Status status = recruit::solve(out.program, solve_options, out.solution);
  if (!usable(status)) return fail(status);
  detail::unpack(model, supports, strengths, levels_turn, out);
  out.started = true;
  return out.status = Status::ok;
}

}  // namespace psoas
