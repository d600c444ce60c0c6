#pragma once

#include <string>

#include "psoas/scenario/simulation.hpp"

/// How long a simulation may last and how finely it may be told: everything that it computes must fit into memory.
namespace psoas::simulation {

inline constexpr double most_bench_outputs = 1e6;  ///< of a muscle on its bench
inline constexpr double most_limb_outputs = 1e5;   ///< of a body
inline constexpr double most_steps = 1e7;
inline constexpr double longest_step = 0.1;                              ///< of the implicit method  [s]
inline constexpr double least_tolerance = 1e-14, most_tolerance = 1e-2;  ///< of the bench

/// A number in a message: six digits at most.
std::string short_text(double number);

/// Where an expression stands; where the simulation stands, for one that was not given.
std::string place_of(const Expression& expression, const Simulation& s);

/// @throws SpecError unless duration and output step are above 0 s and ask for no more outputs than that
void require_times(const Simulation& s, double duration, double output_step, double most_outputs);

/// @throws SpecError unless the step is above 0 s, at most longest_step, and no more than most_steps of them are needed
void require_step(const Simulation& s, double duration, double step);

/// @throws SpecError unless the tolerance is one that the bench can keep
void require_tolerance(const Simulation& s, double tolerance);

}  // namespace psoas::simulation
