#include "psoas/core/linear_solve.hpp"

#include <gtest/gtest.h>

#include <Eigen/LU>

#include "psoas/core/random.hpp"
#include "psoas/core/types.hpp"

namespace psoas {
namespace {

using RowMatrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

TEST(LinearSolve, AgreesWithEigenOnRandomSystemsOfEverySize) {
  Random random(7);
  for (int size = 1; size <= 18; ++size) {
    for (int trial = 0; trial < 20; ++trial) {
      RowMatrix a(size, size);
      VecX b(size);
      for (int r = 0; r < size; ++r) {
        b(r) = random.uniform(-1.0, 1.0);
        for (int c = 0; c < size; ++c) a(r, c) = random.uniform(-1.0, 1.0);
      }
      const VecX expected = a.partialPivLu().solve(b);
      RowMatrix spoilt = a;
      VecX x = b;
      ASSERT_TRUE(solve_linear(spoilt.data(), x.data(), size));
      EXPECT_LT((x - expected).norm(), 1e-10 * (1.0 + expected.norm())) << size;
      EXPECT_LT((a * x - b).norm(), 1e-12 * (b.norm() + a.norm() * x.norm())) << size;
    }
  }
}

TEST(LinearSolve, ExchangesRowsWhereAPivotIsZero) {
  double a[] = {0.0, 2.0, 3.0, 1.0}, b[] = {4.0, 5.0};
  ASSERT_TRUE(solve_linear(a, b, 2));
  EXPECT_DOUBLE_EQ(b[0], 1.0);
  EXPECT_DOUBLE_EQ(b[1], 2.0);
}

TEST(LinearSolve, RefusesASingularOrInfiniteSystem) {
  double twice[] = {1.0, 2.0, 2.0, 4.0}, b[] = {1.0, 1.0};
  EXPECT_FALSE(solve_linear(twice, b, 2));
  double broken[] = {1.0, not_a_number, 0.0, 1.0}, c[] = {1.0, 1.0};
  EXPECT_FALSE(solve_linear(broken, c, 2));
}

}  // namespace
}  // namespace psoas
