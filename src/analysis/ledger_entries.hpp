#pragma once

#include <cstddef>
#include <vector>

#include "psoas/analysis/frame.hpp"
#include "psoas/analysis/outcome.hpp"
#include "psoas/loads/ledger.hpp"

namespace psoas::detail {

/// Fills loads and ledger of a frame of an outcome from the forces that were found, without solving it again.
void replay_ledger(const Outcome& outcome, int frame, Workspace& w, Ledger& ledger);

/// Appends the parts of one load, its total, and the sums of the muscle groups.
/// @param load  index in Loads::loads
void add_ledger_entries(const Outcome& outcome, int frame, std::size_t load, const Loads& loads, const Ledger& ledger,
                        std::vector<LedgerEntry>& out);

}  // namespace psoas::detail
