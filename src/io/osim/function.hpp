#pragma once

#include "io/osim/reader.hpp"
#include "psoas/core/function.hpp"

namespace psoas::io::osim {

/// The function that a property holds: `<tag><SimmSpline>..` or `<SimmSpline name="tag">`; empty where there is none.
pugi::xml_node function_element(pugi::xml_node node, const char* tag);

/// A function as psoas evaluates it. One that it does not know, or whose numbers are wrong, is a fault.
Function function_of(pugi::xml_node element, Reader& reader);

}  // namespace psoas::io::osim
