#include "gates.hpp"

#include <algorithm>
#include <cmath>
#include <string>

namespace psoas::detail {
namespace {

/// Keeps the worst value of a gate and when it came.
class Worst {
 public:
  explicit Worst(const Outcome& outcome) : outcome_(outcome) {}

  void see(double value, std::size_t frame, const std::string& at = {}) {
    if (std::isnan(value) || !(value > value_)) return;
    value_ = value;
    at_ = value > 0.0 ? at : std::string();
    time_ = outcome_.time[frame];
  }

  Gate gate(const char* name, double warn, double fail) const {
    if (value_ < 0.0) return {name, not_a_number, warn, fail, Verdict::fail, "", not_a_number};  // no frame was solved
    Gate gate{name, value_, warn, fail, Verdict::pass, at_, time_};
    if (gate.value > warn) gate.verdict = Verdict::warn;
    if (gate.value > fail) gate.verdict = Verdict::fail;
    return gate;
  }

 private:
  const Outcome& outcome_;
  double value_ = -1.0, time_ = not_a_number;
  std::string at_;
};

bool solved(const Outcome& outcome, std::size_t f) { return usable(outcome.frame_status[f]); }

void add_root_gates(const Outcome& o, const GateLimits& limits, std::vector<Gate>& gates) {
  if (!o.model->free_root) return;
  Worst force(o), moment(o);
  for (std::size_t f = 0; f < o.time.size(); ++f) {
    if (!solved(o, f)) continue;
    const auto reserve = o.reserve.col(static_cast<Eigen::Index>(f));
    moment.see(reserve.head<3>().norm(), f);
    force.see(reserve.segment<3>(3).norm(), f);
  }
  const double bw = o.model->body_weight, height = o.model->spec->person.height;
  gates.push_back(force.gate("root_reserve_N", limits.root_force_warn * bw, limits.root_force_fail * bw));
  gates.push_back(
      moment.gate("root_reserve_Nm", limits.root_moment_warn * bw * height, limits.root_moment_fail * bw * height));
}

/// The coordinate with the worst verdict stands for all, and among those the one whose reserve is largest against its
/// own limit.
void add_reserve_gate(const Outcome& o, const GateLimits& limits, std::vector<Gate>& gates) {
  Gate worst = Worst(o).gate("coordinate_reserve_Nm", limits.reserve_floor, limits.reserve_floor);
  bool any = false;
  for (int r = 0; r < o.model->n_rows(); ++r) {
    const Row& row = o.model->rows[static_cast<std::size_t>(r)];
    if (row.kind != Equation::coordinate && row.kind != Equation::level) continue;
    Worst reserve(o);
    double peak_moment = 0.0;
    for (std::size_t f = 0; f < o.time.size(); ++f) {
      if (!solved(o, f)) continue;
      reserve.see(std::abs(o.reserve(r, static_cast<Eigen::Index>(f))), f, row.name);
      peak_moment = std::max(peak_moment, std::abs(o.joint_moment(r, static_cast<Eigen::Index>(f))));
    }
    const double warn = std::max(limits.reserve_floor, limits.reserve_warn * peak_moment);
    const double fail = std::max(limits.reserve_floor, limits.reserve_fail * peak_moment);
    const Gate gate = reserve.gate("coordinate_reserve_Nm", warn, fail);
    const bool larger = gate.value * worst.warn > worst.value * gate.warn;
    if (!any || gate.verdict > worst.verdict || (gate.verdict == worst.verdict && larger)) worst = gate;
    any = true;
  }
  gates.push_back(worst);
}

void add_level_gate(const Outcome& o, const GateLimits& limits, std::vector<Gate>& gates) {
  if (o.model->levels.empty()) return;
  Worst worst(o);
  for (std::size_t f = 0; f < o.time.size(); ++f) {
    if (!solved(o, f)) continue;
    for (Eigen::Index i = 0; i < o.level_rotation.rows(); ++i) {
      const double angle = std::abs(o.level_rotation(i, static_cast<Eigen::Index>(f))) / degree;
      worst.see(angle, f, o.model->levels[static_cast<std::size_t>(i / 3)].name);
    }
  }
  gates.push_back(
      worst.gate("level_rotation_deg", limits.level_rotation_warn / degree, limits.level_rotation_fail / degree));
}

void add_muscle_gates(const Outcome& o, const std::vector<FrameChecks>& frames, const GateLimits& limits,
                      std::vector<Gate>& gates) {
  Worst saturated(o), slack(o), outside(o), inside(o), jump(o);
  for (std::size_t f = 0; f < o.time.size(); ++f) {
    if (!solved(o, f)) continue;
    int count = 0;
    std::string first;
    for (Eigen::Index s = 0; s < o.activation.rows(); ++s) {
      if (o.activation(s, static_cast<Eigen::Index>(f)) <= limits.saturated) continue;
      if (count++ == 0) first = o.model->strands[static_cast<std::size_t>(s)].name;
    }
    saturated.see(count, f, first);
    slack.see(frames[f].slack, f);
    outside.see(frames[f].outside_curve, f);
    inside.see(frames[f].inside_surface, f);
    jump.see(0.0, f);
    if (f == 0 || !solved(o, f - 1)) continue;
    const double dt = o.time[f] - o.time[f - 1];
    const VecX change = frames[f].length - frames[f - 1].length - 0.5 * dt * (frames[f].speed + frames[f - 1].speed);
    Eigen::Index strand = 0;
    const double largest = change.size() > 0 ? change.cwiseAbs().maxCoeff(&strand) : 0.0;
    jump.see(1000.0 * largest, f, o.model->strands[static_cast<std::size_t>(strand)].name);
  }
  const auto all = static_cast<double>(o.activation.rows());
  gates.push_back(saturated.gate("saturated_muscles", 0.0, limits.saturated_fail * all));
  gates.push_back(slack.gate("slack_muscles", 0.0, limits.slack_fail * all));
  gates.push_back(outside.gate("fibers_outside_curve", 0.0, limits.outside_curve_fail * all));
  gates.push_back(inside.gate("points_inside_surface", 0.0, limits.inside_surface_fail * all));
  gates.push_back(jump.gate("path_jump_mm", 1.0, 5.0));
}

}  // namespace

FrameChecks check_frame(const Model& model, const Workspace& w) {
  FrameChecks c;
  c.slack = w.strengths.slack;
  c.outside_curve = w.strengths.outside_curve;
  c.inside_surface = w.paths.inside;
  c.length = w.paths.length;
  c.speed = w.paths.speed;
  if (w.recruitment.balanced_residual.size() > 0) c.abdomen = w.recruitment.balanced_residual.cwiseAbs().maxCoeff();
  if (model.free_root) {
    Vec3 sum = spatial::linear<double>(
        Vec6(w.inverse_dynamics.gravity[0] + w.inverse_dynamics.inertia[0] + w.inverse_dynamics.external[0]));
    for (const Vec3& force : w.recruitment.node_force) sum += force;
    sum += w.recruitment.reserve.segment<3>(3);
    c.balance = sum.norm();
  }
  for (int i = 0; i < model.n_coordinates(); ++i) {
    const Coordinate& coordinate = model.coordinates[static_cast<std::size_t>(i)];
    if (coordinate.translational) continue;
    const double q = w.kinematics.q(i);
    const double excess = std::max({0.0, coordinate.warn_minimum - q, q - coordinate.warn_maximum,
                                    coordinate.minimum - q, q - coordinate.maximum});
    if (excess > c.range_excess) c.range_excess = excess, c.range_coordinate = i;
  }
  return c;
}

std::vector<Gate> make_gates(const Outcome& o, const std::vector<FrameChecks>& frames, const GateLimits& limits) {
  std::vector<Gate> gates;
  add_root_gates(o, limits, gates);
  add_reserve_gate(o, limits, gates);
  add_level_gate(o, limits, gates);
  Worst abdomen(o), balance(o), range(o);
  for (std::size_t f = 0; f < o.time.size(); ++f) {
    if (!solved(o, f)) continue;
    abdomen.see(frames[f].abdomen, f);
    balance.see(frames[f].balance / o.model->body_weight, f);
    const int c = frames[f].range_coordinate;
    range.see(frames[f].range_excess / degree, f, c < 0 ? "" : o.model->coordinates[static_cast<std::size_t>(c)].name);
  }
  if (!o.model->balanced.empty()) gates.push_back(abdomen.gate("abdomen_N", limits.abdomen_warn, limits.abdomen_fail));
  if (o.model->free_root) gates.push_back(balance.gate("free_body_balance", limits.balance_fail, limits.balance_fail));
  gates.push_back(range.gate("coordinate_range_deg", 0.0, 20.0));
  add_muscle_gates(o, frames, limits, gates);
  Gate failed{"failed_frames", static_cast<double>(o.failed_frames()), 0.0, 0.0, Verdict::pass, "", not_a_number};
  if (failed.value > 0.0) failed.verdict = Verdict::fail;
  gates.push_back(failed);
  return gates;
}

}  // namespace psoas::detail
