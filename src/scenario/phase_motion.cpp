#include "scenario/phase_motion.hpp"

#include <algorithm>
#include <cstdio>

#include "scenario/minimum_jerk.hpp"

namespace psoas::assembly {
namespace {

constexpr double shift_scale = 0.05;  // in between, every shift has a wish: the way between both keyframes [m]
constexpr double stencil = 2e-3;      // of the differences along the way [-]

std::vector<Unknown> unknowns_between(const Model& model, const ClosedKeyframe& a, const ClosedKeyframe& b) {
  std::vector<Unknown> out;
  for (const ClosedKeyframe* keyframe : {&a, &b}) {
    for (Unknown unknown : keyframe->unknowns) {
      const bool there = std::any_of(out.begin(), out.end(), [&](const Unknown& u) {
        return std::any_of(unknown.coordinates.begin(), unknown.coordinates.end(),
                           [&](int c) { return std::count(u.coordinates.begin(), u.coordinates.end(), c) > 0; });
      });
      if (there) continue;
      const auto first = static_cast<std::size_t>(unknown.coordinates.front());
      if (model.coordinates[first].translational) unknown.scale = shift_scale;
      out.push_back(std::move(unknown));
    }
  }
  return out;
}

}  // namespace

PhaseMotion::PhaseMotion(const Model& model, const Scenario& scenario, const std::string& name,
                         const ClosedKeyframe& from, const ClosedKeyframe& to, const std::map<std::string, VecX>& kept)
    : model_(model),
      name_(name),
      first_(from.q),
      last_(to.q),
      duration_(to.time - from.time),
      still_(from.q == to.q),
      projector_(model, unknowns_between(model, from, to), conditions_of(model, scenario, "", kept)),
      first_gaps_(projector_.gaps_at(first_)),
      last_gaps_(projector_.gaps_at(last_)),
      previous_(from.q) {}

VecX PhaseMotion::closed(double share, const VecX& start) {
  const VecX wish = first_ + share * (last_ - first_);
  const VecX goal = first_gaps_ + share * (last_gaps_ - first_gaps_);
  const Projected near = projector_.bring_back(wish, start, goal);
  if (near.met) return near.q;
  const Projected pose = projector_.project(wish, start);
  char place[48];
  std::snprintf(place, sizeof place, "\" at %.3g of its way", share);
  const std::string what = "phase \"" + name_ + place;
  check_met(model_, projector_, pose, wish, what);
  return pose.q;
}

Pose PhaseMotion::at(double t) {
  Pose pose = rest_pose(model_);
  pose.q = first_;
  if (!still_) {
    const Stride s = minimum_jerk(t, duration_);
    const double h = stencil;
    pose.q = previous_ = closed(s.value, previous_);
    const VecX b = closed(s.value - h, pose.q);
    const VecX c = closed(s.value + h, 2.0 * pose.q - b);
    const VecX a = closed(s.value - 2 * h, pose.q + (b - c));
    const VecX d = closed(s.value + 2 * h, pose.q + (c - b));
    const VecX slope = (a - d + 8.0 * (c - b)) / (12.0 * h);
    const VecX curvature = (16.0 * (b + c) - a - d - 30.0 * pose.q) / (12.0 * h * h);
    pose.v = slope * s.speed;
    pose.a = curvature * (s.speed * s.speed) + slope * s.acceleration;
  }
  Kinematics k(model_);
  compute_kinematics(model_, pose, k);
  return {k.q, k.v, k.a};
}

}  // namespace psoas::assembly
