#include "psoas/recruit/solve.hpp"

#include "recruitment_data.hpp"

#include <gtest/gtest.h>

#include <cstdlib>
#include <new>
#include <vector>

namespace {
long allocations = 0;
}

// every allocation of the executable passes here; not inlined, so that the compiler pairs new with delete
// and not with free
[[gnu::noinline]] void* operator new(std::size_t size) {
  ++allocations;
  if (void* memory = std::malloc(size > 0 ? size : 1)) return memory;
  throw std::bad_alloc();
}
[[gnu::noinline]] void operator delete(void* memory) noexcept { std::free(memory); }
[[gnu::noinline]] void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace psoas::recruit {
namespace {

TEST(RecruitMemory, SolvingAgainAllocatesNothing) {
  for (const int power : {2, 3}) {
    Program program = test::program_from(test::load_json("lunge"), power);
    Solution solution;
    SolveOptions options;
    ASSERT_EQ(solve(program, options, solution), Status::ok);
    const double* x = solution.x.data();
    const double* multiplier = solution.multiplier.data();
    for (const bool warm : {true, false}) {
      options.warm_start = warm;
      for (double& rhs : program.rhs) rhs *= 1.01;
      const long before = allocations;
      const Status status = solve(program, options, solution);
      EXPECT_EQ(allocations, before);
      EXPECT_EQ(status, Status::ok);
    }
    EXPECT_EQ(solution.x.data(), x);  // the only memory that Eigen holds stays in place
    EXPECT_EQ(solution.multiplier.data(), multiplier);
  }
}

TEST(RecruitMemory, RebuildingASmallerProgramAllocatesNothing) {
  const Program source = test::program_from(test::load_json("standing"), 2);
  Program program = source;
  const long before = allocations;
  program.clear();
  for (int i = 0; i < source.rows(); ++i) program.add_row(source.rhs[i]);
  for (int j = 0; j < source.columns() - 3; ++j) {
    program.add_column(source.weight[j], source.power[j], source.lower[j], source.upper[j]);
    for (int k = source.column_start[j + 1] - 1; k >= source.column_start[j]; --k)
      program.add_entry(source.row[k], source.value[k]);
  }
  EXPECT_EQ(allocations, before);
}

TEST(RecruitMemory, TheCounterCounts) {
  const long before = allocations;
  const std::vector<double> numbers(10);
  EXPECT_EQ(numbers.size(), 10u);
  EXPECT_GT(allocations, before);
}

}  // namespace
}  // namespace psoas::recruit
