#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "psoas/core/error.hpp"
#include "psoas/io/read_scenario.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/scenario/expression.hpp"
#include "psoas/scenario/mirror_task.hpp"
#include "psoas/scenario/scenario.hpp"
#include "scenario/conditions.hpp"
#include "whole_body.hpp"

namespace {

using psoas::Scenario;
using psoas::Task;
using psoas::Vec3;

Scenario scenario(const std::string& name, const std::vector<std::pair<std::string, std::string>>& parameters = {}) {
  Scenario s = psoas::io::read_scenario(name);
  for (const auto& [parameter, value] : parameters) psoas::set_parameter(s, parameter, value);
  return s;
}

const std::vector<Scenario>& ready() {
  static const std::vector<Scenario> all{scenario("standing"), scenario("sitting"), scenario("lunge"),
                                         scenario("bridge"), scenario("bridge", {{"knee_deg", "120"}})};
  return all;
}

TEST(Assemble, EveryClosureHoldsInEveryFrame) {
  const psoas::Model& model = whole_body::model();
  psoas::Kinematics k(model);
  for (const Scenario& s : ready()) {
    const Task task = psoas::assemble(model, s);
    // what a `hold` refers to: the pose at the keyframe's own time
    std::map<std::string, psoas::VecX> kept;
    for (const psoas::Keyframe& keyframe : s.keyframes) {
      const double time = psoas::evaluate(keyframe.at, psoas::parameter_values(s));
      for (const psoas::TaskFrame& frame : task.frames) {
        if (std::abs(frame.time - time) < 1e-9) kept[keyframe.name] = frame.pose.q;
      }
    }
    const auto always = psoas::assembly::conditions_of(model, s, "", kept);
    ASSERT_FALSE(always.empty()) << s.name;
    for (const psoas::TaskFrame& frame : task.frames) {
      psoas::compute_kinematics(model, frame.pose, k);
      for (const auto& condition : always) {
        EXPECT_LT(std::abs(psoas::assembly::gap_of(model, k, condition).value), 1e-8)
            << s.name << ' ' << frame.time << ' ' << condition.label;
      }
    }
  }
}

TEST(Assemble, NoPressingNodeLiesDeepInItsPlane) {
  const psoas::Model& model = whole_body::model();
  psoas::Kinematics k(model);
  for (const Scenario& s : ready()) {
    const Task task = psoas::assemble(model, s);
    for (const psoas::TaskFrame& frame : task.frames) {
      psoas::compute_kinematics(model, frame.pose, k);
      for (const psoas::ActiveNode& active : frame.supports) {
        const psoas::Node& node = model.nodes[static_cast<std::size_t>(active.node)];
        const psoas::SupportPlane& plane = task.planes[static_cast<std::size_t>(active.plane)];
        const double height = (psoas::world_point(k, node.body, node.at) - plane.point).dot(plane.normal);
        EXPECT_GT(height, -0.006) << s.name << ' ' << frame.time << ' '
                                  << model.patches[static_cast<std::size_t>(node.patch)].name;
        EXPECT_LT(height, 0.031) << s.name;
      }
      EXPECT_FALSE(frame.supports.empty()) << s.name << ' ' << frame.time;
    }
  }
}

TEST(Assemble, SpeedsAndAccelerationsAreThoseOfTheMotion) {
  const psoas::Model& model = whole_body::model();
  Scenario s = scenario("bridge");
  s.rate = 500.0;  // close frames, so that differences are good
  const Task task = psoas::assemble(model, s);
  double fastest = 0.0;
  for (std::size_t f = 2; f + 2 < task.frames.size(); ++f) {
    const auto q = [&](int d) { return task.frames[f + static_cast<std::size_t>(d + 2) - 2].pose.q; };
    const double dt = task.frames[f + 1].time - task.frames[f].time;
    bool joint = false;  // a phase begins here: the third derivative jumps
    for (const psoas::Phase& phase : task.phases) {
      for (const double end : {phase.from, phase.to}) joint = joint || std::abs(task.frames[f].time - end) < 4.5 * dt;
    }
    if (joint || task.frames[f - 1].time < dt) continue;
    const psoas::VecX before = task.frames[f - 1].pose.q, here = task.frames[f].pose.q, after = q(1);
    const psoas::VecX v = (after - before) / (2.0 * dt), a = (after - 2.0 * here + before) / (dt * dt);
    fastest = std::max(fastest, task.frames[f].pose.v.cwiseAbs().maxCoeff());
    EXPECT_LT((task.frames[f].pose.v - v).cwiseAbs().maxCoeff(), 2e-3) << task.frames[f].time;
    EXPECT_LT((task.frames[f].pose.a - a).cwiseAbs().maxCoeff(), 2e-2) << task.frames[f].time;
  }
  EXPECT_GT(fastest, 0.5);
}

TEST(Assemble, EveryPhaseBeginsAndEndsAtRest) {
  const psoas::Model& model = whole_body::model();
  const Task task = psoas::assemble(model, scenario("bridge"));
  ASSERT_EQ(task.phases.size(), 3u);
  int rests = 0;
  for (const psoas::TaskFrame& frame : task.frames) {
    for (const psoas::Phase& phase : task.phases) {
      if (std::abs(frame.time - phase.from) > 1e-9 && std::abs(frame.time - phase.to) > 1e-9) continue;
      EXPECT_LT(frame.pose.v.cwiseAbs().maxCoeff() + frame.pose.a.cwiseAbs().maxCoeff(), 1e-9) << frame.time;
      ++rests;
    }
  }
  EXPECT_GE(rests, 6);
}

TEST(Assemble, SymmetricScenariosAreExactlySymmetric) {
  const psoas::Model& model = whole_body::model();
  for (const Scenario& s : ready()) {
    if (s.name == "lunge") continue;
    const Task task = psoas::assemble(model, s), mirror = psoas::mirrored(model, task);
    for (std::size_t f = 0; f < task.frames.size(); ++f) {
      EXPECT_EQ(task.frames[f].pose.q, mirror.frames[f].pose.q) << s.name << ' ' << f;
    }
  }
}

TEST(Assemble, MirroringTwiceChangesNothing) {
  const psoas::Model& model = whole_body::model();
  const Task task = psoas::assemble(model, scenario("lunge"));
  const Task twice = psoas::mirrored(model, psoas::mirrored(model, task));
  EXPECT_EQ(task.frames[0].pose.q, twice.frames[0].pose.q);
  ASSERT_EQ(task.frames[0].supports.size(), twice.frames[0].supports.size());
  const Task left = psoas::mirrored(model, task);
  EXPECT_GT((left.frames[0].pose.q - task.frames[0].pose.q).norm(), 0.5);
}

TEST(Assemble, StandingPutsTheMassCentre45MillimetresAheadOfTheAnkles) {
  const psoas::Model& model = whole_body::model();
  const Task task = psoas::assemble(model, scenario("standing"));
  psoas::Kinematics k(model);
  psoas::compute_kinematics(model, task.frames[0].pose, k);
  const double ankle = psoas::world_point(k, model.body("talus_r"), Vec3::Zero()).x();
  EXPECT_NEAR(psoas::mass_center(model, k).x() - ankle, 0.045, 1e-8);
}

TEST(Assemble, WhatItMovedIsReported) {
  const Task task = psoas::assemble(whole_body::model(), scenario("lunge"));
  bool knee = false;
  for (const psoas::Moved& moved : task.moved) {
    if (moved.coordinate == "knee_angle_l") knee = std::abs(moved.got - moved.wish) > 1e-3;
  }
  EXPECT_TRUE(knee);
}

/// One line that says what could not be had.
std::string message_of(const Scenario& s) {
  try {
    psoas::assemble(whole_body::model(), s);
  } catch (const psoas::Error& error) {
    return error.what();
  }
  return "assembled";
}

TEST(Assemble, AnImpossibleWishNamesWhatCannotBeMetAndByHowMuch) {
  Scenario s = scenario("lunge");
  for (psoas::Closure& c : s.closures) {
    if (c.kind == psoas::Closure::Kind::distance) c.value.text = "1.9";
  }
  const std::string message = message_of(s);
  EXPECT_NE(message.find("keyframe \"low\""), std::string::npos) << message;
  EXPECT_TRUE(message.find(" m") != std::string::npos || message.find("deg") != std::string::npos) << message;
}

TEST(Parameters, AreRefusedWithTheirRangeOrTheNearestName) {
  Scenario s = scenario("bridge");
  const auto refuse = [&](const std::string& name, const std::string& value) {
    try {
      psoas::set_parameter(s, name, value);
    } catch (const psoas::Error& error) {
      return std::string(error.what());
    }
    return std::string("taken");
  };
  EXPECT_NE(refuse("knee_deg", "200").find("120"), std::string::npos);
  EXPECT_NE(refuse("kne_deg", "90").find("knee_deg"), std::string::npos);
  EXPECT_NE(refuse("knee_deg", "ninety").find("number"), std::string::npos);
  EXPECT_EQ(refuse("knee_deg", "75"), "taken");
}

TEST(Expression, ComputesAsItIsWrittenAndRefusesTheRest) {
  const std::map<std::string, double> parameters{{"a", 3.0}, {"knee_deg", 90.0}};
  const auto value = [&](const char* text) { return psoas::evaluate({text, "f:1:1"}, parameters); };
  EXPECT_DOUBLE_EQ(value("2 - 3 * (4 - $a) / 6"), 1.5);
  EXPECT_DOUBLE_EQ(value("-$knee_deg + max(1, min(5, 2))"), -88.0);
  for (const char* wrong : {"", "2 +", "(1", "$b", "1 / 0", "tan(1)", "2 3"}) {
    EXPECT_THROW(value(wrong), psoas::SpecError) << wrong;
  }
}

}  // namespace
