#pragma once

#include <array>
#include <concepts>
#include <utility>

#include "psoas/core/status.hpp"
#include "psoas/muscle/equilibrium.hpp"

/// One muscle in time: activation and contraction dynamics as a right-hand side for Boost.Odeint or any other stepper.
namespace psoas::muscle {

/// Length of a muscle's path and its rate.
struct PathLength {
  double length;  ///< [m]
  double rate;    ///< lengthening positive [m/s]
};

/// Activation [-] and normalised fibre length [-].
using ContractionState = std::array<double, 2>;

/// The muscle of given parameters under an excitation, along a prescribed path.
///
///   da/dt = activation_rate(excitation(t), a)
///   dl/dt = maximal velocity * v,    fT = cos (a fL fV(v) + fP + damping v)
///
/// @tparam Excitation     t [s] -> excitation [-]
/// @tparam LengthAndRate  t [s] -> {length [m], rate [m/s]}: a PathLength, a std::array or a std::pair
/// @note  Where no velocity balances the forces the rate of l is NaN, which forward/odeint.hpp turns into a status;
///        instant() names the reason.
/// @note  With a rigid tendon the path gives the fibre's length; the second state integrates its rate and is not read.
template <class Excitation, class LengthAndRate, FiberCurves Curves = DeGrooteFregly2016>
class Contraction {
 public:
  using State = ContractionState;

  Contraction(const MuscleParameters& p, Excitation excitation, LengthAndRate path, Tendon tendon = Tendon::automatic)
      : Contraction(MuscleTendonUnit<Curves>(p, tendon), std::move(excitation), std::move(path)) {}
  Contraction(MuscleTendonUnit<Curves> muscle, Excitation excitation, LengthAndRate path)
      : muscle_(std::move(muscle)), excitation_(std::move(excitation)), path_(std::move(path)) {}

  /// The rate of the state at a time [1/s].
  void operator()(const State& x, State& rate, double t) const {
    const auto [length, speed] = path_(t);
    rate[0] = muscle_.curves().activation_rate(static_cast<double>(excitation_(t)), x[0]);
    rate[1] = muscle_.parameters().max_contraction_velocity * muscle_.fiber_velocity(x[0], x[1], length, speed).value;
  }

  /// A state to start from: the tendon force is steady along the path at time t.
  struct Start {
    State state;    ///< NaN unless the status is ok
    Status status;  ///< as static_equilibrium() gives it
  };
  [[nodiscard]] Start equilibrium(double activation, double t) const {
    const auto [length, speed] = path_(t);
    const Instant start = muscle_.static_equilibrium(activation, length, speed);
    const bool found = usable(start.status);
    return {{found ? activation : not_a_number, start.norm_fiber_length}, start.status};
  }

  /// Forces, powers and energies in a state at a time.
  [[nodiscard]] Instant instant(const State& x, double t) const {
    const auto [length, speed] = path_(t);
    return muscle_.instant(x[0], x[1], length, speed);
  }

  const MuscleTendonUnit<Curves>& muscle() const { return muscle_; }

 private:
  MuscleTendonUnit<Curves> muscle_;
  Excitation excitation_;
  LengthAndRate path_;
};

template <class Excitation, class LengthAndRate>
Contraction(const MuscleParameters&, Excitation, LengthAndRate, Tendon = Tendon::automatic)
    -> Contraction<Excitation, LengthAndRate, DeGrooteFregly2016>;

}  // namespace psoas::muscle
