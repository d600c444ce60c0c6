#include <gtest/gtest.h>

#include <functional>

#include "course.hpp"

/// taut_path against slow or textbook answers.
namespace psoas::wrap {
namespace {

/// Slow, obvious minimisation without slopes: steps along every direction, halved when none helps.
double least(const std::function<double(const VecX&)>& f, VecX x) {
  double best = f(x);
  for (double step = 0.05; step > 1e-9;) {
    bool better = false;
    for (int k = 0; k < x.size(); ++k)
      for (const double sign : {-1.0, 1.0}) {
        VecX trial = x;
        trial[k] += sign * step;
        const double value = f(trial);
        if (value < best) best = value, x = trial, better = true;
      }
    if (!better) step *= 0.5;
  }
  return best;
}

TEST(TautPath, IsTheShortestOverAllCrossingsOfThePlanesBetweenObstacles) {
  Draw draw;
  int compared = 0;
  for (int i = 0; i < 120; ++i) {
    const Course c = random_course(draw, 2 + i % 2);
    const int gaps = static_cast<int>(c.obstacles.size()) - 1;
    // the path crosses the plane x = 2k + 1 somewhere: choose where so that the sum of single closed forms is least
    const auto length = [&](const VecX& x) {
      double sum = 0.0;
      for (int k = 0; k <= gaps; ++k) {
        const Vec3 from = k == 0 ? c.P : Vec3(2.0 * k - 1.0, x[2 * k - 2], x[2 * k - 1]);
        const Vec3 to = k == gaps ? c.Q : Vec3(2.0 * k + 1.0, x[2 * k], x[2 * k + 1]);
        sum += taut_path(from, to, {&c.obstacles[static_cast<std::size_t>(k)], 1}).length;
      }
      return sum;
    };
    const TautPath path = c.path();
    if (touched(path) < 2) continue;
    // start where the found path crosses, pushed aside
    VecX start(2 * gaps);
    Vec3 a = c.P;
    for (int k = 0; k < gaps; ++k) {
      const Touch &left = path.touches[static_cast<std::size_t>(k)],
                  &right = path.touches[static_cast<std::size_t>(k + 1)];
      a = left.touched ? left.exit : a;
      const Vec3 b = right.touched ? right.entry : c.Q;
      const double t = (2.0 * k + 1.0 - a.x()) / (b.x() - a.x());
      start.segment<2>(2 * k) = (a + t * (b - a)).tail<2>() + 0.05 * draw.vector().head<2>();
    }
    EXPECT_NEAR(path.length, least(length, start), 1e-9) << i;
    ++compared;
  }
  EXPECT_GT(compared, 40);
}

TEST(TautPath, TwoEqualCylindersCrossedLikeABeltHaveTheTextbookLength) {
  // belt round two pulleys: open half = d + π r / 2 + ends; crossed: tangent angle asin(2 r / d)
  const double r = 0.5, d = 3.0;
  Course c;
  c.P = Vec3(-0.5, -0.6, 0.0);
  c.Q = Vec3(3.5, -0.6, 0.0);
  c.obstacles = {{Surface::cylinder(r, WrapSide::clockwise), Mat3::Identity(), Vec3(0, 0, 0)},
                 {Surface::cylinder(r, WrapSide::clockwise), Mat3::Identity(), Vec3(d, 0, 0)}};
  EXPECT_NEAR(c.path().length, 1.2 + d + pi * r, 1e-13);
  c.obstacles[1].surface.side = WrapSide::counterclockwise;
  c.Q = Vec3(3.5, 0.6, 0.0);
  const double lean = std::asin(2 * r / d);
  EXPECT_NEAR(c.path().length, 1.2 + std::sqrt(d * d - 4 * r * r) + 2 * r * (pi / 2 + lean), 1e-13);
}

TEST(TautPath, ThreeSpheresInAPlaneAreThreeCircles) {
  Course c, flat;
  c.P = flat.P = Vec3(-2, -0.5, 0);
  c.Q = flat.Q = Vec3(6, -0.3, 0);
  const WrapSide sides[] = {WrapSide::clockwise, WrapSide::counterclockwise, WrapSide::clockwise};
  for (int k = 0; k < 3; ++k) {
    const Vec3 at(2.0 * k, 0.1 * k, 0.0);
    c.obstacles.push_back({Surface::sphere(0.5, sides[k]), Mat3::Identity(), at});
    flat.obstacles.push_back({Surface::cylinder(0.5, sides[k]), Mat3::Identity(), at});
  }
  EXPECT_EQ(touched(c.path()), 3);
  EXPECT_NEAR(c.path().length, flat.path().length, 1e-12);
}

}  // namespace
}  // namespace psoas::wrap
