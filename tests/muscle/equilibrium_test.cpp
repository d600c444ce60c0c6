// Fibre and tendon in series: printed cases, balance of forces and of power, limits, and what has no equilibrium.
#include "psoas/muscle/equilibrium.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <cmath>
#include <map>
#include <vector>

#include "psoas/muscle/contraction.hpp"
#include "psoas/muscle/rigid_tendon.hpp"

namespace psoas::muscle {
namespace {

using DeGrooteFregly = MuscleTendonUnit<DeGrooteFregly2016>;

MuscleParameters example(double damping) {
  MuscleParameters p{.max_isometric_force = 500.0, .optimal_fiber_length = 0.10, .tendon_slack_length = 0.12};
  p.pennation_at_optimal = 10.0 * degree;
  p.damping = damping;
  return p;
}

const std::vector<double Instant::*> numbers = {
    &Instant::norm_fiber_length,  &Instant::cos_pennation,         &Instant::norm_fiber_velocity,
    &Instant::norm_tendon_length, &Instant::norm_tendon_force,     &Instant::tendon_force,
    &Instant::active_force,       &Instant::passive_force,         &Instant::damping_force,
    &Instant::path_power,         &Instant::active_power,          &Instant::dissipation,
    &Instant::fiber_storing,      &Instant::tendon_storing,        &Instant::fiber_energy,
    &Instant::tendon_energy,      &Instant::norm_fiber_length_rate};

/// What the law asks for, written again: tendon force less the pull of the fibre along it, over the greatest force.
double residual(const auto& unit, double a, double lT, double v, double L) {
  const MuscleParameters& p = unit.parameters();
  const auto& c = unit.curves();
  const double height = p.optimal_fiber_length * std::sin(p.pennation_at_optimal);
  const double along = L - p.tendon_slack_length * lT, fiber = std::sqrt(along * along + height * height);
  const double l = fiber / p.optimal_fiber_length;
  const double pull = a * c.active_force_length(l).value * c.force_velocity(v, a).value +
                      c.passive_force_length(l).value + p.damping * v;
  return c.tendon_force(lT).value - along / fiber * pull;
}

TEST(MuscleTendonUnit, ReproducesThePrintedRigidCases) {
  const DeGrooteFregly unit(example(0.0), Tendon::rigid);
  constexpr double table[][7] = {{0.218, 0.0, 0.5, 0.9952656377104, 0.9846617454356, 0.0, 254.6409539311},
                                 {0.218, -0.2, 0.5, 0.9952656377104, 0.9846617454356, -0.1969323490871, 143.9610550845},
                                 {0.23, 0.1, 0.1, 1.113621879099, 0.9877679494681, 0.09877679494681, 74.99755577120},
                                 {0.20, -0.4, 1.0, 0.8186291526736, 0.9772434775713, -0.3908973910285, 135.6654128600},
                                 {0.26, 0.0, 0.0, 1.410728070752, 0.9923953659290, 0.0, 140.4620877227}};
  for (const auto& [L, V, a, l, cosine, v, force] : table) {
    const Instant out = unit.static_equilibrium(a, L, V);
    EXPECT_NEAR(out.norm_fiber_length, l, 6e-13 * l) << L;
    EXPECT_NEAR(out.cos_pennation, cosine, 6e-14) << L;
    EXPECT_NEAR(out.norm_fiber_velocity, v, 6e-14) << L;
    EXPECT_NEAR(out.tendon_force, force, 6e-11) << L;
    EXPECT_EQ(out.norm_tendon_length, 1.0);
  }
}

TEST(MuscleTendonUnit, ReproducesThePrintedEquilibria) {
  const DeGrooteFregly unit(example(0.0), Tendon::elastic);
  constexpr double at_rest[][5] = {{0.218, 0.5, 0.4959795965611, 0.9549972347386, 1.034102315057},
                                   {0.218, 1.0, 0.9654059705201, 0.9383670311374, 1.048200031665},
                                   {0.23, 0.1, 0.1289402167871, 1.097496226417, 1.013606945884},
                                   {0.25, 0.01, 0.1352885018873, 1.294741872338, 1.014129701088},
                                   {0.215, 0.05, 0.06177933220058, 0.9570514611236, 1.007361502829}};
  for (const auto& [L, a, f, l, lT] : at_rest) {
    const Instant out = unit.static_equilibrium(a, L);
    EXPECT_NEAR(out.norm_tendon_force, f, 6e-14) << L;
    EXPECT_NEAR(out.norm_fiber_length, l, 6e-13) << L;
    EXPECT_NEAR(out.norm_tendon_length, lT, 6e-13) << L;
  }
  constexpr double moving[][6] = {{0.218, 0.0, 0.5, 0.4, -0.07865679998224, 14.62233793616},
                                  {0.218, 0.0, 0.5, 0.5, 0.003479785314562, -0.7548428955646},
                                  {0.218, -0.1, 0.2, 0.15, -0.1246567135012, 2.844716048311},
                                  {0.23, 0.05, 0.05, 0.1, 0.2266302895924, -16.40972741976}};
  for (const auto& [L, V, a, f, v, force_rate] : moving) {
    const ValueSlope<double> lT = unit.curves().inverse_tendon_force(f);
    const double along = L - 0.12 * lT.value, l = std::hypot(along / 0.1, std::sin(10.0 * degree));
    const Instant out = unit.instant(a, l, L, V);
    EXPECT_NEAR(out.norm_fiber_velocity, v, 6e-13) << L;
    EXPECT_NEAR(unit.curves().tendon_force(out.norm_tendon_length).slope * (V - v / out.cos_pennation) / 0.12,
                force_rate, 2e-11)
        << L;
  }
}

TEST(MuscleTendonUnit, RigidIsTheFormulaOfTheInverse) {
  MuscleParameters p = example(0.07);
  p.active_width = 1.4;
  const DeGrooteFregly unit(p, Tendon::rigid);
  const RigidTendon inverse = rigid_tendon(p);
  for (const double L : {0.17, 0.2, 0.22, 0.25}) {
    for (const double V : {-0.3, 0.0, 0.2}) {
      const RigidTendonForce<double> f = rigid_tendon_force(inverse, L, V);
      const Instant out = unit.static_equilibrium(0.3, L, V);
      EXPECT_NEAR(out.tendon_force, f.passive + 0.3 * f.active, 1e-11);
      EXPECT_NEAR(out.norm_fiber_velocity, f.norm_fiber_velocity, 1e-15);
    }
  }
}

TEST(MuscleTendonUnit, TendsToTheRigidOneAsTheTendonStiffens) {
  for (const MuscleType type : muscle_types) {
    double before = infinity;
    for (const double strain : {0.04, 0.004, 0.0004}) {
      MuscleParameters p = example(0.1);
      p.tendon_strain = strain;
      const auto solve = [](const auto& unit) { return unit.static_equilibrium(0.4, 0.225, -0.08); };
      const double elastic = std::visit(solve, make_muscle(type, p, Tendon::elastic)).tendon_force;
      const double rigid = std::visit(solve, make_muscle(type, p, Tendon::rigid)).tendon_force;
      const double gap = std::fabs(elastic - rigid);
      EXPECT_LT(gap, 0.15 * before) << to_string(type) << strain;
      before = gap;
    }
    EXPECT_LT(before, 0.2) << to_string(type);  // of 500 N
  }
}

struct Cycle {
  double path = 0.0, active = 0.0, heat = 0.0, fiber = 0.0, tendon = 0.0, worst = 0.0;
};
/// Fourth-order Runge-Kutta, written out; work and heat are integrated along.
Cycle drive(const auto& contraction, double activation, double duration, int steps) {
  Cycle sum;
  ContractionState x = contraction.equilibrium(activation, 0.0).state, k[4];
  const Instant first = contraction.instant(x, 0.0);
  const double h = duration / steps;
  Instant last = first;
  for (int i = 0; i < steps; ++i) {
    const double t = i * h;
    const Instant begin = last;
    contraction(x, k[0], t);
    const auto at = [&](const ContractionState& slope, double step) {
      return ContractionState{x[0] + step * slope[0], x[1] + step * slope[1]};
    };
    contraction(at(k[0], 0.5 * h), k[1], t + 0.5 * h);
    const ContractionState middle = at(k[1], 0.5 * h);
    contraction(middle, k[2], t + 0.5 * h);
    contraction(at(k[2], h), k[3], t + h);
    for (int j = 0; j < 2; ++j) x[j] += h / 6.0 * (k[0][j] + 2.0 * k[1][j] + 2.0 * k[2][j] + k[3][j]);
    last = contraction.instant(x, t + h);
    const Instant half = contraction.instant(middle, t + 0.5 * h);
    const auto simpson = [&](double Instant::*p) { return h / 6.0 * (begin.*p + 4.0 * half.*p + last.*p); };
    sum.path += simpson(&Instant::path_power);
    sum.active += simpson(&Instant::active_power);
    sum.heat += simpson(&Instant::dissipation);
    const double spent = last.active_power + last.dissipation + last.fiber_storing + last.tendon_storing;
    sum.worst = std::fmax(sum.worst, std::fabs(last.path_power - spent));
    EXPECT_GE(last.dissipation, 0.0);
  }
  sum.fiber = last.fiber_energy - first.fiber_energy;
  sum.tendon = last.tendon_energy - first.tendon_energy;
  return sum;
}

TEST(Contraction, WorkOnThePathIsStoredTurnedToHeatOrDoneByTheFibre) {
  const auto path = [](double t) {
    return PathLength{0.235 + 0.012 * std::sin(8.0 * t), 0.012 * 8.0 * std::cos(8.0 * t)};
  };
  const auto check = [&](auto curves, Tendon tendon, const auto& excitation, double activation) {
    const MuscleParameters p = example(0.1);
    using Curves = decltype(curves);
    const Contraction contraction(MuscleTendonUnit<Curves>(p, tendon), excitation, path);
    const Cycle sum = drive(contraction, activation, 0.9, 6000);
    EXPECT_LT(sum.worst, 1e-9);  // [W], at every instant
    EXPECT_NEAR(sum.path, sum.active + sum.heat + sum.fiber + sum.tendon, 3e-5) << to_string(Curves::type);  // [J]
    EXPECT_GT(sum.heat, 0.0);
    return sum;
  };
  const auto beating = [](double t) { return 0.5 + 0.4 * std::sin(20.0 * t); };
  const auto silent = [](double) { return 0.0; };
  const DeGrooteFregly2016 de_groote_fregly(example(0.1));
  for (const Tendon tendon : {Tendon::elastic, Tendon::rigid}) {
    for (const Cycle& sum :
         {check(de_groote_fregly, tendon, beating, 0.05), check(Millard2012(example(0.1)), tendon, beating, 0.05),
          check(Thelen2003(example(0.1)), tendon, beating, 0.05)}) {
      EXPECT_GT(std::fabs(sum.active), 0.05);
    }
    const Cycle passive = check(de_groote_fregly, tendon, silent, 0.0);
    EXPECT_EQ(passive.active, 0.0);
    EXPECT_GT(passive.path, passive.fiber + passive.tendon);  // a muscle at rest only takes work
  }
}

TEST(Contraction, StartsWhereTheTendonForceIsSteady) {
  const auto path = [](double t) { return PathLength{0.22 + 0.05 * t, 0.05}; };
  const Contraction contraction(
      example(0.1), [](double) { return 0.3; }, path);
  const auto [x, status] = contraction.equilibrium(0.3, 0.2);
  ASSERT_EQ(status, Status::ok);
  ContractionState rate;
  contraction(x, rate, 0.2);
  EXPECT_NEAR(rate[0], 0.0, 1e-15);
  const Instant now = contraction.instant(x, 0.2);
  EXPECT_NEAR(rate[1] * 0.10 / now.cos_pennation, 0.05, 1e-12);  // the fibre takes all of the path's speed
  EXPECT_NEAR(now.tendon_storing, 0.0, 1e-10);

  const auto [none, failed] = contraction.equilibrium(0.3, -3.0);  // a path shorter than its tendon
  EXPECT_EQ(failed, Status::no_equilibrium);
  EXPECT_TRUE(std::isnan(none[0]) && std::isnan(none[1]));
}

TEST(MuscleTendonUnit, AnOverflowingTendonIsNoLackOfDamping) {
  const DeGrooteFregly unit(example(0.1), Tendon::elastic);
  const Instant torn = unit.instant(0.5, 1.0, 2.0, 0.0);  // a tendon of 0.12 m drawn out to 1.9 m
  EXPECT_EQ(torn.status, Status::not_finite);
  EXPECT_EQ(torn.reason, Reason::not_finite);
  for (const auto number : numbers) EXPECT_TRUE(std::isnan(torn.*number));
  EXPECT_EQ(unit.instant(0.5, 1.0, 0.22, 0.0).reason, Reason::none);
}

double between(double low, double high) { return low + (high - low) * 1e-6 * *rc::gen::inRange(0, 1000001); }

MuscleParameters any_muscle() {
  MuscleParameters p{.max_isometric_force = std::pow(10.0, between(0.0, 4.0)),
                     .optimal_fiber_length = between(0.01, 0.4),
                     .tendon_slack_length = between(0.002, 0.5)};
  p.pennation_at_optimal = between(0.0, 1.2);
  p.max_contraction_velocity = between(2.0, 16.0);
  p.passive_fiber_strain = between(0.2, 1.0);
  p.active_width = between(1.0, 2.0);
  p.damping = *rc::gen::element(0.0, 1e-3, 0.1);
  p.passive_offset = *rc::gen::arbitrary<bool>();
  p.tendon_strain = between(0.005, 0.12);
  return p;
}

/// A failure says why and carries no number; a success balances.
void expect_honest(const auto& unit, const Instant& out, double a, double L) {
  if (out.status == Status::ok) {
    for (const auto number : numbers) RC_ASSERT(std::isfinite(out.*number));
    if (out.reason == Reason::slack) {
      RC_ASSERT(out.tendon_force == 0.0);
      return;
    }
    RC_ASSERT((out.reason == Reason::fiber_pushes) == (out.tendon_force < 0.0));
    double error = residual(unit, a, out.norm_tendon_length, out.norm_fiber_velocity, L);
    if (unit.tendon() == Tendon::rigid) error += out.norm_tendon_force;  // its curve gives none
    RC_ASSERT(std::fabs(error) < 1e-8 * (1.0 + std::fabs(out.norm_tendon_force)));
    return;
  }
  RC_ASSERT(out.reason != Reason::none);
  for (const auto number : numbers) RC_ASSERT(std::isnan(out.*number));
}

/// No tendon length at which the residual turns from pull to push, however close one looks.
void expect_no_equilibrium(const auto& unit, double a, double L, double V) {
  const MuscleParameters& p = unit.parameters();
  const double longest = std::fmin(unit.curves().inverse_tendon_force(5.0).value, L / p.tendon_slack_length);
  const double height = std::sin(p.pennation_at_optimal) * p.optimal_fiber_length;
  bool pulled = false;
  for (int i = 0; i < 300; ++i) {
    const double lT = 1.0 + (longest - 1.0) * i / 300.0, along = L - p.tendon_slack_length * lT;
    const double v = along / std::hypot(along, height) * V / (p.optimal_fiber_length * p.max_contraction_velocity);
    const bool pulls = residual(unit, a, lT, v, L) < 0.0;
    RC_ASSERT(!(pulled && !pulls));
    pulled = pulls;
  }
}

TEST(MuscleTendonUnit, NeverFailsSilently) {
  std::map<Reason, int> count;
  const bool holds = rc::check("over the whole space of parameters", [&] {
    const MuscleParameters p = any_muscle();
    RC_ASSERT(faults_in(p).empty());
    const MuscleType type = muscle_types[*rc::gen::inRange(0, 3)];
    const auto check = [&](const auto& unit) {
      for (int i = 0; i < 4; ++i) {
        const double a = between(0.0, 1.0);
        const double V = between(-1.5, 1.5) * p.optimal_fiber_length * p.max_contraction_velocity;
        const double L = p.tendon_slack_length * between(0.9, 1.1) + p.optimal_fiber_length * between(0.0, 1.9);
        const Instant steady = unit.static_equilibrium(a, L, V);
        expect_honest(unit, steady, a, L);
        if (steady.status == Status::no_equilibrium && steady.reason != Reason::slack) {
          expect_no_equilibrium(unit, a, L, V);
        }
        const double l = between(0.0, 2.0);
        const Instant moving = unit.instant(a, l, L, V);
        expect_honest(unit, moving, a, L);
        RC_ASSERT(p.damping == 0.0 || moving.reason != Reason::no_velocity);
        ++count[steady.reason];
        ++count[moving.reason];
      }
    };
    for (const Tendon tendon : {Tendon::elastic, Tendon::rigid}) std::visit(check, make_muscle(type, p, tendon));
  });
  EXPECT_TRUE(holds);
  EXPECT_GT(count[Reason::none], 200);
  EXPECT_EQ(count[Reason::not_converged], 0);
  for (const Reason reason : {Reason::slack, Reason::fiber_pushes, Reason::fiber_too_short, Reason::no_velocity}) {
    EXPECT_GT(count[reason], 1) << to_string(reason);
  }
}

}  // namespace
}  // namespace psoas::muscle
