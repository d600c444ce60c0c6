#include "common.hpp"
#include "psoas/io/read_model.hpp"
#include "psoas/io/read_scenario.hpp"
#include "psoas/io/write_model.hpp"
#include "psoas/io/write_outcome.hpp"

namespace psoas::python {

void bind_io(py::module_& root) {
  py::module_ m = root.attr("io");
  m.def(
      "read_model", [](const py::object& name) { return std::make_shared<ModelSpec>(io::read_model(path_text(name))); },
      "A model by its name inside the library (whole_body), or the path of a .toml or .osim file. Raises SpecError "
      "with every fault of the file, Error for a name that is not there, with the nearest.",
      "name_or_path"_a);
  m.def(
      "read_model_text",
      [](const std::string& text, const std::string& name) {
        return std::make_shared<ModelSpec>(io::read_model_text(text, name));
      },
      "A model from the text of a .toml file; name is what messages call it.", "text"_a, "name"_a);
  py::class_<io::Dropped>(m, "Dropped", "Something in a file that the model does not hold.")
      .def_readonly("name", &io::Dropped::name)
      .def_readonly("reason", &io::Dropped::reason)
      .def("__repr__", [](const io::Dropped& d) { return d.name + ": " + d.reason; });
  py::class_<io::ImportedModel>(m, "ImportedModel", "A model from a file, with what it did not take over.")
      .def_property_readonly("model", [](const io::ImportedModel& i) { return std::make_shared<ModelSpec>(i.model); })
      .def_readonly("dropped", &io::ImportedModel::dropped)
      .def_readonly("notes", &io::ImportedModel::notes);
  m.def(
      "import_model", [](const py::object& name) { return io::import_model(path_text(name)); },
      "read_model() with the list of everything that was dropped and assumed.", "name_or_path"_a);
  m.def("model_names", &io::model_names, "Names of the models inside the library.");
  py::class_<io::ModelLosses>(m, "ModelLosses", "What a file of another program does not hold of a model.")
      .def_readonly("dropped", &io::ModelLosses::dropped)
      .def_readonly("notes", &io::ModelLosses::notes);
  m.def(
      "write_model",
      [](const ModelSpec& model, const py::object& path) { return io::write_model(model, path_text(path)); },
      "Writes a model as .toml (reads back equal bit for bit) or .osim; returns what was lost.", "model"_a, "path"_a);
  m.def("model_toml", &io::model_toml, "The text of a .toml file of the model.", "model"_a);
  m.def(
      "read_scenario",
      [](const py::object& name) { return std::make_shared<Scenario>(io::read_scenario(path_text(name))); },
      "A scenario by its name inside the library (bridge), or the path of a .toml file. Raises SpecError with every "
      "fault of the file, Error for a name that is not there, with the nearest.",
      "name_or_path"_a);
  m.def(
      "read_scenario_text",
      [](const std::string& text, const std::string& name) {
        return std::make_shared<Scenario>(io::read_scenario_text(text, name));
      },
      "A scenario from the text of a .toml file; name is what messages call it.", "text"_a, "name"_a);
  m.def("scenario_names", &io::scenario_names, "Names of the scenarios inside the library.");
  m.def("scenario_toml", &io::scenario_toml, "A scenario as a file that read_scenario() reads back.", "scenario"_a);
}

}  // namespace psoas::python
