#include "scenario/watch.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "psoas/core/error.hpp"
#include "psoas/mechanics/kinematics.hpp"

namespace psoas::simulation {
namespace {

/// Name without the side at its end.
std::string plain(const std::string& name) {
  const bool sided = name.size() > 2 && (name.ends_with("_r") || name.ends_with("_l"));
  return sided ? name.substr(0, name.size() - 2) : name;
}

/// Height of the lowest node of a patch over time [m].
VecX lowest_node(const Model& model, int patch, const Trajectory& t) {
  Kinematics k(model);
  VecX out = VecX::Constant(static_cast<Eigen::Index>(t.time.size()), infinity);
  for (std::size_t i = 0; i < t.time.size(); ++i) {
    compute_kinematics(model, t.pose[i], k);
    double& height = out(static_cast<Eigen::Index>(i));
    for (const Node& node : model.nodes) {
      if (node.patch == patch) height = std::min(height, world_point(k, node.body, node.at).y());
    }
  }
  return out;
}

void watch_foot(const Model& model, const Simulation& s, const Trajectory& t, ForwardReport& report) {
  int patch = -1;
  try {
    patch = model.patch(s.foot);
  } catch (const Error& error) {
    throw SpecError({{s.about.where, error.what()}});
  }
  if (t.time.empty()) return;
  VecX height = lowest_node(model, patch, t);
  const double ground = height(0);
  height.array() -= ground;
  Eigen::Index highest = 0;
  const double peak = height.maxCoeff(&highest);
  double onset = not_a_number;
  for (Eigen::Index i = 1; i < height.size() && std::isnan(onset); ++i) {
    if (height(i) < foot_off) continue;
    const double before = t.time[static_cast<std::size_t>(i) - 1], after = t.time[static_cast<std::size_t>(i)];
    onset = before + (after - before) * (foot_off - height(i - 1)) / (height(i) - height(i - 1));
  }
  report.watched["foot_height_m"] = {
      {"peak", peak}, {"time_s", t.time[static_cast<std::size_t>(highest)]}, {"onset_s", onset}};
  report.signals.push_back({s.foot + "_height_m", height});
}

bool has_settled(const Trajectory& t, int coordinate) {
  for (std::size_t i = t.time.size(); i-- > 0 && t.time[i] > t.time.back() - 0.5;) {
    if (std::abs(t.pose[i].v(coordinate)) > settled_speed) return false;
  }
  return usable(t.status) && t.time.back() - t.time.front() > 0.5;
}

}  // namespace

void watch(const Model& model, const Simulation& s, const Trajectory& t, ForwardReport& report) {
  for (const int c : t.free) {
    if (t.time.empty()) break;
    const Coordinate& coordinate = model.coordinates[static_cast<std::size_t>(c)];
    const double unit = coordinate.translational ? 1.0 : degree;
    VecX values(static_cast<Eigen::Index>(t.time.size()));
    for (std::size_t i = 0; i < t.time.size(); ++i) values(static_cast<Eigen::Index>(i)) = t.pose[i].q(c) / unit;
    const std::string suffix = coordinate.translational ? "_m" : "_deg";
    report.watched[coordinate.name + suffix] = {{"start", values(0)},
                                                {"lowest", values.minCoeff()},
                                                {"highest", values.maxCoeff()},
                                                {"final", values(values.size() - 1)}};
    if (coordinate.name != s.angle) continue;
    report.watched[plain(s.angle) + suffix] = {{"final", values(values.size() - 1)}};
    report.settled = has_settled(t, c);
  }
  for (std::size_t f = 0; f < t.free.size(); ++f) {
    const std::string& name = model.coordinates[static_cast<std::size_t>(t.free[f])].name;
    report.signals.push_back({name + "_muscle_moment", t.muscle_moment.row(static_cast<Eigen::Index>(f))});
    report.signals.push_back({name + "_passive_moment", t.passive_moment.row(static_cast<Eigen::Index>(f))});
  }
  const bool known = s.angle.empty() || std::count(s.free.begin(), s.free.end(), s.angle) > 0;
  if (!known) throw SpecError({{s.about.where, "watch: \"" + s.angle + "\" is not among the free coordinates"}});
  if (!s.foot.empty()) watch_foot(model, s, t, report);
}

void watch_tendons(const Outcome& rigid, const Outcome& elastic, ForwardReport& report) {
  for (const char* load : {"psoas.major_r.force_N", "psoas.major_l.force_N", "hip.r.force_N", "hip.l.force_N",
                           "spine.L4_L5.compression_N", "spine.L5_S1.compression_N"}) {
    if (rigid.find(load) == nullptr) continue;
    const VecX change = elastic.channel(load).values - rigid.channel(load).values;
    double largest = not_a_number;
    for (const double d : change) {
      if (std::isfinite(d) && !(std::abs(d) <= std::abs(largest))) largest = d;
    }
    report.watched[load] = {{"rigid_peak", rigid.peak(load).value},
                            {"elastic_peak", elastic.peak(load).value},
                            {"largest_change", largest}};
  }
}

}  // namespace psoas::simulation
