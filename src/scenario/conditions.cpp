#include "scenario/conditions.hpp"

#include <algorithm>
#include <cmath>

#include "psoas/core/error.hpp"
#include "psoas/core/nearest_name.hpp"
#include "psoas/spatial/twist.hpp"

namespace psoas::assembly {
namespace {

struct Motion {
  Vec3 place, speed;
};

Motion motion_of(const Kinematics& k, const Place& p) {
  const Vec3 x = world_point(k, p.body, p.at);
  return {x, spatial::point_velocity<double>(k.V_GB[static_cast<std::size_t>(p.body)], x)};
}

Motion mean_motion(const Kinematics& k, const std::vector<Place>& places) {
  Motion sum{Vec3::Zero(), Vec3::Zero()};
  for (const Place& p : places) {
    const Motion m = motion_of(k, p);
    sum.place += m.place, sum.speed += m.speed;
  }
  const double n = std::max<double>(1.0, static_cast<double>(places.size()));
  return {sum.place / n, sum.speed / n};
}

Motion mass_center_motion(const Model& model, const Kinematics& k) {
  Motion sum{Vec3::Zero(), Vec3::Zero()};
  for (std::size_t b = 0; b < model.bodies.size(); ++b) {
    const Motion m = motion_of(k, {static_cast<int>(b), model.bodies[b].mass_center, -1});
    sum.place += model.bodies[b].mass * m.place, sum.speed += model.bodies[b].mass * m.speed;
  }
  return {sum.place / model.mass, sum.speed / model.mass};
}

Gap lowest_gap(const Kinematics& k, const Condition& c) {
  Gap gap{infinity, 0.0};
  for (const Place& p : c.places) {
    const Motion m = motion_of(k, p);
    const double height = c.axis.dot(m.place);
    if (height < gap.value) gap = {height, c.axis.dot(m.speed)};
  }
  return {gap.value - c.target, gap.rate};
}

/// -s log(sum_i share_i exp(-h_i / s)): below the lowest by at most nothing, above it where others are as low.
Gap soft_gap(const Kinematics& k, const Condition& c) {
  const double least = lowest_gap(k, c).value + c.target;
  double sum = 0.0, rate = 0.0;
  for (std::size_t i = 0; i < c.places.size(); ++i) {
    const Motion m = motion_of(k, c.places[i]);
    const double weight = c.share[i] * std::exp(-(c.axis.dot(m.place) - least) / touch_softness);
    sum += weight, rate += weight * c.axis.dot(m.speed);
  }
  return {least - touch_softness * std::log(sum) - c.target, rate / sum};
}

/// How far the mass centre lies beside the level line from a to b, to the right of the way.
Gap balance_gap(const Model& model, const Kinematics& k, const Condition& c) {
  const Motion m = mass_center_motion(model, k), a = mean_motion(k, c.places), b = mean_motion(k, c.other);
  const auto level = [&](const Vec3& x) -> Vec3 { return x - c.axis * c.axis.dot(x); };
  const Vec3 way = level(b.place - a.place), way_rate = level(b.speed - a.speed);
  const Vec3 off = m.place - a.place, off_rate = m.speed - a.speed;
  const double length = way.norm();
  const Vec3 right = way.cross(c.axis) / length;
  const Vec3 right_rate = way_rate.cross(c.axis) / length - right * (way.dot(way_rate) / (length * length));
  return {off.dot(right) - c.target, off_rate.dot(right) + off.dot(right_rate)};
}

bool mirror_images(const Place& a, const Place& b) {
  return a.body == b.body && a.at.x() == b.at.x() && a.at.y() == b.at.y() && a.at.z() == -b.at.z();
}

std::vector<double> shares_of(const std::vector<Place>& places) {
  std::vector<double> shares;
  for (const Place& a : places) {
    const auto images = std::count_if(places.begin(), places.end(),
                                      [&](const Place& b) { return a.at.z() != 0.0 && mirror_images(a, b); });
    shares.push_back(1.0 / (1.0 + static_cast<double>(images)));
  }
  return shares;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

Vec3 axis_of(const Closure& c) {
  if (c.axis == "x") return Vec3::UnitX();
  if (c.axis == "y") return Vec3::UnitY();
  if (c.axis == "z") return Vec3::UnitZ();
  throw SpecError({{c.where, "axis must be x, y or z, got \"" + c.axis + '"'}});
}

/// Sets the plane of a condition: its normal, and the target as a height along it.
void put_on_plane(const Scenario& scenario, const Closure& closure, Condition& c) {
  std::vector<std::string> known;
  for (const ScenarioSupport& support : scenario.supports) {
    known.push_back(support.name);
    if (support.name != closure.plane) continue;
    if (!support.point) {
      throw SpecError({{closure.where, "support \"" + support.name + "\" follows from the pose and cannot close it"}});
    }
    c.axis = support.normal.normalized();
    c.target += c.axis.dot(*support.point);
    return;
  }
  throw SpecError({{closure.where, "no support \"" + closure.plane + '"' + did_you_mean(closure.plane, known)}});
}

bool holds_in(const Closure& closure, const std::string& keyframe) {
  if (closure.kind == Closure::Kind::hold && closure.keyframe == keyframe) return false;
  if (closure.keyframes.empty()) return true;
  return std::find(closure.keyframes.begin(), closure.keyframes.end(), keyframe) != closure.keyframes.end();
}

void add_conditions(const Model& model, const Scenario& scenario, const Closure& closure,
                    const std::map<std::string, double>& parameters, const std::map<std::string, VecX>& kept,
                    std::vector<Condition>& out) {
  Condition c;
  c.where = closure.where;
  c.places = places_of(model, closure.nodes, closure.where);
  c.target = evaluate(closure.value, parameters);
  const std::string nodes = joined(closure.nodes);
  switch (closure.kind) {
    case Closure::Kind::touch:
    case Closure::Kind::lowest:
      c.kind = closure.kind == Closure::Kind::touch ? Condition::Kind::softly_lowest : Condition::Kind::lowest;
      c.share = shares_of(c.places);
      put_on_plane(scenario, closure, c);
      c.label = nodes + " on the " + closure.plane;
      break;
    case Closure::Kind::flat:
      c.kind = Condition::Kind::lowest;
      put_on_plane(scenario, closure, c);
      c.label = nodes + " flat on the " + closure.plane;
      for (const Place& place : std::vector<Place>(std::move(c.places))) {
        c.places = {place};
        out.push_back(c);
      }
      return;
    case Closure::Kind::hold: {
      c.axis = axis_of(closure);
      Kinematics k(model);
      Pose pose = rest_pose(model);
      pose.q = kept.at(closure.keyframe);
      compute_kinematics(model, pose, k);
      c.target += c.axis.dot(mean_of(k, c.places));
      c.label = nodes + " where keyframe \"" + closure.keyframe + "\" has it along " + closure.axis;
      break;
    }
    case Closure::Kind::distance:
      c.axis = axis_of(closure);
      c.other = places_of(model, closure.other, closure.where);
      c.label = "distance from " + joined(closure.other) + " to " + nodes + " along " + closure.axis;
      break;
    case Closure::Kind::mass_center:
      c.axis = axis_of(closure);
      c.mass_center = true;
      c.label = "mass centre over " + nodes + " along " + closure.axis;
      break;
    case Closure::Kind::balance:
      c.kind = Condition::Kind::balance;
      c.other = places_of(model, closure.other, closure.where);
      c.label = "mass centre over the line from " + nodes + " to " + joined(closure.other);
      break;
  }
  out.push_back(std::move(c));
}

}  // namespace

Vec3 mean_of(const Kinematics& k, const std::vector<Place>& places) {
  Vec3 sum = Vec3::Zero();
  for (const Place& p : places) sum += world_point(k, p.body, p.at);
  return sum / std::max<double>(1.0, static_cast<double>(places.size()));
}

Gap gap_of(const Model& model, const Kinematics& k, const Condition& c) {
  switch (c.kind) {
    case Condition::Kind::softly_lowest: return soft_gap(k, c);
    case Condition::Kind::lowest: return lowest_gap(k, c);
    case Condition::Kind::balance: return balance_gap(model, k, c);
    case Condition::Kind::between: break;
  }
  const Motion to = c.mass_center ? mass_center_motion(model, k) : mean_motion(k, c.places);
  const Motion from = mean_motion(k, c.mass_center ? c.places : c.other);
  return {c.axis.dot(to.place - from.place) - c.target, c.axis.dot(to.speed - from.speed)};
}

std::vector<Place> places_of(const Model& model, const std::vector<std::string>& names, const std::string& where) {
  std::vector<Place> out;
  std::vector<Fault> faults;
  std::vector<std::string> known;
  for (const Patch& patch : model.patches) known.push_back(patch.name);
  for (const Body& body : model.bodies) known.push_back(body.name);
  for (const std::string& name : names) {
    const std::string stem = name.substr(0, name.find(':'));
    const std::size_t before = out.size();
    int index = 0;
    for (std::size_t n = 0; n < model.nodes.size(); ++n) {
      const Node& node = model.nodes[n];
      if (model.patches[static_cast<std::size_t>(node.patch)].name != stem) continue;
      if (name == stem || name == stem + ':' + std::to_string(index)) {
        out.push_back({node.body, node.at, static_cast<int>(n)});
      }
      ++index;
    }
    for (std::size_t b = 0; index == 0 && b < model.bodies.size(); ++b) {
      if (model.bodies[b].name == name) out.push_back({static_cast<int>(b), Vec3::Zero(), -1});
    }
    if (out.size() > before) continue;
    faults.push_back({where, index > 0 ? "patch \"" + stem + "\" has the nodes 0 to " + std::to_string(index - 1) +
                                             ", got \"" + name + '"'
                                       : "no patch or body \"" + name + '"' + did_you_mean(stem, known)});
  }
  if (!faults.empty()) throw SpecError(std::move(faults));
  return out;
}

std::vector<Condition> conditions_of(const Model& model, const Scenario& scenario, const std::string& keyframe,
                                     const std::map<std::string, VecX>& kept) {
  const std::map<std::string, double> parameters = expression_values(scenario, model);
  std::vector<Condition> out;
  for (const Closure& closure : scenario.closures) {
    if (!holds_in(closure, keyframe) || !(evaluate(closure.when, parameters) > 0.0)) continue;
    add_conditions(model, scenario, closure, parameters, kept, out);
  }
  return out;
}

}  // namespace psoas::assembly
