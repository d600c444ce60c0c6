#include "psoas/recruit/cholesky.hpp"

#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace psoas::recruit {
namespace {

void fill(Cholesky& cholesky, const MatX& h) {
  cholesky.resize(static_cast<int>(h.rows()));
  cholesky.set_zero();
  for (int c = 0; c < h.cols(); ++c)
    for (int r = c; r < h.rows(); ++r) cholesky.column(c)[r] = h(r, c);
}

TEST(Cholesky, SolvesMatricesOfEverySizeWithAndWithoutZeroBlocks) {
  std::mt19937_64 random(11);
  std::uniform_real_distribution<double> number(-1.0, 1.0);
  Cholesky cholesky;
  for (int size = 1; size <= 66; ++size) {
    MatX b(size, size);
    for (int i = 0; i < size; ++i)
      for (int j = 0; j < size; ++j) b(i, j) = size % 2 && std::abs(i - j) > 5 ? 0.0 : number(random);
    MatX h = b * b.transpose() + MatX::Identity(size, size);
    VecX x(size);
    for (int i = 0; i < size; ++i) x[i] = number(random);
    VecX y = h * x;
    fill(cholesky, h);
    const std::vector<double> least(size, 0.0);
    ASSERT_TRUE(cholesky.factorize(least.data()));
    cholesky.solve(y.data());
    EXPECT_LE((x - y).norm(), 1e-11) << size;
  }
}

TEST(Cholesky, ReportsAMatrixThatIsNotPositiveDefinite) {
  Cholesky cholesky;
  MatX h = MatX::Identity(5, 5);
  h(3, 3) = -1.0;
  fill(cholesky, h);
  const std::vector<double> least(5, 0.0);
  EXPECT_FALSE(cholesky.factorize(least.data()));
}

TEST(Cholesky, ReportsAPivotBelowTheLeastOne) {
  Cholesky cholesky;
  fill(cholesky, MatX{{1.0, 1.0}, {1.0, 1.0 + 1e-13}});
  const std::vector<double> least(2, 1e-11);
  EXPECT_FALSE(cholesky.factorize(least.data()));
}

}  // namespace
}  // namespace psoas::recruit
