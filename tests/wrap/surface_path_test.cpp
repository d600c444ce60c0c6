#include "psoas/wrap/surface_path.hpp"

#include <gtest/gtest.h>

#include "cases.hpp"

namespace psoas::wrap {
namespace {

constexpr int n_cases = 6000;

TEST(WrapLaws, RandomCasesCoverEveryKindAndSideBothWrappedAndStraight) {
  Draw draw;
  int seen[2][3][2] = {};
  for (int i = 0; i < n_cases; ++i) {
    const Case c = draw.clear(i);
    const Wrapped<double> w = path_of(c);
    ASSERT_EQ(w.status, Status::ok);
    ++seen[int(c.surface.kind)][int(c.surface.side)][w.wrapped];
  }
  for (const auto& kind : seen)
    for (const auto& side : kind)
      for (const int count : side) EXPECT_GT(count, 100);
}

TEST(WrapLaws, ContactPointsLieOnTheSurfaceAndStraightPartsAreTangent) {
  Draw draw;
  for (int i = 0; i < n_cases; ++i) {
    const Case c = draw.clear(i);
    const Wrapped<double> w = path_of(c);
    if (!w.wrapped) continue;
    for (const Vec3& x : {w.entry, w.exit}) EXPECT_NEAR(normal(c.surface, x).norm(), 1.0, 1e-14);
    EXPECT_NEAR(normal(c.surface, w.entry).dot(w.departure), 0.0, 1e-13);
    EXPECT_NEAR(normal(c.surface, w.exit).dot(w.arrival), 0.0, 1e-13);
    EXPECT_NEAR(w.departure.norm(), 1.0, 1e-14);
    EXPECT_NEAR(w.arrival.norm(), 1.0, 1e-14);
    EXPECT_LT((c.P + (w.entry - c.P).norm() * w.departure - w.entry).norm(), 1e-13);
    EXPECT_LT((w.exit + (w.exit - c.Q).norm() * w.arrival - c.Q).norm(), 1e-13);
  }
}

TEST(WrapLaws, TurnsOnItsPinnedSide) {
  Draw draw;
  for (int i = 0; i < n_cases; ++i) {
    const Case c = draw.clear(i);
    const Wrapped<double> w = path_of(c);
    if (!w.wrapped) continue;
    const Vec3 axis = turning_axis(c);
    EXPECT_GT(axis.dot(normal(c.surface, w.entry).cross(w.departure)), 0.0);
    EXPECT_GT(axis.dot(normal(c.surface, w.exit).cross(w.arrival)), 0.0);
    const Mat3 turn = Eigen::AngleAxisd(w.arc_angle, axis).toRotationMatrix();
    EXPECT_LT((turn * normal(c.surface, w.entry) - normal(c.surface, w.exit)).norm(), 1e-12);
    EXPECT_LT(w.arc_angle, c.surface.side == WrapSide::shortest ? pi : 1.5 * pi);
  }
}

TEST(WrapLaws, LengthIsTheSumOfItsPartsAndNeverShorterThanTheChord) {
  Draw draw;
  for (int i = 0; i < n_cases; ++i) {
    const Case c = draw.clear(i);
    const Wrapped<double> w = path_of(c);
    EXPECT_GE(w.length, (c.Q - c.P).norm() - 1e-14);
    if (!w.wrapped) continue;
    EXPECT_NEAR(w.length, (w.entry - c.P).norm() + w.arc_length + (c.Q - w.exit).norm(), 1e-13);
    if (w.arc_angle > pi) continue;
    EXPECT_NEAR(w.arc_length, geodesic(c.surface, w.entry, w.exit, w.arc_angle), 1e-13);
  }
}

TEST(WrapLaws, WalkedBackItIsTheSamePath) {
  Draw draw;
  for (int i = 0; i < n_cases; ++i) {
    const Case c = draw.clear(i);
    const Wrapped<double> w = path_of(c), back = path_of(walked_back(c));
    EXPECT_NEAR(w.length, back.length, 1e-13);
    EXPECT_EQ(w.wrapped, back.wrapped);
    EXPECT_LT((w.departure + back.arrival).norm(), 1e-12);
    if (!w.wrapped) continue;
    EXPECT_LT((w.entry - back.exit).norm() + (w.exit - back.entry).norm(), 1e-12);
  }
}

TEST(WrapLaws, TurnedAboutItsAxisItTurnsAlong) {
  Draw draw;
  for (int i = 0; i < n_cases; ++i) {
    const Case c = draw.clear(i);
    const bool sphere = c.surface.kind == Surface::Kind::sphere;
    const Mat3 R =
        sphere ? draw.axes() : Eigen::AngleAxisd(draw.random.uniform(-3, 3), Vec3::UnitZ()).toRotationMatrix();
    Case turned{c.surface, R * c.P, R * c.Q};
    turned.surface.pole = R * c.surface.pole;
    const Wrapped<double> w = path_of(c), t = path_of(turned);
    EXPECT_NEAR(w.length, t.length, 1e-13);
    EXPECT_LT((R * w.departure - t.departure).norm(), 1e-12);
  }
}

TEST(WrapLaws, MirrorImageKeepsItsSide) {
  Draw draw;
  const Eigen::DiagonalMatrix<double, 3> S(1.0, 1.0, -1.0);
  for (int i = 0; i < n_cases; ++i) {
    const Case c = draw.clear(i);
    Case mirrored{c.surface, S * c.P, S * c.Q};
    mirrored.surface.pole = -(S * c.surface.pole);
    const Wrapped<double> w = path_of(c), m = path_of(mirrored);
    EXPECT_NEAR(w.length, m.length, 1e-14);
    EXPECT_LT((S * w.arrival - m.arrival).norm(), 1e-13);
  }
}

TEST(WrapLaws, EndDirectionsAreTheSlopesOfTheLength) {
  using D = Dual<6>;
  constexpr double h = 1e-6;
  Draw draw;
  for (int i = 0; i < n_cases; ++i) {
    const Case c = draw.clear(i);
    const Wrapped<double> w = path_of(c);
    Vector3<D> P, Q;
    for (int k = 0; k < 3; ++k) P[k] = D::variable(c.P[k], k), Q[k] = D::variable(c.Q[k], 3 + k);
    const Wrapped<D> exact = surface_path<D>(c.surface, P, Q);
    EXPECT_LT((exact.length.slopes.head<3>() - w.slope_at_first()).norm(), 1e-12);
    EXPECT_LT((exact.length.slopes.tail<3>() - w.slope_at_second()).norm(), 1e-12);
    for (int k = 0; k < 3; ++k) {
      Case more = c, less = c;
      more.Q[k] += h;
      less.Q[k] -= h;
      const double difference = (path_of(more).length - path_of(less).length) / (2 * h);
      EXPECT_NEAR(w.slope_at_second()[k], difference, 2e-7);
    }
  }
}

TEST(WrapLaws, NoOtherContactPointsGiveAShorterPathOutsideTheSurface) {
  Draw draw;
  for (int i = 0; i < 600; ++i) {
    const Case c = draw.clear(i);
    const Wrapped<double> w = path_of(c);
    if (!w.wrapped) continue;
    const Vec3 axis = turning_axis(c);
    // round more than half of a sphere the pinned geodesic is not the shortest
    if (c.surface.kind == Surface::Kind::sphere && axis.dot(c.P.cross(c.Q)) < 0.0) continue;
    const double r = c.surface.radius;
    for (int k = 0; k < 40; ++k) {
      const double early = draw.random.uniform(-0.1, 0.1), late = draw.random.uniform(-0.1, 0.1);
      Vec3 a = r * (w.entry + draw.vector(0.1)).normalized(), b = r * (w.exit + draw.vector(0.1)).normalized();
      if (c.surface.kind == Surface::Kind::cylinder) {
        a = Eigen::AngleAxisd(-early, axis) * w.entry + draw.random.uniform(-0.1, 0.1) * Vec3::UnitZ();
        b = Eigen::AngleAxisd(late, axis) * w.exit + draw.random.uniform(-0.1, 0.1) * Vec3::UnitZ();
      }
      const double turn = w.arc_angle + early + late;
      // only where both straight parts stay outside
      if (turn < 0.0) continue;
      const Vec3 to_a = a - c.P, to_b = c.Q - b;
      if (normal(c.surface, a).dot(to_a) > 0.0 || normal(c.surface, b).dot(to_b) < 0.0) continue;
      EXPECT_GE(to_a.norm() + geodesic(c.surface, a, b, turn) + to_b.norm(), w.length - 1e-12);
    }
  }
}

TEST(WrapLaws, LengthAndDirectionsAreContinuousThroughLiftOff) {
  Draw draw;
  int lift_offs = 0;
  for (int i = 0; i < 2000; ++i) {
    const Case from = draw.clear(i), to{from.surface, from.P, draw.clear(i).Q};
    const auto at = [&](double t) { return Case{from.surface, from.P, (1 - t) * from.Q + t * to.Q}; };
    if (!path_of(from).wrapped || path_of(to).wrapped || path_of(to).inside) continue;
    if (!usable(path_of(to).status)) continue;
    double low = 0.0, high = 1.0;
    for (int k = 0; k < 60; ++k) (path_of(at(0.5 * (low + high))).wrapped ? low : high) = 0.5 * (low + high);
    const Wrapped<double> last = path_of(at(low)), next = path_of(at(high));
    if (next.inside || last.arc_angle > pi / 2) continue;  // came inside, or its turn passed 270 degrees
    const bool pinned_sphere = from.surface.kind == Surface::Kind::sphere && from.surface.side != WrapSide::shortest;
    const double above = at(low).P.cross(at(low).Q).dot(from.surface.pole);
    if (pinned_sphere && std::fabs(above) < 1e-9) continue;  // the plane's normal crossed the pole's equator
    ++lift_offs;
    EXPECT_NEAR(last.length, next.length, 1e-13);
    EXPECT_LT((last.arrival - next.arrival).norm(), 1e-6);
    EXPECT_LT((last.departure - next.departure).norm(), 1e-6);
  }
  EXPECT_GT(lift_offs, 100);
}

TEST(WrapLaws, PointInsideIsFlaggedAndThePathIsStraight) {
  for (const Surface& s : {Surface::cylinder(1.0, WrapSide::clockwise), Surface::sphere(1.0)}) {
    const Wrapped<double> w = surface_path<double>(s, Vec3(0.5, 0.1, 0.1), Vec3(3, 1, 0));
    EXPECT_EQ(w.status, Status::ok);
    EXPECT_TRUE(w.inside);
    EXPECT_FALSE(w.wrapped);
    EXPECT_NEAR(w.length, (Vec3(0.5, 0.1, 0.1) - Vec3(3, 1, 0)).norm(), 1e-15);
    EXPECT_TRUE(surface_path<double>(s, Vec3(3, 1, 0), Vec3(1, 0, 0)).inside);
    EXPECT_FALSE(surface_path<double>(s, Vec3(3, 1, 0), Vec3(1.001, 0, 0)).inside);
  }
}

TEST(WrapLaws, WhatHasNoAnswerIsReportedAndNan) {
  const Surface cylinder = Surface::cylinder(0.1, WrapSide::shortest), sphere = Surface::sphere(0.1);
  const Vec3 a(1, 0.5, 0), b(-2, -1, 0);
  EXPECT_EQ(surface_path<double>(cylinder, a, a).status, Status::not_finite);
  EXPECT_EQ(surface_path<double>(cylinder, a, Vec3(not_a_number, 1, 0)).status, Status::not_finite);
  EXPECT_EQ(surface_path<double>(cylinder, a, Vec3(-1, 0.1, infinity)).status, Status::not_finite);
  EXPECT_EQ(surface_path<double>(sphere, a, Vec3(1, not_a_number, 0)).status, Status::not_finite);
  const Wrapped<double> opposite = surface_path<double>(sphere, a, b);
  EXPECT_EQ(opposite.status, Status::infeasible);
  EXPECT_TRUE(std::isnan(opposite.length));
  EXPECT_EQ(surface_path<double>(sphere, a, Vec3(2, 1, 0)).status, Status::ok);
  const Surface pinned = Surface::sphere(0.1, WrapSide::clockwise, Vec3::UnitX());
  EXPECT_EQ(surface_path<double>(pinned, Vec3(1, 0.01, 0), Vec3(-1, 0.01, 0)).status, Status::infeasible);
  EXPECT_EQ(surface_path<double>(pinned, Vec3(1, 0.5, 0), Vec3(-1, 0.5, 0)).status, Status::ok);
}

TEST(WrapLaws, ShortestIsTheShorterOfBothPinnedSides) {
  Draw draw;
  for (int i = 0; i < n_cases; ++i) {
    Case c = draw.clear(i);
    c.surface.side = WrapSide::shortest;
    const Wrapped<double> w = path_of(c);
    if (!w.wrapped) continue;
    double shorter = infinity;
    for (const WrapSide side : {WrapSide::clockwise, WrapSide::counterclockwise}) {
      c.surface.side = side;
      if (path_of(c).wrapped) shorter = std::min(shorter, path_of(c).length);
    }
    EXPECT_NEAR(w.length, shorter, 1e-13);
  }
}

TEST(WrapLaws, PinnedTurnRunsFromMinusNinetyToTwoHundredAndSeventyDegrees) {
  const Surface s = Surface::cylinder(0.9, WrapSide::counterclockwise);
  const auto at = [&](double degrees) {
    return surface_path<double>(s, Vec3(1, 0, 0), Vec3(std::cos(degrees * degree), std::sin(degrees * degree), 0));
  };
  const double free = 2 * std::acos(0.9);
  for (const double turn : {60.0, 120.0, 179.999999, 180.0, 180.000001, 240.0, 269.9})
    EXPECT_NEAR(at(turn).arc_angle, turn * degree - free, 1e-13) << turn;
  for (const double turn : {50.0, 1.0, -1.0, -60.0, -89.9}) EXPECT_FALSE(at(turn).wrapped) << turn;
}

TEST(Surface, EveryFaultIsNamed) {
  EXPECT_TRUE(faults_in(Surface::cylinder(0.03, WrapSide::clockwise)).empty());
  EXPECT_EQ(faults_in(Surface::cylinder(-1.0, WrapSide::clockwise)).size(), 1u);
  EXPECT_EQ(faults_in(Surface::sphere(not_a_number, WrapSide::clockwise, Vec3::Zero())).size(), 2u);
}

}  // namespace
}  // namespace psoas::wrap
