// Bodies that every user of the library shares; see psoas/core/compiled.hpp.
#include "psoas/model/impl/retarget.hpp"
