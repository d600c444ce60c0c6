#pragma once

#include <string_view>

namespace psoas {

/// How a computation ended. Anything but `ok` leaves NaN where numbers would stand, unless stated otherwise.
enum class Status {
  ok,              ///< every stated tolerance was met
  reserve,         ///< solved, but reserves carried more than the gate allows: loads are lower bounds
  not_converged,   ///< the iteration limit was reached before the tolerance was met
  no_equilibrium,  ///< no root exists in the allowed range
  infeasible,      ///< the constraints contradict each other
  not_finite,      ///< an input or a result was not finite
  not_computed     ///< nothing was computed yet
};

/// True when the numbers that come with the status may be used.
constexpr bool usable(Status status) { return status == Status::ok || status == Status::reserve; }

/// Name of the status, as files and messages write it.
constexpr std::string_view to_string(Status status) {
  switch (status) {
    case Status::ok: return "ok";
    case Status::reserve: return "reserve";
    case Status::not_converged: return "not_converged";
    case Status::no_equilibrium: return "no_equilibrium";
    case Status::infeasible: return "infeasible";
    case Status::not_finite: return "not_finite";
    case Status::not_computed: return "not_computed";
  }
  return "unknown";
}

}  // namespace psoas
