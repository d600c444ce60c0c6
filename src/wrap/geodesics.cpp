// Bodies that every user of the library shares; see psoas/core/compiled.hpp.
#include "psoas/wrap/impl/ellipsoid.hpp"
#include "psoas/wrap/impl/torus.hpp"
