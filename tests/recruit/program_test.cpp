#include "psoas/recruit/program.hpp"

#include <gtest/gtest.h>

namespace psoas::recruit {
namespace {

TEST(Program, KeepsEntriesInAscendingRowsWhateverTheirOrder) {
  Program program;
  for (int i = 0; i < 3; ++i) program.add_row(0.0);
  program.add_column(1.0, 2, 0.0, 1.0);
  program.add_entry(2, 20.0);
  program.add_entry(0, 5.0);
  program.add_entry(1, 10.0);
  EXPECT_EQ(program.row, (std::vector<int>{0, 1, 2}));
  EXPECT_EQ(program.value, (std::vector<double>{5.0, 10.0, 20.0}));
}

TEST(Program, AddsUpEntriesOfOneRow) {
  Program program;
  program.add_row(0.0);
  program.add_column(1.0, 2, 0.0, 1.0);
  program.add_entry(0, 2.0);
  program.add_entry(0, 3.0);
  EXPECT_EQ(program.entries(), 1);
  EXPECT_EQ(program.value[0], 5.0);
  EXPECT_EQ(program.column_start, (std::vector<int>{0, 1}));
}

TEST(Program, RefusesWhatIsNoConvexColumn) {
  Program program;
  EXPECT_THROW(program.add_column(-1.0, 2, 0.0, 1.0), Error);
  EXPECT_THROW(program.add_column(not_a_number, 2, 0.0, 1.0), Error);
  EXPECT_THROW(program.add_column(1.0, 1, 0.0, 1.0), Error);
  EXPECT_THROW(program.add_column(1.0, 2, 1.0, 0.0), Error);
  EXPECT_THROW(program.add_column(1.0, 2, not_a_number, 0.0), Error);
  EXPECT_EQ(program.columns(), 0);
}

TEST(Program, RefusesEntriesWithoutAPlace) {
  Program program;
  EXPECT_THROW(program.add_entry(0, 1.0), Error);
  program.add_row(1.0);
  program.add_column(0.0, 2, 0.0, 1.0);
  EXPECT_THROW(program.add_entry(0, 1.0), Error);  // a column without cost
  program.add_column(1.0, 2, 0.0, 1.0);
  EXPECT_THROW(program.add_entry(1, 1.0), Error);
  EXPECT_THROW(program.add_entry(-1, 1.0), Error);
}

TEST(Program, ClearLeavesAnEmptyProgram) {
  Program program;
  program.add_row(1.0);
  program.add_column(1.0, 2, 0.0, 1.0);
  program.add_entry(0, 1.0);
  program.clear();
  EXPECT_EQ(program.rows() + program.columns() + program.entries(), 0);
  EXPECT_EQ(program.column_start, (std::vector<int>{0}));
}

TEST(Program, ObjectiveIsTheWeightedSumOfPowers) {
  Program program;
  program.add_column(2.0, 2, -infinity, infinity);
  program.add_column(3.0, 3, 0.0, 1.0);
  EXPECT_DOUBLE_EQ(objective(program, VecX{{-2.0, 0.5}}), 8.0 + 3.0 * 0.125);
}

}  // namespace
}  // namespace psoas::recruit
