#include "psoas/wrap/taut_path.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <vector>

#include "course.hpp"

namespace psoas::wrap {
namespace {

TEST(TautPath, ConvergesInAFewSweepsWithEveryNumberOfContacts) {
  Draw draw;
  int seen[4] = {}, most = 0;
  for (int i = 0; i < 3000; ++i) {
    const TautPath path = random_course(draw, 2 + i % 2).path();
    ASSERT_EQ(path.status, Status::ok) << i;
    ++seen[touched(path)];
    most = std::max(most, path.iterations);
  }
  for (const int count : {seen[1], seen[2], seen[3]}) EXPECT_GT(count, 20);
  EXPECT_LE(most, 14);
}

TEST(TautPath, WithABallItConvergesOrSaysThatItSlipsOff) {
  Draw draw;
  int failed = 0;
  for (int i = 0; i < 3000; ++i) {
    const TautPath path = random_course(draw, 2 + i % 2, true).path();
    failed += !usable(path.status);
    EXPECT_TRUE(usable(path.status) ? path.length > 0.0 : std::isnan(path.length));
  }
  EXPECT_LE(failed, 15);
}

TEST(TautPath, EveryContactIsTangentAndEveryArcIsTheClosedForm) {
  Draw draw;
  for (int i = 0; i < 1000; ++i) {
    const Course c = random_course(draw, 2 + i % 2, i % 3 == 0);
    const TautPath path = c.path();
    if (i % 3 == 0 && !usable(path.status)) continue;  // slipped off the ball
    Vec3 last = c.P, direction = path.departure;
    double length = 0.0;
    for (std::size_t k = 0; k < c.obstacles.size(); ++k) {
      const Touch& t = path.touches[k];
      if (!t.touched) continue;
      const Obstacle& o = c.obstacles[k];
      const Vec3 in = o.axes * normal(o.surface, o.to_local(t.entry)),
                 out = o.axes * normal(o.surface, o.to_local(t.exit));
      EXPECT_NEAR(in.norm(), 1.0, 1e-13);
      EXPECT_NEAR(out.norm(), 1.0, 1e-13);
      EXPECT_NEAR(in.dot(t.arriving), 0.0, 1e-11);
      EXPECT_NEAR(out.dot(t.leaving), 0.0, 1e-11);
      EXPECT_LT((t.arriving - direction).norm(), 1e-10);  // straight parts leave one contact as they reach the next
      EXPECT_LT((last + (t.entry - last).norm() * t.arriving - t.entry).norm(), 1e-11);
      length += (t.entry - last).norm() + t.arc_length;
      last = t.exit;
      direction = t.leaving;
    }
    EXPECT_LT((direction - path.arrival).norm(), 1e-10);
    EXPECT_NEAR(path.length, length + (c.Q - last).norm(), 1e-13);
    EXPECT_GE(path.length, (c.Q - c.P).norm() - 1e-13);
  }
}

TEST(TautPath, WithOneObstacleIsTheClosedFormExactly) {
  Draw draw;
  for (int i = 0; i < 500; ++i) {
    const Case c = draw.clear(i);
    const Mat3 R = draw.axes();
    const Vec3 origin = draw.vector();
    const Obstacle o{c.surface, R, origin};
    const TautPath path = taut_path(o.to_world(c.P), o.to_world(c.Q), {&o, 1});
    const Wrapped<double> w = path_of(c);
    EXPECT_EQ(path.iterations, 0);
    EXPECT_EQ(path.touches[0].touched, w.wrapped);
    EXPECT_NEAR(path.length, w.length, 1e-13);
    EXPECT_LT((path.departure - R * w.departure).norm(), 1e-12);
    if (!w.wrapped) continue;
    EXPECT_LT((path.touches[0].entry - o.to_world(w.entry)).norm(), 1e-12);
    EXPECT_NEAR(path.touches[0].arc_length, w.arc_length, 1e-12);
  }
}

TEST(TautPath, AnObstacleOutOfReachChangesNothing) {
  Draw draw;
  for (int i = 0; i < 200; ++i) {
    Course c = random_course(draw, 2);
    const double length = c.path().length;
    // passed on the side where it is not
    Obstacle away{Surface::cylinder(0.5, WrapSide::clockwise), Mat3::Identity(), Vec3(3.0, -9.0, 0.0)};
    c.obstacles.push_back(away);
    const TautPath with = c.path();
    ASSERT_EQ(with.status, Status::ok);
    EXPECT_FALSE(with.touches[2].touched);
    EXPECT_NEAR(with.length, length, 1e-12);
  }
}

TEST(TautPath, WalkedBackItIsTheSamePath) {
  Draw draw;
  for (int i = 0; i < 1000; ++i) {
    const Course c = random_course(draw, 2 + i % 2);
    Course back = c;
    std::swap(back.P, back.Q);
    std::reverse(back.obstacles.begin(), back.obstacles.end());
    for (Obstacle& o : back.obstacles) o.surface.side = reversed(o.surface.side);
    const TautPath there = c.path(), here = back.path();
    EXPECT_NEAR(there.length, here.length, 1e-12);
    EXPECT_LT((there.departure + here.arrival).norm(), 1e-10);
  }
}

TEST(TautPath, MovesWithItsFrame) {
  Draw draw;
  for (int i = 0; i < 500; ++i) {
    const Course c = random_course(draw, 2 + i % 2);
    const Mat3 R = draw.axes();
    const Vec3 p = draw.vector(3.0);
    Course moved{R * c.P + p, R * c.Q + p, c.obstacles};
    for (Obstacle& o : moved.obstacles) o.axes = R * o.axes, o.origin = R * o.origin + p;
    EXPECT_NEAR(c.path().length, moved.path().length, 1e-12);
    EXPECT_LT((R * c.path().arrival - moved.path().arrival).norm(), 1e-10);
  }
}

TEST(TautPath, DirectionsAreTheSlopesOfTheLengthForEndsAndObstacles) {
  constexpr double h = 1e-6;
  Draw draw;
  for (int i = 0; i < 500; ++i) {
    const Course c = random_course(draw, 2 + i % 2, i % 3 == 0);
    const TautPath path = c.path();
    if (i % 3 == 0 && !usable(path.status)) continue;  // slipped off the ball
    const auto slope = [&](const std::function<void(Course&, double)>& move) {
      Course more = c, less = c;
      move(more, h);
      move(less, -h);
      return (more.path().length - less.path().length) / (2 * h);
    };
    const Vec3 d = draw.vector();
    EXPECT_NEAR(slope([&](Course& x, double t) { x.P += t * d; }), -path.departure.dot(d), 1e-7);
    EXPECT_NEAR(slope([&](Course& x, double t) { x.Q += t * d; }), path.arrival.dot(d), 1e-7);
    for (std::size_t k = 0; k < c.obstacles.size(); ++k) {
      const Touch& t = path.touches[k];
      if (!t.touched) continue;
      const Vec3 spin = draw.vector();
      const auto velocity = [&](const Vec3& x) -> Vec3 { return d + spin.cross(x - c.obstacles[k].origin); };
      const double expected = t.arriving.dot(velocity(t.entry)) - t.leaving.dot(velocity(t.exit));
      EXPECT_NEAR(slope([&](Course& x, double s) {
                    Obstacle& o = x.obstacles[k];
                    o.origin += s * d;
                    o.axes = Eigen::AngleAxisd(s * spin.norm(), spin.normalized()).toRotationMatrix() * o.axes;
                  }),
                  expected, 1e-6);
    }
  }
}

TEST(TautPath, LengthAndDirectionsAreContinuousWhenAnObstacleIsPushedIn) {
  for (const double bend : {-0.3, 0.0, 0.4}) {
    Course c;
    c.Q = Vec3(6.0, bend, 0.2);
    c.obstacles = {{Surface::cylinder(0.5, WrapSide::clockwise), Mat3::Identity(), Vec3(0, -0.3, 0)},
                   {Surface::cylinder(0.6, WrapSide::counterclockwise), Mat3::Identity(), Vec3(2, 0, 0)},
                   {Surface::cylinder(0.4, WrapSide::clockwise), Mat3::Identity(), Vec3(4, -0.2, 0.1)}};
    TautPath last;
    int changes = 0;
    for (double push = 2.0; push > -0.5; push -= 1e-4) {
      c.obstacles[1].origin.y() = push;
      const TautPath path = c.path();
      ASSERT_EQ(path.status, Status::ok) << push;
      if (usable(last.status)) {
        EXPECT_LT(std::fabs(path.length - last.length), 3e-4) << push;
        EXPECT_LT((path.departure - last.departure).norm(), 3e-4) << push;
        EXPECT_LT((path.arrival - last.arrival).norm(), 3e-4) << push;
        changes += touched(path) != touched(last);
      }
      last = path;
    }
    EXPECT_GT(changes, 0);
  }
}

TEST(TautPath, WithoutObstaclesIsStraight) {
  const TautPath path = taut_path(Vec3(0, 0, 0), Vec3(3, 4, 0), {});
  EXPECT_EQ(path.status, Status::ok);
  EXPECT_EQ(path.length, 5.0);
  EXPECT_LT((path.departure - Vec3(0.6, 0.8, 0)).norm(), 1e-15);
}

TEST(TautPath, WhatHasNoAnswerIsReportedAndNan) {
  const Obstacle o{Surface::cylinder(0.3, WrapSide::clockwise), Mat3::Identity(), Vec3(1, 0, 0)};
  const Obstacle ball{Surface::sphere(0.3), Mat3::Identity(), Vec3(1, 0, 0)};
  const std::vector<Obstacle> five(5, o), two{ball, ball};
  const Vec3 P(0, 0, 0), Q(2, 0, 0);
  const TautPath broken[] = {taut_path(P, Q, five),       taut_path(P, P, {}),
                             taut_path(P, P, {&o, 1}),    taut_path(P, Vec3(not_a_number, 0, 0), {&five[0], 2}),
                             taut_path(P, Q, {&ball, 1}), taut_path(P, Q, two)};
  for (const TautPath& path : broken) {
    EXPECT_FALSE(usable(path.status));
    EXPECT_TRUE(std::isnan(path.length));
    EXPECT_TRUE(std::isnan(path.arrival.x()));
    EXPECT_TRUE(std::isnan(path.touches[0].arc_length));
  }
  EXPECT_EQ(broken[0].status, Status::infeasible);
  EXPECT_EQ(broken[1].status, Status::not_finite);
  EXPECT_EQ(broken[4].status, Status::infeasible);
}

TEST(TautPath, EndInsideAnObstacleIsFlaggedAndItIsPassedOver) {
  const std::vector<Obstacle> both{{Surface::cylinder(0.5, WrapSide::clockwise), Mat3::Identity(), Vec3(0, 0, 0)},
                                   {Surface::cylinder(0.5, WrapSide::clockwise), Mat3::Identity(), Vec3(2, 0, 0)}};
  const TautPath path = taut_path(Vec3(0.1, 0, 0), Vec3(4, 0, 0), both);
  EXPECT_EQ(path.status, Status::ok);
  EXPECT_TRUE(path.touches[0].inside);
  EXPECT_FALSE(path.touches[0].touched);
  EXPECT_TRUE(path.touches[1].touched);
  EXPECT_FALSE(path.touches[1].inside);
}

}  // namespace
}  // namespace psoas::wrap
