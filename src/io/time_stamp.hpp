#pragma once

#include <chrono>
#include <ctime>
#include <string>

namespace psoas::io {

/// The present time as ISO 8601 has it, in UTC.
inline std::string time_stamp() {
  const std::time_t time = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm utc{};
  gmtime_r(&time, &utc);
  char text[32];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc)};
}

}  // namespace psoas::io
