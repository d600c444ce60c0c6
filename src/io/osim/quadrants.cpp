#include "io/osim/quadrants.hpp"

#include <algorithm>
#include <cmath>

#include "io/osim/half_rule.hpp"
#include "io/osim/wraps.hpp"
#include "psoas/model/build_paths.hpp"
#include "psoas/wrap/obstacle.hpp"
#include "psoas/wrap/surface_path.hpp"

namespace psoas::io::osim {
namespace {

constexpr int looked_at = 800;         ///< postures
constexpr double same_length = 1e-9;   ///< [m]
constexpr int directions = 72;         ///< of a half, all round
constexpr double near_an_axis = 30.0;  ///< an axis of the surface this near to the middle will do [deg]

/// One path past a surface in one posture: its ends in the surface's frame, and how long it is on each way.
struct Passage {
  std::size_t muscle;
  Vec3 P, Q;
  double wanted = 0.0;        ///< [m]
  double straight = 0.0;      ///< [m]
  double pinned[2] = {0, 0};  ///< clockwise, counterclockwise, by our rule [m]
  double round[2] = {0, 0};   ///< the same, touching whatever the turn [m]
  bool inside = false;        ///< an end lies in the surface: straight by every rule
};

/// A half of a cylinder, and how far the paths over it are from those that are wanted.
struct Half {
  double direction = 0.0;                               ///< angle from the surface's x axis [rad]
  std::map<std::size_t, std::pair<int, double>> apart;  ///< by muscle: postures, greatest difference [m]
  std::size_t count = 0;                                ///< postures, all muscles

