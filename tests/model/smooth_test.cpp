#include "psoas/model/smooth.hpp"

#include <gtest/gtest.h>

#include <random>

namespace psoas {
namespace {

/// Two coordinates over three seconds at about 100 Hz; `jitter` moves the times by a share of the interval.
Motion swing(double hz, double jitter = 0.0) {
  std::mt19937 random(11);
  std::uniform_real_distribution<double> share(-0.5, 0.5);
  Motion motion;
  motion.name = "swing";
  motion.q.resize(2, 301);
  for (int i = 0; i <= 300; ++i) {
    const double t = 5.0 + 0.01 * (i + jitter * share(random));
    motion.time.push_back(t);
    motion.q.col(i) << std::sin(2.0 * pi * hz * t), 0.3 + 0.2 * t;
  }
  return motion;
}

TEST(Smooth, WithoutFilterKeepsEveryFrameAndDifferentiates) {
  for (const double jitter : {0.0, 0.8}) {
    const Motion motion = swing(1.0, jitter), out = smooth(motion, 0.0);
    EXPECT_EQ(out.time, motion.time);
    EXPECT_EQ(out.q, motion.q);
    for (int i = 30; i <= 270; ++i) {
      const double t = motion.time[static_cast<std::size_t>(i)], w = 2.0 * pi;
      EXPECT_NEAR(out.v(0, i), w * std::cos(w * t), 1e-5);
      EXPECT_NEAR(out.a(0, i), -w * w * std::sin(w * t), 2e-3);
    }
  }
}

TEST(Smooth, KeepsStraightLines) {
  for (const LowPass filter : {LowPass::second_order, LowPass::opensim}) {
    const Motion motion = swing(1.0, 0.6), out = smooth(motion, {.filter = filter});
    EXPECT_LT((out.q.row(1) - motion.q.row(1)).cwiseAbs().maxCoeff(), 1e-6);
    EXPECT_LT((out.v.row(1).array() - 0.2).abs().maxCoeff(), 1e-5);
    EXPECT_LT(out.a.row(1).cwiseAbs().maxCoeff(), 1e-3);
  }
}

TEST(Smooth, LowersASineByItsGainAndTheRatesWithIt) {
  const double f = 6.0, w = 2.0 * pi * f;
  const struct {
    LowPass filter;
    double gain;
  } cases[] = {{LowPass::second_order, std::sqrt(0.5)}, {LowPass::opensim, 0.5}};
  for (const auto& [filter, gain] : cases) {
    for (const double jitter : {0.0, 0.3}) {
      const Motion motion = swing(f, jitter), out = smooth(motion, {.cutoff_hz = 6.0, .filter = filter});
      for (int i = 100; i <= 200; ++i) {
        const double t = motion.time[static_cast<std::size_t>(i)];
        EXPECT_NEAR(out.q(0, i), gain * std::sin(w * t), 2e-4) << jitter;
        EXPECT_NEAR(out.v(0, i), gain * w * std::cos(w * t), 2e-2);
        EXPECT_NEAR(out.a(0, i), -gain * w * w * std::sin(w * t), 3.0) << "0.4 % of the peak";
      }
    }
  }
}

TEST(Smooth, TakesNoiseOutOfTheAccelerations) {
  std::mt19937 random(5);
  std::normal_distribution<double> normal(0.0, 1e-3);
  Motion motion = swing(0.5);
  for (Eigen::Index i = 0; i < motion.q.cols(); ++i) motion.q(0, i) += normal(random);
  const auto error = [&](const Motion& out) {
    double sum = 0.0;
    for (int i = 30; i <= 270; ++i) {
      const double t = motion.time[static_cast<std::size_t>(i)];
      sum += std::pow(out.a(0, i) + pi * pi * std::sin(pi * t), 2);
    }
    return std::sqrt(sum / 241.0);
  };
  EXPECT_GT(error(smooth(motion, 0.0)), 20.0);
  EXPECT_LT(error(smooth(motion, 6.0)), 1.0);
}

TEST(Smooth, GivesTheSameBetweenFramesAsOnThem) {
  const Motion motion = swing(1.0, 0.3);
  const Motion all = smooth(motion, 6.0), some = smooth(motion, {.times = {motion.time[40], motion.time[90]}});
  EXPECT_EQ(some.time, (std::vector<double>{motion.time[40], motion.time[90]}));
  EXPECT_EQ(some.q.col(1), all.q.col(90));
  EXPECT_EQ(some.a.col(0), all.a.col(40));
}

TEST(Smooth, SecondSplineThroughTheSpeedsGivesNearlyTheSameAccelerations) {
  const Motion motion = swing(1.0);
  const Motion a = smooth(motion, 6.0), b = smooth(motion, {.acceleration = Acceleration::slope_of_speed});
  EXPECT_EQ(a.v, b.v);
  const double difference = (a.a - b.a).middleCols(30, 240).cwiseAbs().maxCoeff();
  EXPECT_LT(difference, 1e-3);
  EXPECT_GT(difference, 0.0);
}

TEST(Smooth, RefusesMotionsWithoutMeaning) {
  Motion motion = swing(1.0);
  EXPECT_THROW(smooth(motion, 50.0), Error);
  EXPECT_THROW(smooth(motion, -1.0), Error);
  EXPECT_THROW(smooth(motion, not_a_number), Error);
  motion.time[7] = motion.time[6];
  EXPECT_THROW(smooth(motion, 6.0), Error);
  motion = swing(1.0);
  motion.q(1, 5) = not_a_number;
  EXPECT_THROW(smooth(motion, 6.0), Error);
  motion = swing(1.0);
  motion.time.pop_back();
  EXPECT_THROW(smooth(motion, 6.0), Error);
  motion.time.resize(2);
  motion.q = motion.q.leftCols(2).eval();
  EXPECT_THROW(smooth(motion, 6.0), Error);
}

TEST(Smooth, RefusesTimesThatWereNotRecordedAndGapsThatHideWhatTheFilterKeeps) {
  Motion motion = swing(1.0);
  EXPECT_THROW(smooth(motion, {.times = {4.0}}), Error);
  EXPECT_THROW(smooth(motion, {.times = {9.0}}), Error);
  EXPECT_THROW(smooth(motion, {.times = {not_a_number}}), Error);
  for (std::size_t i = 100; i < motion.time.size(); ++i) motion.time[i] += 0.1;
  EXPECT_THROW(smooth(motion, 6.0), Error);
  EXPECT_NO_THROW(smooth(motion, 4.0));
  EXPECT_NO_THROW(smooth(motion, 0.0));
  EXPECT_NO_THROW(smooth(motion, {.filter = LowPass::opensim}));
}

TEST(OpenSimFilterTimes, MissTheRecordedOnesWhereTheFileRoundsThem) {
  std::vector<double> recorded;  // 60 Hz from 0.5 s with eight decimals, as in subject01_walk1_ik.mot
  for (int i = 0; i <= 210; ++i) recorded.push_back(std::round(1e8 * (0.5 + i / 60.0)) / 1e8);
  const std::vector<double> times = opensim_filter_times(recorded);
  EXPECT_LE(times.front(), 0.5);
  EXPECT_LE(times.back(), recorded.back());
  EXPECT_NEAR(times[6], 0.59999926, 5e-9) << "first row of golden/analysis/gait2392_walk";
}

TEST(OpenSimFilterTimes, AreTheRecordedOnesWhereThoseAreEven) {
  std::vector<double> recorded;
  for (int i = 0; i < 64; ++i) recorded.push_back(i / 64.0);
  EXPECT_EQ(opensim_filter_times(recorded), recorded);
}

TEST(PoseOf, IsAtRestWhereRatesAreNotKnown) {
  const Motion motion = swing(1.0);
  const Pose rest = pose_of(motion, 3), moving = pose_of(smooth(motion, 0.0), 3);
  EXPECT_EQ(rest.q, VecX(motion.q.col(3)));
  EXPECT_EQ(rest.v, VecX::Zero(2));
  EXPECT_EQ(rest.a, VecX::Zero(2));
  EXPECT_NE(moving.v(0), 0.0);
}

}  // namespace
}  // namespace psoas
