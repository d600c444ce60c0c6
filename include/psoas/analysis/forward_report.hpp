#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "psoas/core/status.hpp"
#include "psoas/core/types.hpp"

namespace psoas {

/// How a simulation went and what it was run for: `forward` of summary.json.
struct ForwardReport {
  Status status = Status::not_computed;
  std::string reason;          ///< one line where the status is not ok
  double duration = 0.0;       ///< that was simulated  [s]
  long steps = 0;              ///< of the implicit method
  long rhs_evaluations = 0;    ///< of the whole right-hand side
  long fiber_evaluations = 0;  ///< of the scalar equations inside implicit steps
  int elastic_tendons = 0, rigid_tendons = 0;
  std::string lowest_pull_at;  ///< the muscle whose tendon pulled least of all; `lowest_tendon_force_N` says how little
  std::optional<bool> settled;  ///< it came to rest before the end, where that was asked
  /// What was watched: `foot_height_m` -> `peak`, `time_s`, `onset_s`; the unit stands at the end of the name. NaN
  /// where there is none.
  std::map<std::string, std::map<std::string, double>> watched;
  /// Columns over the outcome's times that no other table shows.
  struct Signal {
    std::string name;
    VecX values;
  };
  std::vector<Signal> signals;
};

}  // namespace psoas
