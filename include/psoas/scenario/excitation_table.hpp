#pragma once

#include <string>
#include <vector>

#include "psoas/core/types.hpp"

namespace psoas {

/// Excitations as they were recorded or written by another program: a column a muscle, group, or `excitation` for all.
/// Straight lines between rows; two rows at one time are a switch.
struct ExcitationTable {
  std::string where;               ///< file, for messages
  std::vector<double> time;        ///< never falling  [s]  (n_rows)
  std::vector<std::string> names;  ///< of the columns
  MatX value;                      ///< [-], 0 to 1  (n_columns, n_rows)
};

}  // namespace psoas
