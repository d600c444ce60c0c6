#include "psoas/scenario/loaded_feet.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "psoas/core/error.hpp"
#include "psoas/mechanics/kinematics.hpp"

namespace psoas {
namespace {

/// A segment of a foot: which one, of which side (0 right, 1 left).
struct FootSegment {
  std::string segment;  ///< "" for other bodies
  std::size_t side = 0;
};

FootSegment foot_segment(const std::string& body) {
  for (const char* segment : {"talus", "calcn", "toes"}) {
    for (std::size_t side = 0; side < 2; ++side) {
      if (body == std::string(segment) + (side == 0 ? "_r" : "_l")) return {segment, side};
    }
  }
  return {};
}

int body_named(const Model& model, const std::string& name) {
  const auto found =
      std::find_if(model.bodies.begin(), model.bodies.end(), [&](const Body& b) { return b.name == name; });
  return found == model.bodies.end() ? -1 : static_cast<int>(found - model.bodies.begin());
}

/// Where both heels are, frame by frame.
class Heels {
 public:
  Heels(const Model& model, const Motion& motion, int right, int left) : motion_(motion) {
    Kinematics k(model);
    for (int f = 0; f < motion.n_frames(); ++f) {
      compute_kinematics(model, pose_of(motion, f), k);
      places_.push_back({world_point(k, right, Vec3::Zero()), world_point(k, left, Vec3::Zero())});
    }
  }

  /// Mean distance of a load from each heel, seen from above [m]; NaN for one that never presses.
  std::array<double, 2> distances(const MeasuredLoad& load) const {
    std::array<double, 2> sum{0.0, 0.0};
    double weight = 0.0;
    for (std::size_t t = 0; t < load.time.size(); ++t) {
      const auto column = static_cast<Eigen::Index>(t);
      const double pressing = std::max(0.0, load.force(1, column));
      if (load.time[t] < motion_.time.front() || load.time[t] > motion_.time.back()) continue;
      const auto frame = std::lower_bound(motion_.time.begin(), motion_.time.end(), load.time[t]);
      const auto& heels = places_[static_cast<std::size_t>(frame - motion_.time.begin())];
      for (std::size_t side = 0; side < 2; ++side) {
        sum[side] +=
            pressing * std::hypot(load.point(0, column) - heels[side].x(), load.point(2, column) - heels[side].z());
      }
      weight += pressing;
    }
    return {sum[0] / weight, sum[1] / weight};
  }

 private:
  const Motion& motion_;
  std::vector<std::array<Vec3, 2>> places_;
};

}  // namespace

std::vector<std::string> bring_loads_to_feet(const Model& model, const Motion& motion, std::span<MeasuredLoad> loads) {
  if (motion.n_frames() == 0) throw Error("motion \"" + motion.name + "\" has no frames");
  std::vector<std::string> notes;
  const int right = body_named(model, "calcn_r"), left = body_named(model, "calcn_l");
  if (right < 0 || left < 0) return notes;
  const Heels heels(model, motion, right, left);
  for (MeasuredLoad& load : loads) {
    const FootSegment foot = foot_segment(model.bodies[static_cast<std::size_t>(load.body)].name);
    if (foot.segment.empty() || load.force_frame != ground || load.point_frame != ground) continue;
    const std::array<double, 2> away = heels.distances(load);
    const int other = body_named(model, foot.segment + (foot.side == 0 ? "_l" : "_r"));
    if (!(away[1 - foot.side] < away[foot.side]) || other < 0) continue;
    char text[240];
    std::snprintf(text, sizeof text, "load %s acts %.2f m from %s and %.2f m from the other foot: it goes to %s",
                  load.name.c_str(), away[foot.side], model.bodies[static_cast<std::size_t>(load.body)].name.c_str(),
                  away[1 - foot.side], model.bodies[static_cast<std::size_t>(other)].name.c_str());
    notes.push_back(text);
    load.body = other;
  }
  return notes;
}

}  // namespace psoas
