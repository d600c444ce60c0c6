#pragma once

#include <string_view>

#include "psoas/core/status.hpp"
#include "psoas/core/types.hpp"
#include "psoas/muscle/parameters.hpp"

/// What a muscle-tendon unit does at one instant, or why it cannot.
namespace psoas::muscle {

/// How the tendon is taken.
enum class Tendon {
  automatic,  ///< rigid where the slack length is below the optimal fibre length, elastic otherwise
  rigid,      ///< keeps its slack length
  elastic     ///< stretches by the tendon curve; a tendon of length 0 is rigid all the same
};

/// Name, as files and messages write it.
constexpr std::string_view to_string(Tendon tendon) {
  switch (tendon) {
    case Tendon::automatic: return "automatic";
    case Tendon::rigid: return "rigid";
    case Tendon::elastic: return "elastic";
  }
  return "unknown";
}

/// What the wish comes to for one muscle: rigid or elastic, never automatic.
/// @note  A short tendon hardly changes the fibre's length but makes its dynamics very stiff.
constexpr Tendon tendon_for(Tendon wish, const MuscleParameters& p) {
  if (wish == Tendon::rigid || !(p.tendon_slack_length > 0.0)) return Tendon::rigid;
  if (wish == Tendon::automatic && p.tendon_slack_length < p.optimal_fiber_length) return Tendon::rigid;
  return Tendon::elastic;
}

/// The shortest fibre along its tendon, over optimal length. A path that leaves less than that to the fibre of an
/// elastic tendon pulls nothing in motion: so close to lying across, a pennate fibre would turn infinitely fast.
inline constexpr double shortest_along_tendon = 0.01;

/// Why an instant is what it is.
enum class Reason {
  none,                  ///< nothing to report
  not_finite,            ///< an input or a result is no finite number
  slack,                 ///< the path is no longer than the unstretched tendon
  fiber_pushes,          ///< the fibre pushes: no tendon of flesh carries that
  tendon_overstretched,  ///< the fibre pulls with more than five times its maximal force at every tendon length
  fiber_too_short,       ///< the fibre is no longer than the muscle is thick: its pennation has no cosine
  no_velocity,           ///< without damping no velocity balances the tendon's force
  not_converged          ///< the iteration limit was reached
};

/// The reason in words, to follow the name of the muscle.
constexpr std::string_view to_string(Reason reason) {
  switch (reason) {
    case Reason::none: return "in equilibrium";
    case Reason::not_finite: return "a length, speed, activation or force is no finite number";
    case Reason::slack: return "slack: the path is no longer than the unstretched tendon";
    case Reason::fiber_pushes: return "the fibre pushes: at slack length nothing holds the tendon taut";
    case Reason::tendon_overstretched:
      return "at every tendon length the fibre pulls with more than 5 times its maximum";
    case Reason::fiber_too_short: return "the fibre is no longer than the muscle is thick";
    case Reason::no_velocity: return "no fibre velocity balances the tendon's force without damping";
    case Reason::not_converged: return "the iteration did not converge";
  }
  return "unknown";
}

/// A muscle-tendon unit at one instant. Unless the status is ok every number is NaN.
///
/// Power balance: path_power = active_power + dissipation + fiber_storing + tendon_storing (all given by the path to
/// the unit where positive; the active power of a shortening fibre is negative).
struct Instant {
  Status status = Status::not_computed;  ///< ok; no_equilibrium, not_finite, not_converged, named by the reason
  /// With a status ok it may be `slack`: the tendon hangs loose and pulls with exactly 0; or `fiber_pushes`: the law of
  /// the model gives a negative tendon force, which is reported as it is.
  Reason reason = Reason::none;

  double norm_fiber_length = not_a_number;       ///< l                                             [-]
  double cos_pennation = not_a_number;           ///< of the fibre to the tendon                    [-]
  double norm_fiber_velocity = not_a_number;     ///< v, 1 = maximal, lengthening positive          [-]
  double norm_fiber_length_rate = not_a_number;  ///< dl/dt                                         [1/s]
  double norm_tendon_length = not_a_number;      ///< lT; 1 where rigid                             [-]
  double norm_tendon_force = not_a_number;       ///< fT                                            [-]
  double tendon_force = not_a_number;            ///< pull on the bones                             [N]

  double active_force = not_a_number;   ///< of the fibre along itself: F0 a fL fV                    [N]
  double passive_force = not_a_number;  ///< F0 fP                                                    [N]
  double damping_force = not_a_number;  ///< F0 beta v                                                [N]

  double path_power = not_a_number;      ///< tendon force * lengthening speed of the path            [W]
  double active_power = not_a_number;    ///< active force * fibre speed; < 0: the muscle does work   [W]
  double dissipation = not_a_number;     ///< damping force * fibre speed, never negative             [W]
  double fiber_storing = not_a_number;   ///< rate of fiber_energy                                    [W]
  double tendon_storing = not_a_number;  ///< rate of tendon_energy                                   [W]
  double fiber_energy = not_a_number;    ///< stored in the passive fibre                             [J]
  double tendon_energy = not_a_number;   ///< stored in the tendon                                    [J]
};

}  // namespace psoas::muscle
