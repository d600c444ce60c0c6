#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "psoas/core/status.hpp"
#include "psoas/core/types.hpp"
#include "psoas/mechanics/demand.hpp"
#include "psoas/mechanics/passive.hpp"
#include "psoas/mechanics/paths.hpp"
#include "psoas/mechanics/strengths.hpp"
#include "psoas/mechanics/supports.hpp"
#include "psoas/model/model.hpp"
#include "psoas/recruit/options.hpp"
#include "psoas/recruit/program.hpp"
#include "psoas/recruit/solve.hpp"

namespace psoas {

/// Who shares the work of one frame. Written by recruit(). NaN unless the status is usable.
struct Recruitment {
  Status status = Status::not_computed;
  VecX activation;         ///< [-]   (n_strands)
  VecX force;              ///< along the tendon, active and passive  [N]  (n_strands)
  VecX reserve;            ///< torque or force that nothing in the body supplied  [N m or N] (n_rows), 0 at motors
  VecX motor;              ///< torque of declared motors  [N m]  (n_rows), 0 elsewhere
  VecX level_rotation;     ///< extra rotation: extension, right bend, left turn of each level  [rad] (3 n_levels)
  VecX balanced_residual;  ///< force left over on each balanced axis  [N]  (n_balanced)
  std::vector<Vec3> node_force;  ///< on the body, world axes, in the order of Supports::columns  [N]
  VecX multiplier;               ///< cost per unit of each equation, d objective / d moment  (n_rows)
  recruit::Program program;
  recruit::Solution solution;
  std::vector<std::pair<int, int>> patches;         ///< (patch, plane) of each pair of shear rows
  std::vector<std::pair<int, int>> patches_before;  ///< of the frame before
  bool started = false;         ///< the last frame was solved: the next may start from its multipliers
  std::vector<double> carried;  ///< those multipliers
  std::vector<VecX> spare;      ///< vectors of sizes that programs of this task had
  VecX weight;                  ///< of activation, sums to 1  (n_strands)
  std::string weight_cost;      ///< cost that `weight` was made for

  explicit Recruitment(const Model& model) {
    activation = force = VecX::Constant(model.n_strands(), not_a_number);
    reserve = motor = multiplier = VecX::Constant(model.n_rows(), not_a_number);
    level_rotation = VecX::Constant(3 * static_cast<Eigen::Index>(model.levels.size()), not_a_number);
    balanced_residual = VecX::Constant(static_cast<Eigen::Index>(model.balanced.size()), not_a_number);
    node_force.reserve(model.nodes.size());
    patches.reserve(model.patches.size());
    patches_before.reserve(model.patches.size());
    const int columns =
        model.n_strands() + model.n_rows() + 3 * static_cast<int>(model.levels.size()) +
        static_cast<int>(model.balanced.size() + friction_edges * model.nodes.size() + 2 * model.patches.size());
    const int rows = model.n_rows() + 3 + static_cast<int>(model.balanced.size() + 2 * model.patches.size());
    program.reserve(rows, columns, model.n_arms() + columns * 30);
  }
};

namespace recruit::detail {

/// Weights of activation: shares of muscle volume, of cross-section, or equal. They sum to 1 over the body, so that
/// splitting a strand changes nothing for the first two.
inline VecX activation_weights(const Model& model, const std::string& cost) {
  const StrandParameters& p = model.muscle;
  VecX weight = VecX::Ones(model.n_strands());
  if (cost == "volume") weight = p.max_isometric_force.cwiseProduct(p.optimal_fiber_length);
  if (cost == "pcsa") weight = p.pcsa;
  const double sum = weight.sum();
  return sum > 0.0 ? VecX(weight / sum) : weight;
}

/// Columns in the order: strands | reserves and motors | level rotations [deg] | balanced residuals | edges | shears.
class ProgramBuilder {
 public:
  ProgramBuilder(const Model& model, Recruitment& out) : model_(model), out_(out), p_(out.program) {}

  void rows(const Demand& demand, const Supports& supports, bool levels_turn) {
    p_.clear();
    for (int r = 0; r < model_.n_rows(); ++r) p_.add_row(demand.moment(r));
    level_row_ = levels_turn ? p_.rows() : -1;
    if (levels_turn) {
      for (int axis = 0; axis < 3; ++axis) p_.add_row(0.0);
    }
    balanced_row_ = p_.rows();
    for (Eigen::Index b = 0; b < demand.balanced.size(); ++b) p_.add_row(demand.balanced(b));
    shear_row_ = p_.rows();
    out_.patches.clear();
    for (const Supports::Column& column : supports.columns) {
      if (patch_index(column) < 0) out_.patches.emplace_back(column.patch, column.plane);
    }
    for (std::size_t i = 0; i < 2 * out_.patches.size(); ++i) p_.add_row(0.0);
  }

