#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "psoas/core/error.hpp"

namespace psoas {

/// Reading throws a SpecError with exactly these faults, in this order, as far as each text goes.
template <class Read>
void expect_faults(const Read& read, const std::string& text, const std::vector<std::string>& faults) {
  try {
    read(text);
    ADD_FAILURE() << text;
  } catch (const SpecError& error) {
    ASSERT_EQ(error.faults().size(), faults.size()) << error.what();
    for (std::size_t i = 0; i < faults.size(); ++i) {
      const std::string line = error.faults()[i].where + ": " + error.faults()[i].message;
      EXPECT_EQ(line.substr(0, faults[i].size()), faults[i]);
    }
  }
}

}  // namespace psoas
