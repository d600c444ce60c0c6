#include "psoas/wrap/ellipsoid.hpp"

#include <gtest/gtest.h>

#include "ellipsoid_cases.hpp"
#include "psoas/wrap/sphere.hpp"
#include "psoas/wrap/surface_path.hpp"
#include "slow_string.hpp"

namespace psoas::wrap {
namespace {

TEST(Ellipsoid, EveryStringIsSolvedAndStraightOnlyWhereTheLineIsClear) {
  EllipsoidDraw draw;
  for (const Vec3& shape : shapes)
    for (int i = 0; i < 600; ++i) {
      const EllipsoidCase c = draw.any(shape);
      const Wrapped<double> w = c.path();
      ASSERT_EQ(w.status, Status::ok) << shape.transpose() << " case " << i;
      const Vec3 p = c.P.cwiseQuotient(shape), d = (c.Q - c.P).cwiseQuotient(shape);
      const double t = std::clamp(-p.dot(d) / d.squaredNorm(), 0.0, 1.0);
      EXPECT_EQ(w.wrapped, (p + t * d).norm() < 1.0);
    }
}

TEST(Ellipsoid, TouchesTheSurfaceTangentAndWithoutAKink) {
  EllipsoidDraw draw;
  for (const Vec3& shape : shapes)
    for (int i = 0; i < 100; ++i) {
      const EllipsoidCase c = draw.wrapped(shape);
      const Wrapped<double> w = c.path();
      for (const Vec3& x : {w.entry, w.exit}) EXPECT_NEAR(x.cwiseQuotient(shape).norm(), 1.0, 1e-12);
      EXPECT_NEAR(c.normal(w.entry).normalized().dot(w.departure), 0.0, 1e-12);
      EXPECT_NEAR(c.normal(w.exit).normalized().dot(w.arrival), 0.0, 1e-12);
      EXPECT_LT((c.P + (w.entry - c.P).norm() * w.departure - w.entry).norm(), 1e-12);
      EXPECT_LT((w.exit + (w.exit - c.Q).norm() * w.arrival - c.Q).norm(), 1e-12);
      EXPECT_NEAR(w.length, (w.entry - c.P).norm() + w.arc_length + (c.Q - w.exit).norm(), 1e-14);
    }
}

TEST(Ellipsoid, JoachimsthalsProductIsTheSameAtBothContacts) {
  EllipsoidDraw draw;
  for (const Vec3& shape : shapes)
    for (int i = 0; i < 100; ++i) {
      const EllipsoidCase c = draw.wrapped(shape);
      const Wrapped<double> w = c.path();
      const auto product = [&](const Vec3& x, const Vec3& v) {
        return c.normal(x).squaredNorm() * v.cwiseQuotient(shape).squaredNorm();
      };
      EXPECT_NEAR(product(w.exit, w.arrival) / product(w.entry, w.departure), 1.0, 1e-10);
    }
}

TEST(Ellipsoid, IsAsLongAsASlowStringPulledTight) {
  EllipsoidDraw draw;
  for (const Vec3& shape : shapes)
    for (int i = 0; i < 4; ++i) {
      const EllipsoidCase c = draw.wrapped(shape);
      const Wrapped<double> w = c.path();
      const auto push = [&](const Vec3& x) { return pushed_out_of_ellipsoid(shape, x); };
      // begins over the middle of the arc
      const Vec3 n = shape.cwiseProduct(c.normal(w.entry).normalized() + c.normal(w.exit).normalized());
      const Vec3 middle = shape.cwiseProduct(n) / n.norm();
      EXPECT_NEAR(w.length, slow_string({c.P, w.entry, middle, w.exit, c.Q}, push), 2e-5 * w.length)
          << shape.transpose();
    }
}

TEST(Ellipsoid, NoDetourOverAnyPointNearbyIsShorter) {
  EllipsoidDraw draw;
  for (const Vec3& shape : shapes)
    for (int i = 0; i < 30; ++i) {
      const EllipsoidCase c = draw.wrapped(shape);
      const double length = c.path().length;
      // any point outside: two strings that meet there are never shorter than the one
      for (int k = 0; k < 10; ++k) {
        EllipsoidCase first = c, second = c;
        first.Q = second.P = draw.end(shape);
        if (first.path().inside) continue;
        EXPECT_GE(first.path().length + second.path().length, length - 1e-12);
      }
    }
}

TEST(Ellipsoid, EndDirectionsAreTheSlopesOfTheLength) {
  constexpr double h = 2e-6;
  EllipsoidDraw draw;
  for (const Vec3& shape : {shapes[0], shapes[2], shapes[3]})
    for (int i = 0; i < 60; ++i) {
      const EllipsoidCase c = draw.wrapped(shape);
      const Wrapped<double> w = c.path();
      const Wrapped<Dual<6>> exact = c.dual_path();
      EXPECT_LT((exact.length.slopes.head<3>() - w.slope_at_first()).norm(), 1e-11);
      EXPECT_LT((exact.length.slopes.tail<3>() - w.slope_at_second()).norm(), 1e-11);
      if (w.arc_length < 1e-3) continue;  // differences must not straddle lift-off
      for (int k = 0; k < 3; ++k) {
        EllipsoidCase more = c, less = c;
        more.P[k] += h;
        less.P[k] -= h;
        EXPECT_NEAR((more.path().length - less.path().length) / (2 * h), w.slope_at_first()[k], 1e-8);
      }
    }
}

TEST(Ellipsoid, DualNumbersCarryTheSlopesOfContactsArcAndDirections) {
  constexpr double h = 1e-6;
  EllipsoidDraw draw;
  for (const Vec3& shape : shapes)
    for (int i = 0; i < 20; ++i) {
      const EllipsoidCase c = draw.wrapped(shape);
      const Wrapped<Dual<6>> w = c.dual_path();
      if (w.arc_length.value < 1e-3) continue;
      for (int k = 0; k < 6; ++k) {
        EllipsoidCase more = c, less = c;
        (k < 3 ? more.P : more.Q)[k % 3] += h;
        (k < 3 ? less.P : less.Q)[k % 3] -= h;
        const Wrapped<double> a = more.path(), b = less.path();
        const auto agree = [&](const Vector3<Dual<6>>& x, const Vec3& up, const Vec3& down) {
          for (int j = 0; j < 3; ++j) {
            const double slope = (up[j] - down[j]) / (2 * h);
            EXPECT_NEAR(x[j].slopes[k], slope, 1e-4 * (1.0 + std::fabs(slope)));
          }
        };
        agree(w.entry, a.entry, b.entry);
        agree(w.exit, a.exit, b.exit);
        agree(w.departure, a.departure, b.departure);
        agree(w.arrival, a.arrival, b.arrival);
        const double arc = (a.arc_length - b.arc_length) / (2 * h);
        EXPECT_NEAR(w.arc_length.slopes[k], arc, 1e-4 * (1.0 + std::fabs(arc)));
        const double turn = (a.arc_angle - b.arc_angle) / (2 * h);
        EXPECT_NEAR(w.arc_angle.slopes[k], turn, 1e-3 * (1.0 + std::fabs(turn)));
      }
    }
}

TEST(Ellipsoid, WalkedBackItIsTheSamePath) {
  EllipsoidDraw draw;
  for (const Vec3& shape : shapes)
    for (int i = 0; i < 100; ++i) {
      const EllipsoidCase c = draw.wrapped(shape);
      EllipsoidCase back = c;
      std::swap(back.P, back.Q);
      const Wrapped<double> there = c.path(), here = back.path();
      EXPECT_NEAR(there.length, here.length, 1e-13);
      EXPECT_LT((there.entry - here.exit).norm() + (there.exit - here.entry).norm(), 1e-10);
      EXPECT_LT((there.departure + here.arrival).norm(), 1e-10);
    }
}

TEST(Ellipsoid, MirrorImageAndTurnedAxesGiveTheSamePath) {
  EllipsoidDraw draw;
  for (const Vec3& shape : shapes)
    for (int i = 0; i < 60; ++i) {
      const EllipsoidCase c = draw.wrapped(shape);
      const Wrapped<double> w = c.path();
      for (int k = 0; k < 3; ++k) {
        EllipsoidCase mirrored = c;
        mirrored.P[k] = -c.P[k];
        mirrored.Q[k] = -c.Q[k];
        EXPECT_NEAR(mirrored.path().length, w.length, 1e-13);
      }
      const auto turned = [](const Vec3& x) { return Vec3(x.y(), x.z(), x.x()); };
      const EllipsoidCase round{turned(shape), c.side, c.pole, turned(c.P), turned(c.Q)};
      EXPECT_NEAR(round.path().length, w.length, 1e-13);
    }
}

TEST(Ellipsoid, ScalesWithItsSize) {
  EllipsoidDraw draw;
  for (int i = 0; i < 60; ++i) {
    const EllipsoidCase c = draw.wrapped(shapes[i % 6]);
    const EllipsoidCase large{1000.0 * c.half_axes, c.side, c.pole, 1000.0 * c.P, 1000.0 * c.Q};
    EXPECT_NEAR(large.path().length, 1000.0 * c.path().length, 1e-10);
  }
}

TEST(Ellipsoid, PointInsideIsFlaggedAndThePathIsStraight) {
  const Surface s = Surface::ellipsoid(shapes[0]);
  const Vec3 in(0.02, 0.1, 0.03), out(0.2, 0.1, 0.0);
  for (const auto& w : {surface_path<double>(s, in, out), surface_path<double>(s, out, in)}) {
    EXPECT_EQ(w.status, Status::ok);
    EXPECT_TRUE(w.inside);
    EXPECT_FALSE(w.wrapped);
    EXPECT_NEAR(w.length, (in - out).norm(), 1e-15);
  }
}

TEST(Ellipsoid, WhatHasNoAnswerIsReportedAndNan) {
  EllipsoidCase c{shapes[0], WrapSide::shortest, Vec3::UnitZ(), {0.3, 0.1, 0.0}, {0.3, 0.1, 0.0}};
  EXPECT_EQ(c.path().status, Status::not_finite);
  for (const double bad : {not_a_number, infinity}) {
    c.Q = Vec3(-0.3, bad, 0.0);
    EXPECT_FALSE(usable(c.path().status));
    EXPECT_TRUE(std::isnan(c.path().length));
  }
  // a line through the centre of a ball has infinitely many strings
  c = {Vec3::Constant(0.05), WrapSide::shortest, Vec3::UnitZ(), {0.3, 0.1, 0.0}, {-0.3, -0.1, 0.0}};
  const Wrapped<double> w = c.path();
  EXPECT_TRUE(
      usable(w.status)
          ? std::fabs(w.length - sphere_path<double>(0.05, c.side, c.pole, c.P, Vec3(-0.3, -0.1, 1e-9)).length) < 1e-8
          : std::isnan(w.length));
}

TEST(Ellipsoid, EveryFaultIsNamed) {
  EXPECT_TRUE(faults_in(Surface::ellipsoid(shapes[0])).empty());
  EXPECT_EQ(faults_in(Surface::ellipsoid(Vec3(0.1, -1.0, not_a_number))).size(), 2u);
  EXPECT_EQ(faults_in(Surface::ellipsoid(shapes[0], WrapSide::clockwise, Vec3::Zero())).size(), 1u);
}

}  // namespace
}  // namespace psoas::wrap
