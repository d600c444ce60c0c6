// A sample of what OpenSim 4.6 gives for single muscles and their curves; tests/data/muscle/README.md tells its origin.
#include <gtest/gtest.h>

#include "muscle/golden_checks.hpp"

namespace psoas::muscle {
namespace {

const std::string folder = std::string(PSOAS_TEST_DATA) + "/muscle";

TEST(MuscleGolden, CurvesAreOpenSims) {
  EXPECT_GT(golden::check_millard_curves(folder), 100);
  EXPECT_GT(golden::check_de_groote_fregly_curves(folder), 50);
}
TEST(MuscleGolden, MusclesAreOpenSims) {
  for (const char* name : {"dgf", "millard", "millard_rajagopal", "thelen"}) {
    const std::map<std::string, int> count = golden::check_states(folder, name);
    EXPECT_GT(count.at("equilibrium"), 3) << name;
    EXPECT_GT(count.at("given_state"), 15) << name;
    EXPECT_EQ(count.count("rigid"), std::string(name) == "thelen" ? 0u : 1u) << name;  // which OpenSim refuses
  }
}
TEST(MuscleGolden, ActiveForceWithAnInextensibleTendonIsOpenSims) {
  EXPECT_GT(golden::check_inextensible_active_force(folder), 100);
}

}  // namespace
}  // namespace psoas::muscle
