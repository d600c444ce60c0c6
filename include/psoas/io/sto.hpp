#pragma once

#include <string>
#include <vector>

#include "psoas/analysis/outcome.hpp"
#include "psoas/core/types.hpp"

namespace psoas::io {

/// A table of OpenSim's Storage format.
struct StoTable {
  std::string title;                ///< first line
  bool in_degrees = false;          ///< rotational coordinates are in degrees
  std::vector<std::string> labels;  ///< without `time`
  std::vector<double> time;         ///< strictly increasing  [s]
  MatX values;                      ///< (rows, labels), finite
};

/// The text of a `.sto` file as OpenSim's tools print it. White space and commas in labels become underscores.
/// @throws Error for values that are not finite, times that do not increase, labels that are not unique
std::string sto_text(const StoTable& table);

/// A table of a result folder: `<outcome name>_<suffix>.sto`.
struct ResultTable {
  std::string suffix;  ///< "Kinematics_q"
  StoTable table;
  std::vector<std::string> left_out;  ///< columns with a value that does not exist in some solved frame
};

/// The tables of a result: coordinates, inverse dynamics, activations, forces, hip and lumbar loads, supports. Frames
/// that failed are left out.
std::vector<ResultTable> result_tables(const Outcome& outcome);

}  // namespace psoas::io
