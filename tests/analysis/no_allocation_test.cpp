// Counts every allocation of the process, Eigen's included, while frames are solved.

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>

#include "postures.hpp"

namespace {
std::atomic<long> allocations{0};
}

#if defined(__SANITIZE_ADDRESS__)
// of the sanitizer's run-time library; g++ 12 of Debian comes without the header that declares it
extern "C" int __sanitizer_install_malloc_and_free_hooks(void (*)(const volatile void*, size_t),
                                                         void (*)(const volatile void*));
namespace {
const int installed = __sanitizer_install_malloc_and_free_hooks([](const volatile void*, size_t) { ++allocations; },
                                                                [](const volatile void*) {});
}
#else
extern "C" void* __libc_malloc(size_t);
extern "C" void* malloc(size_t size) {
  ++allocations;
  return __libc_malloc(size);
}
#endif

namespace {

TEST(NoAllocation, TheCounterCounts) {
  const long before = allocations;
  const psoas::VecX grown = psoas::VecX::Zero(1000);
  EXPECT_EQ(grown.sum(), 0.0);
  EXPECT_GT(allocations - before, 0);
}

TEST(NoAllocation, SolvingAFrameAllocatesNothingAfterSetUp) {
  const psoas::Model& model = whole_body::model();
  const psoas::Task bridge = postures::task(model, "bridge");
  psoas::Workspace w(model);
  psoas::AnalyzeOptions options;
  const auto sweep = [&] {
    bool solved = true;
    for (int f = 0; f < static_cast<int>(bridge.frames.size()); f += 7) {
      solved = solved && psoas::usable(psoas::solve_frame(model, psoas::at(bridge, f), options, w));
    }
    return solved;
  };
  ASSERT_TRUE(sweep());  // every size that this task needs has now been seen
  const long before = allocations;
  const bool solved = sweep();
  const long grown = allocations - before;
  EXPECT_TRUE(solved);
  EXPECT_EQ(grown, 0);
}

}  // namespace
