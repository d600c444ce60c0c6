#pragma once

#include <memory>
#include <optional>
#include <utility>

#include "common.hpp"
#include "psoas/analysis/outcome.hpp"

namespace psoas::python {

/// Everything that an outcome holds, for pickle; the model as its description.
py::tuple outcome_state(const py::object& outcome);

/// What a simulation says of itself, for pickle; None where there is none.
py::object report_state(const std::optional<ForwardReport>& report);
std::optional<ForwardReport> report_from(const py::object& state);

/// The outcome, and the attributes that Python gave it.
std::pair<std::shared_ptr<Outcome>, py::dict> outcome_from(const py::tuple& state);

}  // namespace psoas::python
