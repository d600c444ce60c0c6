// Laws that the curves of all three models keep, and the printed check values of Millard's and Thelen's.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "psoas/core/dual.hpp"
#include "psoas/muscle/equilibrium.hpp"
#include "psoas/muscle/rigid_tendon.hpp"

namespace psoas::muscle {
namespace {

/// Calls f with each model, as its default and as an unlike muscle.
template <class F>
void for_each_model(F&& f) {
  for (const MuscleType type : muscle_types) {
    MuscleParameters unlike;
    unlike.passive_fiber_strain = 0.45;
    unlike.tendon_strain = 0.033;
    unlike.active_width = 1.5;
    unlike.passive_offset = true;
    for (const MuscleParameters& p : {MuscleParameters{}, unlike}) {
      SCOPED_TRACE(std::string(to_string(type)) + (std::isnan(p.tendon_strain) ? "" : ", unlike"));
      std::visit(f, make_curves(type, p));
    }
  }
}

double simpson(const std::function<double(double)>& f, double from, double to, int n = 2000) {
  double sum = f(from) + f(to);
  for (int i = 1; i < n; ++i) sum += (i % 2 == 1 ? 4.0 : 2.0) * f(from + (to - from) * i / n);
  return sum * (to - from) / (3.0 * n);
}

TEST(MillardCurves, ReproduceThePrintedValues) {
  const Millard2012 curves;
  MillardShape floor;
  floor.minimum_active_value = 0.1;
  const Millard2012 with_floor({}, floor);
  struct Length {
    double l, fL, fL_floor, fP;
  };
  for (const auto& [l, fL, fL_floor, fP] :
       {Length{0.5, 0.0985324896188, 0.117653354928, 0.0}, Length{0.6, 0.451101878326, 0.451101878326, 0.0},
        Length{0.75, 0.826037536351, 0.826037536351, 0.0}, Length{0.9, 0.956759832543, 0.956759832543, 0.0},
        Length{1.1, 0.957375532280, 0.957375532280, 0.0170448350974},
        Length{1.25, 0.754018872259, 0.754018872259, 0.0804436748386},
        Length{1.5, 0.403344726961, 0.403368705500, 0.460261504791},
        Length{1.75, 0.0542928489028, 0.102733605185, 1.14285714286}}) {
    EXPECT_NEAR(curves.active_force_length(l).value, fL, 6e-13) << l;
    EXPECT_NEAR(with_floor.active_force_length(l).value, fL_floor, 6e-13) << l;
    EXPECT_NEAR(curves.passive_force_length(l).value, fP, 6e-12) << l;
  }
  struct Velocity {
    double v, fV, slope;
  };
  for (const auto& [v, fV, slope] :
       {Velocity{-0.9, 0.0125, 0.25}, Velocity{-0.75, 0.0515193957346, 0.283749398266},
        Velocity{-0.5, 0.158085604442, 0.642631454022}, Velocity{-0.25, 0.387332954220, 1.20879531718},
        Velocity{0.0, 1.0, 5.0}, Velocity{0.1, 1.22515383775, 0.684734392202},
        Velocity{0.5, 1.33113156931, 0.163195514098}, Velocity{0.75, 1.36995390035, 0.150991939047}}) {
    EXPECT_NEAR(curves.force_velocity(v, 1.0).value, fV, 6e-12) << v;
    EXPECT_NEAR(curves.force_velocity(v, 1.0).slope, slope, 6e-12) << v;
  }
  for (const auto& [lT, fT] : {std::pair{1.01, 0.0996782701220},
                               {1.02, 0.260935982615},
                               {1.03, 0.479398712348},
                               {1.04, 0.747448979592},
                               {1.049, 1.0},
                               {1.06, 1.30867346939}}) {
    EXPECT_NEAR(curves.tendon_force(lT).value, fT, 6e-12) << lT;
  }
}

TEST(ThelenCurves, ReproduceThePrintedValues) {
  const Thelen2003 curves;
  EXPECT_NEAR(curves.active_force_length(0.75).value, 0.870324725833, 6e-13);
  EXPECT_NEAR(curves.active_force_length(1.25).value, 0.870324725833, 6e-13);
  EXPECT_NEAR(curves.active_force_length(0.5).value, 0.573753420737, 6e-13);
  EXPECT_NEAR(curves.passive_force_length(1.25).value, 0.0476972004323, 6e-14);
  EXPECT_NEAR(curves.passive_force_length(1.5).value, 0.430762717870, 6e-13);
  EXPECT_NEAR(curves.tendon_force(1.04).value, 1.0, 1e-14);
  for (const auto& [f, v] : {std::pair{0.0, -1.0},
                             {0.25, -0.375},
                             {0.5, -1.0 / 6.0},
                             {0.75, -0.0625},
                             {1.1, 0.0133333333333},
                             {1.2, 0.04},
                             {1.3, 0.12}}) {
    EXPECT_NEAR(curves.inverse_force_velocity(f, 1.0).value, v, 6e-14) << f;
    EXPECT_NEAR(curves.inverse_force_velocity(f, 0.5).value, 0.625 * v, 6e-14) << f;
  }
}

TEST(MuscleModels, SlopesAreThoseOfDifferencesAndOfDualNumbers) {
  for_each_model([](const auto& curves) {
    const auto check = [](const auto& curve, double from, double to) {
      for (int i = 0; i <= 97; ++i) {
        const double x = from + (to - from) * (i + 0.31) / 98.0, h = 1e-6;
        const double slope = curve(x).slope;
        const double difference = (curve(x + h).value - curve(x - h).value) / (2.0 * h);
        EXPECT_NEAR(slope, difference, 2e-6 * std::fmax(1.0, std::fabs(slope))) << x;
        const auto dual = curve(Dual<1>::variable(x, 0));
        EXPECT_NEAR(dual.value.slopes[0], slope, 1e-10 * std::fmax(1.0, std::fabs(slope))) << x;
        EXPECT_DOUBLE_EQ(dual.slope.value, slope) << x;
      }
    };
    check([&](const auto& l) { return curves.active_force_length(l); }, 0.3, 1.9);
    check([&](const auto& l) { return curves.passive_force_length(l); }, 0.3, 1.9);
    check([&](const auto& v) { return curves.force_velocity(v, decltype(v + 0.0)(0.4)); }, -1.3, 1.3);
    check([&](const auto& f) { return curves.inverse_force_velocity(f, decltype(f + 0.0)(0.4)); }, 0.02, 1.38);
    check([&](const auto& lT) { return curves.tendon_force(lT); }, 0.99, 1.09);
    check([&](const auto& f) { return curves.inverse_tendon_force(f); }, 0.01, 4.0);
  });
}

TEST(MuscleModels, RiseFallAndPeakAsMusclesDo) {
  for_each_model([](const auto& curves) {
    int peaks = 0;
    for (int i = 0; i < 2000; ++i) {
      const double x = i / 2000.0, h = 1.0 / 2000.0;
      const auto active = [&](double at) { return curves.active_force_length(0.6 + at).value; };
      peaks += active(x) > active(x - h) && active(x) >= active(x + h) ? 1 : 0;
      EXPECT_LE(curves.passive_force_length(0.3 + 1.5 * x).value,
                curves.passive_force_length(0.3 + 1.5 * (x + h)).value);
      EXPECT_LT(curves.force_velocity(-1.0 + 2.0 * x, 0.3).value,
                curves.force_velocity(-1.0 + 2.0 * (x + h), 0.3).value);
      EXPECT_LT(curves.tendon_force(1.0 + 0.1 * x).value, curves.tendon_force(1.0 + 0.1 * (x + h)).value);
    }
    EXPECT_EQ(peaks, 1);
    EXPECT_NEAR(curves.active_force_length(1.0).value, 1.0, 1e-12);
    EXPECT_NEAR(curves.force_velocity(0.0, 0.3).value, 1.0, 1e-15);
    EXPECT_NEAR(curves.tendon_force(1.0).value, 0.0, 1e-16);
  });
}

TEST(MuscleModels, MillardsCurvesHaveContinuousCurvature) {
  const Millard2012 curves;
  // The second derivative is 0 at a knot, from both sides: the slope changes with the square of the way only. A
  // curvature that jumps by more than 1e-3 (0.5 of the tendon, where it comes to 1e3) would change it by more.
  const auto check = [](double largest, const auto& curve, std::vector<double> knots) {
    for (const double x : knots) {
      for (const double h : {1e-5, 1e-6, 1e-7}) {
        const double at = curve(x).slope;
        EXPECT_NEAR(curve(x - h).slope, at, largest * h * h + 1e-13) << x << ' ' << h;
        EXPECT_NEAR(curve(x + h).slope, at, largest * h * h + 1e-13) << x << ' ' << h;
      }
    }
  };
  check(1.2e3, [&](double l) { return curves.active_force_length(l); }, {0.4441, 0.58705, 0.84, 1.0, 1.43115, 1.8123});
  check(2.5e3, [&](double v) { return curves.force_velocity(v, 1.0); }, {-1.0, -0.9, 0.0, 0.9, 1.0});
  check(200.0, [&](double l) { return curves.passive_force_length(l); }, {1.0, 1.035, 1.7});
  check(4e6, [&](double lT) { return curves.tendon_force(lT); }, {1.0, 1.049 - 0.049 / 1.375 / 3.0});
}

TEST(MuscleModels, InversesLeadBack) {
  for_each_model([](const auto& curves) {
    for (int i = 0; i <= 60; ++i) {
      const double v = -0.98 + 1.9 * i / 60.0, f = 4.9 * (i + 1) / 61.0;
      for (const double a : {0.01, 0.5, 1.0}) {
        EXPECT_NEAR(curves.inverse_force_velocity(curves.force_velocity(v, a).value, a).value, v, 1e-13) << v;
      }
      EXPECT_NEAR(curves.tendon_force(curves.inverse_tendon_force(f).value).value, f, 1e-13) << f;
    }
    EXPECT_TRUE(std::isnan(curves.inverse_tendon_force(-0.3).value));
  });
  EXPECT_TRUE(std::isnan(Millard2012().inverse_force_velocity(1.41, 1.0).value));
  EXPECT_TRUE(std::isnan(Millard2012().inverse_force_velocity(-0.01, 1.0).value));
  EXPECT_EQ(Millard2012().inverse_force_velocity(1.4, 1.0).value, 1.0);
}

TEST(MuscleModels, EnergiesAreIntegralsOfForces) {
  for_each_model([](const auto& curves) {
    const double start = curves.type == MuscleType::DeGrooteFregly2016 ? 0.2 : 1.0;
    const auto fP = [&](double l) { return curves.passive_force_length(l).value; };
    const auto fT = [&](double lT) { return curves.tendon_force(lT).value; };
    for (const double l : {1.013, 1.3, 1.65, 1.85}) {
      const double below = start < 1.0 ? simpson(fP, start, 1.0 - 1e-13) : 0.0;
      EXPECT_NEAR(curves.passive_fiber_energy(l), below + simpson(fP, 1.0, l), 1e-9) << l;
    }
    for (const double lT : {1.003, 1.02, 1.049, 1.07}) {
      EXPECT_NEAR(curves.tendon_energy(lT), simpson(fT, 1.0, lT), 1e-9) << lT;
    }
    EXPECT_NEAR(curves.tendon_energy(1.0), 0.0, 1e-17);
    const Dual<1> energy = curves.tendon_energy(Dual<1>::variable(1.031, 0));
    EXPECT_NEAR(energy.slopes[0], fT(1.031), 1e-12);
  });
}

TEST(MuscleModels, ActivationHasItsOwnTimesInEachMuscle) {
  MuscleParameters slow;
  slow.rise_time = 0.030;
  const DeGrooteFregly2016 usual, slower(slow);  // both alive at once: no constant is shared
  EXPECT_NEAR(usual.activation_rate(1.0, 0.1) / slower.activation_rate(1.0, 0.1), 2.0, 1e-6);
  EXPECT_NEAR(usual.activation_rate(1.0, 0.5), 26.66592895130, 5e-12);
  EXPECT_NEAR(Millard2012().activation_rate(1.0, 0.0), 1.0 / (0.010 * 0.5), 1e-12);
  EXPECT_NEAR(Millard2012().activation_rate(0.01, 1.0), -0.99 * 2.0 / 0.040, 1e-12);
  EXPECT_NEAR(Thelen2003().activation_rate(0.6, 0.4), 0.2 / (0.015 * 1.1), 1e-12);
  EXPECT_NEAR(Thelen2003().activation_rate(0.3, 0.4), -0.1 * 1.1 / 0.050, 1e-12);
  EXPECT_EQ(Thelen2003().activation_rate(0.0, 0.4), Thelen2003().activation_rate(0.01, 0.4));
}

TEST(MuscleModels, AreReachedByName) {
  for (const MuscleType type : muscle_types) {
    EXPECT_EQ(std::visit([](const auto& curves) { return curves.type; }, make_curves(type, {})), type);
  }
  EXPECT_EQ(to_string(MuscleType::Thelen2003), "Thelen2003");
}

MuscleParameters small_muscle() {
  return {.max_isometric_force = 500.0, .optimal_fiber_length = 0.10, .tendon_slack_length = 0.12};
}

TEST(Tendon, IsRigidOfItselfWhereItIsShorterThanTheFibre) {
  MuscleParameters p = small_muscle();
  EXPECT_EQ(MuscleTendonUnit<DeGrooteFregly2016>(p).tendon(), Tendon::elastic);
  p.tendon_slack_length = 0.09;
  EXPECT_EQ(MuscleTendonUnit<DeGrooteFregly2016>(p).tendon(), Tendon::rigid);
  EXPECT_EQ(MuscleTendonUnit<DeGrooteFregly2016>(p, Tendon::elastic).tendon(), Tendon::elastic);
  p.tendon_slack_length = 0.0;
  EXPECT_EQ(MuscleTendonUnit<DeGrooteFregly2016>(p, Tendon::elastic).tendon(), Tendon::rigid);
}

TEST(MuscleParameters, TakeTheValuesOfTheirTypeWhereNoneIsGiven) {
  MuscleParameters p = small_muscle();
  EXPECT_EQ(resolved(p, MuscleType::Millard2012).passive_fiber_strain, 0.7);
  EXPECT_EQ(resolved(p, MuscleType::Thelen2003).tendon_strain, 0.04);
  EXPECT_EQ(resolved(p, MuscleType::DeGrooteFregly2016).fall_time, 0.060);
  p.fall_time = 0.2;
  EXPECT_EQ(resolved(p, MuscleType::Millard2012).fall_time, 0.2);
  p.tendon_strain = -0.1;
  EXPECT_EQ(faults_in(p).size(), 1u);
  p.damping = not_a_number;
  EXPECT_EQ(rigid_tendon(p).damping, 0.0);
  EXPECT_EQ(resolved(p, MuscleType::Thelen2003).damping, 0.1);
}

}  // namespace
}  // namespace psoas::muscle
