#include "psoas/recruit/recruit_as_opensim.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "psoas/mechanics/opensim_strengths.hpp"
#include "psoas/model/catalog.hpp"
#include "psoas/model/compile.hpp"
#include "psoas/model/pose.hpp"

namespace {

/// A thigh held at an angle, and what a recruitment with one or two muscles makes of it.
struct Thigh {
  psoas::Model model;
  psoas::Kinematics k{model};
  psoas::Paths paths{model};
  psoas::Strengths strengths{model};
  psoas::InverseDynamics id{model};
  psoas::Recruitment r{model};
  psoas::recruit::RecruitOptions options;
  psoas::VecX lower, upper;

  explicit Thigh(const psoas::ModelSpec& spec) : model(psoas::compile(spec)) {
    options.opensim = psoas::opensim_actuators(model);
    lower = model.muscle.minimum_activation;
    upper = psoas::VecX::Ones(model.n_strands());
  }

  psoas::Status at(double flexion) {
    psoas::Pose pose = psoas::rest_pose(model);
    pose.q(0) = flexion;
    psoas::compute_kinematics(model, pose, k);
    psoas::compute_paths(model, k, paths);
    psoas::compute_opensim_strengths(model, paths, strengths);
    psoas::compute_inertia(model, k, {}, id);
    return psoas::recruit_as_opensim(model, k, id, paths, strengths, lower, upper, options, r);
  }
  double moment() const { return id.moment(0); }
  /// Moment of a muscle at full activation.
  double full(int s) const {
    return paths.moment_arm(model.strands[static_cast<std::size_t>(s)].first_arm) * strengths.active(s);
  }
};

psoas::ModelSpec hip(double minimum) {
  psoas::ModelSpec spec = psoas::catalog::planar_hip();
  for (psoas::MuscleSpec& m : spec.muscles) {
    m.type = psoas::muscle::MuscleType::Thelen2003;
    m.minimum_activation = minimum;
  }
  return spec;
}

// a = c F / (F.F + R.R) M for every muscle and the reserve, where no bound is met
TEST(RecruitAsOpensim, SharesByThePriceOfEachMoment) {
  psoas::ModelSpec spec = hip(0.0);
  spec.muscles[1] = spec.muscles[0];
  spec.muscles[1].name = "second_flexor";
  spec.muscles[1].pcsa = 5e-4;
  Thigh thigh(spec);
  for (const double flexion : {0.3, 0.8, 1.3}) {
    ASSERT_EQ(thigh.at(flexion), psoas::Status::ok);
    const double price = thigh.moment() / (std::pow(thigh.full(0), 2) + std::pow(thigh.full(1), 2) + 1.0);
    EXPECT_GT(thigh.r.activation(0), 0.05);
    EXPECT_NEAR(thigh.r.activation(0), price * thigh.full(0), 1e-12);
    EXPECT_NEAR(thigh.r.activation(1), price * thigh.full(1), 1e-12);
    EXPECT_NEAR(thigh.r.control(0), price, 1e-12);
    EXPECT_NEAR(thigh.r.reserve(0), price, 1e-12);
    EXPECT_NEAR(thigh.r.force(0), thigh.r.activation(0) * thigh.strengths.active(0), 1e-12);
  }
}

TEST(RecruitAsOpensim, KeepsMusclesAtTheirLeastActivation) {
  Thigh thigh(hip(0.01));
  ASSERT_EQ(thigh.at(0.5), psoas::Status::ok);
  const double rest = thigh.moment() - 0.01 * thigh.full(1);  // the extensor only works against the weight's moment
  const double price = rest / (std::pow(thigh.full(0), 2) + 1.0);
  EXPECT_EQ(thigh.r.activation(1), 0.01);
  EXPECT_NEAR(thigh.r.activation(0), price * thigh.full(0), 1e-12);
  EXPECT_NEAR(thigh.r.reserve(0), price, 1e-12);
}

TEST(RecruitAsOpensim, LeavesToReservesWhatAFullMuscleCannotDo) {
  psoas::ModelSpec spec = hip(0.01);
  spec.muscles[0].strength = 0.05;
  Thigh thigh(spec);
  ASSERT_EQ(thigh.at(1.2), psoas::Status::ok);
  EXPECT_EQ(thigh.r.activation(0), 1.0);
  EXPECT_NEAR(thigh.r.reserve(0), thigh.moment() - thigh.full(0) - 0.01 * thigh.full(1), 1e-10);
  EXPECT_GT(thigh.r.reserve(0), 1.0);
}

TEST(RecruitAsOpensim, UsesTheModelsActuatorsWithinTheirBounds) {
  psoas::ModelSpec spec = hip(0.0);
  psoas::ActuatorSpec motor;
  motor.name = "motor", motor.coordinate = "hip_flexion";
  motor.optimal_force = 10.0;
  motor.maximum_control = 0.01;
  spec.actuators = {motor};
  Thigh thigh(spec);
  ASSERT_EQ(thigh.at(0.5), psoas::Status::ok);
  ASSERT_EQ(thigh.options.opensim->size(), 2u);
  EXPECT_EQ(thigh.r.control(0), 0.01);
  const double price = (thigh.moment() - 0.1) / (std::pow(thigh.full(0), 2) + 1.0);
  EXPECT_NEAR(thigh.r.activation(0), price * thigh.full(0), 1e-12);
  EXPECT_NEAR(thigh.r.reserve(0), price + 0.1, 1e-12);
}

TEST(RecruitAsOpensim, NamesItsActuators) {
  const auto actuators = psoas::opensim_actuators(psoas::compile(hip(0.0)), {.reserve = 2.5});
  ASSERT_EQ(actuators.size(), 1u);
  EXPECT_EQ(actuators[0].name, "hip_flexion_reserve");
  EXPECT_EQ(actuators[0].optimal_force, 2.5);
}

TEST(RecruitAsOpensim, SaysWhyThereIsNoAnswer) {
  Thigh thigh(hip(0.0));
  thigh.options.opensim->clear();  // nothing but a flexor, which cannot hold the thigh back
  EXPECT_EQ(thigh.at(1.2), psoas::Status::ok);
  thigh.upper.setConstant(1e-6);
  EXPECT_EQ(thigh.at(1.2), psoas::Status::infeasible);
  EXPECT_TRUE(thigh.r.force.array().isNaN().all());
}

}  // namespace
