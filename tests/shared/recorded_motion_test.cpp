#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "psoas/analysis/motion_tables.hpp"
#include "psoas/io/measured_loads.hpp"
#include "psoas/io/read_external_loads.hpp"
#include "psoas/io/read_model.hpp"
#include "psoas/io/read_motion.hpp"
#include "psoas/model/compile.hpp"
#include "psoas/model/recording.hpp"
#include "psoas/model/smooth.hpp"
#include "psoas/scenario/recorded_task.hpp"

namespace {

/// A recording that OpenSim's InverseDynamicsTool went through.
struct Trial {
  const char* golden;
  const char* model;
  const char* motion;
  const char* forces;
  /// Knees that turn about several axes by functions: there OpenSim's accelerations contradict its own velocities (see
  /// opensim_golden_test.cpp), and with them every joint between ground and knee.
  bool curved_knees;
};

class Recorded : public testing::TestWithParam<Trial> {};

psoas::Table inverse_dynamics_of(const Trial& trial, const std::string& shared) {
  const std::string folder = shared + "/golden/analysis/" + trial.golden + '/', data = shared + "/reference/";
  const psoas::Table recorded = psoas::io::read_motion(data + trial.motion).value;
  psoas::ModelSpec spec = psoas::io::read_model(data + trial.model);
  psoas::hold_followers(spec, recorded);
  const psoas::Model model = psoas::compile(spec);
  const psoas::Motion motion = psoas::motion_of(recorded, model).value;
  const psoas::Motion smooth =
      psoas::smooth(motion, {.filter = psoas::LowPass::opensim, .times = psoas::opensim_filter_times(motion.time)});
  const auto description =
      psoas::io::read_external_loads(folder + "external_loads.xml", psoas::io::DataFile::ignored).value;
  const auto loads = psoas::io::measured_loads(description, psoas::io::read_motion(data + trial.forces).value, model);
  const psoas::Task task = psoas::recorded_task(model, smooth, loads, psoas::Between::natural_cubic);
  return psoas::motion_tables(model, task, {false, false, true})[1].table;
}

TEST_P(Recorded, HasTheInverseDynamicsOfOpenSim) {
  const std::string shared = PSOAS_SHARED;
  const psoas::Table ours = inverse_dynamics_of(GetParam(), shared);
  const psoas::Table theirs =
      psoas::io::read_motion(shared + "/golden/analysis/" + GetParam().golden + "/inverse_dynamics.sto").value;
  int exact = 0;
  for (std::size_t c = 0; c < theirs.labels.size(); ++c) {
    const std::string& label = theirs.labels[c];
    const auto own = std::find(ours.labels.begin(), ours.labels.end(), label);
    if (label.find("_beta_") != std::string::npos) continue;  // the patella follows the knee and has no row of its own
    ASSERT_NE(own, ours.labels.end()) << label;
    const auto column = own - ours.labels.begin();
    const double peak = theirs.values.col(static_cast<Eigen::Index>(c)).cwiseAbs().maxCoeff();
    double worst = 0.0;
    for (std::size_t r = 0; r < theirs.time.size(); ++r) {
      const auto at = std::lower_bound(ours.time.begin(), ours.time.end(), theirs.time[r] - 1e-6);
      ASSERT_NE(at, ours.time.end());
      ASSERT_NEAR(*at, theirs.time[r], 1e-7);
      worst = std::max(worst, std::abs(ours.values(at - ours.time.begin(), column) -
                                       theirs.values(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(c))));
    }
    const bool above_knees = label.starts_with("lumbar") || label.starts_with("arm") || label.starts_with("elbow") ||
                             label.starts_with("pro_sup");
    const bool free_of_knees = !GetParam().curved_knees || above_knees;
    exact += free_of_knees ? 1 : 0;
    // OpenSim writes eight decimals: half of the last one is no error
    EXPECT_LT(worst, free_of_knees ? 1e-6 * peak + 5e-9 : 1e-2 * peak) << label << ", peak " << peak;
  }
  EXPECT_GE(exact, 10);
}

const char* const opencap = "motions/opencap_labvalidation_subject4/model_optimized_scale_and_markers.osim";

INSTANTIATE_TEST_SUITE_P(
    Trials, Recorded,
    testing::Values(Trial{"gait2392_walk", "models/motion/gait2392_subject01/subject01_simbody_adjusted.osim",
                          "models/motion/gait2392_subject01/subject01_walk1_ik.mot",
                          "models/motion/gait2392_subject01/subject01_walk1_grf.mot", false},
                    Trial{"opencap_sts1", opencap, "motions/opencap_labvalidation_subject4/STS1_ik.mot",
                          "motions/opencap_labvalidation_subject4/STS1_grf.mot", true},
                    Trial{"opencap_squats1", opencap, "motions/opencap_labvalidation_subject4/squats1_ik.mot",
                          "motions/opencap_labvalidation_subject4/squats1_grf.mot", true}),
    [](const auto& one) { return std::string(one.param.golden); });

}  // namespace
