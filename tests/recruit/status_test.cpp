#include "psoas/recruit/solve.hpp"

#include "recruitment_data.hpp"

#include <gtest/gtest.h>

namespace psoas::recruit {
namespace {

using test::load_json;
using test::program_from;

TEST(Recruit, AProgramOfFixedColumnsIsOnlyAQuestion) {
  Program program;
  program.add_row(1.0);
  program.add_column(1.0, 2, 0.5, 0.5);
  program.add_entry(0, 2.0);
  Solution solution;
  EXPECT_EQ(solve(program, {}, solution), Status::ok);
  EXPECT_EQ(solution.x[0], 0.5);
  program.rhs[0] = 1.5;
  EXPECT_EQ(solve(program, {}, solution), Status::infeasible);
}

TEST(Recruit, AnEmptyProgramIsSolved) {
  Solution solution;
  EXPECT_EQ(solve(Program{}, {}, solution), Status::ok);
  EXPECT_EQ(solution.x.size(), 0);
  EXPECT_EQ(solution.objective, 0.0);
}

TEST(Recruit, ColumnsWithoutRowsRestNearestToZero) {
  Program program;
  program.add_column(1.0, 2, 0.1, 1.0);
  program.add_column(0.0, 3, -1.0, -0.5);
  program.add_column(1.0, 3, 0.0, 1.0);
  program.add_column(0.0, 2, -infinity, infinity);
  Solution solution;
  ASSERT_EQ(solve(program, {}, solution), Status::ok);
  EXPECT_EQ(solution.x, (VecX{{0.1, -0.5, 0.0, 0.0}}));
}

TEST(Recruit, AnEmptyRowWithDemandIsInfeasible) {
  Program program;
  program.add_row(0.0);
  program.add_column(1.0, 2, 0.0, 1.0);
  Solution solution;
  EXPECT_EQ(solve(program, {}, solution), Status::ok);
  program.rhs[0] = 1.0;
  EXPECT_EQ(solve(program, {}, solution), Status::infeasible);
}

TEST(Recruit, ABodyWithoutReservesThatCannotHoldIsInfeasible) {
  const auto data = load_json("boat_straight_flat");
  for (const int power : {2, 3}) {
    Program program = program_from(data, power);
    for (int j = 0; j < program.columns(); ++j)
      if (program.weight[j] == 1e-2) program.lower[j] = program.upper[j] = 0.0;
    Solution solution;
    EXPECT_EQ(solve(program, {}, solution), Status::infeasible);
    EXPECT_LE(solution.iterations, 150);
    EXPECT_TRUE(solution.x.array().isNaN().all());
    EXPECT_TRUE(solution.multiplier.array().isNaN().all());
    EXPECT_TRUE(std::isnan(solution.objective));
  }
}

TEST(Recruit, ABodyWithoutReservesThatCanHoldIsSolved) {
  const auto data = load_json("standing");
  for (const int power : {2, 3}) {
    Program program = program_from(data, power);
    for (int j = 0; j < program.columns(); ++j)
      if (program.weight[j] == 1e-2) program.lower[j] = program.upper[j] = 0.0;
    Solution solution;
    EXPECT_EQ(solve(program, {}, solution), Status::ok);
  }
}

TEST(Recruit, TooFewIterationsAreReported) {
  Solution solution;
  SolveOptions options;
  options.max_iterations = 2;
  EXPECT_EQ(solve(program_from(load_json("lunge"), 2), options, solution), Status::not_converged);
  EXPECT_EQ(solution.iterations, 2);
  EXPECT_TRUE(solution.x.array().isNaN().all());
}

TEST(Recruit, NumbersThatAreNoneAreReported) {
  const Program sound = program_from(load_json("standing"), 2);
  Solution solution;
  Program program = sound;
  program.rhs[3] = not_a_number;
  EXPECT_EQ(solve(program, {}, solution), Status::not_finite);
  program = sound;
  program.value[100] = infinity;
  EXPECT_EQ(solve(program, {}, solution), Status::not_finite);
  program = sound;
  program.weight[5] = not_a_number;
  EXPECT_EQ(solve(program, {}, solution), Status::not_finite);
  program = sound;
  program.weight[5] = 0.0;
  EXPECT_EQ(solve(program, {}, solution), Status::not_computed);
  program = sound;
  program.lower[5] = 2.0;
  EXPECT_EQ(solve(program, {}, solution), Status::infeasible);
  EXPECT_EQ(solve(sound, {}, solution), Status::ok);
}

}  // namespace
}  // namespace psoas::recruit
