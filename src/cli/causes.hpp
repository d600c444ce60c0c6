#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "psoas/analysis/outcome.hpp"

namespace psoas::cli {

/// What one structure adds to a load at its peak, both sides together.
struct CauseShare {
  std::string name;  ///< "psoas", "weight above", "support at foot_r"
  double value = 0.0;
};

/// All causes of a load at its peak, largest magnitude first; their values add up to the load. Empty when the ledger
/// does not hold the load.
std::vector<CauseShare> causes_at_peak(const Outcome& outcome, std::string_view load);

/// Part of psoas major of both sides in the peak of a load, NaN where the ledger does not hold it.
double psoas_share(const Outcome& outcome, std::string_view load);

}  // namespace psoas::cli
