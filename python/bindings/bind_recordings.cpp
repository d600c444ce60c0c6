#include "common.hpp"
#include "fit.hpp"
#include "psoas/io/measured_loads.hpp"
#include "psoas/io/read_actuators.hpp"
#include "psoas/io/read_external_loads.hpp"
#include "psoas/io/read_motion.hpp"
#include "psoas/model/recording.hpp"
#include "psoas/scenario/found_supports.hpp"
#include "psoas/scenario/loaded_feet.hpp"
#include "psoas/scenario/mirror_task.hpp"
#include "psoas/scenario/move_task.hpp"
#include "psoas/scenario/recorded_task.hpp"
#include "records.hpp"

namespace psoas::python {
namespace {

void bind_loads_over_time(py::module_& m) {
  py::class_<MeasuredLoad> type(m, "MeasuredLoad", "A force that was measured over time, and on which body it acts.");
  type.def_readwrite("name", &MeasuredLoad::name)
      .def_readwrite("body", &MeasuredLoad::body, "on which it acts")
      .def_readonly("force_frame", &MeasuredLoad::force_frame, "axes: a body, or -1: the ground")
      .def_readonly("point_frame", &MeasuredLoad::point_frame, "a body, or -1: the ground")
      .def_property_readonly(
          "time",
          [](py::object self) {
            const MeasuredLoad& l = self.cast<const MeasuredLoad&>();
            return view(l.time.data(), {static_cast<py::ssize_t>(l.time.size())}, self, false);
          },
          "[s]");
  array_of(type, "force", &MeasuredLoad::force, "[N] (n x 3)");
  array_of(type, "point", &MeasuredLoad::point, "[m] (n x 3)");
  array_of(type, "torque", &MeasuredLoad::torque, "[N m] (n x 3)");
  as_record(type, &MeasuredLoad::name, &MeasuredLoad::body, &MeasuredLoad::force_frame, &MeasuredLoad::point_frame,
            &MeasuredLoad::time, &MeasuredLoad::force, &MeasuredLoad::point, &MeasuredLoad::torque);
  py::enum_<Between>(m, "Between", "How a measured load runs between two of its samples.")
      .value("straight", Between::straight, "never beyond the samples")
      .value("natural_cubic", Between::natural_cubic, "a spline, as OpenSim");
  m.def(
      "recorded_task",
      [](const Model& model, const Motion& motion, const std::vector<MeasuredLoad>& loads, Between between) {
        require_fit(model, motion);
        return recorded_task(model, motion, loads, between);
      },
      "The task of a recorded motion, with what was measured acting on the bodies; nothing else carries the body. "
      "Raises Error when a load's numbers do not fit its times.",
      "model"_a, "motion"_a, "loads"_a = std::vector<MeasuredLoad>{}, "between"_a = Between::straight);
  m.def(
      "bring_loads_to_feet",
      [](const Model& model, const Motion& motion, const std::vector<MeasuredLoad>& loads) {
        require_fit(model, motion);
        std::vector<MeasuredLoad> brought = loads;
        std::vector<std::string> notes = bring_loads_to_feet(model, motion, brought);
        return py::make_tuple(brought, notes);
      },
      "Measured loads on the feet that stand where they act: (loads, notes).", "model"_a, "motion"_a, "loads"_a);
}

void bind_found_supports(py::module_& m) {
  py::class_<FoundSupportOptions> options(m, "FoundSupportOptions", "What counts as a support of a recording.");
  options.def_readwrite("reach", &FoundSupportOptions::reach, "[m]")
      .def_readwrite("still_speed", &FoundSupportOptions::still_speed, "[m/s]")
      .def_readwrite("moving_speed", &FoundSupportOptions::moving_speed, "[m/s]")
      .def_readwrite("overhang", &FoundSupportOptions::overhang, "[m]")
      .def_readwrite("seat_radius", &FoundSupportOptions::seat_radius, "[m]")
      .def_readwrite("floor_friction", &FoundSupportOptions::floor_friction, "[-]")
      .def_readwrite("seat_friction", &FoundSupportOptions::seat_friction, "[-]");
  values_of(options, "floor", &FoundSupportOptions::floor, "patches that may press on the floor");
  values_of(options, "seat", &FoundSupportOptions::seat, "nodes that may press on a seat");
  values_of(options, "buttocks", &FoundSupportOptions::buttocks, "patches whose lowest node rests on the seat");
  as_fields(options, {"reach", "still_speed", "moving_speed", "overhang", "seat_radius", "floor_friction",
                      "seat_friction", "floor", "seat", "buttocks"});
  m.def("floor_height", fitting(&floor_height), "Height of a level floor under a motion [m].", "model"_a, "motion"_a,
        "options"_a = FoundSupportOptions{});
  m.def("find_supports", fitting(&find_supports),
        "Supports found from the motion alone: the task gets planes and active nodes. "
        "Returns what was found, one sentence each.",
        "model"_a, "task"_a, "options"_a = FoundSupportOptions{});
  m.def("mirrored", fitting(&mirrored), "The same task on the other side of the body.", "model"_a, "task"_a);
  m.def(
      "moved",
      [](const Model& model, const Task& task, double turn, const py::object& shift) {
        require_fit(model, task);
        return moved(model, task, turn, place_of(shift, "shift"));
      },
      "The same task elsewhere: turned about the vertical [rad], then shifted [m].", "model"_a, "task"_a, "turn"_a,
      "shift"_a);
}

}  // namespace

void bind_recordings(py::module_& root) {
  bind_loads_over_time(root);
  bind_found_supports(root);
  py::module_ m = root.attr("io");
  m.def(
      "read_motion", [](const py::object& path) { return imported(io::read_motion(path_text(path))); },
      "Reads a .mot or .sto table: Imported(value=Table, notes). Raises SpecError with every fault.", "path"_a);
  m.def(
      "read_motion_text",
      [](const std::string& text, const std::string& name) { return imported(io::read_motion_text(text, name)); },
      "The same from a text; the ending of its name counts.", "text"_a, "name"_a);
  py::class_<io::ExternalLoad>(m, "ExternalLoad", "A measured force on a body, as columns of a table.")
      .def_readonly("name", &io::ExternalLoad::name)
      .def_readonly("applied_to_body", &io::ExternalLoad::applied_to_body)
      .def_readonly("force_identifier", &io::ExternalLoad::force_identifier)
      .def_readonly("point_identifier", &io::ExternalLoad::point_identifier)
      .def_readonly("torque_identifier", &io::ExternalLoad::torque_identifier);
  py::class_<io::ExternalLoads>(m, "ExternalLoads", "What OpenSim's <ExternalLoads> says.")
      .def_readonly("name", &io::ExternalLoads::name)
      .def_readonly("data_file", &io::ExternalLoads::data_file)
      .def_readonly("loads", &io::ExternalLoads::loads);
  py::enum_<io::DataFile>(m, "DataFile", "What becomes of the <datafile> of external loads.")
      .value("named", io::DataFile::named)
      .value("ignored", io::DataFile::ignored);
  m.def(
      "read_external_loads",
      [](const py::object& path, io::DataFile data_file) {
        return imported(io::read_external_loads(path_text(path), data_file));
      },
      "Reads OpenSim's external loads: Imported(value=ExternalLoads, notes).", "path"_a,
      "data_file"_a = io::DataFile::named);
  m.def(
      "read_external_loads_text",
      [](const std::string& text, const std::string& name, io::DataFile data_file) {
        return imported(io::read_external_loads_text(text, name, data_file));
      },
      "The same from a text.", "text"_a, "name"_a, "data_file"_a = io::DataFile::named);
  m.def("measured_loads", &io::measured_loads, "The columns that a description of external loads names, on a model.",
        "description"_a, "table"_a, "model"_a);
  m.def(
      "read_actuators", [](const py::object& path) { return io::read_actuators(path_text(path)); },
      "Reads the reserves and residuals of an OpenSim <ForceSet>.", "path"_a);
  m.def(
      "read_actuators_text",
      [](const std::string& text, const std::string& name) { return io::read_actuators_text(text, name); },
      "The same from a text.", "text"_a, "name"_a);
}

}  // namespace psoas::python
