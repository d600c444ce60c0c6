#pragma once

#include <string>
#include <string_view>

#include "io/toml/value.hpp"

namespace psoas::io::toml {

/// The root table of a TOML text.
///
/// Before parsing, texts that are no text, are too deep (24 brackets in each other, keys of 24 parts) or have more
/// than a million values are refused, so that no file can exhaust the stack or the memory.
///
/// @param file  name of the file for messages
/// @throws SpecError with one fault: the first that keeps the text from being read, or that it is empty
Value parse(std::string_view text, const std::string& file);

}  // namespace psoas::io::toml
