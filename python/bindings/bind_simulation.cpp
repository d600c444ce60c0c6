#include "common.hpp"
#include "frames.hpp"
#include "psoas/io/read_simulation.hpp"
#include "psoas/scenario/simulation.hpp"

namespace psoas::python {

void bind_simulation(py::module_& m) {
  py::class_<Simulation, std::shared_ptr<Simulation>> type(
      m, "Simulation", "Words and wishes of a forward simulation, read by io.read_simulation().");
  py::enum_<Simulation::Kind>(type, "Kind", "What moves.")
      .value("limb", Simulation::Kind::limb, "chosen coordinates of a body move freely")
      .value("muscle", Simulation::Kind::muscle, "one muscle on a test bench");
  type.def_readonly("kind", &Simulation::kind)
      .def_property_readonly("name", [](const Simulation& s) { return s.about.name; })
      .def_property_readonly(
          "about", [](Simulation& s) -> Scenario& { return s.about; }, py::return_value_policy::reference_internal,
          "name, description and parameters")
      .def_property_readonly(
          "base", [](const Simulation& s) { return std::const_pointer_cast<Scenario>(s.base); },
          "scenario that gives motion and activations, or None")
      .def_readonly("free", &Simulation::free, "coordinates that move freely")
      .def_readonly("muscle", &Simulation::muscle, "of a bench: strand or group")
      .def("__copy__", [](const Simulation& s) { return std::make_shared<Simulation>(s); })
      .def(
          "__deepcopy__", [](const Simulation& s, const py::dict&) { return std::make_shared<Simulation>(s); },
          "memo"_a)
      .def("__repr__", [](const Simulation& s) {
        return "<psoas.Simulation \"" + s.about.name + "\": " + s.about.description + '>';
      });
  m.def(
      "apply",
      [](const std::vector<Override>& overrides, ModelSpec& model, Subject& subject, Simulation& simulation,
         AnalyzeOptions& options) { apply(overrides, model, subject, simulation, options); },
      "overrides"_a, "model"_a, "subject"_a, "simulation"_a, "options"_a);
  m.def(
      "_simulate",
      [](const Model& model, const Simulation& simulation, const AnalyzeOptions& options) {
        return std::make_shared<Outcome>(interruptible([&](const std::atomic<bool>* cancel) {
          AnalyzeOptions own = options;
          own.cancel = cancel;
          return simulate(model, simulation, own);
        }));
      },
      "model"_a, "simulation"_a, "options"_a);
  m.def(
      "_simulate",
      [](const Model& model, const Scenario& scenario, const AnalyzeOptions& options) {
        return std::make_shared<Outcome>(interruptible([&](const std::atomic<bool>* cancel) {
          AnalyzeOptions own = options;
          own.cancel = cancel;
          return simulate(model, scenario, own);
        }));
      },
      "model"_a, "scenario"_a, "options"_a);
  py::module_ io = m.attr("io");
  io.def(
      "read_simulation",
      [](const py::object& name) { return std::make_shared<Simulation>(io::read_simulation(path_text(name))); },
      "A forward simulation by its name inside the library or by the path of a .toml file.", "name_or_path"_a);
  io.def("simulation_names", &io::simulation_names, "Names of the simulations inside the library.");
}

}  // namespace psoas::python