  void strands(const Paths& paths, const Strengths& strengths, int power, const VecX& lower, const VecX& upper) {
    std::size_t term = 0;
    for (int s = 0; s < model_.n_strands(); ++s) {
      const Strand& strand = model_.strands[static_cast<std::size_t>(s)];
      const double active = strengths.active(s);
      p_.add_column(out_.weight(s), power, lower(s), upper(s));
      for (int k = strand.first_arm; k < strand.first_arm + strand.n_arms; ++k) {
        const double entry = paths.moment_arm(k) * active;
        if (entry != 0.0) p_.add_entry(model_.arm_row[static_cast<std::size_t>(k)], entry);
      }
      for (; term < model_.balanced_terms.size() && model_.balanced_terms[term].strand == s; ++term) {
        const int b = model_.balanced_terms[term].balanced;
        const double entry = paths.balanced_pull(static_cast<Eigen::Index>(term)) * active;
        if (entry != 0.0) p_.add_entry(balanced_row_ + b, entry);
      }
    }
  }

  void reserves(const Supports& supports) {
    const RecruitSpec& w = model_.recruit;
    for (int r = 0; r < model_.n_rows(); ++r) {
      const Row& row = model_.rows[static_cast<std::size_t>(r)];
      double weight = w.w_reserve;
      if (row.kind == Equation::motor) weight = pressing(row.body, supports) ? w.w_motor_pressing : w.w_motor;
      p_.add_column(weight, 2, -infinity, infinity);
      p_.add_entry(r, 1.0);
    }
  }

  void levels(const Passive& passive) {
    if (level_row_ < 0) return;
    for (std::size_t l = 0; l < model_.levels.size(); ++l) {
      for (int axis = 0; axis < 3; ++axis) {
        const auto i = static_cast<Eigen::Index>(3 * l) + axis;
        const int coordinate = model_.levels[l].coordinates[static_cast<std::size_t>(axis)];
        p_.add_column(model_.recruit.level_rotation_cost, 2, -infinity, infinity);
        p_.add_entry(model_.coordinates[static_cast<std::size_t>(coordinate)].row, -passive.disc_stiffness(i) * degree);
        p_.add_entry(level_row_ + axis, 1.0);
      }
    }
  }

  void balanced() {
    for (int b = 0; b < static_cast<int>(model_.balanced.size()); ++b) {
      p_.add_column(model_.recruit.w_abdomen, 2, -infinity, infinity);
      p_.add_entry(balanced_row_ + b, 1.0);
    }
  }

  /// Edges share the price of a node so that a force spread over all of them costs as over four.
  void supports(const Supports& supports) {
    const double bw = model_.body_weight;
    const double weight = model_.recruit.w_support * (friction_edges / 4.0) / (bw * bw);
    for (const Supports::Column& column : supports.columns) {
      const int shear = shear_row_ + 2 * patch_index(column);
      for (const Vec3& edge : column.edge) {
        const Vec3 along(edge.dot(column.axis[0]), edge.dot(column.axis[1]), edge.dot(column.axis[2]));
        p_.add_column(weight / column.strength, 2, 0.0, infinity);
        for (int e = column.first_entry; e < column.first_entry + column.n_entries; ++e) {
          const Supports::Entry& entry = supports.entries[static_cast<std::size_t>(e)];
          p_.add_entry(entry.row, entry.arm.dot(along));
        }
        p_.add_entry(shear, along(1) / bw);
        p_.add_entry(shear + 1, along(2) / bw);
      }
    }
    for (std::size_t i = 0; i < 2 * out_.patches.size(); ++i) {
      p_.add_column(model_.recruit.w_shear, 2, -infinity, infinity);
      p_.add_entry(shear_row_ + static_cast<int>(i), -1.0);
    }
  }

 private:
  int patch_index(const Supports::Column& column) const {
    for (std::size_t i = 0; i < out_.patches.size(); ++i) {
      if (out_.patches[i] == std::pair(column.patch, column.plane)) return static_cast<int>(i);
    }
    return -1;
  }

  bool pressing(int body, const Supports& supports) const {
    return std::any_of(supports.columns.begin(), supports.columns.end(), [&](const Supports::Column& column) {
      return model_.beyond(model_.nodes[static_cast<std::size_t>(column.node)].body, body);
    });
  }

  const Model& model_;
  Recruitment& out_;
  Program& p_;
  int level_row_ = -1, balanced_row_ = 0, shear_row_ = 0;
};

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

/// Shares the demand of a frame between muscles, supports, tissue, motors and reserves at the least cost.
///
///   minimise   sum w_i a_i^p + supports + shears + level rotations + motors + reserves
///   subject to every equation of motion, muscle forces balanced on helper frames, level rotations of an axis that
///              add up to zero, lower <= a <= upper, node forces inside their friction pyramids
///
/// @return    ok, or why there is no answer; then every number of `out` is NaN
/// @allocates nothing once a program of the same size has been seen
[[nodiscard]] inline Status recruit_muscles(const Model& model, const Paths& paths, const Strengths& strengths,
                                            const Passive& passive, const Demand& demand, const Supports& supports,
                                            const VecX& lower, const VecX& upper,
                                            const recruit::RecruitOptions& options, Recruitment& out) noexcept {
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
