#pragma once

#include <string>
#include <vector>

namespace psoas {

/// What a foreign file became, and what had to be assumed or was dropped on the way, one sentence each.
template <class T>
struct Imported {
  T value;
  std::vector<std::string> notes;
};

}  // namespace psoas
