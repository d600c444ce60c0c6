#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "psoas/core/imported.hpp"
#include "psoas/core/table.hpp"

namespace psoas::io {

/// Reads a table of OpenSim or SIMM, `.mot` or `.sto`: coordinates, ground reactions, anything over time.
///
/// Liberal about the header: a version of 1 to 3 or none, `key=value` or `key value`, the keys of SIMM, blank lines
/// above the names of the columns, tabs at the ends of lines, CR LF. Strict about numbers: a row has one for each
/// column, finite, and time increases. Angles are in degrees where `inDegrees` says so; without it they are in radians,
/// but in degrees in a `.mot` without a version, or where a file without a version says `Angles are in degrees.`: so
/// does OpenSim 4.6. The rows that are there count, not the number that the header gives.
///
/// @return  the table as it stands in the file; the notes say what was assumed, corrected or not used
/// @throws SpecError with every fault (the first thousand) at `file:line:column`
/// @throws Error when there is no such file, or it is larger than 256 MiB
/// @source  OpenSim 4.6, Storage.cpp and STOFileAdapter
Imported<Table> read_motion(const std::filesystem::path& path);

/// The same from a text; the ending of its name (`.mot`, `.sto`) counts as that of a file.
Imported<Table> read_motion_text(std::string_view text, const std::string& name);

}  // namespace psoas::io
