#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "psoas/analysis/outcome.hpp"

namespace psoas::io {

/// Takes the next piece of a text.
using TextSink = std::function<void(std::string_view)>;

/// ledger.csv: `load,at,time_s,cause,part,value,unit`. Rows with `at` = `peak` stand at the load's peak; where the
/// outcome holds the ledger of every frame, the rows of each frame follow, with `at` = index of the frame from 0.
/// Rows with cause `total` and `sum` repeat what the others add up to.
void ledger_csv(const Outcome& outcome, const TextSink& sink);

/// The same as one text.
std::string ledger_csv(const Outcome& outcome);

}  // namespace psoas::io
