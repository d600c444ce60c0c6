#include <gtest/gtest.h>

#include "ellipsoid_cases.hpp"
#include "psoas/wrap/cylinder.hpp"
#include "psoas/wrap/sphere.hpp"

/// Limits of the ellipsoid's shape, its pinned sides, and lift-off.
namespace psoas::wrap {
namespace {

TEST(Ellipsoid, OfEqualHalfAxesIsTheSphereOnEverySide) {
  EllipsoidDraw draw;
  const Vec3 ball = Vec3::Constant(0.05);
  for (const WrapSide side : {WrapSide::shortest, WrapSide::clockwise, WrapSide::counterclockwise})
    for (int i = 0; i < 400; ++i) {
      EllipsoidCase c = draw.any(ball);
      c.side = side;
      c.pole = draw.vector(1.0);
      const Wrapped<double> w = c.path(), s = sphere_path<double>(0.05, side, c.pole, c.P, c.Q);
      ASSERT_EQ(w.wrapped, s.wrapped) << i;
      EXPECT_NEAR(w.length, s.length, 1e-12);
      if (!s.wrapped) continue;
      EXPECT_NEAR(w.arc_length, s.arc_length, 1e-11);
      EXPECT_NEAR(w.arc_angle, s.arc_angle, 1e-10);
      EXPECT_LT((w.entry - s.entry).norm() + (w.exit - s.exit).norm(), 1e-11);
    }
}

TEST(Ellipsoid, VeryLongIsTheCylinder) {
  EllipsoidDraw draw;
  int compared = 0;
  for (int i = 0; i < 400; ++i) {
    EllipsoidCase c;
    c.half_axes = Vec3(0.03, 0.03, 100.0);
    c.P = draw.vector(0.1);
    c.Q = draw.vector(0.1);
    if (c.P.head<2>().norm() < 0.033 || c.Q.head<2>().norm() < 0.033) continue;
    const Wrapped<double> w = c.path(), s = cylinder_path<double>(0.03, WrapSide::shortest, c.P, c.Q);
    EXPECT_NEAR(w.length, s.length, 2e-8);
    if (!w.wrapped || !s.wrapped) continue;
    EXPECT_LT((w.entry - s.entry).norm(), 2e-6);
    ++compared;
  }
  EXPECT_GT(compared, 50);
}

TEST(Ellipsoid, ShortestIsNoLongerThanEitherPinnedSide) {
  EllipsoidDraw draw;
  for (const Vec3& shape : shapes)
    for (int i = 0; i < 40; ++i) {
      EllipsoidCase c = draw.wrapped(shape);
      const double shortest = c.path().length;
      c.pole = draw.vector(1.0);
      for (const WrapSide side : {WrapSide::clockwise, WrapSide::counterclockwise}) {
        c.side = side;
        const Wrapped<double> w = c.path();
        if (!w.wrapped) continue;
        EXPECT_GE(w.length, shortest - 1e-12);
      }
    }
}

TEST(Ellipsoid, PinnedTurnsAboutItsPoleAndGoesOnBeyondHalfACircleWithoutAJump) {
  // an elbow: round the front from one side to the other, while both ends move back, through the axis and beyond it
  const double step = 1e-4;
  EllipsoidCase c{shapes[2], WrapSide::counterclockwise, Vec3::UnitZ(), {0.0, -0.05, 0.02}, {0.0, 0.05, 0.03}};
  Wrapped<double> last;
  int straight = 0, wrapped = 0;
  for (double x = 0.02; x > -0.03; x -= step) {
    c.P.x() = c.Q.x() = x;
    const Wrapped<double> w = c.path();
    ASSERT_EQ(w.status, Status::ok) << x;
    ++(w.wrapped ? wrapped : straight);
    if (w.wrapped) {
      EXPECT_GT(w.entry.cross(w.departure).z(), 0.0);
      EXPECT_GT(w.exit.cross(w.arrival).z(), 0.0);
    }
    if (usable(last.status)) {
      EXPECT_GE(w.length, last.length - 1e-12);
      EXPECT_LT(w.length - last.length, 2.1 * step) << x;
      EXPECT_LT((w.departure - last.departure).norm(), 0.02) << x;
    }
    last = w;
  }
  EXPECT_GT(straight, 10);
  EXPECT_GT(wrapped, 400);
  EXPECT_GT(last.arc_angle, pi / 2);
}

TEST(Ellipsoid, PinnedSidesReverseWithThePathAndWithThePole) {
  EllipsoidDraw draw;
  int lost = 0;  // in unstable balance, found from one end only
  for (int i = 0; i < 200; ++i) {
    EllipsoidCase c = draw.wrapped(shapes[2]);
    c.side = WrapSide::clockwise;
    const Wrapped<double> w = c.path();
    ASSERT_EQ(w.status, Status::ok);
    EllipsoidCase flipped = c, mirrored = c, back = c;
    flipped.side = reversed(c.side);
    flipped.pole = -c.pole;
    EXPECT_EQ(flipped.path().length, w.length);
    // through z: S pole of a mirrored surface, in the mirrored axes S R S, is −S pole
    mirrored.P.z() = -c.P.z();
    mirrored.Q.z() = -c.Q.z();
    EXPECT_NEAR(mirrored.path().length, w.length, 1e-12);
    back.side = reversed(c.side);
    std::swap(back.P, back.Q);
    const Wrapped<double> there = back.path();
    lost += !usable(there.status);
    if (!usable(there.status)) continue;
    EXPECT_NEAR(there.length, w.length, 1e-10) << i;
  }
  EXPECT_LE(lost, 10);
}

TEST(Ellipsoid, LengthAndDirectionsAreContinuousThroughLiftOff) {
  for (const Vec3& shape : shapes) {
    EllipsoidCase c;
    c.half_axes = shape;
    const Vec3 out(0.3, 1.0, 0.2), along(0.6, -0.25, 0.35);
    Wrapped<double> last;
    int changes = 0;
    for (int i = 0; i <= 4000; ++i) {
      const double t = 0.5 + 0.8 * i / 4000.0;  // from the middle outwards
      c.P = shape.cwiseProduct(t * out - 3.0 * along);
      c.Q = shape.cwiseProduct(t * out + 3.0 * along);
      const Wrapped<double> w = c.path();
      ASSERT_EQ(w.status, Status::ok);
      if (i > 0) {
        EXPECT_LT(std::fabs(w.length - last.length), 2e-4 * w.length) << i;
        EXPECT_LT((w.departure - last.departure).norm() + (w.arrival - last.arrival).norm(), 4e-3) << i;
        changes += w.wrapped != last.wrapped;
      }
      last = w;
    }
    EXPECT_EQ(changes, 1);
    EXPECT_FALSE(last.wrapped);
  }
}

}  // namespace
}  // namespace psoas::wrap
