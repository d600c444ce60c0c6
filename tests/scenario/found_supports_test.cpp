#include "psoas/scenario/found_supports.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "psoas/analysis/analyze.hpp"
#include "psoas/core/error.hpp"
#include "psoas/io/read_scenario.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/scenario/loaded_feet.hpp"
#include "psoas/scenario/scenario.hpp"
#include "whole_body.hpp"

namespace {

using psoas::Pose;
using psoas::Task;
using psoas::Vec3;

const psoas::Model& body() { return whole_body::model(); }

/// A ready posture whose supports and planes are forgotten.
Task unsupported(const std::string& scenario) {
  Task task = psoas::assemble(body(), psoas::io::read_scenario(scenario));
  task.planes.clear();
  for (psoas::TaskFrame& frame : task.frames) frame.supports.clear();
  return task;
}

Task known(const std::string& scenario) { return psoas::assemble(body(), psoas::io::read_scenario(scenario)); }

/// The same body at some heights, one frame each.
Task at_heights(const Task& task, const std::vector<double>& heights) {
  Task out = task;
  out.frames.clear();
  for (const double height : heights) {
    psoas::TaskFrame frame = task.frames.front();
    frame.pose.q(body().coordinate("pelvis_ty")) += height;
    frame.time = 0.1 * static_cast<double>(out.frames.size());
    out.frames.push_back(frame);
  }
  return out;
}

int nodes_on(const psoas::TaskFrame& frame, int plane, const std::string& patch = "") {
  int n = 0;
  for (const psoas::ActiveNode& active : frame.supports) {
    const psoas::Node& node = body().nodes[static_cast<std::size_t>(active.node)];
    const std::string& name = body().patches[static_cast<std::size_t>(node.patch)].name;
    n += active.plane == plane && name.starts_with(patch) ? 1 : 0;
  }
  return n;
}

TEST(FoundSupports, SittingStandsOnTheFloorAndRestsOnTheSeatOfItsScenario) {
  const Task wanted = known("sitting");
  Task task = unsupported("sitting");
  const std::vector<std::string> notes = psoas::find_supports(body(), task);
  ASSERT_EQ(task.planes.size(), 2u) << notes.back();
  EXPECT_NEAR(task.planes[0].point.y(), 0.0, 1e-3);
  const auto seat =
      std::find_if(wanted.planes.begin(), wanted.planes.end(), [](const auto& p) { return p.name == "seat"; });
  ASSERT_NE(seat, wanted.planes.end());
  EXPECT_NEAR(task.planes[1].point.y(), seat->point.y(), 1e-3);
  EXPECT_GE(nodes_on(task.frames.front(), 0, "foot"), 8);
  EXPECT_GE(nodes_on(task.frames.front(), 1, "ischium"), 2);
  EXPECT_NE(notes[1].find("a seat at"), std::string::npos);
}

/// What is found carries the body: as much as the scenario's own supports, foot and seat alike.
TEST(FoundSupports, ForcesAreThoseOfTheScenario) {
  for (const char* name : {"sitting", "standing"}) {
    Task task = unsupported(name);
    psoas::find_supports(body(), task);
    const psoas::Outcome found = psoas::analyze(body(), task), own = psoas::analyze(body(), known(name));
    ASSERT_TRUE(found.usable()) << name;
    double sum = 0.0;
    for (const psoas::Channel& channel : found.channels) {
      if (channel.name.starts_with("supports.") && channel.name.ends_with(".vertical_N")) sum += channel.values(0);
    }
    EXPECT_NEAR(sum, body().body_weight, 0.01 * body().body_weight) << name;
    for (const char* load : {"supports.foot_r.vertical_N", "supports.foot_l.vertical_N"}) {
      EXPECT_NEAR(found.channel(load).values(0), own.channel(load).values(0), 0.02 * body().body_weight)
          << name << load;
    }
    EXPECT_NEAR(found.peak("spine.L4_L5.compression_N").value, own.peak("spine.L4_L5.compression_N").value, 30.0)
        << name;
  }
}

TEST(FoundSupports, WhoStandsOrKneelsLowOverHisFeetHasNoSeat) {
  for (const char* name : {"standing", "lunge"}) {
    Task task = unsupported(name);
    const std::vector<std::string> notes = psoas::find_supports(body(), task);
    EXPECT_EQ(task.planes.size(), 1u) << name << ": " << notes[1];
    EXPECT_NE(notes[1].find("no seat"), std::string::npos);
    for (const psoas::TaskFrame& frame : task.frames) EXPECT_GE(nodes_on(frame, 0, "foot"), 2) << name;
  }
}

TEST(FoundSupports, TheFloorGoesWithTheMotion) {
  psoas::Motion motion;
  motion.time = {0.0, 0.1};
  const psoas::VecX q = unsupported("standing").frames.front().pose.q;
  motion.q.resize(q.size(), 2);
  motion.q.col(0) = motion.q.col(1) = q;
  const double height = psoas::floor_height(body(), motion);
  EXPECT_NEAR(height, 0.0, 1e-3);
  motion.q.row(body().coordinate("pelvis_ty")).array() += 0.321;
  EXPECT_NEAR(psoas::floor_height(body(), motion), height + 0.321, 1e-12);
}

TEST(FoundSupports, StrengthFallsSmoothlyWithHeightAndSpeed) {
  const Task standing = unsupported("standing");
  std::vector<double> heights(301, 0.0);
  for (int i = 0; i < 100; ++i) heights[static_cast<std::size_t>(i)] = 0.0005 * (i + 1);
  Task rising = at_heights(standing, heights);
  psoas::find_supports(body(), rising);
  const auto strength = [](const psoas::TaskFrame& frame) {
    double most = 0.0;
    for (const psoas::ActiveNode& node : frame.supports) most = std::max(most, node.strength);
    return most;
  };
  EXPECT_EQ(strength(rising.frames.back()), 1.0);
  EXPECT_EQ(strength(rising.frames[99]), 0.0);  // 50 mm
  for (std::size_t f = 1; f < 100; ++f) {
    EXPECT_LE(strength(rising.frames[f]), strength(rising.frames[f - 1]));
    EXPECT_LT(strength(rising.frames[f - 1]) - strength(rising.frames[f]), 0.08) << f;  // 6 / reach x 0.5 mm
  }
  Task sliding = at_heights(standing, std::vector<double>(61, 0.0));
  for (std::size_t f = 0; f < 61; ++f) {
    sliding.frames[f].pose.v(body().coordinate("pelvis_tx")) = 0.01 * static_cast<double>(f);
  }
  psoas::find_supports(body(), sliding);
  EXPECT_EQ(strength(sliding.frames[10]), 1.0);
  EXPECT_EQ(strength(sliding.frames[50]), 0.0);
  for (std::size_t f = 11; f < 50; ++f) {
    EXPECT_LT(strength(sliding.frames[f]), strength(sliding.frames[f - 1])) << f;
    EXPECT_LT(strength(sliding.frames[f - 1]) - strength(sliding.frames[f]), 0.05) << f;  // 15/8 x 0.01 / 0.4
  }
}

/// At the height of the seat, but beside it: the seat is not there. In the air: nothing is.
TEST(FoundSupports, ASeatIsAsLargeAsItIs) {
  Task task = at_heights(unsupported("sitting"), std::vector<double>(9, 0.0));
  task.frames[7].pose.q(body().coordinate("pelvis_tx")) += 1.0;
  task.frames[7].pose.v(body().coordinate("pelvis_tx")) = 0.2;  // no rest: it walks
  task.frames[8].pose.q(body().coordinate("pelvis_ty")) += 0.3;
  const std::vector<std::string> notes = psoas::find_supports(body(), task);
  ASSERT_EQ(task.planes.size(), 2u);
  EXPECT_GE(nodes_on(task.frames[6], 1), 2);
  EXPECT_EQ(nodes_on(task.frames[7], 1), 0);
  EXPECT_TRUE(task.frames[8].supports.empty());
  EXPECT_NE(notes.back().find("in 1 of 9 frames nothing"), std::string::npos) << notes.back();
}

TEST(FoundSupports, WhatCannotBeFoundIsRefused) {
  Task twice = unsupported("standing");
  psoas::find_supports(body(), twice);
  EXPECT_THROW(psoas::find_supports(body(), twice), psoas::Error);
  Task none;
  EXPECT_THROW(psoas::find_supports(body(), none), psoas::Error);
  psoas::ModelSpec bare = whole_body::spec();
  bare.patches.clear();
  const psoas::Model without = psoas::compile(bare);
  Task task = unsupported("standing");
  EXPECT_THROW(psoas::find_supports(without, task), psoas::Error);
}

/// Plates whose description names the right foot twice find the foot that stands on them.
TEST(LoadedFeet, EveryPlateGoesToTheFootOnIt) {
  psoas::Motion motion;
  motion.time = {0.0, 1.0};
  const Pose standing = unsupported("standing").frames.front().pose;
  motion.q.resize(standing.q.size(), 2);
  motion.q.col(0) = motion.q.col(1) = standing.q;
  psoas::Kinematics k(body());
  psoas::compute_kinematics(body(), standing, k);
  std::vector<psoas::MeasuredLoad> loads;
  for (const char* foot : {"calcn_r", "calcn_l"}) {
    psoas::MeasuredLoad load;
    load.name = std::string("under ") + foot;
    load.body = body().body("talus_r");
    load.time = motion.time;
    load.force = load.point = load.torque = psoas::MatX::Zero(3, 2);
    load.force.row(1).setConstant(300.0);
    load.point.colwise() = psoas::world_point(k, body().body(foot), Vec3(0.05, 0.0, 0.0));
    loads.push_back(load);
  }
  loads.push_back(loads.back());
  loads.back().force.setZero();  // a plate that nobody stands on
  const std::vector<std::string> notes = psoas::bring_loads_to_feet(body(), motion, loads);
  EXPECT_EQ(loads[0].body, body().body("talus_r"));
  EXPECT_EQ(loads[1].body, body().body("talus_l"));
  EXPECT_EQ(loads[2].body, body().body("talus_r"));
  ASSERT_EQ(notes.size(), 1u);
  EXPECT_NE(notes[0].find("under calcn_l"), std::string::npos) << notes[0];
}

}  // namespace