  void add(std::size_t muscle, double difference) {
    if (difference <= same_length) return;
    auto& [postures_apart, greatest] = apart[muscle];
    ++postures_apart, ++count;
    greatest = std::max(greatest, difference);
  }
};

bool same_segment(const MuscleSpec& a, const MuscleSpec& b, std::size_t segment_a, std::size_t segment_b) {
  for (std::size_t end = 0; end < 2; ++end) {
    const PointSpec &p = a.points[segment_a + end], &q = b.points[segment_b + end];
    if (p.body != q.body || p.at != q.at || !p.coordinate.empty() || !q.coordinate.empty()) return false;
  }
  return true;
}

/// Muscles with the segment that passes a surface on a side; of those that share one, the first.
std::vector<std::pair<std::size_t, std::size_t>> segments_past(const ModelSpec& spec, const std::string& surface,
                                                               const std::string& side) {
  std::vector<std::pair<std::size_t, std::size_t>> out;
  for (std::size_t m = 0; m < spec.muscles.size(); ++m) {
    for (const PathWrapSpec& wrap : spec.muscles[m].wraps) {
      if (wrap.surface != surface || wrap.side != side) continue;
      const auto segment = static_cast<std::size_t>(wrap.segment);
      const bool known = std::any_of(out.begin(), out.end(), [&](const auto& o) {
        return same_segment(spec.muscles[o.first], spec.muscles[m], o.second, segment);
      });
      if (!known) out.emplace_back(m, segment);
    }
  }
  return out;
}

double length_past(const wrap::Surface& shape, const Vec3& P, const Vec3& Q) {
  return wrap::surface_path<double>(shape, P, Q).length;
}

Passage passage(std::size_t muscle, const wrap::Surface& wanted, const Vec3& P, const Vec3& Q) {
  const wrap::Wrapped<double> path = wrap::surface_path<double>(wanted, P, Q);
  Passage out{muscle, P, Q, path.length, (Q - P).norm(), {}, {}, path.inside};
  if (out.inside || wanted.kind != wrap::Surface::Kind::cylinder) return out;
  for (const bool counterclockwise : {false, true}) {
    const wrap::WrapSide side = counterclockwise ? wrap::WrapSide::counterclockwise : wrap::WrapSide::clockwise;
    out.pinned[counterclockwise] = length_past(wrap::Surface::cylinder(wanted.radius, side), P, Q);
    out.round[counterclockwise] = length_round(wanted.radius, counterclockwise, P, Q);
  }
  return out;
}

std::vector<Passage> passages(const ModelSpec& spec, const Model& model, const std::vector<Kinematics>& seen,
                              const SurfaceSpec& surface, const std::string& side) {
  std::vector<Passage> out;
  const auto body = static_cast<std::size_t>(model.body(surface.body));
  const spatial::Transform<double> frame = detail::frame_of(surface.center, surface.rotation);
  const wrap::Surface wanted = detail::shape_of(surface, side);
  for (const auto& [muscle, segment] : segments_past(spec, surface.name, side)) {
    const int first = model.strands[muscle].first_point + static_cast<int>(segment);
    for (const Kinematics& k : seen) {
      const spatial::Transform<double> X = k.X_GB[body] * frame;
      const wrap::Obstacle local{{}, X.R, X.p};
      out.push_back(passage(muscle, wanted, local.to_local(place_of_point(model, k, first)),
                            local.to_local(place_of_point(model, k, first + 1))));
    }
  }
  return out;
}

/// How far the paths over a half are from those wanted: as OpenSim finds them, and as we do.
Half compared(double direction, double radius, const std::vector<Passage>& all) {
  Half half{direction, {}, 0};
  const Vec3 unit(std::cos(direction), std::sin(direction), 0.0);
  for (const Passage& p : all) {
    if (p.inside) continue;
    const HalfRule rule = half_rule(radius, unit, p.P, p.Q);
    const double theirs = rule.wraps ? p.round[rule.counterclockwise] : p.straight;
    const double ours = p.pinned[wrap::side_over<double>(unit, p.P, p.Q) == wrap::WrapSide::counterclockwise];
    half.add(p.muscle, std::max(std::abs(theirs - p.wanted), std::abs(ours - p.wanted)));
  }
  return half;
}

/// The half in the middle of those that keep most paths where they are; an axis of the surface where one is near.
Half best_half(double radius, const std::vector<Passage>& all) {
  std::vector<Half> halves;
  for (int i = 0; i < directions; ++i) halves.push_back(compared(2.0 * pi * i / directions, radius, all));
  const std::size_t least = std::min_element(halves.begin(), halves.end(), [](const Half& a, const Half& b) {
                              return a.count < b.count;
                            })->count;
  Vec3 sum = Vec3::Zero();
  for (const Half& half : halves) {
    if (half.count == least) sum += Vec3(std::cos(half.direction), std::sin(half.direction), 0.0);
  }
  const double middle = std::atan2(sum.y(), sum.x());
  const Half* best = nullptr;
  const auto distance = [&](const Half& half) {
    const double apart = std::abs(std::remainder(half.direction - middle, 2.0 * pi));
    const bool axis = std::abs(std::remainder(half.direction, 0.5 * pi)) < 1e-9;
    return axis && apart < near_an_axis * degree ? -1.0 : apart;
  };
  for (const Half& half : halves) {
    if (half.count == least && (best == nullptr || distance(half) < distance(*best))) best = &half;
  }
  return *best;
}

void list_differences(const ModelSpec& spec, const SurfaceSpec& surface, const std::string& side, const Half& half,
                      Writer& writer) {
  for (const auto& [muscle, apart] : half.apart) {
    const std::string micrometres = std::to_string(std::llround(apart.second * 1e6));
    writer.drop(spec.muscles[muscle].name + " round " + surface.name,
                "it turns " + side + ", and no half of the surface has it there always: in " +
                    std::to_string(apart.first) + " of " + std::to_string(looked_at + 1) +
                    " postures its length differs, by up to " + micrometres + " micrometres");
  }
}

/// Only cylinders have halves here: the shorter way, and the paths that it moves.
Half shorter_way(const SurfaceSpec& surface, const std::vector<Passage>& all) {
  Half out;
  const wrap::Surface shortest = detail::shape_of(surface, "shortest");
  for (const Passage& p : all) out.add(p.muscle, std::abs(length_past(shortest, p.P, p.Q) - p.wanted));
  return out;
}

/// The half of a cylinder as OpenSim writes it: an axis, and a turn of the surface where none fits.
void name_half(double direction, WrapObject& object) {
  constexpr const char* axes[] = {"+x", "+y", "-x", "-y"};
  object.quadrant = "+x", object.turn = direction;
  for (int i = 0; i < 4; ++i) {
    if (std::abs(std::remainder(direction - 0.5 * pi * i, 2.0 * pi)) < 1e-9)
      object.quadrant = axes[i], object.turn = 0.0;
  }
}

}  // namespace

Quadrants::Quadrants(const ModelSpec& spec, const Model& model, Writer& writer) {
  std::vector<Kinematics> seen;
  for (const SurfaceSpec& surface : spec.surfaces) {
    std::vector<std::string>& sides = sides_[surface.name];
    for (const MuscleSpec& muscle : spec.muscles) {
      for (const PathWrapSpec& wrap : muscle.wraps) {
        const bool known = std::count(sides.begin(), sides.end(), wrap.side) > 0;
        if (wrap.surface == surface.name && !known) sides.push_back(wrap.side);
      }
    }
    if (sides.empty()) sides.emplace_back("shortest");
    for (std::size_t i = 0; i < sides.size(); ++i) {
      WrapObject object{surface.name + (i == 0 ? "" : '_' + std::to_string(i + 1)), "all", 0.0};
      if (sides[i].size() == 2) object.quadrant = sides[i];
      if (sides[i].ends_with("clockwise")) {
        if (seen.empty()) seen = postures(model, looked_at, 1.0);
        const std::vector<Passage> all = passages(spec, model, seen, surface, sides[i]);
        const bool halved = surface.kind == "cylinder";
        const Half half = halved ? best_half(surface.radius.value, all) : shorter_way(surface, all);
        if (halved) name_half(half.direction, object);
        list_differences(spec, surface, sides[i], half, writer);
      }
      objects_[{surface.name, sides[i]}] = std::move(object);
    }
    if (sides.size() > 1) {
      writer.notes.push_back("surface " + surface.name + " is written " + std::to_string(sides.size()) +
                             " times, once for each side that paths pass it on");
    }
  }
}

std::vector<WrapObject> Quadrants::objects_of(const std::string& surface) const {
  std::vector<WrapObject> out;
  for (const std::string& side : sides_.at(surface)) out.push_back(objects_.at({surface, side}));
  return out;
}

}  // namespace psoas::io::osim
