#include "psoas/recruit/solve.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace psoas::recruit {
namespace {

using nlohmann::json;

const std::string folder = std::string(PSOAS_SHARED) + "/golden/recruitment";

Program program_from(const json& data, int muscle_power) {
  Program program;
  for (const auto& row : data["rows"]) program.add_row(row["rhs"]);
  for (const auto& column : data["columns"]) {
    const bool muscle = column["kind"] == "muscle" && muscle_power > 0;
    program.add_column(column["weight"], muscle ? muscle_power : column["power"].get<int>(),
                       column["lower"].is_null() ? -infinity : column["lower"].get<double>(),
                       column["upper"].is_null() ? infinity : column["upper"].get<double>());
    for (std::size_t k = 0; k < column["row"].size(); ++k) program.add_entry(column["row"][k], column["value"][k]);
  }
  return program;
}

/// The checker's own formula on a dense matrix, independent of the library.
double checker_residual(const Program& program, const VecX& x, const VecX& multiplier) {
  const int m = program.rows(), n = program.columns();
  MatX a = MatX::Zero(m, n);
  for (int j = 0; j < n; ++j)
    for (int k = program.column_start[j]; k < program.column_start[j + 1]; ++k) a(program.row[k], j) = program.value[k];
  double worst = 0.0;
  for (int i = 0; i < m; ++i) {
    const double error = std::abs(a.row(i).dot(x) - program.rhs[i]);
    worst = std::max(worst, error / (std::abs(program.rhs[i]) + a.row(i).cwiseAbs().dot(x.cwiseAbs()) + 1e-300));
  }
  for (int j = 0; j < n; ++j) {
    const double g =
        program.power[j] * program.weight[j] * std::copysign(std::pow(std::abs(x[j]), program.power[j] - 1), x[j]);
    const double z =
        (g - a.col(j).dot(multiplier)) / (std::abs(g) + a.col(j).cwiseAbs().dot(multiplier.cwiseAbs()) + 1e-300);
    const double lower = program.lower[j], upper = program.upper[j];
    double wrong = std::abs(z);
    if (x[j] == lower) wrong = std::max(-z, 0.0);
    if (x[j] == upper) wrong = std::max(z, 0.0);
    if (lower == upper) wrong = 0.0;
    worst = std::max({worst, wrong, lower - x[j], x[j] - upper});
  }
  return worst;
}

std::vector<std::filesystem::path> poses() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(folder + "/poses"))
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

TEST(RecruitmentGolden, EveryPoseHasTheStoredOptimum) {
  int solved = 0;
  double worst_residual = 0.0, worst_activation = 0.0, worst_objective = 0.0;
  for (const auto& path : poses()) {
    const json data = json::parse(std::ifstream(path));
    for (const auto& known : data["solutions"]) {
      SCOPED_TRACE(path.stem().string() + " power " + known["muscle_power"].dump());
      const Program program = program_from(data, known["muscle_power"]);
      Solution solution;
      ASSERT_EQ(solve(program, {}, solution), Status::ok);
      const double residual = checker_residual(program, solution.x, solution.multiplier);
      EXPECT_LE(residual, 1e-11);
      EXPECT_LE(solution.kkt_residual, 1e-12);
      const double objective = known["objective"];
      EXPECT_NEAR(solution.objective / objective, 1.0, 1e-10);
      double error = 0.0;
      for (int j = 0; j < program.columns(); ++j)
        if (data["columns"][j]["kind"] == "muscle")
          error = std::max(error, std::abs(solution.x[j] - known["x"][j].get<double>()));
      EXPECT_LE(error, 1e-10);
      worst_residual = std::max(worst_residual, residual);
      worst_activation = std::max(worst_activation, error);
      worst_objective = std::max(worst_objective, std::abs(solution.objective / objective - 1.0));
      ++solved;
    }
  }
  std::printf("  %d programs: residual %.1e, activation %.1e, objective %.1e\n", solved, worst_residual,
              worst_activation, worst_objective);
  EXPECT_EQ(solved, 74);
}

TEST(RecruitmentGolden, AWarmStartFromAnotherPoseReachesTheSameOptimum) {
  for (const int power : {2, 3}) {
    Solution warm;
    Eigen::Index rows = 0;
    int chained = 0;
    for (const auto& path : poses()) {
      SCOPED_TRACE(path.stem().string() + " power " + std::to_string(power));
      const json data = json::parse(std::ifstream(path));
      const Program program = program_from(data, power);
      chained += rows == program.rows();
      rows = program.rows();
      ASSERT_EQ(solve(program, {}, warm), Status::ok);
      for (const auto& known : data["solutions"])
        if (known["muscle_power"] == power) {
          EXPECT_NEAR(warm.objective / known["objective"].get<double>(), 1.0, 1e-10);
        }
    }
    EXPECT_GE(chained, 10);
  }
}

TEST(RecruitmentGolden, EverySmallProblemHasItsStoredStatusAndOptimum) {
  const json problems = json::parse(std::ifstream(folder + "/synthetic.json"))["problems"];
  EXPECT_EQ(problems.size(), 27u);
  for (const auto& data : problems) {
    SCOPED_TRACE(data["name"].get<std::string>());
    const Program program = program_from(data, 0);
    Solution solution;
    const Status status = solve(program, {}, solution);
    if (data["status"] == "infeasible") {
      EXPECT_EQ(status, Status::infeasible);
      continue;
    }
    ASSERT_EQ(status, Status::ok);
    EXPECT_LE(checker_residual(program, solution.x, solution.multiplier), 1e-11);
    const json& known = data["solutions"][0];
    for (int j = 0; j < program.columns(); ++j) {
      const double x = known["x"][j];
      EXPECT_NEAR(solution.x[j], x, 1e-11 * (1.0 + std::abs(x)));
    }
  }
}

}  // namespace
}  // namespace psoas::recruit
