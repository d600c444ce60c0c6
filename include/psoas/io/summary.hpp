#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "psoas/analysis/outcome.hpp"

namespace psoas::io {

/// One quantity of a summary. Numbers that do not exist are NaN.
struct SummaryLeaf {
  std::string name;                                    ///< channel: "spine.L4_L5.compression_N"
  std::string unit;                                    ///< N, Nm, BW; "-" for activation and fibre length
  Peak peak;                                           ///< value of largest magnitude, with its sign
  double mean = not_a_number;                          ///< over the solved frames
  std::optional<std::pair<double, double>> band;       ///< least and greatest near-optimal value at the peak
  double ratio_to_standing = not_a_number;             ///< peak over the peak of the reference posture
  std::vector<std::pair<std::string, double>> phases;  ///< mean over the solved frames of each phase
};

/// Every channel of an outcome, in its order.
std::vector<SummaryLeaf> summarize(const Outcome& outcome);

/// summary.json, schema 1 (docs/schema/summary.schema.json): all answers of a motion; NaN becomes null.
std::string summary_json(const Outcome& outcome);

/// summary.csv: one row a quantity; NaN becomes an empty cell.
std::string summary_csv(const Outcome& outcome);

}  // namespace psoas::io
