#include "psoas/mechanics/band.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>

#include "psoas/analysis/analyze.hpp"
#include "psoas/core/error.hpp"
#include "psoas/io/read_scenario.hpp"
#include "psoas/mechanics/inverse_dynamics.hpp"
#include "psoas/scenario/mirror_task.hpp"
#include "psoas/scenario/scenario.hpp"
#include "whole_body.hpp"

namespace {

using psoas::Band;
using psoas::Scenario;
using psoas::Task;
using psoas::Vec3;

Scenario march(const std::string& band, const std::string& side = "right", const std::string& thigh = "90") {
  Scenario s = psoas::io::read_scenario("march");
  psoas::set_parameter(s, "band", band);
  psoas::set_parameter(s, "side", side);
  psoas::set_parameter(s, "thigh_deg", thigh);
  return s;
}

const Band& green() {
  static const Band it = psoas::assemble(whole_body::model(), march("green")).bands.at(0);
  return it;
}

/// Work that it takes to stretch a band from rest, by a sum of thin slices [J].
double energy(const Band& band, double length) {
  constexpr int slices = 4000;
  const double width = (length - band.rest_length) / slices;
  double sum = 0.0;
  for (int i = 0; width > 0.0 && i < slices; ++i) {
    sum += width * psoas::band_tension(band, band.rest_length + (i + 0.5) * width);
  }
  return sum;
}

TEST(Band, ALoopPullsWithTwiceTheForceOfItsStrandInTheTable) {
  constexpr double pound = 4.4482216152605;
  EXPECT_NEAR(psoas::band_tension(green(), 0.60), 2 * 4.6 * pound, 0.01);
  EXPECT_NEAR(psoas::band_tension(green(), 0.90), 2 * 6.7 * pound, 0.01);
  // concave: stiffer at first than the straight line to the first row of the table
  EXPECT_GT(psoas::band_tension(green(), 0.45), 4.6 * pound);
}

TEST(Band, IsSlackUpToItsRestLengthAndTightensSteadilyBeyond) {
  EXPECT_EQ(psoas::band_tension(green(), 0.0), 0.0);
  EXPECT_EQ(psoas::band_tension(green(), 0.3), 0.0);
  EXPECT_LT(psoas::band_tension(green(), 0.3 + 1e-9), 1e-6);
  double before = 0.0;
  for (double length = 0.301; length < 1.5; length += 0.01) {
    const double tension = psoas::band_tension(green(), length);
    EXPECT_GT(tension, before) << length;
    before = tension;
  }
  EXPECT_TRUE(std::isnan(psoas::band_tension(green(), psoas::not_a_number)));
}

TEST(Band, BothEndsPullTowardsEachOtherAndNothingPullsTheWholeBody) {
  const psoas::Model& model = whole_body::model();
  const Task task = psoas::assemble(model, march("green"));
  ASSERT_EQ(task.frames[0].loads.size(), 2u);
  psoas::Kinematics k(model);
  psoas::InverseDynamics id(model);
  psoas::compute_kinematics(model, task.frames[0].pose, k);
  psoas::compute_inertia(model, k, task.frames[0].loads, id);
  EXPECT_LT(id.external[0].norm(), 1e-12);
  const psoas::ExternalForce &a = task.frames[0].loads[0], &b = task.frames[0].loads[1];
  EXPECT_EQ(a.name, "green_band");
  EXPECT_EQ(b.name, "green_band");
  const Vec3 way = psoas::world_point(k, b.body, b.at) - psoas::world_point(k, a.body, a.at);
  EXPECT_GT(a.force.dot(way), 0.0);
  EXPECT_LT(a.force.cross(way).norm(), 1e-12);
  EXPECT_EQ(a.force, -b.force);
  EXPECT_EQ(task.parameters.at("green_band_force_N"), psoas::band_tension(green(), way.norm()));
  EXPECT_NEAR(task.parameters.at("green_band_length_m"), way.norm(), 1e-12);
}

TEST(Band, IsMinusTheGradientOfItsEnergyInEveryCoordinate) {
  const psoas::Model& model = whole_body::model();
  psoas::Random random(17);
  psoas::Kinematics k(model);
  psoas::InverseDynamics with(model), without(model);
  double largest = 0.0;
  for (int trial = 0; trial < 3; ++trial) {
    psoas::Pose pose = whole_body::random_pose(model, random);
    psoas::compute_kinematics(model, pose, k);
    const psoas::BandPull pull = psoas::band_pull(k, green());
    const psoas::ExternalForce ends[] = {{"", green().ends[0].body, green().ends[0].at, pull.force},
                                         {"", green().ends[1].body, green().ends[1].at, -pull.force}};
    psoas::compute_inertia(model, k, {}, without);
    psoas::compute_inertia(model, k, ends, with);
    for (int r = 0; r < model.n_rows(); ++r) {
      const int c = model.rows[static_cast<std::size_t>(r)].coordinate;
      if (c < 0) continue;
      const auto energy_at = [&](double shift) {
        psoas::Pose shifted = pose;
        shifted.q(c) += shift;
        psoas::compute_kinematics(model, shifted, k);
        return energy(green(), psoas::band_pull(k, green()).length);
      };
      const double h = 1e-4, slope = (energy_at(h) - energy_at(-h)) / (2.0 * h);
      const double resisted = with.moment(r) - without.moment(r);  // what the joint must add against the band
      EXPECT_NEAR(resisted, slope, 1e-5) << model.rows[static_cast<std::size_t>(r)].name;
      largest = std::max(largest, std::abs(slope));
    }
  }
  EXPECT_GT(largest, 5.0);
}

TEST(Band, AMirroredMarchIsTheMarchOnTheOtherSide) {
  const psoas::Model& model = whole_body::model();
  const psoas::Outcome right = psoas::analyze(model, psoas::assemble(model, march("green")));
  const psoas::Outcome left = psoas::analyze(model, psoas::assemble(model, march("green", "left")));
  const auto same = [&](const std::string& a, const std::string& b) {
    const double x = right.peak(a).value, y = left.peak(b).value;
    EXPECT_NEAR(x, y, 1e-6 * std::max(1.0, std::abs(x))) << a;
  };
  for (const char* load : {"spine.L4_L5.compression_N", "spine.L4_L5.shear_ap_N", "spine.L5_S1.flexion_Nm"}) {
    same(load, load);
  }
  for (const std::string r : {"r", "l"}) {
    const std::string l = r == "r" ? "l" : "r";
    same("hip." + r + ".force_N", "hip." + l + ".force_N");
    same("psoas.major_" + r + ".force_N", "psoas.major_" + l + ".force_N");
    same("muscle_groups.rectus_femoris_" + r + ".force_N", "muscle_groups.rectus_femoris_" + l + ".force_N");
  }
  EXPECT_GT(right.peak("psoas.major_r.force_N").value, 2.0 * right.peak("psoas.major_l.force_N").value);
  const Task task = psoas::assemble(model, march("green", "left"));
  EXPECT_EQ(task.bands[0].ends[1].body, model.body("calcn_l"));
  EXPECT_EQ(psoas::mirrored(model, task).bands[0].ends[1].body, model.body("calcn_r"));
}

TEST(Band, AStrongerOneTakesMorePsoasIliacusAndRectusFemoris) {
  const psoas::Model& model = whole_body::model();
  double psoas = 0.0, iliacus = 0.0, rectus = 0.0, pull = -1.0;
  for (const char* colour : {"none", "red", "green", "blue"}) {
    const Task task = psoas::assemble(model, march(colour));
    const psoas::Outcome o = psoas::analyze(model, task);
    const auto grows = [&](double& before, const std::string& load) {
      const double now = o.peak(load).value;
      EXPECT_GT(now, before) << colour << ' ' << load;
      before = now;
    };
    grows(psoas, "psoas.major_r.force_N");
    grows(iliacus, "muscle_groups.iliacus_r.force_N");
    grows(rectus, "muscle_groups.rectus_femoris_r.force_N");
    const double now = task.bands.empty() ? 0.0 : task.parameters.at(task.bands[0].name + "_force_N");
    EXPECT_GT(now, pull) << colour;
    pull = now;
  }
}

TEST(Band, OfAFootHeldLowAndBackIsSlackAndChangesNothing) {
  const psoas::Model& model = whole_body::model();
  const auto low = [&](const std::string& band) {
    Scenario s = march(band, "right", "45");
    psoas::set_parameter(s, "shank_deg", "20");
    return psoas::assemble(model, s);
  };
  const Task with = low("blue");
  ASSERT_LT(with.parameters.at("blue_band_length_m"), 0.3);
  EXPECT_EQ(with.parameters.at("blue_band_force_N"), 0.0);
  const char* load = "spine.L4_L5.compression_N";
  EXPECT_EQ(psoas::analyze(model, with).peak(load).value, psoas::analyze(model, low("none")).peak(load).value);
}

std::string refusal_of(const Scenario& s) {
  try {
    psoas::assemble(whole_body::model(), s);
  } catch (const psoas::SpecError& error) {
    return error.what();
  }
  return "assembled";
}

TEST(Band, AFaultyLawBodyOrChoiceIsNamed) {
  const auto wrong = [](auto change, const char* part) {
    Scenario s = march("green");
    change(s.bands[1]);
    const std::string message = refusal_of(s);
    EXPECT_NE(message.find(part), std::string::npos) << message;
    EXPECT_EQ(message.find("march.toml:"), 0u) << message;
  };
  wrong([](psoas::ScenarioBand& b) { b.stretch = {0.0, 2.0, 1.0}; }, "strictly increase");
  wrong([](psoas::ScenarioBand& b) { b.strand_force = {0.0, 30.0, 20.0}; }, "rise everywhere");
  wrong([](psoas::ScenarioBand& b) { b.strand_force[0] = 5.0; }, "force 0 at stretch 0");
  wrong([](psoas::ScenarioBand& b) { b.rest_length.text = "$thigh_deg - 90"; }, "rest length");
  wrong([](psoas::ScenarioBand& b) { b.to.body = "calc_r"; }, "\"calcn_r\"");
  wrong([](psoas::ScenarioBand& b) { b.when = "band = gren"; }, "\"green\"");
  wrong([](psoas::ScenarioBand& b) { b.when = "bnd = green"; }, "\"band\"");
}

}  // namespace
