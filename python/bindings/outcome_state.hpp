#pragma once

#include <memory>
#include <utility>

#include "common.hpp"
#include "psoas/analysis/outcome.hpp"

namespace psoas::python {

/// Everything that an outcome holds, for pickle; the model as its description.
py::tuple outcome_state(const py::object& outcome);

/// The outcome, and the attributes that Python gave it.
std::pair<std::shared_ptr<Outcome>, py::dict> outcome_from(const py::tuple& state);

}  // namespace psoas::python
