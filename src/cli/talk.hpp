#pragma once

#include <string>

/// Talk goes to standard error, data to standard output.
namespace psoas::cli {

enum class LogLevel { off, error, warn, info, debug };

void set_log_level(LogLevel level);

/// `psoas: text` on standard error, where the level is wanted. Line breaks start a new `psoas: ` line.
void say(LogLevel level, const std::string& text);

/// Data on standard output. @throws Failure when it cannot be written
void print(const std::string& text);

/// @throws Failure when something that was printed did not arrive
void finish_output();

/// True when standard output takes colours: a terminal, and no NO_COLOR.
bool colors_wanted();

}  // namespace psoas::cli
