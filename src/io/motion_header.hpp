#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/faults.hpp"

namespace psoas::io {

/// What stands above `endheader` in a .sto or .mot file.
struct MotionHeader {
  std::string name;                   ///< free text of the first line, or what follows `name`
  std::optional<long> version;        ///< absent in files of SIMM and of old OpenSim
  std::optional<long> rows, columns;  ///< as the file says, which may be wrong
  std::optional<bool> in_degrees;     ///< the flag, or the sentence `Angles are in ...` of files without a version
  int rows_line = 1, columns_line = 1;
  std::size_t end = 0;  ///< first byte of the line below `endheader`
  int lines = 0;        ///< up to and with `endheader`
};

/// Reads a header: `key=value` or `key value`, blanks and tabs anywhere about them, text that is neither.
/// @param notes  takes a sentence for everything that is not used
/// @return       nothing when there is no `endheader` or the columns are not plain numbers: there is no sense in
///               looking further
std::optional<MotionHeader> read_motion_header(std::string_view text, Faults& faults, std::vector<std::string>& notes);

}  // namespace psoas::io
