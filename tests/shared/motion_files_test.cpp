#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "io/text_file.hpp"
#include "psoas/io/read_external_loads.hpp"
#include "psoas/io/read_motion.hpp"
#include "psoas/model/smooth.hpp"

namespace psoas::io {
namespace {

std::vector<std::filesystem::path> recordings() {
  std::vector<std::filesystem::path> files;
  for (const char* folder : {"/reference", "/golden"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(std::string(PSOAS_SHARED) + folder)) {
      const auto ending = entry.path().extension();
      if (entry.is_regular_file() && (ending == ".mot" || ending == ".sto")) files.push_back(entry.path());
    }
  }
  return files;
}

TEST(MotionFiles, AreAllRead) {
  const auto files = recordings();
  EXPECT_GT(files.size(), 40u);
  for (const auto& file : files) {
    SCOPED_TRACE(file);
    try {
      const Imported<Table> read = read_motion(file);
      EXPECT_GT(read.value.time.size(), 1u);
      EXPECT_GT(read.value.labels.size(), 1u);
      EXPECT_TRUE(read.value.values.allFinite());
    } catch (const std::exception& error) {
      ADD_FAILURE() << std::string(error.what()).substr(0, 400);
    }
  }
}

TEST(MotionFiles, HaveTheFramesOfOpenSimsInverseDynamics) {
  const std::string reference = std::string(PSOAS_SHARED) + "/reference/", golden = PSOAS_SHARED "/golden/analysis/";
  const std::string opencap = reference + "motions/opencap_labvalidation_subject4/";
  const struct {
    std::string motion, result;
    double from, to;
  } cases[] = {{reference + "models/motion/gait2392_subject01/subject01_walk1_ik.mot", "gait2392_walk", 0.6, 1.4},
               {opencap + "STS1_ik.mot", "opencap_sts1", 0.5, 4.5},
               {opencap + "squats1_ik.mot", "opencap_squats1", 1.0, 5.0}};
  for (const auto& c : cases) {
    const std::vector<double> times = opensim_filter_times(read_motion(c.motion).value.time);
    const std::vector<double> solved = read_motion(golden + c.result + "/inverse_dynamics.sto").value.time;
    const auto first = std::upper_bound(times.begin(), times.end(), c.from) - 1;
    ASSERT_EQ(std::upper_bound(times.begin(), times.end(), c.to) - first, static_cast<long>(solved.size())) << c.result;
    for (std::size_t i = 0; i < solved.size(); ++i) EXPECT_NEAR(first[static_cast<long>(i)], solved[i], 5.1e-9);
  }
}

TEST(ExternalLoadsFiles, AreAllRead) {
  int count = 0;
  for (const char* folder : {"/reference", "/golden"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(std::string(PSOAS_SHARED) + folder)) {
      if (!entry.is_regular_file() || entry.path().extension() != ".xml") continue;
      if (read_text_file(entry.path()).find("<ExternalLoads") == std::string::npos) continue;
      SCOPED_TRACE(entry.path());
      try {
        const Imported<ExternalLoads> read = read_external_loads(entry.path(), DataFile::ignored);
        EXPECT_GE(read.value.loads.size(), 1u);
        ++count;
      } catch (const std::exception& error) {
        ADD_FAILURE() << error.what();
      }
    }
  }
  EXPECT_GT(count, 10);
}

}  // namespace
}  // namespace psoas::io
