#pragma once

#include "psoas/model/model.hpp"
#include "psoas/model/spec.hpp"

namespace psoas {

/// Turns a description into numbers: indices, tree order, sparse patterns. Words become numbers here, once.
/// @throws SpecError with every fault of the description
Model compile(const ModelSpec& spec);

}  // namespace psoas

#ifndef PSOAS_COMPILED
#include "psoas/model/impl/compile.hpp"
#endif
