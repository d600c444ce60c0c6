#pragma once

#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "psoas/core/error.hpp"
#include "psoas/core/types.hpp"
#include "psoas/mechanics/strengths.hpp"
#include "psoas/model/model.hpp"
#include "psoas/muscle/activation.hpp"
#include "psoas/muscle/de_groote_fregly_curves.hpp"
#include "psoas/muscle/instant.hpp"
#include "psoas/muscle/parameters.hpp"
#include "psoas/muscle/rigid_tendon.hpp"

/// Time integration: muscle sets along a motion, limbs that move freely, small systems on Boost.Odeint.
namespace psoas::forward {

using muscle::shortest_along_tendon;

/// Constants of many De Groote-Fregly muscles, one entry a muscle in every column (structure of arrays).
struct MuscleSet {
  VecX max_isometric_force;                                      ///< [N]
  VecX optimal_fiber_length, tendon_slack_length;                ///< [m]
  VecX norm_thickness;                                           ///< sine of the pennation at optimal length  [-]
  VecX max_contraction_velocity;                                 ///< [optimal lengths / s]
  VecX per_active_width, damping;                                ///< [-]
  VecX passive_rate, passive_gain, passive_zero, passive_start;  ///< PassiveCurve  [-]
  VecX tendon_rate;                                              ///< kT of the tendon curve  [-]
  VecX rise_time, fall_time;                                     ///< of activation  [s]
  VecX minimum_activation;                                       ///< a lower excitation acts like this one  [-]
  std::vector<char> elastic;                                     ///< 0: the tendon is rigid

  Eigen::Index size() const { return max_isometric_force.size(); }

  MuscleSet() = default;

  /// @throws Error naming the first muscle with faulty parameters
  MuscleSet(std::span<const muscle::MuscleParameters> muscles, muscle::Tendon tendon) {
    const auto n = static_cast<Eigen::Index>(muscles.size());
    for (VecX* column : {&max_isometric_force, &optimal_fiber_length, &tendon_slack_length, &norm_thickness,
                         &max_contraction_velocity, &per_active_width, &damping, &passive_rate, &passive_gain,
                         &passive_zero, &passive_start, &tendon_rate, &rise_time, &fall_time, &minimum_activation}) {
      column->resize(n);
    }
    for (Eigen::Index i = 0; i < n; ++i) {
      const muscle::MuscleParameters p =
          resolved(muscles[static_cast<std::size_t>(i)], muscle::MuscleType::DeGrooteFregly2016);
      const std::vector<std::string> faults = faults_in(p);
      if (!faults.empty()) throw Error("muscle " + std::to_string(i) + ": " + faults.front());
      const muscle::PassiveCurve passive = muscle::passive_curve(p.passive_fiber_strain, p.passive_offset);
      max_isometric_force(i) = p.max_isometric_force;
      optimal_fiber_length(i) = p.optimal_fiber_length;
      tendon_slack_length(i) = p.tendon_slack_length;
      norm_thickness(i) = std::sin(p.pennation_at_optimal);
      max_contraction_velocity(i) = p.max_contraction_velocity;
      per_active_width(i) = 1.0 / p.active_width;
      damping(i) = p.damping;
      passive_rate(i) = passive.rate, passive_gain(i) = passive.gain;
      passive_zero(i) = passive.zero, passive_start(i) = passive.start;
      tendon_rate(i) = muscle::tendon_curve(p.tendon_strain).rate;
      rise_time(i) = p.rise_time, fall_time(i) = p.fall_time;
      minimum_activation(i) = p.minimum_activation;
      elastic.push_back(muscle::tendon_for(tendon, p) == muscle::Tendon::elastic ? 1 : 0);
    }
  }

  bool is_elastic_at(Eigen::Index i) const { return elastic[static_cast<std::size_t>(i)] != 0; }

  muscle::ActivationParameters activation(Eigen::Index i) const {
    return {.rise_time = rise_time(i), .fall_time = fall_time(i)};
  }

