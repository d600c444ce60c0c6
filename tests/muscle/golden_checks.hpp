#pragma once

#include <gtest/gtest.h>

#include <string>

#include "muscle/golden.hpp"

/// What psoas and OpenSim 4.6 must agree on. Each check returns how many rows it compared.
namespace psoas::muscle::golden {

/// Curves: value and slope within 1e-10 (the file has 12 digits).
inline int check_millard_curves(const std::string& folder) {
  int count = 0;
  const Millard2012 gait2392, rajagopal({}, rajagopal_shape());
  for (const Row& row : rows_of(folder + "/millard_curves.csv")) {
    const Millard2012& curves = row.text("muscle").rfind("gait2392", 0) == 0 ? gait2392 : rajagopal;
    const std::string& curve = row.text("curve");
    const double x = row["x"];
    const ValueSlope<double> y = curve == "active_force_length"    ? curves.active_force_length(x)
                                 : curve == "force_velocity"       ? curves.force_velocity(x, 1.0)
                                 : curve == "passive_force_length" ? curves.passive_force_length(x)
                                                                   : curves.tendon_force(x);
    EXPECT_NEAR(y.value, row["value"], 1e-10) << curve << " at " << x;
    EXPECT_NEAR(y.slope, row["derivative"], 1e-10) << curve << " at " << x;
    ++count;
  }
  return count;
}

inline int check_de_groote_fregly_curves(const std::string& folder) {
  int count = 0;
  const DeGrooteFregly2016 curves;
  for (const Row& row : rows_of(folder + "/dgf_curves.csv")) {
    const std::string& curve = row.text("curve");
    const double x = row["x"];
    const ValueSlope<double> y = curve == "active_force_length"      ? curves.active_force_length(x)
                                 : curve == "force_velocity"         ? curves.force_velocity(x, 1.0)
                                 : curve == "force_velocity_inverse" ? curves.inverse_force_velocity(x, 1.0)
                                 : curve == "passive_force_length"   ? curves.passive_force_length(x)
                                 : curve == "tendon_force_length"    ? curves.tendon_force(x)
                                                                     : curves.inverse_tendon_force(x);
    EXPECT_NEAR(y.value, row["value"], 1e-10) << curve << " at " << x;
    const double slope = row["derivative"];  // not given for all of them
    if (std::isfinite(slope)) {
      EXPECT_NEAR(y.slope, slope, 1e-10 * std::fmax(1.0, slope)) << curve << " at " << x;
    }
    ++count;
  }
  return count;
}

/// Lengths, velocities and forces (in units of the greatest isometric force) within a tolerance.
/// @param whole_fiber  false: the row's passive force and fibre force are not of the same muscle, see check_states()
inline void expect_same(const Instant& ours, const Row& row, double F0, bool whole_fiber, double tolerance) {
  const std::string at = row.text("case") + ' ' + row.text("muscle") + ' ' + row.text("mode") + " a " +
                         row.text("activation") + " L " + row.text("mtu_length") + " V " + row.text("mtu_speed");
  ASSERT_EQ(ours.status, Status::ok) << at << ": " << to_string(ours.reason);
  EXPECT_NEAR(ours.norm_fiber_length, row["norm_fiber_length"], tolerance) << at;
  EXPECT_NEAR(ours.cos_pennation, row["cos_pennation"], tolerance) << at;
  EXPECT_NEAR(ours.norm_fiber_velocity, row["norm_fiber_velocity"], tolerance) << at;
  EXPECT_NEAR(ours.active_force / F0, row["active_fiber_force"] / F0, tolerance) << at;
  // OpenSim's rigid Millard muscle does not let a fibre push: where it would, the damping is cut so that the force is 0
  const double along = ours.cos_pennation * (ours.active_force + ours.passive_force + ours.damping_force);
  if (along < 0.0 && row["fiber_force"] == 0.0) {
    EXPECT_EQ(row.text("mode"), "rigid") << at;
    EXPECT_EQ(row["tendon_force"], 0.0) << at;
    EXPECT_NEAR(row["passive_fiber_force"], -ours.active_force, tolerance * F0) << at;
    EXPECT_NEAR(ours.tendon_force, along, 1e-12 * F0) << at;
    return;
  }
  EXPECT_NEAR(ours.tendon_force / F0, row["tendon_force"] / F0, tolerance) << at;
  if (!whole_fiber) return;
  EXPECT_NEAR((ours.passive_force + ours.damping_force) / F0, row["passive_fiber_force"] / F0, tolerance) << at;
}

/// The rows of a case: rigid tendons, equilibria at rest, and given states off equilibrium.
inline std::map<std::string, int> check_states(const std::string& folder, const std::string& name) {
  std::map<std::string, int> count;
  const std::map<std::string, Described> muscles = muscles_of(folder);
  for (const Row& row : rows_of(folder + '/' + name + ".csv")) {
    Described described = muscles.at(name + '/' + row.text("muscle"));
    const std::string& mode = row.text("mode");
    // OpenSim's De Groote-Fregly leaves damping out of the velocity and adds it to the reported fibre force, which is
    // then not what the tendon pulls: its velocity is that of the muscle without damping
    const bool without_damping = name == "dgf" && mode == "given_state" && described.parameters.damping > 0.0;
    if (without_damping) described.parameters.damping = 0.0;
    const Tendon tendon = mode == "rigid" ? Tendon::rigid : Tendon::elastic;
    visit_muscle(name, described, tendon, [&](const auto& muscle) {
      const MuscleParameters& p = muscle.parameters();
      const double a = row["activation"], L = row["mtu_length"], V = row["mtu_speed"];
      double l = row["state"] / p.optimal_fiber_length;
      if (name == "dgf") {  // whose state is the tendon force
        const double lT = muscle.curves().inverse_tendon_force(row["state"]).value;
        l = std::hypot((L - p.tendon_slack_length * lT) / p.optimal_fiber_length, std::sin(p.pennation_at_optimal));
      }
      const Instant ours = mode == "equilibrium" ? muscle.static_equilibrium(a, L)
                           : mode == "rigid"     ? muscle.static_equilibrium(a, L, V)
                                                 : muscle.instant(a, l, L, V);
      expect_same(ours, row, p.max_isometric_force, !without_damping, mode == "rigid" ? 1e-9 : 1e-7);
      ++count[mode];
    });
  }
  return count;
}

/// The force that OpenSim's StaticOptimization multiplies by the activation, named as if it were along the tendon.
///
/// Thelen's is, and 0 where the fibre would push. De Groote-Fregly's lacks the cosine of the pennation. Millard's takes
/// the cosine of a mixture of units: thickness in metres over normalised fibre length. Our law is
/// F0 cos fL fV with the true cosine; each of OpenSim's numbers is made from it here as OpenSim makes it. Beyond 84 deg
/// of pennation OpenSim stops the fibre from turning, so those rows are no test of ours.
inline int check_inextensible_active_force(const std::string& folder) {
  int count = 0;
  const std::map<std::string, Described> muscles = muscles_of(folder);
  for (const Row& row : rows_of(folder + "/inextensible_active_force.csv")) {
    const std::string& name = row.text("case");
    visit_muscle(name, muscles.at(name + '/' + row.text("muscle")), Tendon::rigid, [&](const auto& muscle) {
      for (const double a : {1.0, 0.5}) {
        const Instant ours = muscle.static_equilibrium(a, row["mtu_length"], row["mtu_speed"]);
        const double theirs = row[a == 1.0 ? "force_at_full_activation" : "force_at_half_activation"];
        if (ours.cos_pennation < 0.1) continue;
        const MuscleParameters& p = muscle.parameters();
        const double metres = p.optimal_fiber_length * std::sin(p.pennation_at_optimal);
        const double factor = name == "thelen" ? ours.cos_pennation
                              : name == "dgf"  ? 1.0
                                               : std::sqrt(1.0 - std::pow(metres / ours.norm_fiber_length, 2));
        const double along = factor * ours.active_force;
        const double expected = name == "thelen" ? std::fmax(0.0, along) : along;
        EXPECT_NEAR(expected, theirs, 1e-9 * p.max_isometric_force)
            << name << ' ' << row.text("muscle") << " L " << row.text("mtu_length") << " V " << row.text("mtu_speed");
        ++count;
      }
    });
  }
  return count;
}

}  // namespace psoas::muscle::golden
