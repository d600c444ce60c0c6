#pragma once

#include <vector>

#include "psoas/core/error.hpp"
#include "psoas/model/spec.hpp"

namespace psoas {

/// Every fault of a description: unknown references, values out of their domain, broken trees. Empty: it compiles.
std::vector<Fault> faults_in(const ModelSpec& spec);

}  // namespace psoas

#ifndef PSOAS_COMPILED
#include "psoas/model/impl/check.hpp"
#endif
