#include "scenario/projection.hpp"

#include <Eigen/QR>

#include <algorithm>
#include <cmath>
#include <utility>

namespace psoas::assembly {
namespace {

constexpr double tolerance = 1e-10;      // of a condition [m]
constexpr double tight = 1e-13;          // what the iteration aims at [m]
constexpr double settled = 1e-12;        // step of a scaled coordinate [-]
constexpr double longest_turn = 0.35;    // of one step [rad]
constexpr double longest_shift = 0.25;   // of one step [m]
constexpr double rank_threshold = 1e-9;  // relative pivot below which a condition repeats others

double largest(const VecX& values) { return values.size() == 0 ? 0.0 : values.cwiseAbs().maxCoeff(); }

}  // namespace

Projector::Projector(const Model& model, std::vector<Unknown> unknowns, std::vector<Condition> conditions)
    : model_(model),
      unknowns_(std::move(unknowns)),
      conditions_(std::move(conditions)),
      kinematics_(model),
      pose_(rest_pose(model)) {}

VecX Projector::pose_at(const VecX& wish, const VecX& y) const {
  VecX q = wish;
  for (std::size_t i = 0; i < unknowns_.size(); ++i) {
    for (const int c : unknowns_[i].coordinates) q(c) += y(static_cast<Eigen::Index>(i)) * unknowns_[i].scale;
  }
  return q;
}

VecX Projector::scaled_moves(const VecX& wish, const VecX& q) const {
  VecX y(static_cast<Eigen::Index>(unknowns_.size()));
  for (std::size_t i = 0; i < unknowns_.size(); ++i) {
    const int c = unknowns_[i].coordinates.front();
    y(static_cast<Eigen::Index>(i)) = (q(c) - wish(c)) / unknowns_[i].scale;
  }
  return y;
}

VecX Projector::gaps_at(const VecX& q) {
  pose_.q = q;
  pose_.v.setZero();
  compute_kinematics(model_, pose_, kinematics_);
  VecX gaps(static_cast<Eigen::Index>(conditions_.size()));
  for (Eigen::Index r = 0; r < gaps.size(); ++r) {
    gaps(r) = gap_of(model_, kinematics_, conditions_[static_cast<std::size_t>(r)]).value;
  }
  return gaps;
}

void Projector::linearize(const VecX& q, VecX& gaps, MatX& jacobian) {
  const auto n = static_cast<Eigen::Index>(unknowns_.size());
  const auto m = static_cast<Eigen::Index>(conditions_.size());
  gaps = gaps_at(q);
  jacobian.resize(m, n);
  for (Eigen::Index i = 0; i < n; ++i) {
    const Unknown& unknown = unknowns_[static_cast<std::size_t>(i)];
    pose_.v.setZero();
    for (const int c : unknown.coordinates) pose_.v(c) = unknown.scale;
    compute_kinematics(model_, pose_, kinematics_);
    for (Eigen::Index r = 0; r < m; ++r) {
      jacobian(r, i) = gap_of(model_, kinematics_, conditions_[static_cast<std::size_t>(r)]).rate;
    }
  }
}

/// A step cut to what one linearisation can be trusted with.
VecX Projector::limited(const VecX& step) const {
  double longest = 0.0;
  for (std::size_t i = 0; i < unknowns_.size(); ++i) {
    const int first = unknowns_[i].coordinates.front();
    const bool shift = model_.coordinates[static_cast<std::size_t>(first)].translational;
    const double size = std::abs(step(static_cast<Eigen::Index>(i))) * unknowns_[i].scale;
    longest = std::max(longest, size / (shift ? longest_shift : longest_turn));
  }
  return longest > 1.0 ? VecX(step / longest) : step;
}

bool Projector::gauss_newton(const VecX& wish, VecX& y) {
  VecX gaps;
  MatX jacobian;
  for (int iteration = 0; iteration < 200; ++iteration) {
    linearize(pose_at(wish, y), gaps, jacobian);
    if (!gaps.allFinite() || !jacobian.allFinite()) return false;
    Eigen::CompleteOrthogonalDecomposition<MatX> decomposition;
    decomposition.setThreshold(rank_threshold);
    decomposition.compute(jacobian);
    const VecX wanted = jacobian * y - gaps;
    VecX step = decomposition.solve(wanted);
    step = limited(step - y);
    if (largest(gaps) <= tight && largest(step) <= settled) return true;
    y += step;
  }
  return largest(gaps_at(pose_at(wish, y))) <= tolerance;
}

/// Damped steps towards the least sum of squared distances: where the conditions contradict each other, this is how
/// near they can come.
void Projector::least_violation(const VecX& wish, VecX& y) {
  VecX gaps;
  MatX jacobian;
  double damping = 1e-3;
  for (int iteration = 0; iteration < 200; ++iteration) {
    linearize(pose_at(wish, y), gaps, jacobian);
    if (!gaps.allFinite() || !jacobian.allFinite()) return;
    MatX normal = jacobian.transpose() * jacobian;
    normal.diagonal().array() += damping * normal.diagonal().maxCoeff() + 1e-12;
    const VecX uphill = jacobian.transpose() * gaps, down = -normal.llt().solve(uphill);
    const VecX step = limited(down);
    const bool better = gaps_at(pose_at(wish, y + step)).squaredNorm() < gaps.squaredNorm();
    damping = better ? std::max(damping / 4.0, 1e-12) : damping * 8.0;
    if (better) y += step;
    if (damping > 1e8 || (better && largest(step) < 1e-10)) return;
  }
}

Projected Projector::project(const VecX& wish, const VecX& start) {
  VecX y = scaled_moves(wish, start);
  const VecX first = y;
  Projected out;
  out.met = gauss_newton(wish, y);
  if (!out.met) {
    y = first;
    least_violation(wish, y);
    const VecX nearest = y;
    out.met = gauss_newton(wish, y);
    if (!out.met) y = nearest;
  }
  out.q = pose_at(wish, y);
  const VecX gaps = gaps_at(out.q);
  for (Eigen::Index r = 0; r < gaps.size(); ++r) {
    if (out.worst >= 0 && !(std::abs(gaps(r)) > out.distance)) continue;
    out.worst = static_cast<int>(r), out.distance = std::abs(gaps(r));
  }
  return out;
}

Projected Projector::bring_back(const VecX& wish, const VecX& start, const VecX& goal) {
  Projected out;
  VecX gaps;
  MatX jacobian;
  linearize(wish, gaps, jacobian);
  if (!jacobian.allFinite()) return out;
  Eigen::ColPivHouseholderQR<MatX> qr;
  qr.setThreshold(rank_threshold);
  qr.compute(jacobian.transpose());
  const MatX basis = MatX(qr.householderQ()).leftCols(qr.rank());
  VecX x = basis.transpose() * scaled_moves(wish, start);
  for (int iteration = 0; iteration < 30; ++iteration) {
    out.q = pose_at(wish, basis * x);
    out.distance = largest(gaps_at(out.q) - goal);
    if (!std::isfinite(out.distance)) return out;
    if (out.distance <= tight || (iteration > 8 && out.distance <= tolerance)) {
      out.met = true;
      return out;
    }
    linearize(out.q, gaps, jacobian);
    const MatX reduced = jacobian * basis;
    const VecX wanted = goal - gaps, move = reduced.colPivHouseholderQr().solve(wanted);
    const VecX step = basis * move;
    x += basis.transpose() * limited(step);
  }
  return out;
}

}  // namespace psoas::assembly
