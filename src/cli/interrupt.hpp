#pragma once

#include <atomic>

namespace psoas::cli {

/// From now on SIGINT and SIGTERM ask for an end between two frames instead of ending the program at once.
/// @return becomes true when one arrives
const std::atomic<bool>& watch_interrupts();

}  // namespace psoas::cli
