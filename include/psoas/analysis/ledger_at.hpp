#pragma once

#include <vector>

#include "psoas/analysis/outcome.hpp"

namespace psoas {

/// The ledger of every load in one frame of an outcome, from the forces that were found: what Outcome::ledger holds at
/// the peaks alone. Nothing is solved again. Empty where the frame failed.
///
/// @param frame  index from 0
/// @throws Error for a frame that does not exist, or an outcome without a skeleton
std::vector<LedgerEntry> ledger_at(const Outcome& outcome, int frame);

}  // namespace psoas
