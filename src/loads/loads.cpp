// Bodies that every user of the library shares; see psoas/core/compiled.hpp.
#include "psoas/loads/impl/loads.hpp"
#include "psoas/loads/impl/ledger.hpp"
