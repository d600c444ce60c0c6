#include "psoas/model/retarget.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "psoas/core/error.hpp"
#include "psoas/core/random.hpp"
#include "psoas/mechanics/kinematics.hpp"
#include "psoas/model/recording.hpp"
#include "psoas/spatial/rotation.hpp"
#include "whole_body.hpp"

namespace {

using psoas::degree;
using psoas::Error;
using psoas::Table;
using psoas::Vec3;

const psoas::Model& whole() { return whole_body::model(); }

/// Columns with one value a row each, in radians.
Table recording(const std::vector<std::string>& labels, const std::vector<std::vector<double>>& rows) {
  Table table;
  table.name = "recorded";
  table.labels = labels;
  table.values.resize(static_cast<Eigen::Index>(rows.size()), static_cast<Eigen::Index>(labels.size()));
  for (std::size_t r = 0; r < rows.size(); ++r) {
    table.time.push_back(0.01 * static_cast<double>(r));
    for (std::size_t c = 0; c < labels.size(); ++c) {
      table.values(static_cast<Eigen::Index>(r), static_cast<Eigen::Index>(c)) = rows[r][c];
    }
  }
  return table;
}

const std::vector<std::string> legs{"pelvis_tilt",   "pelvis_list",  "pelvis_rotation", "pelvis_tx",
                                    "pelvis_ty",     "pelvis_tz",    "hip_flexion_r",   "knee_angle_r",
                                    "hip_flexion_l", "knee_angle_l", "lumbar_extension"};

Table bent(double knee) {
  return recording(legs, {{0.2, -0.1, 0.6, 0.3, 0.9, -0.2, 0.8, knee, 0.7, 0.9 * knee, -0.4},
                          {-0.3, 0.15, -1.1, 0.4, 0.8, 0.1, 1.1, 1.1 * knee, 0.9, knee, -0.6}});
}

bool noted(const std::vector<std::string>& notes, const std::string& part) {
  for (const std::string& note : notes) {
    if (note.find(part) != std::string::npos) return true;
  }
  return false;
}

std::string message_of(const Table& table) {
  try {
    (void)psoas::convention_of(table, whole());
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

TEST(Retarget, OwnMotionStaysBitForBit) {
  psoas::Random random(7);
  std::vector<std::string> names;
  std::vector<std::vector<double>> rows(4);
  for (const psoas::Coordinate& c : whole().coordinates) names.push_back(c.name);
  for (auto& row : rows) {
    for (std::size_t c = 0; c < names.size(); ++c) row.push_back(random.uniform() - 0.5);
  }
  const Table table = recording(names, rows);
  const psoas::Convention own = psoas::convention_of(table, whole());
  EXPECT_EQ(own.name, "whole_body");
  EXPECT_EQ(psoas::retarget(table, own, whole()).value.q, psoas::motion_of(table, whole()).value.q);
}

TEST(Retarget, TheSignOfTheKneeTellsTheConvention) {
  EXPECT_EQ(psoas::convention_of(bent(0.6), whole()).name, "rajagopal");
  EXPECT_EQ(psoas::convention_of(bent(-0.6), whole()).name, "gait2392");
  Table degrees = bent(34.0);
  degrees.in_degrees = true;
  EXPECT_EQ(psoas::convention_of(degrees, whole()).name, "rajagopal");
  degrees.values *= 0.5;  // 17 degrees and more of the other: 18.7
  EXPECT_NE(message_of(degrees).find("18.7 deg"), std::string::npos) << message_of(degrees);
}

TEST(Retarget, KneesOfGait2392AndToesOfRajagopalAreTurned) {
  const int knee = whole().coordinate("knee_angle_r"), hip = whole().coordinate("hip_flexion_r");
  const auto gait = psoas::retarget(bent(-0.6), psoas::gait2392_convention(), whole());
  EXPECT_EQ(gait.value.q(knee, 0), 0.6);
  EXPECT_EQ(gait.value.q(hip, 0), 0.8);
  EXPECT_TRUE(noted(gait.notes, "signs turned: knee_angle_r, knee_angle_l"));
  Table table = bent(0.6);
  table.labels.back() = "mtp_angle_r";
  const auto toes = psoas::retarget(table, psoas::rajagopal_convention(), whole());
  EXPECT_EQ(toes.value.q(knee, 0), 0.6);
  EXPECT_EQ(toes.value.q(whole().coordinate("mtp_angle_r"), 0), 0.4);
}

TEST(Retarget, MiddlesOfTheHipCentresCoincideInEveryFrame) {
  const int right = whole().body("femur_r"), left = whole().body("femur_l");
  const psoas::Convention conventions[] = {psoas::rajagopal_convention(), psoas::gait2392_convention()};
  for (const psoas::Convention& from : conventions) {
    const Table table = bent(from.name == "gait2392" ? -0.6 : 0.6);
    const auto out = psoas::retarget(table, from, whole());
    psoas::Kinematics k(whole());
    for (int f = 0; f < out.value.n_frames(); ++f) {
      psoas::compute_kinematics(whole(), psoas::pose_of(out.value, f), k);
      const Vec3 middle =
          0.5 * (psoas::world_point(k, right, Vec3::Zero()) + psoas::world_point(k, left, Vec3::Zero()));
      const auto value = [&](int c) { return table.values(f, c); };
      const psoas::Mat3 R = psoas::spatial::axis_rotation<double>(Vec3::UnitZ(), value(0)) *
                            psoas::spatial::axis_rotation<double>(Vec3::UnitX(), value(1)) *
                            psoas::spatial::axis_rotation<double>(Vec3::UnitY(), value(2));
      const Vec3 recorded = Vec3(value(3), value(4), value(5)) + R * from.mid_hip;
      EXPECT_LT((middle - recorded).norm(), 1e-12) << from.name << ", frame " << f;
    }
    EXPECT_EQ(noted(out.notes, "coincide midway"), from.name == "rajagopal");  // gait2392's pelvis is the body's own
  }
}

TEST(Retarget, TheTrunkTurnsAsFarAsOneJointDid) {
  const auto out = psoas::retarget(bent(0.6), psoas::rajagopal_convention(), whole());
  psoas::Kinematics k(whole());
  psoas::compute_kinematics(whole(), psoas::pose_of(out.value, 1), k);
  const psoas::Mat3& pelvis = k.X_GB[0].R;
  const psoas::Mat3& torso = k.X_GB[static_cast<std::size_t>(whole().body("torso"))].R;
  const psoas::Mat3 wanted = psoas::spatial::axis_rotation<double>(Vec3::UnitZ(), -0.6);
  EXPECT_LT((pelvis.transpose() * torso - wanted).norm(), 1e-9);
  EXPECT_TRUE(noted(out.notes, "L4_L5_extension 22.2 %") || noted(out.notes, "L4_L5_extension 22.3 %"));
}

TEST(Retarget, UnknownAndMissingColumnsAreNamed) {
  Table table = bent(0.6);
  table.labels[6] = "/jointset/hip_r/hip_flexion_r/value";
  table.labels[8] = "shoe_size";
  table.labels[10] = "knee_angle_r_beta";
  const auto out = psoas::retarget(table, psoas::convention_of(table, whole()), whole());
  EXPECT_EQ(out.value.q(whole().coordinate("hip_flexion_r"), 0), 0.8);
  EXPECT_TRUE(noted(out.notes, "no coordinate of the model: shoe_size"));
  EXPECT_TRUE(noted(out.notes, "dropped: knee_angle_r_beta"));
  EXPECT_TRUE(noted(out.notes, "hip_flexion_l"));
  table.labels[3] = "somewhere";
  EXPECT_TRUE(noted(psoas::retarget(table, psoas::rajagopal_convention(), whole()).notes, "are not all there"));
}

TEST(Retarget, WhatIsOfNoConventionIsOneError) {
  const Table foreign = recording({"LHipAngles_x", "LKneeAngles_x"}, {{0.1, 0.2}});
  EXPECT_NE(message_of(foreign).find("LHipAngles_x, LKneeAngles_x (conventions: rajagopal, gait2392, whole_body)"),
            std::string::npos)
      << message_of(foreign);
  Table both = bent(0.6);
  both.values.col(9) *= -1.0;
  EXPECT_NE(message_of(both).find("bend both ways"), std::string::npos) << message_of(both);
  EXPECT_THROW((void)psoas::convention_named("rajagopa", whole()), Error);
  EXPECT_EQ(psoas::convention_named("gait2392", whole()).name, "gait2392");
  psoas::ModelSpec legless = whole_body::spec();
  legless.hips.clear();
  EXPECT_THROW((void)psoas::own_convention(psoas::compile(legless)), Error);
}

}  // namespace
