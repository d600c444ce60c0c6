#include <gtest/gtest.h>

#include <cstring>
#include <filesystem>
#include <string>

#include "io/equal_spec.hpp"
#include "io/same_model.hpp"
#include "psoas/io/read_model.hpp"
#include "psoas/io/write_model.hpp"

namespace psoas::io {
namespace {

namespace fs = std::filesystem;

/// Models that were published, in the form that their authors gave them.
class PublishedModel : public testing::TestWithParam<std::string> {
 protected:
  static const ModelSpec& original() {
    static std::map<std::string, ModelSpec> all;
    auto found = all.find(GetParam());
    if (found == all.end()) {
      found = all.emplace(GetParam(), read_model(std::string(PSOAS_SHARED) + "/reference/models/" + GetParam())).first;
    }
    return found->second;
  }

  static ModelSpec through(const std::string& ending) {
    const fs::path path = fs::path(testing::TempDir()) / ("psoas_published" + ending);
    write_model(original(), path);
    ModelSpec out = read_model(path.string());
    fs::remove(path);
    return out;
  }
};

TEST_P(PublishedModel, ComesBackEqualFromToml) {
  const ModelSpec back = through(".toml");
  EXPECT_EQ(test::differences(original(), back), "");
  const test::Apart apart = test::apart(compile(original()), compile(back), 3);
  EXPECT_EQ(apart.place, 0.0) << apart.where;
  EXPECT_EQ(apart.length, 0.0) << apart.where;
  EXPECT_EQ(apart.moment, 0.0) << apart.where;
}

TEST_P(PublishedModel, ComesBackFromOsimWithTheSamePlacesLengthsAndMoments) {
  const test::Apart apart = test::apart(compile(original()), compile(through(".osim")), 10);
  EXPECT_LT(apart.place, 1e-11) << apart.where;
  EXPECT_LT(apart.length, 1e-11) << apart.where;
  EXPECT_LT(apart.moment, 1e-10) << apart.where;
}

INSTANTIATE_TEST_SUITE_P(
    All, PublishedModel,
    testing::Values("ceinms_backmodel/lumbarModel_unscaled.osim",
                    "christophy2012_skeleton/Christophy2012_axialRotationUpd_skeletonOnly.osim",
                    "fbls_raabe2016/FBLSmodel.osim", "gait2392/gait2392_millard2012muscle.osim",
                    "gait2392/gait2392_thelen2003muscle.osim", "hamner2010/FullBodyModel_Hamner2010_v2_0.osim",
                    "laiuhlrich2022/LaiUhlrich2022.osim", "lfb_pose2sim/Model_Pose2Sim_muscles_flex.osim",
                    "motion/deep_squat_DLS01/final.osim", "motion/gait2392_subject01/subject01_simbody_adjusted.osim",
                    "motion/opencap_subject4_manual_scaling/manually_scaled.osim", "rajagopal/Rajagopal2016.osim",
                    "rajagopal/RajagopalLaiUhlrich2023.osim", "tlfb_cyclist/cyclistFullBodyMuscle.osim"),
    [](const auto& one) { return fs::path(one.param).parent_path().filename().string() + std::to_string(one.index); });

}  // namespace
}  // namespace psoas::io
