#include "psoas/scenario/found_supports.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>

#include "psoas/core/error.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/spatial/twist.hpp"
#include "scenario/conditions.hpp"
#include "scenario/minimum_jerk.hpp"
#include "scenario/planes.hpp"

namespace psoas {
namespace {

constexpr double least_strength = 1e-6;

/// 1 up to `full`, smoothly to 0 at `none`.
double fading(double x, double full, double none) {
  if (x <= full) return 1.0;
  return x >= none ? 0.0 : 1.0 - assembly::minimum_jerk(x - full, none - full).value;
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

/// A node in one frame.
struct Seen {
  int node = 0;
  Vec3 place;          ///< [m]
  double speed = 0.0;  ///< [m/s]
};

/// The nodes of some patches as they move.
class Nodes {
 public:
  Nodes(const Model& model, const std::vector<std::string>& names) : model_(model) {
    std::vector<std::string> known;
    for (const std::string& name : names) {
      const std::string patch = name.substr(0, name.find(':'));
      if (std::any_of(model.patches.begin(), model.patches.end(), [&](const Patch& p) { return p.name == patch; })) {
        known.push_back(name);
      }
    }
    for (const assembly::Place& place : assembly::places_of(model, known, "")) nodes_.push_back(place.node);
  }

  bool empty() const { return nodes_.empty(); }

  std::vector<Seen> at(const Kinematics& k) const {
    std::vector<Seen> out;
    for (const int n : nodes_) {
      const Node& node = model_.nodes[static_cast<std::size_t>(n)];
      const Vec3 place = world_point(k, node.body, node.at);
      const Vec6& twist = k.V_GB[static_cast<std::size_t>(node.body)];
      const Vec3 speed = spatial::linear<double>(twist) + spatial::angular<double>(twist).cross(place);
      out.push_back({n, place, speed.norm()});
    }
    return out;
  }

 private:
  const Model& model_;
  std::vector<int> nodes_;
};

const Seen& lowest(const std::vector<Seen>& nodes) {
  return *std::min_element(nodes.begin(), nodes.end(),
                           [](const Seen& a, const Seen& b) { return a.place.y() < b.place.y(); });
}

/// How far a place lies outside the convex hull of others, seen from above; below zero inside [m].
double outside(const Vec3& x, const std::vector<Vec3>& hull) {
  constexpr int directions = 72;  // misses the distance by 0.1 % at most
  double most = -infinity;
  for (int d = 0; d < directions; ++d) {
    const Vec3 way(std::cos(2.0 * pi * d / directions), 0.0, std::sin(2.0 * pi * d / directions));
    double beyond = infinity;
    for (const Vec3& corner : hull) beyond = std::min(beyond, way.dot(x - corner));
    most = std::max(most, beyond);
  }
  return most;
}

SupportPlane level_plane(const std::string& name, double height, double friction) {
  SupportPlane plane;
  plane.name = name;
  plane.point = Vec3(0.0, height, 0.0);
  plane.friction = friction;
  return plane;
}

/// What every frame shows of some nodes.
template <class PoseOf>
std::vector<std::vector<Seen>> seen_in_frames(const Model& model, int n_frames, const FoundSupportOptions& options,
                                              PoseOf pose_of_frame) {
  const Nodes nodes(model, options.floor);
  if (nodes.empty()) throw Error("supports cannot be found: " + model.name + " has no patches that could press");
  if (n_frames == 0) throw Error("supports cannot be found: the motion has no frames");
  Kinematics k(model);
  std::vector<std::vector<Seen>> frames;
  for (int f = 0; f < n_frames; ++f) {
    compute_kinematics(model, pose_of_frame(f), k);
    frames.push_back(nodes.at(k));
  }
  return frames;
}

double height_under(const std::vector<std::vector<Seen>>& frames) {
  std::vector<double> heights;
  for (const std::vector<Seen>& frame : frames) heights.push_back(lowest(frame).place.y());
  return median(std::move(heights));
}

/// How high above the floor each node is when it stands: the median where it is still and near.
std::vector<double> standing_heights(const std::vector<std::vector<Seen>>& frames, double floor,
                                     const FoundSupportOptions& options) {
  std::vector<double> out;
  for (std::size_t n = 0; n < frames.front().size(); ++n) {
    std::vector<double> heights;
    for (const std::vector<Seen>& frame : frames) {
      const double height = frame[n].place.y() - floor;
      if (height < options.reach && frame[n].speed < options.still_speed) heights.push_back(height);
    }
    out.push_back(heights.empty() ? 0.0 : median(std::move(heights)));
  }
  return out;
}

/// Where the buttocks rested.
struct Rest {
  std::vector<double> heights;  ///< one a frame at rest  [m]
  Vec3 sum = Vec3::Zero();      ///< of their places
  double first = 0.0;           ///< when  [s]
};

/// Goes through the frames twice: floor and rest first, then the seat.
class Finder {
 public:
  Finder(const Model& model, Task& task, const FoundSupportOptions& options)
      : model_(model), task_(task), options_(options), k_(model) {}

  std::vector<std::string> find() {
    if (!task_.planes.empty()) throw Error("supports cannot be found: the task has planes already");
    const auto frames =
        seen_in_frames(model_, static_cast<int>(task_.frames.size()), options_,
                       [&](int f) -> const Pose& { return task_.frames[static_cast<std::size_t>(f)].pose; });
    floor_ = height_under(frames);
    task_.planes.push_back(level_plane("floor", floor_, options_.floor_friction));
    const std::vector<double> soles = standing_heights(frames, floor_, options_);
    stand(frames, soles);
    const auto [least, most] = std::minmax_element(soles.begin(), soles.end());
    char text[280];
    std::snprintf(text, sizeof text,
                  "supports found from the motion: a level floor at %.1f mm; nodes stand on it where they are between "
                  "%.1f and %.1f mm above, and press within %.0f mm of that while slower than %.1f m/s",
                  1e3 * floor_, 1e3 * *least, 1e3 * *most, 1e3 * options_.reach, options_.moving_speed);
    std::vector<std::string> notes{text};
    notes.push_back(rest_.heights.empty() ? "no seat: the mass centre is over the feet where the buttocks are still"
                                          : sit());
    const auto hanging = std::count_if(task_.frames.begin(), task_.frames.end(),
                                       [](const TaskFrame& frame) { return frame.supports.empty(); });
    if (hanging > 0) {
      notes.push_back("in " + std::to_string(hanging) + " of " + std::to_string(task_.frames.size()) +
                      " frames nothing is found that carries the body");
    }
    return notes;
  }

 private:
  /// Puts the nodes near the floor on it, and notes where the buttocks rest.
  void stand(const std::vector<std::vector<Seen>>& frames, const std::vector<double>& soles) {
    const Nodes buttocks(model_, options_.buttocks);
    for (std::size_t f = 0; f < frames.size(); ++f) {
      TaskFrame& frame = task_.frames[f];
      std::vector<Vec3> pressing;
      for (std::size_t n = 0; n < soles.size(); ++n) {
        if (press(frame, frames[f][n], 0, floor_ + soles[n], 1.0)) pressing.push_back(frames[f][n].place);
      }
      if (pressing.empty() || buttocks.empty()) continue;
      compute_kinematics(model_, frame.pose, k_);
      const Seen low = lowest(buttocks.at(k_));
      if (low.speed > options_.still_speed || outside(mass_center(model_, k_), pressing) < options_.overhang) continue;
      if (rest_.heights.empty()) rest_.first = frame.time;
      rest_.heights.push_back(low.place.y());
      rest_.sum += low.place;
    }
  }

  /// Puts a seat where they rested. Returns what there is to say.
  std::string sit() {
    const double height = median(rest_.heights);
    const Vec3 middle = rest_.sum / static_cast<double>(rest_.heights.size());
    task_.planes.push_back(level_plane("seat", height, options_.seat_friction));
    const Nodes nodes(model_, options_.seat);
    for (TaskFrame& frame : task_.frames) {
      compute_kinematics(model_, frame.pose, k_);
      for (const Seen& seen : nodes.at(k_)) {
        const double away = std::hypot(seen.place.x() - middle.x(), seen.place.z() - middle.z());
        press(frame, seen, 1, height, fading(away, options_.seat_radius, 1.5 * options_.seat_radius));
      }
    }
    const auto [least, most] = std::minmax_element(rest_.heights.begin(), rest_.heights.end());
    char text[240];
    std::snprintf(
        text, sizeof text,
        "a seat at %.1f mm: the buttocks rest in %zu of %zu frames, first at %.2f s, between %.1f and %.1f mm",
        1e3 * height, rest_.heights.size(), task_.frames.size(), rest_.first, 1e3 * *least, 1e3 * *most);
    return text;
  }

  bool press(TaskFrame& frame, const Seen& seen, int plane, double height, double share) {
    const double strength = share * assembly::strength_at(seen.place.y() - height, options_.reach) *
                            fading(seen.speed, options_.still_speed, options_.moving_speed);
    if (strength < least_strength) return false;
    frame.supports.push_back({seen.node, plane, strength});
    return true;
  }

  const Model& model_;
  Task& task_;
  const FoundSupportOptions& options_;
  Kinematics k_;
  double floor_ = 0.0;
  Rest rest_;
};

}  // namespace

double floor_height(const Model& model, const Motion& motion, const FoundSupportOptions& options) {
  return height_under(seen_in_frames(model, motion.n_frames(), options, [&](int f) { return pose_of(motion, f); }));
}

std::vector<std::string> find_supports(const Model& model, Task& task, const FoundSupportOptions& options) {
  return Finder(model, task, options).find();
}

}  // namespace psoas
