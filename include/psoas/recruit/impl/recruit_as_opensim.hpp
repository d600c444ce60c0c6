#pragma once

#include <Eigen/LU>

#include "psoas/core/compiled.hpp"
#include "psoas/recruit/recruit_as_opensim.hpp"
#include "psoas/recruit/solve.hpp"

namespace psoas {

namespace recruit::detail {

/// What a unit generalised force on one coordinate of a free root is in the six equations of the root.
///
///   twist of coordinate c = sum_r B(r, c) twist of equation r,   so a force on c is row c of the inverse of B
class RootColumns {
 public:
  RootColumns(const Model& model, const Kinematics& k) {
    if (!model.free_root) return;
    const Body& root = model.bodies.front();
    const Vec3 origin = k.X_GB[0].p;
    Mat6 B = Mat6::Zero();
    int n = 0;
    for (int m = root.first_motion; m < root.first_motion + root.n_motions && n < 6; ++m) {
      const JointMotion& motion = model.motions[static_cast<std::size_t>(m)];
      if (motion.row >= 0) continue;
      const Vec6& twist = k.twist[static_cast<std::size_t>(m)];
      B.col(n).head<3>() = twist.head<3>();
      B.col(n).tail<3>() = twist.tail<3>() + twist.head<3>().cross(origin);
      coordinate_[n++] = motion.coordinate;
    }
    if (n == 6) inverse_ = B.inverse();
  }

  /// Entry of row r, 0 to 5.
  double entry(int coordinate, int r) const {
    for (int n = 0; n < 6; ++n) {
      if (coordinate_[n] == coordinate) return inverse_(n, r);
    }
    return not_a_number;
  }

 private:
  using Mat6 = Eigen::Matrix<double, 6, 6>;
  Mat6 inverse_ = Mat6::Constant(not_a_number);
  int coordinate_[6] = {-1, -1, -1, -1, -1, -1};
};

/// Calls f(row, generalised force per unit control) for every equation that an actuator acts on.
template <class F>
void each_entry(const Model& model, const Kinematics& k, const RootColumns& root, const Actuator& actuator, F&& f) {
  int c = actuator.coordinate;
  double gain = actuator.optimal_force;
  if (psoas::detail::is_root_coordinate(model, c)) {
    for (int r = 0; r < 6; ++r)
      f(model.motions[static_cast<std::size_t>(model.root_motion + r)].row, gain * root.entry(c, r));
    return;
  }
  if (model.coordinates[static_cast<std::size_t>(c)].row < 0) gain *= k.gain(c);
  while (model.coordinates[static_cast<std::size_t>(c)].row < 0 &&
         model.coordinates[static_cast<std::size_t>(c)].leader >= 0) {
    c = model.coordinates[static_cast<std::size_t>(c)].leader;
  }
  const int row = model.coordinates[static_cast<std::size_t>(c)].row;
  if (row >= 0) f(row, gain);
}

}  // namespace recruit::detail

PSOAS_INLINE Status recruit_as_opensim(const Model& model, const Kinematics& k, const InverseDynamics& id,
                                       const Paths& paths, const Strengths& strengths, const VecX& lower,
                                       const VecX& upper, const recruit::RecruitOptions& options,
                                       Recruitment& out) noexcept {
  const std::vector<recruit::Actuator>& actuators = *options.opensim;
  const recruit::detail::RootColumns root(model, k);
  out.control.resize(static_cast<Eigen::Index>(actuators.size()));
  for (VecX* v : {&out.level_rotation, &out.balanced_residual}) v->setZero();
  out.node_force.clear();
  const auto fail = [&](Status status) {
    for (VecX* v : {&out.activation, &out.force, &out.reserve, &out.motor, &out.multiplier, &out.control}) {
      v->setConstant(not_a_number);
    }
    out.started = false;
    return out.status = status;
  };
  if (!id.moment.allFinite() || !strengths.active.allFinite() || !paths.moment_arm.allFinite()) {
    return fail(Status::not_finite);
  }
  recruit::Program& p = out.program;
  p.clear();
  for (int r = 0; r < model.n_rows(); ++r) p.add_row(id.moment(r));
  for (int s = 0; s < model.n_strands(); ++s) {
    const Strand& strand = model.strands[static_cast<std::size_t>(s)];
    p.add_column(1.0, 2, lower(s), upper(s));
    for (int a = strand.first_arm; a < strand.first_arm + strand.n_arms; ++a) {
      const double entry = paths.moment_arm(a) * strengths.active(s);
      if (entry != 0.0) p.add_entry(model.arm_row[static_cast<std::size_t>(a)], entry);
    }
  }
  for (const recruit::Actuator& actuator : actuators) {
    p.add_column(1.0, 2, actuator.minimum_control, actuator.maximum_control);
    recruit::detail::each_entry(model, k, root, actuator, [&](int row, double entry) {
      if (entry != 0.0) p.add_entry(row, entry);
    });
  }
  VecX& multiplier = out.solution.multiplier;
  if (!options.warm_start || !out.started || multiplier.size() != p.rows()) {
    multiplier.setConstant(p.rows(), not_a_number);
  }
  const Status status =
      recruit::solve(p, {.tolerance = options.tolerance, .max_iterations = options.max_iterations}, out.solution);
  if (!usable(status)) return fail(status);
  const VecX& x = out.solution.x;
  out.activation = x.head(model.n_strands());
  out.force = out.activation.cwiseProduct(strengths.active);
  out.control = x.tail(out.control.size());
  out.reserve.setZero();
  out.motor.setZero();
  for (std::size_t i = 0; i < actuators.size(); ++i) {
    recruit::detail::each_entry(model, k, root, actuators[i], [&](int row, double entry) {
      const bool motor = model.rows[static_cast<std::size_t>(row)].kind == Equation::motor;
      (motor ? out.motor : out.reserve)(row) += entry * out.control(static_cast<Eigen::Index>(i));
    });
  }
  out.multiplier = multiplier;
  out.started = true;
  return out.status = Status::ok;
}

}  // namespace psoas
