#include <gtest/gtest.h>

#include <string>

#include "psoas/core/error.hpp"
#include "psoas/io/read_model.hpp"
#include "psoas/model/compile.hpp"

namespace psoas::io {
namespace {

const ModelSpec& curved_hip() {
  static const ModelSpec it = read_model(std::string(PSOAS_TEST_DATA) + "/models/planar_hip.toml");
  return it;
}

TEST(ReadModelCurves, AMuscleMayHaveTheCurvesOfAnotherModel) {
  for (const MuscleSpec& m : curved_hip().muscles) {
    EXPECT_EQ(m.type, muscle::MuscleType::Millard2012) << m.name;
    EXPECT_EQ(m.millard.isometric_slope, 4.5) << m.name;
    EXPECT_EQ(m.millard.passive_zero_strain, -0.1) << m.name;
    EXPECT_EQ(m.millard.transition_length, 0.73) << m.name;
    EXPECT_EQ(m.minimum_activation.value, 0.02) << m.name;
  }
}

TEST(ReadModelCurves, ActuatorsHaveBoundsAndImages) {
  ASSERT_EQ(curved_hip().actuators.size(), 2u);
  const ActuatorSpec &right = curved_hip().actuators[0], &left = curved_hip().actuators[1];
  EXPECT_EQ(right.name, "hip_motor_r");
  EXPECT_EQ(right.optimal_force.value, 10.0);
  EXPECT_EQ(right.minimum_control, -1.0);
  EXPECT_EQ(right.maximum_control, infinity);
  EXPECT_EQ(left.name, "hip_motor_l");
  EXPECT_EQ(left.coordinate, "hip_flexion_l");
}

TEST(ReadModelCurves, AShapeThatNoCurveHasIsAFault) {
  ModelSpec spec = curved_hip();
  spec.muscles[0].millard.eccentric_force = 0.9;
  spec.muscles[1].type = muscle::MuscleType::Thelen2003;
  spec.muscles[1].thelen.active_shape = -1.0;
  spec.actuators[0].coordinate = "hip_flexion_x";
  try {
    compile(spec);
    FAIL() << "it compiled";
  } catch (const SpecError& error) {
    const std::string text = error.what();
    EXPECT_NE(text.find("muscle \"psoas_r\": eccentric_force must be > 1"), std::string::npos) << text;
    EXPECT_NE(text.find("muscle \"psoas_l\": active_shape must be > 0"), std::string::npos) << text;
    EXPECT_NE(text.find("hip_motor_r"), std::string::npos) << text;
  }
}

}  // namespace
}  // namespace psoas::io
