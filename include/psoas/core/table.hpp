#pragma once

#include <string>
#include <vector>

#include "psoas/core/types.hpp"

namespace psoas {

/// Numbers by time (down) and channel (across), stored row by row.
using RowMatX = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;

/// Named columns over time, in the units of where they came from.
struct Table {
  std::string name;
  bool in_degrees = false;          ///< columns that are rotational coordinates, or their rates, are in degrees
  std::vector<std::string> labels;  ///< of the columns, without `time`  (n_channels)
  std::vector<double> time;         ///< strictly increasing  [s]  (n_rows)
  RowMatX values;                   ///< finite  (n_rows, n_channels)
};

}  // namespace psoas
