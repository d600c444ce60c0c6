#include "io/osim/wraps.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "psoas/core/random.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/model/build_paths.hpp"
#include "psoas/wrap/obstacle.hpp"
#include "psoas/wrap/surface_path.hpp"

namespace psoas::io::osim {
namespace {

constexpr int drawn_postures = 40;
constexpr std::uint64_t seed = 1;

}  // namespace

std::vector<Kinematics> postures(const Model& model, int drawn, double share) {
  std::vector<Kinematics> out;
  Random random(seed);
  for (int i = 0; i <= drawn; ++i) {
    Pose pose = rest_pose(model);
    for (int c = 0; i > 0 && c < model.n_coordinates(); ++c) {
      const Coordinate& coordinate = model.coordinates[static_cast<std::size_t>(c)];
      if (coordinate.role == Role::prescribed || coordinate.translational) continue;
      const double least = std::max(coordinate.minimum, coordinate.default_value - pi);
      const double most = std::min(coordinate.maximum, coordinate.default_value + pi);
      pose.q(c) = least + (0.5 * (1.0 - share) + share * random.uniform()) * (most - least);
    }
    out.emplace_back(model);
    compute_kinematics(model, pose, out.back());
  }
  return out;
}

Vec3 place_of_point(const Model& model, const Kinematics& k, int point) {
  const PathPoint& p = model.points[static_cast<std::size_t>(point)];
  Vec3 at = p.at;
  for (int c = 0; p.coordinate >= 0 && c < 3; ++c) {
    at(c) = model.point_functions[static_cast<std::size_t>(p.functions + c)].evaluate(k.q(p.coordinate)).value;
  }
  return k.X_GB[static_cast<std::size_t>(p.body)].apply_to_point(at);
}

namespace {

/// True when the straight line from P to Q runs through the surface, between its ends.
bool meets(const wrap::Surface& surface, const Vec3& P, const Vec3& Q) {
  const wrap::Wrapped<double> path = [&] {
    wrap::Surface free = surface;
    free.side = wrap::WrapSide::shortest;
    return wrap::surface_path<double>(free, P, Q);
  }();
  return path.wrapped;
}

/// The segment that the rule takes in one posture, -1: none.
int segment_taken(const Model& model, const Kinematics& k, const Strand& strand, const OpenWrap& wrap,
                  const wrap::Obstacle& obstacle) {
  int best = -1, first = -1;
  double least_growth = infinity;
  for (int p = wrap.first_point; p <= wrap.last_point; ++p) {
    if (!model.points[static_cast<std::size_t>(strand.first_point + p)].is_on(k.q)) continue;
    if (first >= 0) {
      const Vec3 P = obstacle.to_local(place_of_point(model, k, strand.first_point + first));
      const Vec3 Q = obstacle.to_local(place_of_point(model, k, strand.first_point + p));
      const wrap::Wrapped<double> path = wrap::surface_path<double>(obstacle.surface, P, Q);
      if (path.wrapped && meets(obstacle.surface, P, Q)) return p - 1;
      const double growth = path.length - (Q - P).norm();
      if (path.wrapped && growth < least_growth) best = p - 1, least_growth = growth;
    }
    first = p;
  }
  return best;
}

/// How far the middle of the surface lies from a segment in one posture [m].
double distance_to_segment(const Model& model, const Kinematics& k, const Strand& strand, int segment,
                           const Vec3& center) {
  const Vec3 P = place_of_point(model, k, strand.first_point + segment);
  const Vec3 way = place_of_point(model, k, strand.first_point + segment + 1) - P;
  const double t = std::clamp((center - P).dot(way) / std::max(way.squaredNorm(), 1e-20), 0.0, 1.0);
  return (P + t * way - center).norm();
}

/// Where along its segment a surface lies, to put several in order.
double along(const Model& model, const Kinematics& k, const Strand& strand, int segment, const Vec3& center) {
  const Vec3 P = place_of_point(model, k, strand.first_point + segment);
  const Vec3 way = place_of_point(model, k, strand.first_point + segment + 1) - P;
  return (center - P).dot(way);
}

}  // namespace

void choose_segments(const Model& bare, const std::vector<OpenWrap>& wraps, ModelSpec& spec, Reader& reader) {
  if (wraps.empty()) return;
  const std::vector<Kinematics> seen = postures(bare, drawn_postures, 0.8);
  struct Placed {
    PathWrapSpec wrap;
    double along;
  };
  std::map<std::string, std::vector<Placed>> placed;
  for (const OpenWrap& open : wraps) {
    const auto strand = static_cast<std::size_t>(bare.strand(open.muscle));
    const Strand& path = bare.strands[strand];
    const auto surface = std::find_if(spec.surfaces.begin(), spec.surfaces.end(),
                                      [&](const SurfaceSpec& s) { return s.name == open.surface; });
    const auto body = static_cast<std::size_t>(bare.body(surface->body));
    const spatial::Transform<double> frame = detail::frame_of(surface->center, surface->rotation);
    std::map<int, int> votes;
    int nearest = open.first_point;
    double nearest_distance = infinity;
    for (const Kinematics& k : seen) {
      const spatial::Transform<double> X = k.X_GB[body] * frame;
      const int taken = segment_taken(bare, k, path, open, {detail::shape_of(*surface, open.side), X.R, X.p});
      if (taken >= 0) ++votes[taken];
      for (int s = open.first_point; s < open.last_point; ++s) {
        const double distance = distance_to_segment(bare, k, path, s, X.p);
        if (distance < nearest_distance) nearest = s, nearest_distance = distance;
      }
    }
    int segment = nearest;
    for (const auto& [s, count] : votes) {
      if (!votes.count(segment) || count > votes[segment]) segment = s;
    }
    if (votes.size() > 1) {
      std::string others;
      for (const auto& [s, count] : votes) {
        if (s != segment) others += (others.empty() ? "" : ", ") + std::to_string(s + 1);
      }
      reader.note("muscle " + open.muscle + " round " + open.surface + ": kept on segment " +
                  std::to_string(segment + 1) + "; in some postures OpenSim would take segment " + others);
    }
    const spatial::Transform<double> X = seen.front().X_GB[body] * frame;
    placed[open.muscle].push_back({{open.surface, segment, open.side}, along(bare, seen.front(), path, segment, X.p)});
  }
  for (MuscleSpec& muscle : spec.muscles) {
    std::vector<Placed>& own = placed[muscle.name];
    std::stable_sort(own.begin(), own.end(), [](const Placed& a, const Placed& b) {
      return a.wrap.segment != b.wrap.segment ? a.wrap.segment < b.wrap.segment : a.along < b.along;
    });
    for (const Placed& p : own) muscle.wraps.push_back(p.wrap);
  }
}

}  // namespace psoas::io::osim
