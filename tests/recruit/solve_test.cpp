#include "psoas/recruit/solve.hpp"

#include "recruitment_data.hpp"

#include <gtest/gtest.h>

namespace psoas::recruit {
namespace {

using test::body_programs;
using test::load_json;
using test::program_from;
using test::vector_from;

TEST(Recruit, FindsTheKnownOptimumOfEverySmallProgram) {
  const auto problems = load_json("synthetic");
  ASSERT_EQ(problems.size(), 27u);
  for (const auto& data : problems) {
    SCOPED_TRACE(data["name"].get<std::string>());
    const Program program = program_from(data);
    Solution solution;
    const Status status = solve(program, {}, solution);
    EXPECT_EQ(to_string(status), data["status"].get<std::string>());
    if (status != Status::ok) continue;
    EXPECT_LE(relative_kkt_residual(program, solution.x, solution.multiplier), 1e-12);
    const VecX x = vector_from(data["x"]);
    EXPECT_LE((solution.x - x).norm(), 1e-11 * (1.0 + x.norm()));
    const double cost = data["objective"];
    EXPECT_NEAR(solution.objective, cost, 1e-11 * cost);
    if (!data["multiplier_unique"].get<bool>()) continue;
    const VecX multiplier = vector_from(data["multiplier"]);
    EXPECT_LE((solution.multiplier - multiplier).norm(), 1e-11 * multiplier.norm());
  }
}

TEST(Recruit, FindsTheKnownOptimumOfWholeBodies) {
  for (const auto& name : body_programs()) {
    const auto data = load_json(name);
    for (const auto& known : data["solutions"]) {
      SCOPED_TRACE(name + " power " + known["muscle_power"].dump());
      const Program program = program_from(data, known["muscle_power"]);
      Solution solution;
      ASSERT_EQ(solve(program, {}, solution), Status::ok);
      EXPECT_LE(solution.kkt_residual, 1e-12);
      EXPECT_EQ(solution.kkt_residual, relative_kkt_residual(program, solution.x, solution.multiplier));
      EXPECT_NEAR(solution.objective / known["objective"].get<double>(), 1.0, 1e-10);
      const VecX x = vector_from(known["x"]);
      for (int j = 0; j < program.columns(); ++j)
        if (data["muscle"][j] == 1) {
          EXPECT_NEAR(solution.x[j], x[j], 1e-10) << j;
        }
    }
  }
}

TEST(Recruit, TheStoredOptimaSatisfyTheOptimalityConditions) {
  for (const auto& name : body_programs()) {
    const auto data = load_json(name);
    for (const auto& known : data["solutions"]) {
      const Program program = program_from(data, known["muscle_power"]);
      const VecX x = vector_from(known["x"]), multiplier = vector_from(known["multiplier"]);
      EXPECT_LE(relative_kkt_residual(program, x, multiplier), 1e-14);
      EXPECT_GE(relative_kkt_residual(program, 1.001 * x, multiplier), 1e-6);
      EXPECT_GE(relative_kkt_residual(program, x, 1.001 * multiplier), 1e-6);
    }
  }
}

TEST(Recruit, MultipliersAreTheSlopesOfTheCost) {
  for (const int power : {2, 3}) {
    Program program = program_from(load_json("standing"), power);
    Solution solution, shifted;
    ASSERT_EQ(solve(program, {}, solution), Status::ok);
    for (const int i : {6, 16, 30}) {
      const double step = 1e-3, rhs = program.rhs[i];
      program.rhs[i] = rhs + step;
      ASSERT_EQ(solve(program, {}, shifted), Status::ok);
      const double above = shifted.objective;
      program.rhs[i] = rhs - step;
      ASSERT_EQ(solve(program, {}, shifted), Status::ok);
      program.rhs[i] = rhs;
      const double slope = (above - shifted.objective) / (2.0 * step);
      EXPECT_NEAR(slope, solution.multiplier[i], 1e-4 * std::abs(solution.multiplier[i]) + 1e-9);
    }
  }
}

TEST(Recruit, AScaledCostGivesTheSameAnswer) {
  for (const double factor : {1e-6, 1e6}) {
    for (const int power : {2, 3}) {
      Program program = program_from(load_json("bridge_90"), power);
      Solution one, other;
      ASSERT_EQ(solve(program, {}, one), Status::ok);
      for (double& weight : program.weight) weight *= factor;
      ASSERT_EQ(solve(program, {}, other), Status::ok);
      EXPECT_LE((one.x - other.x).norm(), 1e-10 * one.x.norm());
      EXPECT_LE((factor * one.multiplier - other.multiplier).norm(), 1e-9 * other.multiplier.norm());
    }
  }
}

TEST(Recruit, AScaledRowGivesTheSameAnswer) {
  for (const double factor : {1e-5, 1e5}) {
    for (const int power : {2, 3}) {
      Program program = program_from(load_json("lunge"), power);
      Solution one, other;
      ASSERT_EQ(solve(program, {}, one), Status::ok);
      const int scaled = 9;
      program.rhs[scaled] *= factor;
      for (int k = 0; k < program.entries(); ++k)
        if (program.row[k] == scaled) program.value[k] *= factor;
      ASSERT_EQ(solve(program, {}, other), Status::ok);
      EXPECT_LE((one.x - other.x).norm(), 1e-10 * one.x.norm());
      EXPECT_NEAR(other.multiplier[scaled] * factor / one.multiplier[scaled], 1.0, 1e-8);
    }
  }
}

/// Cuts every muscle of a program into strands of half its weight and half its entries.
Program split_muscles(const Program& whole, const nlohmann::json& muscle) {
  Program program;
  for (const double rhs : whole.rhs) program.add_row(rhs);
  for (int j = 0; j < whole.columns(); ++j) {
    const int strands = muscle[j] == 1 ? 2 : 1;
    for (int strand = 0; strand < strands; ++strand) {
      program.add_column(whole.weight[j] / strands, whole.power[j], whole.lower[j], whole.upper[j]);
      for (int k = whole.column_start[j]; k < whole.column_start[j + 1]; ++k)
        program.add_entry(whole.row[k], whole.value[k] / strands);
    }
  }
  return program;
}

TEST(Recruit, AMuscleCutIntoStrandsPullsTheSame) {
  for (const int power : {2, 3}) {
    const auto data = load_json("sitting");
    const Program whole = program_from(data, power);
    const Program cut = split_muscles(whole, data["muscle"]);
    Solution one, other;
    ASSERT_EQ(solve(whole, {}, one), Status::ok);
    ASSERT_EQ(solve(cut, {}, other), Status::ok);
    EXPECT_NEAR(one.objective, other.objective, 1e-11 * one.objective);
    int k = 0;
    for (int j = 0; j < whole.columns(); ++j) {
      if (data["muscle"][j] == 1) {
        EXPECT_NEAR(other.x[k++], one.x[j], 1e-10);
        EXPECT_NEAR(other.x[k++], one.x[j], 1e-10);
      } else {
        EXPECT_NEAR(other.x[k++], one.x[j], 1e-9 * (1.0 + std::abs(one.x[j])));
      }
    }
  }
}

TEST(Recruit, AWarmStartGivesTheSameAnswerInFewerSteps) {
  for (const auto& name : body_programs()) {
    for (const int power : {2, 3}) {
      SCOPED_TRACE(name + " power " + std::to_string(power));
      Program program = program_from(load_json(name), power);
      Solution cold, warm;
      ASSERT_EQ(solve(program, {}, cold), Status::ok);
      for (double& rhs : program.rhs) rhs *= 1.01;
      ASSERT_EQ(solve(program, {}, warm), Status::ok);
      for (double& rhs : program.rhs) rhs /= 1.01;
      ASSERT_EQ(solve(program, {}, warm), Status::ok);
      EXPECT_LT(warm.iterations, cold.iterations);
      EXPECT_LE((warm.x - cold.x).norm(), 1e-10 * cold.x.norm());
      EXPECT_LE((warm.multiplier - cold.multiplier).norm(), 1e-8 * cold.multiplier.norm());
    }
  }
}

TEST(Recruit, AWildWarmStartGivesTheSameAnswer) {
  for (const int power : {2, 3}) {
    const Program program = program_from(load_json("standing"), power);
    Solution cold, wild;
    ASSERT_EQ(solve(program, {}, cold), Status::ok);
    wild.multiplier = VecX::LinSpaced(program.rows(), -1e3, 2e3);
    ASSERT_EQ(solve(program, {}, wild), Status::ok);
    EXPECT_LE((wild.x - cold.x).norm(), 1e-10 * cold.x.norm());
  }
}

TEST(Recruit, TheSameCallGivesTheSameBytes) {
  const Program program = program_from(load_json("lunge"), 3);
  Solution one, other;
  SolveOptions cold;
  cold.warm_start = false;
  ASSERT_EQ(solve(program, cold, one), Status::ok);
  ASSERT_EQ(solve(program_from(load_json("standing"), 2), cold, other), Status::ok);
  ASSERT_EQ(solve(program, cold, other), Status::ok);
  EXPECT_EQ(one.x, other.x);
  EXPECT_EQ(one.multiplier, other.multiplier);
}

TEST(Recruit, LoadsWithoutAMirrorAxisAreZeroInASymmetricBody) {
  // two mirrored muscles, a lateral row without demand, level rotations that must add up to zero
  Program program;
  for (const double rhs : {30.0, 0.0, 0.0, 0.0}) program.add_row(rhs);
  for (const double side : {-1.0, 1.0}) {
    program.add_column(0.3, 2, 0.0, 1.0);
    program.add_entry(0, 40.0 / 3.0);
    program.add_entry(1, side * 0.7);
    program.add_entry(2, side * 0.4);
  }
  for (const int level : {1, 2}) {
    program.add_column(1e-4, 2, -infinity, infinity);
    program.add_entry(level, -0.9);
    program.add_entry(3, 1.0);
  }
  for (const int row : {0, 1, 2}) {
    program.add_column(10.0, 2, -infinity, infinity);
    program.add_entry(row, 1.0);
  }
  Solution solution;
  ASSERT_EQ(solve(program, {}, solution), Status::ok);
  EXPECT_NEAR(solution.x[0], solution.x[1], 1e-14);
  EXPECT_NEAR(solution.x[2], 0.0, 1e-14);
}

TEST(Recruit, FixedColumnsStayWhereTheyAre) {
  const auto data = load_json("standing");
  for (const int power : {2, 3}) {
    Program program = program_from(data, power);
    for (const int j : {3, 50, 100}) program.lower[j] = program.upper[j] = 0.2;
    Solution solution;
    ASSERT_EQ(solve(program, {}, solution), Status::ok);
    for (const int j : {3, 50, 100}) EXPECT_EQ(solution.x[j], 0.2);
    EXPECT_LE(relative_kkt_residual(program, solution.x, solution.multiplier), 1e-12);
  }
}

}  // namespace
}  // namespace psoas::recruit
