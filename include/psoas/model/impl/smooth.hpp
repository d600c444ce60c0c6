#pragma once

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "psoas/core/compiled.hpp"
#include "psoas/core/error.hpp"
#include "psoas/core/quintic_spline.hpp"
#include "psoas/core/zero_phase.hpp"
#include "psoas/model/motion.hpp"
#include "psoas/model/smooth.hpp"

namespace psoas {

namespace detail {

/// Signals at equal intervals that reach beyond both ends of a recording.
struct EvenSamples {
  std::vector<double> time;
  MatX value;
  double interval = 0.0;
};

inline void require_motion(const Motion& motion, const SmoothOptions& options) {
  const std::string name = "motion \"" + motion.name + '"';
  const std::size_t least = options.filter == LowPass::opensim ? 6 : 3;
  if (motion.time.size() < least) {
    throw Error(name + " cannot be differentiated: " + std::to_string(least) + " frames are needed, there are " +
                std::to_string(motion.time.size()));
  }
  if (motion.q.cols() != static_cast<Eigen::Index>(motion.time.size())) {
    throw Error(name + " does not have one column a frame");
  }
  for (std::size_t i = 1; i < motion.time.size(); ++i) {
    if (!(motion.time[i] > motion.time[i - 1])) throw Error(name + ": time must increase");
  }
  if (!(options.cutoff_hz >= 0.0)) throw Error("the cut-off of a filter must be 0 Hz (none) or more");
  const double mean = (motion.time.back() - motion.time.front()) / static_cast<double>(motion.time.size() - 1);
  for (const double t : options.times) {
    if (!(t >= motion.time.front() - mean && t <= motion.time.back() + mean)) {
      throw Error(name + " was not recorded at " + std::to_string(t) + " s");
    }
  }
  for (std::size_t i = 1; i < motion.time.size() && options.filter == LowPass::second_order; ++i) {
    if (2.0 * options.cutoff_hz * (motion.time[i] - motion.time[i - 1]) <= 1.0) continue;
    throw Error(name + " has no frame between " + std::to_string(motion.time[i - 1]) + " s and " +
                std::to_string(motion.time[i]) + " s: too long a gap for a cut-off of " +
                std::to_string(options.cutoff_hz) + " Hz");
  }
}

inline MatX values_at(const QuinticSpline& spline, const std::vector<double>& time) {
  MatX values(spline.values().rows(), static_cast<Eigen::Index>(time.size()));
  VecX slope(values.rows()), curvature(values.rows());
  for (std::size_t i = 0; i < time.size(); ++i) {
    spline.evaluate(time[i], values.col(static_cast<Eigen::Index>(i)), slope, curvature);
  }
  return values;
}

inline std::vector<double> reflected_times(const std::vector<double>& time, Eigen::Index samples) {
  const MatX row = Eigen::Map<const Eigen::RowVectorXd>(time.data(), static_cast<Eigen::Index>(time.size()));
  const MatX padded = odd_reflection(row, samples);
  return {padded.data(), padded.data() + padded.size()};
}

/// Evenly spaced at the mean interval, with four periods of the cut-off reflected at each end: what the ends set off
/// has died away by then.
inline EvenSamples even_samples(const Motion& motion, double cutoff_hz) {
  const auto n = motion.time.size();
  EvenSamples samples{std::vector<double>(n), {}, 0.0};
  samples.interval = (motion.time.back() - motion.time.front()) / static_cast<double>(n - 1);
  for (std::size_t i = 0; i < n; ++i) samples.time[i] = motion.time.front() + static_cast<double>(i) * samples.interval;
  samples.value = values_at(QuinticSpline(motion.time, motion.q), samples.time);
  const double wanted = std::ceil(4.0 / (cutoff_hz * samples.interval));
  const auto pad = static_cast<Eigen::Index>(std::min(wanted, static_cast<double>(n - 1)));
  samples.value = odd_reflection(samples.value, pad);
  samples.time = reflected_times(samples.time, pad);
  return samples;
}

/// As OpenSim 4.6 has them before it filters, to the last step of its running sum of times.
inline EvenSamples opensim_samples(const std::vector<double>& recorded, const MatX& q) {
  constexpr double most_intervals = 100000.0;
  const auto pad = static_cast<Eigen::Index>(recorded.size() / 2);
  EvenSamples samples{reflected_times(recorded, pad), odd_reflection(q, pad), infinity};
  const std::vector<double>& time = samples.time;
  for (std::size_t i = 1; i < time.size(); ++i) samples.interval = std::min(samples.interval, time[i] - time[i - 1]);
  const double length = time.back() - time.front(), mean = length / static_cast<double>(time.size() - 1);
  if (mean - samples.interval <= std::numeric_limits<double>::epsilon()) return samples;
  EvenSamples even{{}, {}, std::max(samples.interval, length / most_intervals)};
  for (double t = time.front(); t <= time.back(); t += even.interval) even.time.push_back(t);
  even.value = values_at(QuinticSpline(samples.time, samples.value), even.time);
  return even;
}

inline QuinticSpline smoothed_spline(const Motion& motion, const SmoothOptions& options) {
  if (options.cutoff_hz == 0.0) return QuinticSpline(motion.time, motion.q);
  const bool opensim = options.filter == LowPass::opensim;
  EvenSamples samples = opensim ? opensim_samples(motion.time, motion.q) : even_samples(motion, options.cutoff_hz);
  const RecursiveFilter filter = opensim ? butterworth_low_pass(3, options.cutoff_hz, samples.interval)
                                         : butterworth_low_pass(2, options.cutoff_hz, samples.interval, 2);
  return QuinticSpline(std::move(samples.time), filtered_both_ways(filter, samples.value));
}

}  // namespace detail

PSOAS_INLINE Motion smooth(const Motion& motion, const SmoothOptions& options) {
  detail::require_motion(motion, options);
  const QuinticSpline spline = detail::smoothed_spline(motion, options);
  Motion out;
  out.name = motion.name;
  out.time = options.times.empty() ? motion.time : options.times;
  const auto n = static_cast<Eigen::Index>(out.time.size());
  out.q.resize(motion.q.rows(), n);
  out.v.resize(motion.q.rows(), n);
  out.a.resize(motion.q.rows(), n);
  for (Eigen::Index i = 0; i < n; ++i) {
    spline.evaluate(out.time[static_cast<std::size_t>(i)], out.q.col(i), out.v.col(i), out.a.col(i));
  }
  if (options.acceleration == Acceleration::slope_of_speed) {
    const QuinticSpline speeds(spline.knots(), spline.slopes());
    VecX speed(motion.q.rows()), jerk(speed);
    for (Eigen::Index i = 0; i < n; ++i) {
      speeds.evaluate(out.time[static_cast<std::size_t>(i)], speed, out.a.col(i), jerk);
    }
  }
  return out;
}

PSOAS_INLINE std::vector<double> opensim_filter_times(const std::vector<double>& recorded) {
  Motion motion;
  motion.time = recorded;
  motion.q = MatX::Zero(1, static_cast<Eigen::Index>(recorded.size()));
  detail::require_motion(motion, {.filter = LowPass::opensim});
  std::vector<double> time = detail::opensim_samples(recorded, motion.q).time;
  const auto first = std::upper_bound(time.begin(), time.end(), recorded.front()) - 1;
  return {first, std::upper_bound(first, time.end(), recorded.back())};
}

}  // namespace psoas
