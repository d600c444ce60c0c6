#include "common.hpp"
#include "outcome_state.hpp"
#include "psoas/analysis/outcome.hpp"
#include "records.hpp"

namespace psoas::python {
namespace {

using OutcomeType = py::class_<Outcome, std::shared_ptr<Outcome>>;

void bind_answers(py::module_& m) {
  py::class_<Channel> channel(m, "Channel", "One answer over time; the unit is the end of its name.");
  channel.def_readonly("name", &Channel::name);
  array_of(channel, "values", &Channel::values, "one a frame, NaN where the frame failed", false);
  as_record(channel, &Channel::name, &Channel::values);
  py::class_<Peak> peak(m, "Peak", "The value of largest magnitude, with its sign; the first one of equals.");
  peak.def_readwrite("value", &Peak::value, "in the unit that ends the channel's name")
      .def_readwrite("time", &Peak::time, "[s]")
      .def_readwrite("frame", &Peak::frame, "index; -1: no frame was solved");
  as_fields(peak, {"value", "time", "frame"});
  py::enum_<Verdict> verdict(m, "Verdict", "Of a gate, or of all: pass (written pass_ in Python), warn, fail.");
  verdict.value("pass", Verdict::pass).value("warn", Verdict::warn).value("fail", Verdict::fail);
  verdict.attr("pass_") = verdict.attr("pass");
  py::class_<Gate> gate(m, "Gate", "One check of a result against its limits.");
  gate.def_readwrite("name", &Gate::name)
      .def_readwrite("value", &Gate::value, "largest over all frames")
      .def_readwrite("warn", &Gate::warn)
      .def_readwrite("fail", &Gate::fail)
      .def_readwrite("verdict", &Gate::verdict)
      .def_readwrite("at", &Gate::at, "what was worst; empty when nothing stands out")
      .def_readwrite("time", &Gate::time, "when [s]");
  as_fields(gate, {"name", "value", "warn", "fail", "verdict", "at", "time"});
  py::class_<LedgerEntry> entry(m, "LedgerEntry", "One part of one load at one time.");
  entry.def_readwrite("load", &LedgerEntry::load, "channel name")
      .def_readwrite("time", &LedgerEntry::time, "[s]")
      .def_readwrite("cause", &LedgerEntry::cause, "gravity, inertia, support, ...; total and sum are not added")
      .def_readwrite("part", &LedgerEntry::part, "body, patch, load or strand; group for sum")
      .def_readwrite("value", &LedgerEntry::value)
      .def_readwrite("unit", &LedgerEntry::unit, "N, Nm or BW");
  as_fields(entry, {"load", "time", "cause", "part", "value", "unit"});
  py::class_<ForwardReport> report(m, "ForwardReport", "How a simulation went and what it was run for.");
  report.def_readonly("status", &ForwardReport::status)
      .def_readonly("reason", &ForwardReport::reason)
      .def_readonly("duration", &ForwardReport::duration, "[s]")
      .def_readonly("steps", &ForwardReport::steps)
      .def_readonly("rhs_evaluations", &ForwardReport::rhs_evaluations)
      .def_readonly("fiber_evaluations", &ForwardReport::fiber_evaluations)
      .def_readonly("elastic_tendons", &ForwardReport::elastic_tendons)
      .def_readonly("rigid_tendons", &ForwardReport::rigid_tendons)
      .def_readonly("settled", &ForwardReport::settled)
      .def_readonly("watched", &ForwardReport::watched, "name -> {peak, time_s, ...}; the unit ends the name")
      .def_property_readonly(
          "signals",
          [](const ForwardReport& r) {
            py::dict out;
            for (const ForwardReport::Signal& s : r.signals) out[py::str(s.name)] = copy_of(s.values);
            return out;
          },
          "columns over the outcome's times, copies")
      .def("__copy__", [](const ForwardReport& r) { return ForwardReport(r); })
      .def(
          "__deepcopy__", [](const ForwardReport& r, const py::dict&) { return ForwardReport(r); }, "memo"_a)
      .def(py::pickle([](const ForwardReport& r) { return report_state(r); },
                      [](const py::object& state) { return *report_from(state); }));
}

void bind_outcome_numbers(OutcomeType& type) {
  type.def_readwrite("name", &Outcome::name)
      .def_readonly("status", &Outcome::status)
      .def_readonly("cost", &Outcome::cost, "of the recruitment: volume2")
      .def_property_readonly("model", [](const Outcome& o) { return std::const_pointer_cast<Model>(o.model); })
      .def_property_readonly(
          "reference", [](const Outcome& o) { return std::const_pointer_cast<Outcome>(o.reference); },
          "the posture that ratios refer to, None for itself")
      .def_property_readonly(
          "task", [](const Outcome& o) { return o.task; }, "what was analysed, a copy")
      .def_property_readonly(
          "forward", [](const Outcome& o) { return o.forward; }, "ForwardReport of a simulation")
      .def_property_readonly("frame_status", [](const Outcome& o) { return py::tuple(py::cast(o.frame_status)); })
      .def_property_readonly("gates", [](const Outcome& o) { return py::tuple(py::cast(o.gates)); })
      .def_property_readonly(
          "ledger_entries", [](const Outcome& o) { return py::tuple(py::cast(o.ledger)); },
          "at each load's peak, or of all frames where ledger_full was asked for")
      .def_property_readonly(
          "time",
          [](py::object self) {
            const Outcome& o = self.cast<const Outcome&>();
            return view(o.time.data(), {static_cast<py::ssize_t>(o.time.size())}, self, false);
          },
          "[s] (n_frames)")
      .def_property_readonly(
          "channel_names",
          [](const Outcome& o) {
            py::tuple out(o.channels.size());
            for (std::size_t i = 0; i < out.size(); ++i) out[i] = py::str(o.channels[i].name);
            return out;
          },
          "names of all answers");
  items_of(type, "channels", &Outcome::channels, "every answer over time");
  array_of(type, "activation", &Outcome::activation, "[-] (n_frames x n_strands)", false);
  array_of(type, "force", &Outcome::force, "[N] (n_frames x n_strands)", false);
  array_of(type, "passive_force", &Outcome::passive_force, "[N] (n_frames x n_strands)", false);
  array_of(type, "fiber_length", &Outcome::fiber_length, "over optimal [-] (n_frames x n_strands)", false);
  array_of(type, "joint_moment", &Outcome::joint_moment, "net [N m or N] (n_frames x n_rows)", false);
  array_of(type, "reserve", &Outcome::reserve, "[N m or N] (n_frames x n_rows)", false);
  array_of(type, "control", &Outcome::control, "of a recruitment as OpenSim's (n_frames x n_actuators)", false);
  array_of(type, "joint_reaction", &Outcome::joint_reaction, "[N, N m, m] (n_frames x 18 n_bodies)", false);
  array_of(type, "level_rotation", &Outcome::level_rotation, "[rad] (n_frames x 3 n_levels)", false);
  type.def_property_readonly(
      "node_force",
      [](const Outcome& o) {
        py::list out;
        for (const std::vector<Vec3>& frame : o.node_force) out.append(copy_of(frame));
        return out;
      },
      "of the active nodes of each frame, world axes, copies [N]");
}

/// The channel that a name stands for, which may be short: `L4_L5`, `hip_r`. @throws Error naming the nearest
const Channel& channel_of(const Outcome& o, const std::string& name) {
  std::vector<std::string> names;
  for (const Channel& c : o.channels) {
    if (c.name == name) return c;
    names.push_back(c.name);
  }
  return o.channel(py::module_::import("psoas._ledger").attr("load_name")(names, name).cast<std::string>());
}

/// The same answers under another name, with what Python keeps beside them.
py::object copy_of_outcome(const py::object& self) {
  py::object out = py::cast(std::make_shared<Outcome>(self.cast<const Outcome&>()));
  out.attr("__dict__").attr("update")(self.attr("__dict__"));
  return out;
}

/// A method whose work is done by a function of the package's Python files.
template <class... Extra>
void in_python(OutcomeType& type, const char* name, const char* module, const char* function, const Extra&... extra) {
  type.def(
      name,
      [module, function](const py::object& self, const py::args& args, const py::kwargs& keywords) {
        return py::module_::import(module).attr(function)(self, *args, **keywords);
      },
      extra...);
}

}  // namespace

void bind_outcome(py::module_& m) {
  bind_answers(m);
  OutcomeType type(m, "Outcome", "What came out of a motion; arrays are read-only views, a row a frame.",
                   py::dynamic_attr());
  bind_outcome_numbers(type);
  type.def("usable", &Outcome::usable, "True when the numbers may be used.")
      .def("failed_frames", &Outcome::failed_frames)
      .def("verdict", &Outcome::verdict, "Worst verdict of all gates.")
      .def(
          "channel",
          [](const Outcome& o, const std::string& name) { return const_cast<Channel*>(&channel_of(o, name)); },
          py::return_value_policy::reference_internal, "By name. Raises Error naming the nearest.", "name"_a)
      .def(
          "__getitem__",
          [](const py::object& self, const std::string& name) {
            return view(channel_of(self.cast<const Outcome&>(), name).values, self, false);
          },
          "Values of a channel over time, a view.", "name"_a)
      .def(
          "peak", [](const Outcome& o, const std::string& name) { return o.peak(channel_of(o, name).name); },
          "Of a channel, or of a load by its short name: L4_L5 is the compression of that level, hip_r the force of "
          "that hip. Raises Error naming the nearest.",
          "name"_a)
      .def(
          "relative_to_standing",
          [](const Outcome& o, const std::string& name) { return o.relative_to_standing(channel_of(o, name).name); },
          "Peak over the reference posture's value; NaN where that is below 20 N (1 N m) or has the other sign.",
          "name"_a);
  type.def(py::pickle(&outcome_state, &outcome_from));
  type.attr("__iter__") = py::none();  // its length counts frames, its names are answers
  type.def_property_readonly(
      "summary", [](const py::object& self) { return py::module_::import("psoas._tables").attr("summary")(self); },
      "All answers as summary.json has them; None where a number does not exist.");
  in_python(
      type, "ledger", "psoas._ledger", "ledger",
      "ledger(load='L4_L5', at='peak'): what causes a load at its peak, or at a time [s].\n\nload: a lumbar level "
      "(its compression) or any load of a spine or hip by its name.");
  in_python(
      type, "to_dataframe", "psoas._tables", "dataframe",
      "to_dataframe(): every channel over time as a pandas.DataFrame, the status of each frame in its first column.");
  in_python(type, "to_xarray", "psoas._tables", "xarray_dataset",
            "to_xarray(): channels and strands over time as an xarray.Dataset.");
  in_python(type, "save", "psoas._files", "save",
            "save(folder, force=False): writes the result folder that the command line writes.");
  in_python(type, "plot", "psoas.plot", "outcome", "plot(**options): the headline figure; see psoas.plot.outcome.");
  type.def("__repr__",
           [](const py::object& self) { return py::module_::import("psoas._display").attr("outcome_repr")(self); })
      .def("_repr_html_",
           [](const py::object& self) { return py::module_::import("psoas._display").attr("outcome_html")(self); })
      .def("__len__", [](const Outcome& o) { return o.time.size(); })
      .def(
          "__contains__",
          [](const Outcome& o, const std::string& name) {
            try {
              return channel_of(o, name).values.size() >= 0;
            } catch (py::error_already_set& error) {
              if (!error.matches(python_type("Error"))) throw;
              return false;
            }
          },
          "True for a name of an answer, a short one as well.", "name"_a)
      .def("__copy__", &copy_of_outcome)
      .def(
          "__deepcopy__", [](const py::object& self, const py::dict&) { return copy_of_outcome(self); }, "memo"_a);
}

}  // namespace psoas::python
