// Every row that OpenSim 4.6 gave for single muscles and their curves.
#include <gtest/gtest.h>

#include "muscle/golden_checks.hpp"

namespace psoas::muscle {
namespace {

const std::string folder = std::string(PSOAS_SHARED) + "/golden/muscle";

using Counts = std::map<std::string, int>;

TEST(MuscleGolden, CurvesAreOpenSims) {
  EXPECT_EQ(golden::check_millard_curves(folder), 915);
  EXPECT_EQ(golden::check_de_groote_fregly_curves(folder), 442);
}
TEST(MuscleGolden, DeGrooteFreglyMusclesAreOpenSims) {
  EXPECT_EQ(golden::check_states(folder, "dgf"), (Counts{{"equilibrium", 80}, {"given_state", 336}, {"rigid", 400}}));
}
TEST(MuscleGolden, MillardMusclesAreOpenSims) {
  const Counts all{{"equilibrium", 60}, {"given_state", 270}, {"rigid", 300}};
  EXPECT_EQ(golden::check_states(folder, "millard"), all);
  EXPECT_EQ(golden::check_states(folder, "millard_rajagopal"), all);
}
TEST(MuscleGolden, ThelenMusclesAreOpenSims) {
  EXPECT_EQ(golden::check_states(folder, "thelen"), (Counts{{"equilibrium", 80}, {"given_state", 459}}));
}
TEST(MuscleGolden, ActiveForceWithAnInextensibleTendonIsOpenSims) {
  EXPECT_GT(golden::check_inextensible_active_force(folder), 1900);
}

}  // namespace
}  // namespace psoas::muscle
