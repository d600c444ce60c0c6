#include "psoas/wrap/normal_motion_step.hpp"

#include <gtest/gtest.h>

#include "psoas/core/random.hpp"

namespace psoas::wrap::detail {
namespace {

/// The same law, for which there is the general step only.
template <int m>
struct OneRowAfterTheOther : NormalMotion<m> {};

template <int m>
struct Start {
  OneRowAfterTheOther<m> law;
  typename NormalMotion<m>::Place normal, rate;
  typename NormalMotion<m>::Sums arc = NormalMotion<m>::Sums::Zero();

  explicit Start(Random& random) {
    for (int k = 0; k < 3; ++k) law.squares(k) = random.uniform(0.5, 2.0);
    law.D = law.squares.cwiseInverse();
    const auto draw = [&] { return Vec3(random.uniform(-1, 1), random.uniform(-1, 1), random.uniform(-1, 1)); };
    for (int k = 0; k <= m; ++k) {
      normal.col(k) = k == 0 ? draw().normalized().eval() : draw();
      rate.col(k) = draw();
    }
    rate.col(0) -= normal.col(0).dot(rate.col(0)) * normal.col(0);
    law.h = rate.col(0).squaredNorm() + normal.col(0).dot(law.D.cwiseProduct(normal.col(0)));
    law.over_root_J = random.uniform(0.5, 2.0);
    if constexpr (m > 0) law.h_slopes(0) = random.uniform(-1, 1);
  }
};

template <int rows, int m>
void expect_the_same_step() {
  constexpr double rounding = 2e-13;  // the rows' weights reach 50
  Random random(7);
  for (int i = 0; i < 200; ++i) {
    Start<m> general(random), beside(general);
    const double step = random.uniform(-0.8, 0.8);
    extrapolated_step<rows>(general.law, step, general.normal, general.rate, general.arc);
    const NormalMotion<m>& law = beside.law;
    extrapolated_step<rows>(law, step, beside.normal, beside.rate, beside.arc);
    EXPECT_LT((general.normal - beside.normal).cwiseAbs().maxCoeff(), rounding);
    EXPECT_LT((general.rate - beside.rate).cwiseAbs().maxCoeff(), rounding);
    EXPECT_NEAR(general.arc(0), beside.arc(0), rounding);
  }
}

TEST(NormalMotion, RowsBesideEachOtherMakeTheStepOfRowsOneAfterTheOther) {
  expect_the_same_step<4, 0>();
  expect_the_same_step<4, 1>();
  expect_the_same_step<8, 0>();
  expect_the_same_step<8, 1>();
}

TEST(NormalMotion, StaysOnTheUnitSphereAndKeepsItsEnergy) {
  Random random(8);
  for (int i = 0; i < 50; ++i) {
    Start<0> s(random);
    const NormalMotion<0>& law = s.law;
    ASSERT_TRUE(walk(law, 2.0, 1.0, Fineness<8, 4>{0.4, 0.0}, s.normal, s.rate, s.arc));
    EXPECT_NEAR(s.normal.norm(), 1.0, 1e-12);
    EXPECT_NEAR(s.normal.dot(s.rate), 0.0, 1e-12);
    EXPECT_NEAR(s.rate.squaredNorm() + s.normal.dot(law.D.cwiseProduct(s.normal)), law.h, 1e-12);
  }
}

}  // namespace
}  // namespace psoas::wrap::detail
