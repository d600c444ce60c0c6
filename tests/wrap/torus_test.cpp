#include "psoas/wrap/torus.hpp"

#include <gtest/gtest.h>

#include <array>

#include "psoas/core/random.hpp"
#include "psoas/wrap/surface_path.hpp"
#include "psoas/wrap/taut_path.hpp"
#include "slow_string.hpp"

namespace psoas::wrap {
namespace {

constexpr double ring = 0.05, tube = 0.012;  // [m]

struct Ends {
  Vec3 P, Q;
  Wrapped<double> path(WrapSide side = WrapSide::shortest) const { return torus_path(ring, tube, side, P, Q); }
};

/// From below the torus to above it, the string bent once.
struct TorusDraw {
  Random random{11};

  Ends wrapped() {
    for (;;) {
      Ends e;
      e.P = Vec3(random.uniform(-0.1, 0.1), random.uniform(-0.1, 0.1), random.uniform(-0.12, -0.02));
      e.Q = Vec3(random.uniform(-0.1, 0.1), random.uniform(-0.1, 0.1), random.uniform(0.02, 0.12));
      const Wrapped<double> w = e.path();
      if (usable(w.status) && w.wrapped) return e;
    }
  }
};

TEST(Torus, IsSolvedOrSaysThatTheHoleBendsTheStringTwice) {
  Random random(3);
  int solved = 0, twice = 0, lost = 0;
  for (int i = 0; i < 2000; ++i) {
    const Ends e{{random.uniform(-0.1, 0.1), random.uniform(-0.1, 0.1), random.uniform(-0.12, -0.02)},
                 {random.uniform(-0.1, 0.1), random.uniform(-0.1, 0.1), random.uniform(0.02, 0.12)}};
    const Wrapped<double> w = e.path();
    (usable(w.status) ? solved : w.status == Status::infeasible ? twice : lost)++;
    EXPECT_EQ(std::isnan(w.length), !usable(w.status));
  }
  EXPECT_GT(solved, 1900);
  EXPECT_LE(lost, 10);
}

TEST(Torus, TouchesTheTubeTangentOnItsInnerSideWithoutAKink) {
  TorusDraw draw;
  for (int i = 0; i < 500; ++i) {
    const Ends e = draw.wrapped();
    const Wrapped<double> w = e.path();
    for (const Vec3& x : {w.entry, w.exit}) {
      EXPECT_NEAR(std::hypot(std::hypot(x.x(), x.y()) - ring, x.z()), tube, 1e-14);
      EXPECT_LT(std::hypot(x.x(), x.y()), ring + tube * 0.999);
    }
    const auto normal = [](const Vec3& x) -> Vec3 { return x - ring * Vec3(x.x(), x.y(), 0.0).normalized(); };
    EXPECT_NEAR(normal(w.entry).dot(w.departure), 0.0, 1e-13);
    EXPECT_NEAR(normal(w.exit).dot(w.arrival), 0.0, 1e-13);
    EXPECT_LT((e.P + (w.entry - e.P).norm() * w.departure - w.entry).norm(), 1e-13);
    EXPECT_LT((w.exit + (w.exit - e.Q).norm() * w.arrival - e.Q).norm(), 1e-13);
    EXPECT_NEAR(w.length, (w.entry - e.P).norm() + w.arc_length + (e.Q - w.exit).norm(), 1e-14);
    // Clairaut: the moment of the direction about the axis is the same at both contacts
    EXPECT_NEAR(w.entry.cross(w.departure).z(), w.exit.cross(w.arrival).z(), 1e-13);
  }
}

TEST(Torus, IsAsLongAsASlowStringPulledTight) {
  TorusDraw draw;
  const auto push = [](const Vec3& x) { return pushed_out_of_torus(ring, tube, x); };
  for (int i = 0; i < 12; ++i) {
    const Ends e = draw.wrapped();
    const Wrapped<double> w = e.path();
    EXPECT_NEAR(w.length, slow_string({e.P, w.entry, push(0.5 * (w.entry + w.exit)), w.exit, e.Q}, push), 2e-6) << i;
  }
}

TEST(Torus, EndDirectionsAreTheSlopesAndDualNumbersCarryThoseOfTheContacts) {
  constexpr double h = 1e-6;
  TorusDraw draw;
  for (int i = 0; i < 200; ++i) {
    const Ends e = draw.wrapped();
    const Wrapped<double> w = e.path();
    Vector3<Dual<6>> P, Q;
    for (int k = 0; k < 3; ++k) P[k] = Dual<6>::variable(e.P[k], k), Q[k] = Dual<6>::variable(e.Q[k], 3 + k);
    const Wrapped<Dual<6>> exact = torus_path(ring, tube, WrapSide::shortest, P, Q);
    EXPECT_LT((exact.length.slopes.head<3>() - w.slope_at_first()).norm(), 1e-12);
    EXPECT_LT((exact.length.slopes.tail<3>() - w.slope_at_second()).norm(), 1e-12);
    if (w.arc_length < 1e-3) continue;
    for (int k = 0; k < 6; ++k) {
      Ends more = e, less = e;
      (k < 3 ? more.P : more.Q)[k % 3] += h;
      (k < 3 ? less.P : less.Q)[k % 3] -= h;
      const Wrapped<double> a = more.path(), b = less.path();
      EXPECT_NEAR(exact.length.slopes[k], (a.length - b.length) / (2 * h), 2e-8);
      EXPECT_NEAR(exact.arc_length.slopes[k], (a.arc_length - b.arc_length) / (2 * h), 1e-5);
      for (int j = 0; j < 3; ++j) {
        EXPECT_NEAR(exact.entry[j].slopes[k], (a.entry[j] - b.entry[j]) / (2 * h), 1e-5);
        EXPECT_NEAR(exact.exit[j].slopes[k], (a.exit[j] - b.exit[j]) / (2 * h), 1e-5);
      }
    }
  }
}

TEST(Torus, WalkedBackMirroredOrTurnedItIsTheSamePath) {
  TorusDraw draw;
  for (int i = 0; i < 200; ++i) {
    const Ends e = draw.wrapped();
    const Wrapped<double> w = e.path();
    const Mat3 R = Eigen::AngleAxisd(draw.random.uniform(-3.0, 3.0), Vec3::UnitZ()).toRotationMatrix();
    const auto below = [](const Vec3& x) { return Vec3(x.x(), x.y(), -x.z()); };
    for (const Ends& same : {Ends{e.Q, e.P}, Ends{below(e.P), below(e.Q)}, Ends{R * e.P, R * e.Q}})
      EXPECT_NEAR(same.path().length, w.length, 1e-13);
    EXPECT_NEAR(e.path(WrapSide::counterclockwise).length, w.length, 0.0);
    EXPECT_NEAR((Ends{e.Q, e.P}.path(WrapSide::clockwise).length), w.length, 1e-13);
  }
}

TEST(Torus, LengthAndDirectionsAreContinuousThroughLiftOffAndBeyondHalfACircle) {
  Wrapped<double> last;
  int straight = 0, wrapped = 0;
  // the far end moves from above the hole outwards, over the tube, and down outside it
  for (double t = 0.0; t < 200.0 * degree; t += 0.05 * degree) {
    const Ends e{{0.01, 0.01, -0.08}, Vec3(ring - 0.07 * std::cos(t), 0.004, 0.07 * std::sin(t))};
    if (e.Q.z() < 0.01 && t < 1.0) continue;
    const Wrapped<double> w = e.path(WrapSide::counterclockwise);
    ASSERT_EQ(w.status, Status::ok) << t;
    ++(w.wrapped ? wrapped : straight);
    if (usable(last.status)) {
      EXPECT_LT(std::fabs(w.length - last.length), 2e-4) << t;
      EXPECT_LT((w.departure - last.departure).norm() + (w.arrival - last.arrival).norm(), 4e-3) << t;
    }
    last = w;
  }
  EXPECT_GT(straight, 100);
  EXPECT_GT(wrapped, 100);
  EXPECT_GT(last.arc_angle, 1.2);
}

TEST(Torus, IsStraightThroughTheHoleAndWithoutPassingIt) {
  EXPECT_FALSE((Ends{{0.01, 0.0, -0.1}, {0.0, 0.01, 0.1}}.path().wrapped));
  EXPECT_FALSE((Ends{{0.01, 0.0, 0.05}, {0.3, 0.01, 0.1}}.path().wrapped));
  EXPECT_TRUE((Ends{{0.06, 0.0, -0.1}, {0.06, 0.01, 0.1}}.path().wrapped));
}

TEST(Torus, InsideAndImpossibleEndsAreReported) {
  const Vec3 in(ring, 0.001, 0.0), out(0.0, 0.0, 0.1);
  const Wrapped<double> w = surface_path<double>(Surface::torus(ring, tube), in, out);
  EXPECT_TRUE(w.inside);
  EXPECT_EQ(w.status, Status::ok);
  EXPECT_EQ((Ends{out, out}.path().status), Status::not_finite);
  EXPECT_FALSE(usable(Ends{Vec3(0.1, 0.0, -0.1), Vec3(not_a_number, 0.0, 0.1)}.path().status));
  EXPECT_EQ(faults_in(Surface::torus(0.05, 0.01)).size(), 0u);
  EXPECT_EQ(faults_in(Surface::torus(0.01, 0.05)).size(), 1u);
}

TEST(TautPath, RoundTorusEllipsoidTorusAndCylinderIsFourQuarterCircles) {
  // quarter circles of radius 1, 1, 1.5 and 2 and straight parts 1 + 3.5 + 3 + 6 + 1.5, all in one plane: the case
  // that Simbody checks its cables with (TestCableSpan.cpp, testSimpleCable)
  const Mat3 along_x = Eigen::AngleAxisd(0.5 * pi, Vec3::UnitY()).toRotationMatrix();
  const std::array<Obstacle, 4> obstacles{
      Obstacle{Surface::torus(10.0, 1.0), along_x, Vec3(1.0, 11.0, 0.0)},
      Obstacle{Surface::ellipsoid(Vec3(1.0, 1.0, 6.0), WrapSide::clockwise), Mat3::Identity(), Vec3(4.5, 1.0, 0.0)},
      Obstacle{Surface::torus(10.0, 1.5), along_x, Vec3(4.0, -12.0, 0.0)},
      Obstacle{Surface::cylinder(2.0, WrapSide::clockwise), Mat3::Identity(), Vec3(-2.0, -1.5, 0.0)}};
  // led round each obstacle over a point near the corner that it rounds
  std::array<Touch, 4> start;
  const Vec3 hints[] = {{0.0, 2.0, 0.0}, {5.5, 2.0, 0.5}, {5.5, -3.5, 0.2}, {-4.0, -3.5, 0.0}};
  for (std::size_t k = 0; k < 4; ++k) start[k].touched = true, start[k].entry = start[k].exit = hints[k];
  const TautPath path = taut_path(Vec3::Zero(), Vec3(-4.0, 0.0, 0.0), obstacles, start);
  ASSERT_EQ(path.status, Status::ok);
  EXPECT_NEAR(path.length, 15.0 + 2.75 * pi, 1e-11);
  const double radii[] = {1.0, 1.0, 1.5, 2.0};
  for (std::size_t k = 0; k < 4; ++k) EXPECT_NEAR(path.touches[k].arc_length, 0.5 * pi * radii[k], 1e-10) << k;
  EXPECT_LT((path.touches[1].entry - Vec3(4.5, 2.0, 0.0)).norm(), 1e-10);
  EXPECT_LT((path.touches[2].exit - Vec3(4.0, -3.5, 0.0)).norm(), 1e-10);
  // as a start its own solution gives itself back
  const TautPath again = taut_path(Vec3::Zero(), Vec3(-4.0, 0.0, 0.0), obstacles, path.touches);
  EXPECT_NEAR(again.length, path.length, 1e-12);
  EXPECT_LE(again.iterations, path.iterations);
}

}  // namespace
}  // namespace psoas::wrap
