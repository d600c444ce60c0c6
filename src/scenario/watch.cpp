#include "scenario/watch.hpp"

#include <algorithm>
#include <cmath>
#include <map>
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

/// Where the motion of the base has a coordinate, as long as the simulation lasts.
void add_wanted(const Task& task, int coordinate, double unit, double end, std::map<std::string, double>& numbers) {
  double lowest = infinity, highest = -infinity, last = not_a_number;
  for (const TaskFrame& frame : task.frames) {
    if (frame.time > end + 1e-9) break;
    last = frame.pose.q(coordinate) / unit;
    lowest = std::min(lowest, last);
    highest = std::max(highest, last);
  }
  numbers["wanted_lowest"] = lowest;
  numbers["wanted_highest"] = highest;
  numbers["wanted_final"] = last;
}

void add_range_ends(const Trajectory& t, int coordinate, std::map<std::string, double>& numbers) {
  double& first = numbers["range_end_s"] = not_a_number;
  double& count = numbers["range_ends"] = 0.0;
  for (const RangeEvent& event : t.events) {
    if (event.coordinate != coordinate) continue;
    if (count == 0.0) first = event.time;
    count += 1.0;
  }
}

bool has_settled(const Trajectory& t, int coordinate) {
  for (std::size_t i = t.time.size(); i-- > 0 && t.time[i] > t.time.back() - 0.5;) {
    if (std::abs(t.pose[i].v(coordinate)) > settled_speed) return false;
  }
  return usable(t.status) && t.time.back() - t.time.front() > 0.5;
}

}  // namespace

void watch(const Model& model, const Simulation& s, const Task& task, const Trajectory& t, ForwardReport& report) {
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
    std::map<std::string, double>& numbers = report.watched[coordinate.name + suffix];
    if (s.base) add_wanted(task, c, unit, t.time.back(), numbers);
    add_range_ends(t, c, numbers);
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

void watch_tendons(const Outcome& statics, const Outcome& rigid, const Outcome& elastic, ForwardReport& report) {
  const auto largest = [](const VecX& change) {
    double out = not_a_number;
    for (const double d : change) {
      if (std::isfinite(d) && !(std::abs(d) <= std::abs(out))) out = d;
    }
    return out;
  };
  for (const char* load : {"psoas.major_r.force_N", "psoas.major_l.force_N", "hip.r.force_N", "hip.l.force_N",
                           "spine.L4_L5.compression_N", "spine.L5_S1.compression_N"}) {
    if (statics.find(load) == nullptr) continue;
    const VecX &base = statics.channel(load).values, &lagging = rigid.channel(load).values;
    report.watched[load] = {{"static_peak", statics.peak(load).value},
                            {"rigid_peak", rigid.peak(load).value},
                            {"elastic_peak", elastic.peak(load).value},
                            {"largest_lag_change", largest(lagging - base)},
                            {"largest_tendon_change", largest(elastic.channel(load).values - lagging)}};
  }
}

void watch_pull(const std::vector<std::string>& names, const std::vector<double>& time, const MatX& force,
                ForwardReport& report) {
  double lowest = infinity, at = not_a_number;
  for (Eigen::Index i = 0; i < force.cols(); ++i) {
    for (Eigen::Index m = 0; m < force.rows(); ++m) {
      if (!(force(m, i) < lowest)) continue;
      lowest = force(m, i);
      at = time[static_cast<std::size_t>(i)];
      report.lowest_pull_at = names[static_cast<std::size_t>(m)];
    }
  }
  if (std::isnan(at)) return;
  report.watched["lowest_tendon_force_N"] = {{"lowest", lowest}, {"time_s", at}};
}

void watch_pull(const Model& model, const Trajectory& t, ForwardReport& report) {
  std::vector<std::string> names;
  for (const int s : t.strands) names.push_back(model.strands[static_cast<std::size_t>(s)].name);
  watch_pull(names, t.time, t.force, report);
  if (t.pushing.empty()) return;
  const auto most = std::max_element(t.pushing.begin(), t.pushing.end());
  const auto when = static_cast<std::size_t>(most - t.pushing.begin());
  report.watched["rigid_tendons_slack"] = {{"most", static_cast<double>(*most)},
                                           {"time_s", *most > 0 ? t.time[when] : not_a_number}};
}

void add_pull_gate(const GateLimits& limits, Outcome& outcome) {
  const auto found = outcome.forward->watched.find("lowest_tendon_force_N");
  if (found == outcome.forward->watched.end()) return;
  const double push = std::max(0.0, -found->second.at("lowest"));
  Gate gate{"tendon_push_N", push, limits.tendon_push_warn, limits.tendon_push_fail, Verdict::pass, "", not_a_number};
  if (push > gate.warn) gate.verdict = Verdict::warn;
  if (push > gate.fail) gate.verdict = Verdict::fail;
  if (push > 0.0) gate.at = outcome.forward->lowest_pull_at, gate.time = found->second.at("time_s");
  outcome.gates.push_back(gate);
}

}  // namespace psoas::simulation