  muscle::PassiveCurve passive(Eigen::Index i) const {
    return {passive_rate(i), passive_gain(i), passive_zero(i), passive_start(i)};
  }

  /// Fibre length over optimal that a path leaves to a muscle whose tendon does not stretch.
  double rigid_fiber(Eigen::Index i, double path_length) const {
    const double along = (path_length - tendon_slack_length(i)) / optimal_fiber_length(i);
    return std::hypot(std::fmax(along, 0.0), norm_thickness(i));
  }

  /// The path leaves the fibre no room: it pulls nothing.
  bool slack(Eigen::Index i, double path_length) const {
    return path_length <= tendon_slack_length(i) + shortest_along_tendon * optimal_fiber_length(i);
  }

  /// The shortest fibre, over optimal length: the one of a slack muscle.
  double shortest(Eigen::Index i) const { return std::hypot(norm_thickness(i), shortest_along_tendon); }
};

/// Parameters of chosen strands of a model. @param damping  NaN: the muscles' own (resolved())
inline std::vector<muscle::MuscleParameters> muscle_parameters(const Model& model, std::span<const int> strands,
                                                               double damping = not_a_number) {
  std::vector<muscle::MuscleParameters> out;
  out.reserve(strands.size());
  for (const int s : strands) {
    out.push_back(strand_parameters(model, s));
    out.back().damping = damping;
  }
  return out;
}

/// Tendon force of an elastic muscle, from path and fibre [N]; 0 where slack.
inline double tendon_force(const MuscleSet& m, Eigen::Index i, double path_length, double fiber_length) {
  if (m.slack(i, path_length)) return 0.0;
  const double h = m.norm_thickness(i);
  const double along = m.optimal_fiber_length(i) * std::sqrt(fiber_length * fiber_length - h * h);
  const muscle::TendonCurve curve{0.2, 1.0, 0.2, m.tendon_rate(i)};
  return m.max_isometric_force(i) * muscle::tendon_force(curve, (path_length - along) / m.tendon_slack_length(i)).value;
}

/// Elastic force of the fibre alone, along the tendon [N].
inline double passive_fiber_force(const MuscleSet& m, Eigen::Index i, double fiber_length) {
  const double h = m.norm_thickness(i);
  const double cosine = std::sqrt(std::fmax(fiber_length * fiber_length - h * h, 0.0)) / fiber_length;
  return m.max_isometric_force(i) * cosine * muscle::passive_force_length(m.passive(i), fiber_length).value;
}

/// Force of a rigid-tendon muscle at an activation as its law has it [N]; below 0 where a fibre that shortens fast
/// would push by its damping.
inline double rigid_law(const MuscleSet& m, Eigen::Index i, double path_length, double speed, double activation) {
  const muscle::RigidTendon rigid{.max_isometric_force = m.max_isometric_force(i),
                                  .per_optimal_fiber_length = 1.0 / m.optimal_fiber_length(i),
                                  .tendon_slack_length = m.tendon_slack_length(i),
                                  .norm_thickness = m.norm_thickness(i),
                                  .per_max_velocity = 1.0 / (m.max_contraction_velocity(i) * m.optimal_fiber_length(i)),
                                  .active_width = 1.0 / m.per_active_width(i),
                                  .damping = m.damping(i),
                                  .passive = m.passive(i)};
  const auto force = muscle::rigid_tendon_force(rigid, path_length, speed);
  return force.passive + activation * force.active;
}

/// Pull of a rigid-tendon muscle on the bones [N], never below 0: a muscle whose fibre would push hangs slack.
inline double rigid_force(const MuscleSet& m, Eigen::Index i, double path_length, double speed, double activation) {
  const double force = rigid_law(m, i, path_length, speed, activation);
  return force < 0.0 ? 0.0 : force;  // what is no number stays none
}

}  // namespace psoas::forward
