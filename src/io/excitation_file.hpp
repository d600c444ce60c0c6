#pragma once

#include <filesystem>

#include "psoas/scenario/excitation_table.hpp"

namespace psoas::io {

/// Reads excitations from a table of numbers: first row names, first column `time`, separated by commas, tabs or
/// blanks. What stands above a line `endheader`, as in .sto files, is skipped.
/// @throws SpecError with the line of every fault, Error when there is no such file
ExcitationTable read_excitations(const std::filesystem::path& path);

}  // namespace psoas::io
