#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "psoas/analysis/outcome.hpp"
#include "psoas/core/table.hpp"

namespace psoas::io {

/// The text of a `.sto` or `.mot` file as OpenSim's tools print it. White space and commas in labels become
/// underscores; a name that a reader would take for a key of the header gets one in front.
/// @throws Error for values or times that are not finite, times that do not increase, labels that are empty or not
///         unique
std::string sto_text(const Table& table);

/// Writes sto_text() to a file that appears whole or not at all: it is written beside and renamed. A file of that name
/// is replaced.
/// @throws Error as sto_text(), OutputError when the file cannot be written
void write_motion(const Table& table, const std::filesystem::path& path);

/// A table of a result folder: `<outcome name>_<suffix>.sto`.
struct ResultTable {
  std::string suffix;  ///< "Kinematics_q"
  Table table;
  std::vector<std::string> left_out;  ///< columns with a value that does not exist in some solved frame
};

/// In whose axes the loads of joints are written.
enum class ReactionFrame { child, ground, both };

/// The tables of a result: coordinates, inverse dynamics, activations, forces, loads of joints and lumbar levels,
/// supports. Frames that failed are left out.
std::vector<ResultTable> result_tables(const Outcome& outcome, ReactionFrame frame = ReactionFrame::child);

}  // namespace psoas::io
