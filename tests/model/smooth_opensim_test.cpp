#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <sstream>

#include "psoas/model/smooth.hpp"

namespace psoas {
namespace {

struct Case {
  std::vector<double> time, q;                                    ///< as recorded
  std::vector<double> at, value, speed, acceleration, of_speeds;  ///< what OpenSim makes of it
};

std::map<std::string, Case> cases() {
  std::map<std::string, Case> all;
  std::ifstream file(PSOAS_TEST_DATA "/smooth/opensim.csv");
  std::string line, name, kind, cell;
  std::getline(file, line);
  while (std::getline(file, line)) {
    std::istringstream row(line);
    std::getline(row, name, ',');
    std::getline(row, kind, ',');
    Case& c = all[name];
    const bool recorded = kind == "recorded";
    std::vector<double>* const columns[] = {recorded ? &c.time : &c.at, recorded ? &c.q : &c.value, &c.speed,
                                            &c.acceleration, &c.of_speeds};
    for (int i = 0; i < (recorded ? 2 : 5) && std::getline(row, cell, ','); ++i) columns[i]->push_back(std::stod(cell));
  }
  return all;
}

double largest_difference(const MatX& ours, const std::vector<double>& theirs) {
  return (ours.row(0) - Eigen::Map<const Eigen::RowVectorXd>(theirs.data(), ours.cols())).cwiseAbs().maxCoeff();
}

TEST(SmoothAsOpenSim, GivesOpenSimsNumbersAtItsTimes) {
  const auto all = cases();
  ASSERT_EQ(all.size(), 3u);
  for (const auto& [name, c] : all) {
    Motion motion{
        name, c.time, Eigen::Map<const Eigen::RowVectorXd>(c.q.data(), static_cast<Eigen::Index>(c.q.size())), {}, {}};
    ASSERT_EQ(opensim_filter_times(c.time), c.at) << name;
    SmoothOptions options{.cutoff_hz = 6.0, .filter = LowPass::opensim, .times = c.at};
    const Motion direct = smooth(motion, options);
    EXPECT_LT(largest_difference(direct.q, c.value), 1e-12) << name;
    EXPECT_LT(largest_difference(direct.v, c.speed), 1e-10) << name;
    EXPECT_LT(largest_difference(direct.a, c.acceleration), 1e-8) << name;
    options.acceleration = Acceleration::slope_of_speed;
    EXPECT_LT(largest_difference(smooth(motion, options).a, c.of_speeds), 1e-8) << name;
  }
}

}  // namespace
}  // namespace psoas
