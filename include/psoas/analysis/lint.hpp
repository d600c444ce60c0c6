#pragma once

#include <string>
#include <vector>

#include "psoas/model/model.hpp"

namespace psoas {

/// How much a finding matters.
enum class Severity {
  note,     ///< worth knowing
  warning,  ///< moves answers, or may
  error     ///< answers that depend on it are wrong
};

/// `note`, `warning` or `error`.
std::string_view to_string(Severity severity);

/// Something about a model that a user should know before believing its answers.
struct Finding {
  std::string rule;  ///< short name of the rule, e.g. "path_jump"
  Severity severity = Severity::note;
  std::string place;            ///< muscle, body or coordinate
  double value = not_a_number;  ///< in the unit that the message says
  std::string message;          ///< what is the case and why it matters
};

/// Looks for faults in a model that compiles: its parameters, its two sides, and every path over the range of every
/// coordinate it crosses (others at their defaults). Arms are those about turns.
///
/// | rule                | finds                                                                     | severity |
/// |---------------------|---------------------------------------------------------------------------|----------|
/// | path_jump           | a length that jumps while one coordinate moves                             | error    |
/// | arm_jump            | a moment arm that jumps where the length does not                          | warning  |
/// | arm_sign            | a moment arm that changes from one side of a joint to the other            | note     |
/// | fiber_range         | fibres beyond 1.6 or below 0.4 of optimal, rigid tendon                    | warning  |
/// | conditional_point   | a point that comes and goes                                                | note     |
/// | counted_twice       | a lumped muscle beside strands of the same muscle                          | error    |
/// | optimal_fiber       | an optimal fibre outside 2 standard deviations of Ward 2009, or of 1-60 cm | warning  |
/// | strength            | psoas outside 46-122 N/cm2 of 14.63 cm2                                    | warning  |
/// | left_right          | sides that differ by more than 1 %                                         | warning  |
/// | inertia             | a mass without inertia, or a radius of gyration outside 1 mm to 0.6 m      | warning  |
/// | range               | a coordinate without a range                                               | note     |
///
/// @return  in order: by severity, then as found
/// @source  Ward et al. 2009, Clin Orthop Relat Res 467:1074-1082 (fibre lengths); specific tension 46-122 N/cm2: the
///          spread used throughout for psoas
std::vector<Finding> lint(const Model& model);

}  // namespace psoas
