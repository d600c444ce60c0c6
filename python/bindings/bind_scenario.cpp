#include "common.hpp"
#include "frames.hpp"
#include "psoas/io/read_scenario.hpp"
#include "psoas/io/write_outcome.hpp"
#include "psoas/scenario/override.hpp"
#include "psoas/scenario/run.hpp"
#include "psoas/scenario/scenario.hpp"
#include "records.hpp"

namespace psoas::python {
namespace {

using ScenarioType = py::class_<Scenario, std::shared_ptr<Scenario>>;

void bind_scenario_parts(py::module_& m) {
  py::class_<ScenarioParameter> parameter(m, "ScenarioParameter", "Something that the user may set.");
  parameter.def_readonly("name", &ScenarioParameter::name)
      .def_readonly("value", &ScenarioParameter::value, "in `unit`; NaN where it is a word")
      .def_readonly("minimum", &ScenarioParameter::minimum)
      .def_readonly("maximum", &ScenarioParameter::maximum)
      .def_readonly("choice", &ScenarioParameter::choice, "the word, when `choices` is not empty")
      .def_readonly("choices", &ScenarioParameter::choices)
      .def_readonly("unit", &ScenarioParameter::unit)
      .def_readonly("meaning", &ScenarioParameter::meaning)
      .def("__repr__", [](const ScenarioParameter& p) {
        return "<psoas.ScenarioParameter " + p.name + " = " +
               (p.choices.empty() ? std::string(py::repr(py::float_(p.value))) + ' ' + p.unit : p.choice) + '>';
      });
  using P = ScenarioParameter;
  as_record(parameter, &P::name, &P::value, &P::minimum, &P::maximum, &P::choice, &P::choices, &P::unit, &P::meaning,
            &P::where);
  py::class_<Neighbour>(m, "Neighbour", "A published figure beside which the result may be read.")
      .def_readonly("load", &Neighbour::load)
      .def_readonly("text", &Neighbour::text)
      .def_readonly("source", &Neighbour::source)
      .def_readonly("verified", &Neighbour::verified);
  py::class_<ScenarioPhase>(m, "ScenarioPhase", "From one keyframe to another, with supports.")
      .def_readonly("name", &ScenarioPhase::name)
      .def_readonly("start", &ScenarioPhase::from, "keyframe")
      .def_readonly("end", &ScenarioPhase::to, "keyframe")
      .def_readonly("supports", &ScenarioPhase::supports);
  py::class_<ScenarioSupport>(m, "ScenarioSupport", "A plane and the patches that may press on it.")
      .def_readonly("name", &ScenarioSupport::name)
      .def_readonly("patches", &ScenarioSupport::patches)
      .def_readwrite("friction", &ScenarioSupport::friction, "[-]")
      .def_readwrite("reach", &ScenarioSupport::reach, "[m]");
  py::class_<Keyframe>(m, "Keyframe", "A posture in wishes.")
      .def_readonly("name", &Keyframe::name)
      .def_readonly("like", &Keyframe::like, "not empty: the same pose as that keyframe")
      .def_property_readonly(
          "angles",
          [](const Keyframe& k) {
            py::dict out;
            for (const auto& [name, value] : k.angles) out[py::str(name)] = py::str(value.text);
            return out;
          },
          "coordinate -> expression [deg]");
}

void bind_scenario_type(py::module_& m) {
  ScenarioType type(
      m, "Scenario",
      "A runnable description: keyframes, supports, loads, parameters. Read by io.read_scenario(); pickles "
      "as the text of its file, with the posture that its ratios refer to.");
  type.def_readwrite("name", &Scenario::name)
      .def_readwrite("description", &Scenario::description)
      .def_readonly("reference", &Scenario::reference, "name of the posture that ratios refer to")
      .def_property_readonly(
          "reference_scenario",
          [](const Scenario& s) { return std::const_pointer_cast<Scenario>(s.reference_scenario); },
          "that posture, None for a reference")
      .def_readwrite("tone", &Scenario::tone, "least activation of trunk and psoas [-]")
      .def_readwrite("rate", &Scenario::rate, "frames a second [Hz]")
      .def_readonly("mirror_when", &Scenario::mirror_when);
  items_of(type, "parameters", &Scenario::parameters, "ScenarioParameter of each; set_parameter() sets them");
  items_of(type, "keyframes", &Scenario::keyframes, "postures in wishes");
  items_of(type, "phases", &Scenario::phases, "from keyframe to keyframe");
  items_of(type, "supports", &Scenario::supports, "planes and what may press on them");
  items_of(type, "neighbours", &Scenario::neighbours, "published figures beside the result");
  type.def("__repr__",
           [](const py::object& self) { return py::module_::import("psoas._display").attr("scenario_repr")(self); })
      .def("_repr_html_",
           [](const py::object& self) { return py::module_::import("psoas._display").attr("scenario_html")(self); })
      .def("__copy__", [](const Scenario& s) { return std::make_shared<Scenario>(s); })
      .def(
          "__deepcopy__", [](const Scenario& s, const py::dict&) { return std::make_shared<Scenario>(s); }, "memo"_a)
      .def(py::pickle(
          [](const Scenario& s) {
            return py::make_tuple(io::scenario_toml(s), s.name,
                                  std::const_pointer_cast<Scenario>(s.reference_scenario));
          },
          [](const py::tuple& state) {
            std::shared_ptr<Scenario> reference;
            if (!state[2].is_none()) reference = state[2].cast<std::shared_ptr<Scenario>>();
            return std::make_shared<Scenario>(
                io::read_scenario_text(state[0].cast<std::string>(), state[1].cast<std::string>(), reference));
          }));
}

/// A number or a word as it would be typed.
std::string typed(const py::handle& value) {
  if (py::isinstance<py::str>(value)) return value.cast<std::string>();
  if (PyNumber_Check(value.ptr()) == 0 || PyBool_Check(value.ptr()) != 0) {
    throw py::type_error("a value must be a number or a word, got " + std::string(py::repr(value)));
  }
  if (PyIndex_Check(value.ptr()) != 0) return std::string(py::str(py::int_(py::reinterpret_borrow<py::object>(value))));
  const py::float_ number(py::reinterpret_borrow<py::object>(value));
  return std::string(py::repr(number));
}

void bind_overrides(py::module_& m) {
  py::class_<Override> type(m, "Override", "One parameter path and the value that it gets: Override(path, value).");
  type.def(py::init([](std::string path, const py::object& value) {
             return Override{std::move(path), typed(value)};
           }),
           "path"_a, "value"_a);
  type.def_readonly("path", &Override::path)
      .def_readonly("value", &Override::value, "as typed")
      .def("__repr__", [](const Override& o) { return "<psoas.Override " + o.path + '=' + o.value + '>'; });
  as_record(type, &Override::path, &Override::value);
  m.def("concerns", &concerns, "False where the path names a parameter or support that the scenario does not have.",
        "override"_a, "scenario"_a);
  m.def(
      "apply",
      [](const std::vector<Override>& overrides, ModelSpec& model, Subject& subject, Scenario& scenario,
         AnalyzeOptions& options) { apply(overrides, model, subject, scenario, options); },
      "Sets the values of parameter paths, before the model is fitted to the subject. Raises Error in one line: an "
      "unknown part of a path with the nearest names, a value that is none or out of range.",
      "overrides"_a, "model"_a, "subject"_a, "scenario"_a, "options"_a);
}

}  // namespace

void bind_scenario(py::module_& m) {
  bind_scenario_parts(m);
  bind_scenario_type(m);
  bind_overrides(m);
  m.def(
      "set_parameter",
      [](Scenario& s, const std::string& name, const py::object& value) { set_parameter(s, name, typed(value)); },
      "Sets a parameter. Raises Error for an unknown name (with the nearest), a value out of range, a wrong word.",
      "scenario"_a, "name"_a, "value"_a);
  m.def("parameter_values", &parameter_values, "The parameters that are numbers, by name.", "scenario"_a);
  m.def(
      "assemble", [](const Model& model, const Scenario& scenario) { return assemble(model, scenario); },
      py::call_guard<py::gil_scoped_release>(),
      "Keyframes to closed and balanced poses, with supports, loads, bounds and phases. Raises SpecError for "
      "references "
      "that the model or the scenario does not have, Error for a wish that cannot be met.",
      "model"_a, "scenario"_a);
  m.def(
      "_run",
      [](const Model& model, const Scenario& scenario, const AnalyzeOptions& options,
         const std::shared_ptr<Outcome>& reference, bool with_reference) {
        return std::make_shared<Outcome>(interruptible([&](const std::atomic<bool>* cancel) {
          AnalyzeOptions own = options;
          own.cancel = cancel;
          return with_reference ? run(model, scenario, own, reference) : run(model, scenario, own);
        }));
      },
      "model"_a, "scenario"_a, "options"_a, "reference"_a, "with_reference"_a);
}

}  // namespace psoas::python
