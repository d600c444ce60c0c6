#pragma once

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "psoas/core/types.hpp"
#include "psoas/mechanics/demand.hpp"
#include "psoas/mechanics/passive.hpp"
#include "psoas/mechanics/paths.hpp"
#include "psoas/mechanics/strengths.hpp"
#include "psoas/mechanics/supports.hpp"
#include "psoas/model/model.hpp"
#include "psoas/recruit/recruitment.hpp"

namespace psoas {

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
      const Program::Room room = p_.open(strand.n_arms);  // arms stand in the order of their equations
      int n = 0;
      for (int k = strand.first_arm; k < strand.first_arm + strand.n_arms; ++k) {
        const double entry = paths.moment_arm(k) * active;
        if (entry == 0.0) continue;
        room.row[n] = model_.arm_row[static_cast<std::size_t>(k)];
        room.value[n++] = entry;
      }
      p_.close(n);
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
      gather(supports, column);
      const auto n = static_cast<int>(out_.node_row.size());
      for (const Vec3& edge : column.edge) {
        const Vec3 along(edge.dot(column.axis[0]), edge.dot(column.axis[1]), edge.dot(column.axis[2]));
        p_.add_column(weight / column.strength, 2, 0.0, infinity);
        const Program::Room room = p_.open(n + 2);
        for (int i = 0; i < n; ++i) {
          room.row[i] = out_.node_row[static_cast<std::size_t>(i)];
          room.value[i] = out_.node_arm[static_cast<std::size_t>(i)].dot(along);
        }
        for (int i = 0; i < 2; ++i) {  // the rows of shears stand last
          room.row[n + i] = shear + i;
          room.value[n + i] = along(1 + i) / bw;
        }
        p_.close(n + 2);
      }
    }
    for (std::size_t i = 0; i < 2 * out_.patches.size(); ++i) {
      p_.add_column(model_.recruit.w_shear, 2, -infinity, infinity);
      p_.add_entry(shear_row_ + static_cast<int>(i), -1.0);
    }
  }

 private:
  /// Arms of one node about every equation that feels it, in the order of the equations.
  void gather(const Supports& supports, const Supports::Column& column) {
    std::vector<int>& row = out_.node_row;
    std::vector<Vec3>& arm = out_.node_arm;
    row.clear(), arm.clear();
    for (int e = column.first_entry; e < column.first_entry + column.n_entries; ++e) {
      const Supports::Entry& entry = supports.entries[static_cast<std::size_t>(e)];
      const auto at = std::lower_bound(row.begin(), row.end(), entry.row);
      const auto i = at - row.begin();
      if (at != row.end() && *at == entry.row) {
        arm[static_cast<std::size_t>(i)] += entry.arm;
      } else {
        row.insert(at, entry.row);
        arm.insert(arm.begin() + i, entry.arm);
      }
    }
  }

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

}  // namespace recruit::detail

}  // namespace psoas
