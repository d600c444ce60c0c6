#pragma once

#include <algorithm>
#include <cstddef>

#include "psoas/core/types.hpp"
#include "psoas/model/pose.hpp"
#include "psoas/model/task.hpp"

namespace psoas::forward {

namespace detail {

/// Quintic through value, rate and second rate at both ends of [0, h], with its rates at s.
struct QuinticPoint {
  double value, rate, second_rate;
};

inline QuinticPoint quintic(double h, double s, const double (&from)[3], const double (&to)[3]) {
  const double c0 = from[0], c1 = from[1], c2 = 0.5 * from[2];
  const double gap = (to[0] - c0 - h * (c1 + h * c2)) / (h * h * h);
  const double gap_rate = (to[1] - c1 - 2.0 * h * c2) / (h * h);
  const double gap_second = (to[2] - 2.0 * c2) / h;
  const double c3 = 10.0 * gap - 4.0 * gap_rate + 0.5 * gap_second;
  const double c4 = (-15.0 * gap + 7.0 * gap_rate - gap_second) / h;
  const double c5 = (6.0 * gap - 3.0 * gap_rate + 0.5 * gap_second) / (h * h);
  return {c0 + s * (c1 + s * (c2 + s * (c3 + s * (c4 + s * c5)))),
          c1 + s * (2.0 * c2 + s * (3.0 * c3 + s * (4.0 * c4 + s * 5.0 * c5))),
          2.0 * c2 + s * (6.0 * c3 + s * (12.0 * c4 + s * 20.0 * c5))};
}

}  // namespace detail

/// Index of the last frame that is not after t; the first one before it.
inline std::size_t frame_before(const Task& task, double t) {
  const auto after = std::upper_bound(task.frames.begin(), task.frames.end(), t,
                                      [](double at, const TaskFrame& frame) { return at < frame.time; });
  return after == task.frames.begin() ? 0 : static_cast<std::size_t>(after - task.frames.begin()) - 1;
}

/// Pose of a task at any time: quintic pieces through positions, speeds and accelerations of its frames; at rest in the
/// first and last pose outside of them.
/// @param pose  sized for the model
inline void pose_at(const Task& task, double t, Pose& pose) {
  const std::size_t i = frame_before(task, t);
  const TaskFrame& from = task.frames[i];
  if (t < from.time || i + 1 == task.frames.size()) {
    pose.q = from.pose.q;
    pose.v.setZero();
    pose.a.setZero();
    return;
  }
  const TaskFrame& to = task.frames[i + 1];
  const double h = to.time - from.time;
  for (Eigen::Index c = 0; c < pose.q.size(); ++c) {
    const auto point = detail::quintic(h, t - from.time, {from.pose.q(c), from.pose.v(c), from.pose.a(c)},
                                       {to.pose.q(c), to.pose.v(c), to.pose.a(c)});
    pose.q(c) = point.value;
    pose.v(c) = point.rate;
    pose.a(c) = point.second_rate;
  }
}

}  // namespace psoas::forward
