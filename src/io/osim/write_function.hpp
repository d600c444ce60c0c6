#pragma once

#include <pugixml.hpp>

#include "psoas/core/function.hpp"

namespace psoas::io::osim {

/// Adds `<tag>` with the function in it. All kinds have an exact counterpart: a natural cubic spline becomes the
/// SimmSpline through its knots and two more in its first and its last piece. That spline takes the third derivative at
/// an end from the four knots nearest to it; where one cubic holds all four it is that cubic's own, and the curve the
/// same.
void write_function(pugi::xml_node parent, const char* tag, const Function& function);

}  // namespace psoas::io::osim
