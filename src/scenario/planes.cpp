#include "scenario/planes.hpp"

#include <cmath>

#include "psoas/core/error.hpp"

namespace psoas::assembly {
namespace {

Vec3 tangent_of(const Vec3& normal) {
  const Vec3 along = std::abs(normal.x()) > 0.99 ? Vec3::UnitY() : Vec3::UnitX();
  return (along - normal * normal.dot(along)).normalized();
}

/// The lowest of some places, seen along the normal.
Vec3 lowest_of(const Kinematics& k, const std::vector<Place>& places, const Vec3& normal) {
  Vec3 best = world_point(k, places.front().body, places.front().at);
  for (const Place& p : places) {
    const Vec3 x = world_point(k, p.body, p.at);
    if (normal.dot(x) < normal.dot(best)) best = x;
  }
  return best;
}

}  // namespace

std::vector<Bearing> bearings_of(const Model& model, const Scenario& scenario, const VecX& first_pose) {
  Kinematics k(model);
  Pose pose = rest_pose(model);
  pose.q = first_pose;
  compute_kinematics(model, pose, k);
  std::vector<Bearing> out;
  for (const ScenarioSupport& support : scenario.supports) {
    const std::vector<Place> places = places_of(model, support.patches, support.where);
    if (places.empty()) throw SpecError({{support.where, "support \"" + support.name + "\" has no patches"}});
    Bearing bearing;
    for (const Place& place : places) {
      if (place.node < 0) {
        throw SpecError({{support.where, "support \"" + support.name + "\" needs patches, not bodies"}});
      }
      bearing.nodes.push_back(place.node);
    }
    bearing.reach = support.reach;
    bearing.plane.name = support.name;
    bearing.plane.normal = support.normal.normalized();
    bearing.plane.tangent = tangent_of(bearing.plane.normal);
    bearing.plane.friction = support.friction;
    const std::vector<Place> through =
        support.through.empty() ? places : places_of(model, support.through, support.where);
    bearing.plane.point = support.point ? *support.point : lowest_of(k, through, bearing.plane.normal);
    out.push_back(std::move(bearing));
  }
  return out;
}

double strength_at(double distance, double reach) {
  const double x = (reach - distance) / reach;
  if (x >= 1.0) return 1.0;
  if (!(x > 0.0)) return 0.0;
  return std::pow(x, 6);
}

std::vector<ActiveNode> active_nodes(const Model& model, const Pose& pose, const std::vector<Bearing>& bearings,
                                     const std::vector<bool>& on, Kinematics& scratch) {
  constexpr double least = 1e-6;
  compute_kinematics(model, pose, scratch);
  std::vector<ActiveNode> out;
  for (std::size_t b = 0; b < bearings.size(); ++b) {
    if (!on[b]) continue;
    const SupportPlane& plane = bearings[b].plane;
    for (const int n : bearings[b].nodes) {
      const Node& node = model.nodes[static_cast<std::size_t>(n)];
      const double distance = plane.normal.dot(world_point(scratch, node.body, node.at) - plane.point);
      const double strength = strength_at(distance, bearings[b].reach);
      if (strength >= least) out.push_back({n, static_cast<int>(b), strength});
    }
  }
  return out;
}

}  // namespace psoas::assembly
