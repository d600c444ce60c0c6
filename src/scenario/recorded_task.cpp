#include "psoas/scenario/recorded_task.hpp"

#include <algorithm>

#include "psoas/core/error.hpp"
#include "psoas/mechanics/kinematics.hpp"

namespace psoas {
namespace {

/// Row vectors of a load at one time; false outside its recording.
bool sample(const MeasuredLoad& load, double t, Vec3& force, Vec3& point, Vec3& torque) {
  if (load.time.empty() || t < load.time.front() || t > load.time.back()) return false;
  const auto after = std::upper_bound(load.time.begin(), load.time.end(), t);
  const auto last = static_cast<Eigen::Index>(load.time.size()) - 1;
  const Eigen::Index i = std::min<Eigen::Index>(after - load.time.begin() - 1, std::max<Eigen::Index>(last - 1, 0));
  const Eigen::Index j = std::min(i + 1, last);
  const double from = load.time[static_cast<std::size_t>(i)], to = load.time[static_cast<std::size_t>(j)];
  const double share = to > from ? (t - from) / (to - from) : 0.0;
  const auto between = [&](const MatX& m) -> Vec3 { return m.col(i) + share * (m.col(j) - m.col(i)); };
  force = between(load.force), point = between(load.point), torque = between(load.torque);
  return true;
}

ExternalForce acting(const Kinematics& k, const MeasuredLoad& load, double t) {
  ExternalForce out;
  out.name = load.name;
  out.body = load.body;
  Vec3 force, point, torque;
  if (!sample(load, t, force, point, torque)) return out;
  if (load.force_frame != ground) {
    const Mat3& R = k.X_GB[static_cast<std::size_t>(load.force_frame)].R;
    force = R * force, torque = R * torque;
  }
  if (load.point_frame != ground) point = world_point(k, load.point_frame, point);
  out.at = k.X_GB[static_cast<std::size_t>(load.body)].inverse().apply_to_point(point);
  out.force = force;
  out.torque = torque;
  return out;
}

}  // namespace

Task recorded_task(const Model& model, const Motion& motion, std::span<const MeasuredLoad> loads) {
  for (const MeasuredLoad& load : loads) {
    const auto n = static_cast<Eigen::Index>(load.time.size());
    for (const MatX* m : {&load.force, &load.point, &load.torque}) {
      if (m->rows() != 3 || m->cols() != n) throw Error("load \"" + load.name + "\" does not have 3 numbers a time");
    }
  }
  Task out;
  out.name = motion.name;
  out.lower = VecX::Zero(model.n_strands());
  out.upper = VecX::Ones(model.n_strands());
  Kinematics k(model);
  for (int f = 0; f < motion.n_frames(); ++f) {
    TaskFrame frame;
    frame.time = motion.time[static_cast<std::size_t>(f)];
    frame.pose = pose_of(motion, f);
    compute_kinematics(model, frame.pose, k);
    for (const MeasuredLoad& load : loads) frame.loads.push_back(acting(k, load, frame.time));
    out.frames.push_back(std::move(frame));
  }
  return out;
}

}  // namespace psoas
