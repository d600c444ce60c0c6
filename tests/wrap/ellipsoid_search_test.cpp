#include <gtest/gtest.h>

#include <algorithm>

#include "ellipsoid_cases.hpp"
#include "psoas/core/random.hpp"
#include "psoas/wrap/ellipsoid_gun.hpp"
#include "psoas/wrap/ellipsoid_task.hpp"
#include "psoas/wrap/planar_guess.hpp"

namespace psoas::wrap {
namespace {

/// The shortest string that shots from planes all round the line find.
double shortest_of_many_shots(const Vec3& half_axes, const Vec3& P, const Vec3& Q) {
  const detail::EllipsoidTask task = detail::ellipsoid_task(half_axes, WrapSide::shortest, Vec3::UnitZ(), P, Q);
  const detail::EllipsoidGun gun(half_axes, P);
  double shortest = infinity;
  constexpr int planes = 72;
  for (int k = 0; k < planes; ++k) {
    const detail::PlanarString guess(task.chord, 2.0 * pi * k / planes);
    if (!guess.usable()) continue;
    const detail::Hit hit = detail::take_aim(gun, Q, {gun.place(guess.entry()), guess.tau(half_axes)});
    if (hit.found && hit.aim.tau > 0.0) shortest = std::min(shortest, hit.length);
  }
  return shortest;
}

Vec3 direction(Random& random) {
  Vec3 v;
  do v = Vec3(random.uniform(-1.0, 1.0), random.uniform(-1.0, 1.0), random.uniform(-1.0, 1.0));
  while (v.norm() > 1.0 || v.norm() < 0.1);
  return v.normalized();
}

/// Between ends that face each other there are up to four strings, of which two may be shortest beside themselves.
TEST(Ellipsoid, NoSideHasAShorterStringWhereTheEndsFaceEachOther) {
  Random random(3);
  int wrapped = 0;
  for (int i = 0; i < 1500; ++i) {
    const Vec3 half_axes(random.uniform(0.02, 0.06), random.uniform(0.02, 0.06), random.uniform(0.02, 0.06));
    const Vec3 to = direction(random), away = -(to + random.uniform(0.0, 1.2) * direction(random)).normalized();
    const Vec3 P = half_axes.cwiseProduct(to) * random.uniform(1.05, 3.0);
    const Vec3 Q = half_axes.cwiseProduct(away) * random.uniform(1.05, 3.0);
    const Wrapped<double> w = ellipsoid_path(half_axes, WrapSide::shortest, Vec3::UnitZ(), P, Q);
    ASSERT_EQ(w.status, Status::ok) << i;
    if (!w.wrapped) continue;
    ++wrapped;
    EXPECT_LT(w.length, shortest_of_many_shots(half_axes, P, Q) + 1e-12) << i;
  }
  EXPECT_GT(wrapped, 1000);
}

/// The last straight parts are short there, and the place where they leave hardly matters.
TEST(Ellipsoid, NearlyRoundOnesAreSolvedFromEndsAMicronAway) {
  Random random(9);
  for (const double spread : {1.0, 1.001}) {
    for (int i = 0; i < 500; ++i) {
      const Vec3 half_axes(0.03, 0.03 * spread, 0.03 / spread);
      const Vec3 P = half_axes.cwiseProduct(direction(random)) * (1.0 + 1e-5);
      const Vec3 Q = half_axes.cwiseProduct(direction(random)) * (1.0 + 1e-5);
      EXPECT_EQ(ellipsoid_path(half_axes, WrapSide::shortest, Vec3::UnitZ(), P, Q).status, Status::ok) << i;
    }
  }
}

/// A biceps brachii over the head of a humerus: beside the one way a way 0.02 mm longer.
TEST(Ellipsoid, TheShorterOfTwoWaysThatDifferByAHairIsTaken) {
  const Vec3 half_axes(0.025, 0.02, 0.02), Q(-0.0029906003, -0.0214206285, -0.0111066820);
  const Vec3 P(-0.0129179153, 0.0234469317, 0.0121212965);
  const Wrapped<double> w = ellipsoid_path(half_axes, WrapSide::shortest, Vec3::UnitZ(), P, Q);
  EXPECT_LT(w.length, shortest_of_many_shots(half_axes, P, Q) + 1e-12);
  EXPECT_NEAR(w.length, 0.06347995, 1e-8);
}

}  // namespace
}  // namespace psoas::wrap
