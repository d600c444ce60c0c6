// What the default body must show before anybody believes its loads. Prints its tables as it goes.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>

#include "psoas/loads/loads.hpp"
#include "psoas/mechanics/demand.hpp"
#include "psoas/muscle/catalog.hpp"
#include "whole_body.hpp"

namespace {

using psoas::degree;
using psoas::Model;
using psoas::Vec6;

const psoas::Model& body() { return whole_body::unbound_model(); }

/// Stages of one posture; angles by coordinate, in degrees.
struct Posture {
  psoas::Kinematics k{body()};
  psoas::Paths paths{body()};
  psoas::Strengths strengths{body()};
  psoas::Passive passive{body()};

  explicit Posture(const std::map<std::string, double>& angles) {
    psoas::Pose pose = psoas::rest_pose(body());
    for (const auto& [name, angle] : angles) pose.q(body().coordinate(name)) = angle * degree;
    psoas::compute_kinematics(body(), pose, k);
    psoas::compute_paths(body(), k, paths);
    psoas::compute_strengths(body(), paths, strengths);
    psoas::compute_passive(body(), k, passive);
  }

  double arm(const std::string& strand, const std::string& row) const {
    return psoas::moment_arm(body(), paths, body().strand(strand), body().row(row));
  }
};

/// Lumbar flexion spread over the levels by the rhythm of the model.
std::map<std::string, double> lumbar(double extension_deg, std::map<std::string, double> angles = {}) {
  const Model& coupled = whole_body::model();
  const double q = extension_deg * degree;
  for (const psoas::Level& level : coupled.levels) {
    const psoas::Coordinate& c = coupled.coordinates[static_cast<std::size_t>(level.coordinates[0])];
    angles[c.name] = c.coupling.evaluate(q).value / degree;
  }
  return angles;
}

/// What both psoas majors do to every level, fully active at 46 N/cm2, no force-length effect: L5-S1 first.
struct PsoasLoad {
  double moment, compression, shear;
};
std::vector<PsoasLoad> psoas_on_levels(const Posture& p) {
  std::vector<PsoasLoad> out;
  for (const psoas::Level& level : body().levels) {
    Vec6 sum = Vec6::Zero();
    for (const psoas::CutTerm& cut : body().crossed_by[static_cast<std::size_t>(level.body)]) {
      if (body().strands[static_cast<std::size_t>(cut.strand)].name.rfind("psoas_L", 0) != 0) continue;
      sum += body().muscle.pcsa(cut.strand) * 46e4 * p.paths.crossing[static_cast<std::size_t>(cut.crossing)];
    }
    const psoas::Mat3 axes = psoas::detail::endplate_axes(body(), p.k, level);
    const psoas::Vec3 center = p.k.center[static_cast<std::size_t>(level.body)];
    const auto value = [&](int kind) { return psoas::detail::lumbar_component(axes, center, kind).dot(sum); };
    out.push_back({-value(psoas::flexion), value(psoas::compression), value(psoas::shear_ap)});
  }
  return out;
}

TEST(WholeBody, MassesAreThoseOfTheBaseMan) {
  double mass = 0.0;
  for (const psoas::Body& b : body().bodies) mass += b.mass;
  std::printf("  mass %.4f kg, body weight %.2f N, %d strands, %d equations\n", mass, body().body_weight,
              body().n_strands(), body().n_rows());
  EXPECT_NEAR(mass, 75.1646, 1e-9);
  EXPECT_NEAR(body().bodies[static_cast<std::size_t>(body().body("head"))].mass, 4.278, 1e-9);
  for (const char* name : {"femur", "tibia", "humerus", "calcn"}) {
    const auto r = static_cast<std::size_t>(body().body(std::string(name) + "_r"));
    const auto l = static_cast<std::size_t>(body().body(std::string(name) + "_l"));
    EXPECT_EQ(body().bodies[r].mass, body().bodies[l].mass);
  }
}

TEST(WholeBody, StrengthSumsOfTheRegionsArePrintedAndPlausible) {
  std::map<std::string, double> sums;
  for (const psoas::Group& group : body().groups) {
    if (!group.main) continue;
    for (const int s : group.strands) sums[group.base] += body().muscle.max_isometric_force(s);
  }
  for (const auto& [name, sum] : sums) std::printf("  %-28s %7.0f N, both sides\n", name.c_str(), sum);
  EXPECT_NEAR(sums["psoas"], 2 * 1111.9, 1.0);
  EXPECT_NEAR(sums["iliacus"], 2 * 1073.0, 1.0);
  EXPECT_NEAR(sums["psoas_minor"], 2 * 40.0, 0.1);
  EXPECT_NEAR(sums["rectus_abdominis"], 1324, 30);
  EXPECT_NEAR(sums["external_oblique"], 1800, 50);
  EXPECT_NEAR(sums["internal_oblique"], 1800, 50);
  EXPECT_NEAR(sums["erector_spinae"], 3974 + 4953, 100);  // iliocostalis + longissimus
  EXPECT_NEAR(sums["multifidus"], 3574, 200);
  EXPECT_NEAR(sums["gluteus_maximus"], 2 * 2170, 60);
}

TEST(WholeBody, PsoasIsElevenStrandsOfFourteenSquareCentimetresASide) {
  const psoas::Group& right = body().group("psoas_r");
  ASSERT_EQ(right.strands.size(), 11u);
  double area = 0.0;
  for (const int s : right.strands) {
    area += body().muscle.pcsa(s);
    EXPECT_DOUBLE_EQ(body().muscle.optimal_fiber_length(s), 0.1169);
  }
  EXPECT_NEAR(area * 1e4, 14.63, 0.1463);
  EXPECT_NEAR(area * 46e4, 673.0, 6.73);
}

TEST(WholeBody, NeutralFibersAreWhereMusclesWork) {
  const Posture neutral({});
  double least = 9.0, most = 0.0;
  for (int s = 0; s < body().n_strands(); ++s) {
    const double l = neutral.strengths.norm_fiber_length(s);
    if (l < least) least = l;
    if (l > most) most = l;
    EXPECT_GT(l, 0.45) << body().strands[static_cast<std::size_t>(s)].name;
    EXPECT_LT(l, 1.35) << body().strands[static_cast<std::size_t>(s)].name;
  }
  std::printf("  neutral fibres from %.3f to %.3f of optimal\n", least, most);
  for (const int s : body().group("psoas_r").strands) EXPECT_NEAR(neutral.strengths.norm_fiber_length(s), 1.13, 1e-3);
  EXPECT_NEAR(neutral.strengths.norm_fiber_length(body().strand("iliacus_r")), 1.12, 1e-3);
  EXPECT_NEAR(neutral.strengths.norm_fiber_length(body().strand("psoas_minor_r")), 1.05, 1e-3);
  EXPECT_EQ(neutral.strengths.slack, 0);
}

TEST(Psoas, PassesItsOptimumBetween25And45DegreesOfHipFlexion) {
  const int s = body().strand("psoas_L3_TP_r");
  EXPECT_GT(Posture({{"hip_flexion_r", 25.0}}).strengths.norm_fiber_length(s), 1.0);
  EXPECT_LT(Posture({{"hip_flexion_r", 45.0}}).strengths.norm_fiber_length(s), 1.0);
}

TEST(Psoas, FlexesTheHipEverywhereInItsRange) {
  std::printf("  hip flexion arm [mm], psoas and iliacus\n");
  double peak = 0.0, peak_at = 0.0;
  for (double angle = -30.0; angle <= 120.0; angle += 2.5) {
    const Posture p({{"hip_flexion_r", angle}});
    const double arm = p.arm("psoas_L1_VB_r", "hip_flexion_r");
    if (std::fmod(angle, 30.0) == 0.0)
      std::printf("  %5.0f %6.1f %6.1f\n", angle, 1e3 * arm, 1e3 * p.arm("iliacus_r", "hip_flexion_r"));
    if (arm > peak) peak = arm, peak_at = angle;
  }
  EXPECT_NEAR(Posture({}).arm("psoas_L1_VB_r", "hip_flexion_r"), 0.0295, 0.0095);
  EXPECT_GT(peak, 0.025);
  EXPECT_LT(peak, 0.044);
  EXPECT_GE(peak_at, 50.0);
  EXPECT_LE(peak_at, 80.0);
  for (double flexion = -30.0; flexion <= 120.0; flexion += 15.0) {
    for (double adduction = -30.0; adduction <= 20.0; adduction += 10.0) {
      for (double rotation = -30.0; rotation <= 30.0; rotation += 15.0) {
        const Posture p({{"hip_flexion_r", flexion}, {"hip_adduction_r", adduction}, {"hip_rotation_r", rotation}});
        EXPECT_GT(p.arm("psoas_L1_VB_r", "hip_flexion_r"), 0.005) << flexion << ' ' << adduction << ' ' << rotation;
        EXPECT_GT(p.arm("iliacus_r", "hip_flexion_r"), 0.005) << flexion << ' ' << adduction << ' ' << rotation;
      }
    }
  }
}

TEST(Psoas, ExtendsTheUpperAndFlexesTheLowerLumbarSpine) {
  const auto neutral = psoas_on_levels(Posture({})), flexed = psoas_on_levels(Posture(lumbar(-45.0))),
             extended = psoas_on_levels(Posture(lumbar(15.0)));
  // L5-S1 ... L1-2 on these joints and this course; bands: +-8 N m, +-10 %, +-100 N
  const double moment[] = {-27.0, -4.6, 3.6, 2.7, 1.8}, compression[] = {811, 1060, 968, 668, 434},
               shear[] = {1012, 562, 215, 32, -27};
  std::printf("  both psoas full at 46 N/cm2, level: moment N m (neutral, 45 deg flexed), compression N, shear N\n");
  for (std::size_t l = 0; l < 5; ++l) {
    std::printf("  %-6s %6.1f %6.1f %7.0f %7.0f\n", body().levels[l].name.c_str(), neutral[l].moment, flexed[l].moment,
                neutral[l].compression, neutral[l].shear);
    EXPECT_NEAR(neutral[l].moment, moment[l], 8.0);
    EXPECT_NEAR(neutral[l].compression, compression[l], 0.1 * compression[l]);
    EXPECT_NEAR(neutral[l].shear, shear[l], 100.0);
    EXPECT_LT(flexed[l].moment, neutral[l].moment);
    EXPECT_GT(extended[l].moment, neutral[l].moment);
    if (l > 0) {
      EXPECT_LT(neutral[l].shear, neutral[l - 1].shear);
    }
  }
  EXPECT_LT(neutral[0].moment, 0.0);
  EXPECT_LT(neutral[1].moment, 0.0);
  EXPECT_GT(neutral[4].moment, 0.0);
  for (const std::size_t middle : {2u, 3u}) EXPECT_LT(std::abs(neutral[middle].moment), 8.0);
  EXPECT_LT(flexed[4].compression, neutral[4].compression);
}

TEST(Psoas, TransverseProcessStrandsExtendMoreThanDiscStrands) {
  const Posture p({});
  const std::tuple<const char*, const char*, const char*> pairs[] = {{"L1_L2", "L1_TP", "L1_L2_IVD"},
                                                                     {"L2_L3", "L2_TP", "L2_L3_IVD"},
                                                                     {"L3_L4", "L3_TP", "L3_L4_IVD"},
                                                                     {"L4_L5", "L4_TP", "L4_L5_IVD"}};
  for (const auto& [level, process, disc] : pairs) {
    const std::string row = std::string(level) + "_extension";
    const double more =
        p.arm("psoas_" + std::string(process) + "_r", row) - p.arm("psoas_" + std::string(disc) + "_r", row);
    std::printf("  %s: %.1f mm more extensor\n", level, 1e3 * more);
    EXPECT_GT(more, 0.003);
    EXPECT_LT(more, 0.030);
  }
}

TEST(PsoasMinor, IsAWeakLumbarFlexorWithoutAHipMoment) {
  const Posture p(lumbar(-20.0, {{"hip_flexion_r", 40.0}}));
  EXPECT_LE(body().muscle.max_isometric_force(body().strand("psoas_minor_r")), 60.0);
  for (const char* row : {"hip_flexion_r", "hip_adduction_r", "hip_rotation_r"})
    EXPECT_EQ(p.arm("psoas_minor_r", row), 0.0);
  for (std::size_t l = 0; l < 5; ++l) EXPECT_LT(p.arm("psoas_minor_r", body().levels[l].name + "_extension"), 0.0);
}

/// Capsule and passive fibres about hip flexion, + flexes [N m].
double passive_hip_moment(double hip, double knee) {
  const Posture p({{"hip_flexion_r", hip}, {"knee_angle_r", knee}});
  psoas::InverseDynamics none(body());
  psoas::compute_inertia(body(), p.k, {}, none);
  psoas::Demand demand(body());
  psoas::compute_demand(body(), none, p.paths, p.strengths, p.passive, demand);
  const int row = body().row("hip_flexion_r");
  return p.passive.moment(row) + demand.passive_fiber(row);
}

TEST(WholeBody, PassiveHipMomentStaysBesideWhatWasMeasured) {
  const auto riener_edrich = [](double hip, double knee) {
    return std::exp(1.4655 - 0.0034 * knee - 0.0750 * hip) - std::exp(1.3403 - 0.0226 * knee + 0.0305 * hip) + 8.072;
  };
  const auto anderson = [](double hip) {
    return 1.21 * std::exp(-6.351 * hip * degree) - 0.476 * std::exp(5.91 * hip * degree);
  };
  std::printf(
      "  passive hip moment [N m], + flexes: hip, knee: body | Riener-Edrich 1999 | Anderson 2007 (knee "
      "straight)\n");
  int inside = 0, points = 0;
  for (const double knee : {0.0, 60.0, 90.0}) {
    for (const double hip : {-20.0, -10.0, 0.0, 10.0, 20.0, 30.0, 45.0}) {
      const double own = passive_hip_moment(hip, knee), re = riener_edrich(hip, knee);
      const bool in = std::abs(own - re) <= std::max(4.0, 0.35 * std::abs(re));
      inside += in, ++points;
      std::printf("  %5.0f %5.0f %7.1f | %6.1f | %6.1f %s\n", hip, knee, own, re, anderson(hip), in ? "" : "outside");
      // the measured curve holds skin, other soft tissue and resting tone that this body lacks: it lies above, and the
      // two published curves differ from each other by more than the band. Signs and order must hold.
      EXPECT_LT(own, re + std::max(4.0, 0.35 * std::abs(re))) << hip << ' ' << knee;
      EXPECT_GT(own, re - 16.0) << hip << ' ' << knee;
    }
  }
  std::printf("  %d of %d points within max(4 N m, 35 %%) of Riener-Edrich\n", inside, points);
  // bending the knee slackens the hamstrings: the passive extension moment at 60 deg of flexion gets smaller
  EXPECT_GT(passive_hip_moment(60.0, 90.0) - passive_hip_moment(60.0, 0.0), 5.0);
}

TEST(WholeBody, HoldsTheIliopsoasOfTheMuscleCatalog) {
  const std::map<std::string, psoas::muscle::MuscleParameters> catalog = {
      {"psoas_r", psoas::muscle::psoas_major()},
      {"psoas_minor_r", psoas::muscle::psoas_minor()},
      {"iliacus_l", psoas::muscle::iliacus()}};
  const psoas::StrandParameters& p = whole_body::model().muscle;
  for (const auto& [name, whole] : catalog) {
    double force = 0.0, area = 0.0, fiber = 0.0, tendon = 0.0, pennation = 0.0, passive = 0.0, width = 0.0, speed = 0.0;
    const auto group = std::find_if(whole_body::model().groups.begin(), whole_body::model().groups.end(),
                                    [&, wanted = name](const psoas::Group& g) { return g.name == wanted; });
    ASSERT_NE(group, whole_body::model().groups.end());
    for (const int s : group->strands) {
      const double a = p.pcsa(s);
      force += p.max_isometric_force(s);
      area += a;
      fiber += a * p.optimal_fiber_length(s);
      tendon += a * p.tendon_slack_length(s);
      pennation += a * p.pennation(s);
      passive += a * p.passive_strain(s);
      width += a * p.active_width(s);
      speed += a * p.max_contraction_velocity(s);
      EXPECT_EQ(p.passive_offset[static_cast<std::size_t>(s)] != 0, whole.passive_offset) << name;
    }
    EXPECT_NEAR(whole.max_isometric_force, force, 1e-9 * force) << name;
    EXPECT_NEAR(whole.optimal_fiber_length, fiber / area, 1e-9) << name;
    EXPECT_NEAR(whole.tendon_slack_length, tendon / area, 1e-9) << name;
    EXPECT_NEAR(whole.pennation_at_optimal, pennation / area, 1e-9) << name;
    EXPECT_NEAR(whole.passive_fiber_strain, passive / area, 1e-9) << name;
    EXPECT_NEAR(whole.active_width, width / area, 1e-9) << name;
    EXPECT_NEAR(whole.max_contraction_velocity, speed / area, 1e-9) << name;
    EXPECT_TRUE(psoas::muscle::faults_in(whole).empty());
  }
}

}  // namespace
