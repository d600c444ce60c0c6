#include "psoas/muscle/de_groote_fregly_curves.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <unsupported/Eigen/AutoDiff>
#include <vector>

#include "psoas/core/dual.hpp"

namespace psoas::muscle {
namespace {

using Value = ValueSlope<double>;
using AutoDiff = Eigen::AutoDiffScalar<Eigen::Matrix<double, 1, 1>>;

/// A curve, and the same formula carried by two kinds of dual number.
struct Curve {
  std::string name;
  double from, to;
  std::function<Value(double)> at;
  std::function<double(double)> slope_by_dual, slope_by_auto_diff;
};

template <class F>
Curve curve(std::string name, double from, double to, F f) {
  return {std::move(name),
          from,
          to,
          [f](double x) -> Value { return f(x); },
          [f](double x) { return f(Dual<1>::variable(x, 0)).value.slopes[0]; },
          [f](double x) { return f(AutoDiff(x, 1, 0)).value.derivatives()[0]; }};
}

std::vector<Curve> curves() {
  const PassiveCurve soft = passive_curve(1.0), offset = passive_curve(0.6, true);
  const TendonCurve tendon = tendon_curve(), stretchy = tendon_curve(0.1);
  return {
      curve("fL", 0.2, 1.8, [](const auto& l) { return active_force_length(l); }),
      curve("fL, width 1.5", 0.1, 2.0, [](const auto& l) { return active_force_length(l, 1.5); }),
      curve("fV", -1.0, 1.0, [](const auto& v) { return force_velocity(v); }),
      curve("inverse fV", 0.0, 1.75, [](const auto& f) { return inverse_force_velocity(f); }),
      curve("fP", 0.2, 1.8, [](const auto& l) { return passive_force_length(l); }),
      curve("fP, strain 1", 0.2, 1.8, [soft](const auto& l) { return passive_force_length(soft, l); }),
      curve("fP, offset", 1.01, 1.8, [offset](const auto& l) { return passive_force_length(offset, l); }),
      curve("fT", 0.98, 1.07, [tendon](const auto& lT) { return tendon_force(tendon, lT); }),
      curve("fT, strain 0.1", 0.98, 1.12, [stretchy](const auto& lT) { return tendon_force(stretchy, lT); }),
      curve("fT, printed", 0.98, 1.07, [](const auto& lT) { return tendon_force(printed_tendon_curve, lT); }),
      curve("inverse fT", -0.1, 3.0, [tendon](const auto& f) { return inverse_tendon_force(tendon, f); }),
  };
}

/// Thirteen printed digits; what is printed as 0 is 0 to rounding.
void expect_printed(double actual, double printed, const std::string& what) {
  EXPECT_NEAR(actual, printed, printed == 0.0 ? 3e-16 : 1e-12 * std::abs(printed)) << what;
}

TEST(Curves, SlopesMatchDifferencesAndDualNumbers) {
  for (const Curve& c : curves()) {
    for (int i = 0; i <= 100; ++i) {
      const double x = c.from + (c.to - c.from) * i / 100.0;
      const double h = 1e-5 * (c.to - c.from);
      const double slope = c.at(x).slope;
      const double difference =
          (8.0 * (c.at(x + h).value - c.at(x - h).value) - (c.at(x + 2 * h).value - c.at(x - 2 * h).value)) /
          (12.0 * h);
      EXPECT_NEAR(slope, difference, 1e-9 * std::max(1.0, std::abs(slope))) << c.name << " at " << x;
      EXPECT_NEAR(slope, c.slope_by_dual(x), 1e-13 * std::max(1.0, std::abs(slope))) << c.name << " at " << x;
      EXPECT_NEAR(slope, c.slope_by_auto_diff(x), 1e-13 * std::max(1.0, std::abs(slope))) << c.name << " at " << x;
    }
  }
}

TEST(Curves, AllButTheActiveOneRise) {
  for (const Curve& c : curves()) {
    if (c.name.starts_with("fL")) continue;
    for (int i = 0; i <= 200; ++i) EXPECT_GT(c.at(c.from + (c.to - c.from) * i / 200.0).slope, 0.0) << c.name;
  }
}

TEST(Curves, InversesUndoTheirCurves) {
  for (double f = 0.0; f <= 1.79; f += 0.01) {
    const Value v = inverse_force_velocity(f);
    EXPECT_NEAR(force_velocity(v.value).value, f, 1e-14);
    EXPECT_NEAR(force_velocity(v.value).slope * v.slope, 1.0, 1e-13);
  }
  for (const TendonCurve& tendon : {tendon_curve(), tendon_curve(0.033), printed_tendon_curve}) {
    for (double f = -0.15; f <= 5.0; f += 0.05) {
      const Value lT = inverse_tendon_force(tendon, f);
      EXPECT_NEAR(tendon_force(tendon, lT.value).value, f, 1e-12);
      EXPECT_NEAR(tendon_force(tendon, lT.value).slope * lT.slope, 1.0, 1e-12);
    }
    EXPECT_TRUE(std::isnan(inverse_tendon_force(tendon, -tendon.c3).value));
  }
}

TEST(ActiveForceLength, HasOnePeakJustBeyondOptimalLength) {
  const auto [peak, slope] = active_force_length(1.013294050932);
  EXPECT_NEAR(peak, 1.001073389079, 1e-12);
  EXPECT_NEAR(slope, 0.0, 1e-10);
  for (double l = 0.2; l <= 1.8; l += 0.001) {
    EXPECT_EQ(active_force_length(l).slope > 0.0, l < 1.013294050932) << l;
  }
}

TEST(ActiveForceLength, IsSmoothWhereTheSecondBellVanishes) {
  const double gone = 0.029947116970696 / 0.200356847296188;
  for (double d : {0.0, 1e-300, 1e-16, 1e-12, 1e-6, 1e-4, 1e-3, 0.01, 0.0145, 0.0155}) {
    for (double l : {gone - d, gone + d}) {
      const double u = (l - 1.0) * (l - 1.0) / 0.25;
      const double rest =
          0.1 * std::exp(-u) +
          0.8150671134243542 *
              std::exp(-0.5 * std::pow((l - 1.055033428970575) / (0.162384573599574 + 0.063303448465465 * l), 2));
      EXPECT_NEAR(active_force_length(l).value, rest, 1e-15) << d;
      EXPECT_NEAR(active_force_length(l).slope, active_force_length(gone).slope, 0.5 * d + 1e-14) << d;
      EXPECT_NEAR(active_force_length(Dual<1>::variable(l, 0)).value.slopes[0], active_force_length(l).slope, 1e-15);
    }
  }
}

TEST(ActiveForceLength, WidthStretchesItAboutOptimalLength) {
  for (double l = 0.4; l <= 1.7; l += 0.1) {
    const Value narrow = active_force_length(l), wide = active_force_length(1.0 + 1.5 * (l - 1.0), 1.5);
    EXPECT_NEAR(wide.value, narrow.value, 1e-14);
    EXPECT_NEAR(wide.slope, narrow.slope / 1.5, 1e-14);
  }
  EXPECT_NEAR(active_force_length(0.5).value, 0.05, 0.005);
  EXPECT_NEAR(active_force_length(0.5, 1.5).value, 0.58, 0.005);
}

TEST(ActiveForceLength, HasThePrintedValues) {
  constexpr double table[][5] = {
      {0.2, 0.007735845841114, 0.04967128530393, 0.0, 0.0005895653912247},
      {0.4, 0.02554121756483, 0.1556817950430, 0.0002470574857921, 0.002236615296506},
      {0.5, 0.05411215301427, 0.6473197341268, 0.0005650149537784, 0.004356331749747},
      {0.6, 0.3021030655516, 4.354688792615, 0.001184311537783, 0.008484975643110},
      {0.7, 0.6842332767723, 2.493361375574, 0.002390536575957, 0.01652647589761},
      {0.8, 0.8364395661147, 1.034280147026, 0.004739942143982, 0.03218917968444},
      {0.9, 0.9371228431634, 0.9517152054299, 0.009315959345067, 0.06269596102500},
      {1.0, 1.000000000000, 0.1602103218978, 0.01822882382007, 0.1221150575250},
      {1.1, 0.9531594169847, -1.097399730602, 0.03558871336135, 0.2378476544669},
      {1.2, 0.7936897180660, -1.981291514021, 0.06940116116983, 0.4632639731901},
      {1.3, 0.5811888983785, -2.155303782156, 0.1352588167778, 0.9023150105766},
      {1.4, 0.3802428537960, -1.805271085656, 0.2635320144695, 1.757469661855},
      {1.5, 0.2261486278974, -1.270442824465, 0.5133740881686, 3.423083486515},
      {1.6, 0.1242550385397, -0.7872293799947, 1.000000000000, 6.667256232058},
      {1.8, 0.03128247128073, -0.2305434773522, 3.793914952169, 25.29335591318},
  };
  for (const auto& [l, fL, fL_slope, fP, fP_slope] : table) {
    expect_printed(active_force_length(l).value, fL, "fL");
    expect_printed(active_force_length(l).slope, fL_slope, "fL'");
    expect_printed(passive_force_length(l).value, fP, "fP");
    expect_printed(passive_force_length(l).slope, fP_slope, "fP'");
  }
}

TEST(ForceVelocity, HasThePrintedValues) {
  constexpr double forward[][3] = {
      {-1.0, 0.0, 0.3338322451133},
      {-0.9, 0.03523122654263, 0.3721680298433},
      {-0.75, 0.09648418917595, 0.4493162756473},
      {-0.5, 0.2340363935488, 0.6826936249087},
      {-0.25, 0.4708264859158, 1.348429305099},
      {-0.1, 0.7451715850302, 2.394516561765},
      {0.0, 1.000000000000, 2.451109033369},
      {0.1, 1.206508671260, 1.684493325241},
      {0.25, 1.400765750718, 1.002504515689},
      {0.5, 1.588423401250, 0.5739486589414},
      {1.0, 1.794342963555, 0.3049509824512},
  };
  for (const auto& [v, f, slope] : forward) {
    expect_printed(force_velocity(v).value, f, "fV");
    expect_printed(force_velocity(v).slope, slope, "fV'");
  }
  constexpr double inverse[][2] = {
      {0, -1.000000000000},    {0.25, -0.4771682841872}, {0.5, -0.2291778478043}, {0.75, -0.09798959308328}, {1, 0.0},
      {1.25, 0.1272376415180}, {1.5, 0.3648092086560},   {1.75, 0.8641140725893}};
  for (const auto& [f, v] : inverse) expect_printed(inverse_force_velocity(f).value, v, "inverse fV");
}

TEST(TendonForce, HasThePrintedValues) {
  constexpr double forward[][4] = {
      {0.99, -0.06125299473105, 5.073495112606, -0.08210859584616},
      {1.0, 0.0, 7.313303956033, -0.01175075667753},
      {1.01, 0.08829451073530, 10.54192692932, 0.08809176967582},
      {1.02, 0.2155686246005, 15.19589833147, 0.2297750587934},
      {1.03, 0.3990307665308, 21.90447037327, 0.4308332165582},
      {1.04, 0.6634864087619, 31.57469284590, 0.7161483236221},
      {1.049, 1.000000000000, 43.87982373620, 1.073873736209},
      {1.06, 1.594189296252, 65.60725839077, 1.695583802512},
  };
  for (const auto& [lT, f, slope, printed] : forward) {
    expect_printed(tendon_force(lT).value, f, "fT");
    expect_printed(tendon_force(lT).slope, slope, "fT'");
    expect_printed(tendon_force(printed_tendon_curve, lT).value, printed, "fT of the paper");
  }
  constexpr double inverse[][2] = {
      {0, 1.0},   {0.1, 1.011088424891}, {0.25, 1.022176849782}, {0.5, 1.034259835938}, {0.75, 1.042611236383},
      {1, 1.049}, {2, 1.065576250822},   {5, 1.089100536710}};
  for (const auto& [f, lT] : inverse) expect_printed(inverse_tendon_force(f).value, lT, "inverse fT");
  expect_printed(tendon_curve().rate, 36.56651978016, "kT");
}

TEST(PassiveForceLength, OffsetStartsAtOptimalLengthAndKeepsTheSlope) {
  const PassiveCurve raw = passive_curve(0.7), offset = passive_curve(0.7, true);
  const double at_one = passive_force_length(raw, 1.0).value;
  EXPECT_GT(at_one, 0.01);
  for (double l : {0.0, 0.5, 0.999, 1.0}) {
    EXPECT_EQ(passive_force_length(offset, l).value, 0.0);
    EXPECT_EQ(passive_force_length(offset, l).slope, 0.0);
  }
  for (double l : {1.001, 1.2, 1.7}) {
    EXPECT_NEAR(passive_force_length(offset, l).value, passive_force_length(raw, l).value - at_one, 1e-15);
    EXPECT_EQ(passive_force_length(offset, l).slope, passive_force_length(raw, l).slope);
  }
  EXPECT_TRUE(std::isnan(passive_force_length(offset, not_a_number).value));
}

/// Simpson's rule over 2000 intervals.
double integral(const std::function<double(double)>& f, double from, double to) {
  const double h = (to - from) / 2000.0;
  double sum = f(from) + f(to);
  for (int i = 1; i < 2000; ++i) sum += (i % 2 == 1 ? 4.0 : 2.0) * f(from + i * h);
  return sum * h / 3.0;
}

TEST(Energy, IsTheIntegralOfForce) {
  const TendonCurve tendon = tendon_curve();
  for (const bool offset : {false, true}) {
    const PassiveCurve passive = passive_curve(0.6, offset);
    for (double l : {0.7, 1.0, 1.3, 1.6}) {
      const double from = offset ? std::min(1.0, l) : 0.2;
      const double expected = integral([&](double x) { return passive_force_length(passive, x).value; }, from, l);
      EXPECT_NEAR(passive_fiber_energy(passive, l), expected, 1e-12);
      EXPECT_NEAR(passive_fiber_energy(passive, Dual<1>::variable(l, 0)).slopes[0],
                  passive_force_length(passive, l).value, 1e-14);
    }
  }
  for (const TendonCurve& t : {tendon, printed_tendon_curve}) {
    for (double lT : {0.99, 1.02, 1.049}) {
      EXPECT_NEAR(tendon_energy(t, lT), integral([&](double x) { return tendon_force(t, x).value; }, 1.0, lT), 1e-14);
      EXPECT_NEAR(tendon_energy(t, Dual<1>::variable(lT, 0)).slopes[0], tendon_force(t, lT).value, 1e-14);
    }
  }
  expect_printed(passive_fiber_energy(passive_curve(), 1.0), 0.002663575726064, "fibre");
  expect_printed(passive_fiber_energy(passive_curve(), 1.3), 0.02019154422712, "fibre");
  expect_printed(passive_fiber_energy(passive_curve(), 1.6), 0.1498761912678, "fibre");
  expect_printed(tendon_energy(tendon, 1.02), 0.001895245866889, "tendon");
  expect_printed(tendon_energy(tendon, 1.049), 0.01754742070101, "tendon");
}

}  // namespace
}  // namespace psoas::muscle
