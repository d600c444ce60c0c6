#include "psoas/recruit/solve.hpp"

#include <gtest/gtest.h>
#include <Eigen/Dense>

#include <algorithm>
#include <cmath>
#include <random>
#include <vector>

namespace psoas::recruit {
namespace {

class Dice {
 public:
  explicit Dice(unsigned seed) : engine_(seed) {}
  double number(double low, double high) { return low + (high - low) * engine_() / 4294967296.0; }
  int integer(int low, int high) { return low + static_cast<int>(engine_() % (high - low + 1)); }

 private:
  std::mt19937 engine_;
};

/// A program with weights over two decades; with reserves it always has an answer.
Program random_program(Dice& dice, int rows, int columns, int power, bool reserves) {
  Program program;
  for (int i = 0; i < rows; ++i) program.add_row(dice.number(-3.0, 3.0));
  for (int j = 0; j < columns; ++j) {
    const int kind = dice.integer(0, 9);
    const double lower = kind < 2 ? 0.1 : 0.0;
    const double upper = kind == 9 ? infinity : kind == 8 ? lower : 1.0;
    program.add_column(std::pow(10.0, dice.number(-1.0, 1.0)), power, lower, upper);
    for (int i = 0; i < rows; ++i)
      if (dice.number(0.0, 1.0) < 0.7) program.add_entry(i, dice.number(-2.0, 2.0));
  }
  for (int i = 0; i < rows && reserves; ++i) {
    program.add_column(100.0, 2, -infinity, infinity);
    program.add_entry(i, 1.0);
  }
  return program;
}

MatX dense(const Program& program) {
  MatX a = MatX::Zero(program.rows(), program.columns());
  for (int j = 0; j < program.columns(); ++j)
    for (int k = program.column_start[j]; k < program.column_start[j + 1]; ++k) a(program.row[k], j) = program.value[k];
  return a;
}

/// Least quadratic cost by trying every choice of columns at their bounds; infinity if none is feasible.
double cost_by_enumeration(const Program& program) {
  const MatX a = dense(program);
  const int m = program.rows(), n = program.columns();
  const VecX b = Eigen::Map<const VecX>(program.rhs.data(), m);
  double best = infinity;
  std::vector<int> side(n, 0);  // 0 lower, 1 upper, 2 between
  while (true) {
    VecX x = VecX::Zero(n);
    bool possible = true;
    for (int j = 0; j < n; ++j) {
      if (side[j] < 2) x[j] = side[j] == 0 ? program.lower[j] : program.upper[j];
      possible = possible && std::isfinite(x[j]);
    }
    if (possible) {
      MatX h = MatX::Zero(m, m);
      for (int j = 0; j < n; ++j)
        if (side[j] == 2) h += a.col(j) * a.col(j).transpose() / (2.0 * program.weight[j]);
      const VecX multiplier = h.completeOrthogonalDecomposition().solve(b - a * x);
      for (int j = 0; j < n; ++j)
        if (side[j] == 2) x[j] = a.col(j).dot(multiplier) / (2.0 * program.weight[j]);
      bool feasible = (a * x - b).norm() <= 1e-9;
      for (int j = 0; j < n; ++j)
        feasible = feasible && x[j] >= program.lower[j] - 1e-10 && x[j] <= program.upper[j] + 1e-10;
      if (feasible) best = std::min(best, objective(program, x));
    }
    int j = 0;
    while (j < n && ++side[j] == 3) side[j++] = 0;
    if (j == n) return best;
  }
}

TEST(RecruitOracle, QuadraticProgramsAgreeWithEnumeration) {
  Dice dice(1);
  int feasible = 0, infeasible = 0;
  for (int trial = 0; trial < 150; ++trial) {
    SCOPED_TRACE(trial);
    const int rows = dice.integer(1, 3);
    const bool reserves = trial % 3 == 0;
    const Program program = random_program(dice, rows, dice.integer(rows, reserves ? 4 : 6), 2, reserves);
    const double best = cost_by_enumeration(program);
    Solution solution;
    const Status status = solve(program, {}, solution);
    if (std::isfinite(best)) {
      ++feasible;
      ASSERT_EQ(status, Status::ok);
      EXPECT_NEAR(solution.objective, best, 1e-9 * best);
    } else {
      ++infeasible;
      EXPECT_EQ(status, Status::infeasible);
    }
  }
  EXPECT_GE(feasible, 60);
  EXPECT_GE(infeasible, 30);
}

TEST(RecruitOracle, EveryRandomProgramWithReservesMeetsTheOptimalityConditions) {
  Dice dice(2);
  for (const int power : {2, 3, 4}) {
    for (int trial = 0; trial < 150; ++trial) {
      SCOPED_TRACE(std::to_string(power) + " " + std::to_string(trial));
      const int rows = dice.integer(1, 20);
      const Program program = random_program(dice, rows, dice.integer(rows, 60), power, true);
      Solution solution;
      ASSERT_EQ(solve(program, {}, solution), Status::ok);
      EXPECT_LE(relative_kkt_residual(program, solution.x, solution.multiplier), 1e-12);
    }
  }
}

/// A random direction that no equation notices.
VecX unnoticed(Dice& dice, const Program& program) {
  MatX rows = dense(program);
  for (int i = 0; i < rows.rows(); ++i) {  // Gram and Schmidt
    for (int k = 0; k < i; ++k) rows.row(i) -= rows.row(k).dot(rows.row(i)) * rows.row(k);
    rows.row(i).normalize();
  }
  VecX direction(program.columns());
  for (double& x : direction) x = dice.number(-1e-3, 1e-3);
  for (int i = 0; i < rows.rows(); ++i) direction -= rows.row(i).dot(direction) * rows.row(i).transpose();
  return direction;
}

TEST(RecruitOracle, NoFeasibleNeighbourCostsLess) {
  Dice dice(3);
  int tried = 0;
  for (const int power : {2, 3}) {
    for (int trial = 0; trial < 30; ++trial) {
      const Program program = random_program(dice, 3, 12, power, true);
      Solution solution;
      ASSERT_EQ(solve(program, {}, solution), Status::ok);
      for (int k = 0; k < 50; ++k) {
        VecX x = solution.x + unnoticed(dice, program);
        // back between the bounds; the reserves take what that changes
        for (int j = 0; j < program.columns(); ++j) x[j] = std::min(std::max(x[j], program.lower[j]), program.upper[j]);
        x.tail(3) += Eigen::Map<const VecX>(program.rhs.data(), 3) - dense(program) * x;
        ++tried;
        EXPECT_GE(objective(program, x), solution.objective * (1.0 - 1e-12));
      }
    }
  }
  EXPECT_EQ(tried, 3000);
}

}  // namespace
}  // namespace psoas::recruit
