#include <algorithm>
#include <cmath>

#include "common.hpp"
#include "psoas/analysis/lint.hpp"
#include "psoas/core/error.hpp"
#include "psoas/core/function.hpp"
#include "psoas/core/nearest_name.hpp"
#include "psoas/core/status.hpp"
#include "psoas/core/version.hpp"
#include "psoas/io/write_outcome.hpp"
#include "psoas/scenario/simulation.hpp"

namespace psoas::python {
namespace {

void raise(const char* type, const Error& error) { PyErr_SetString(python_type(type).ptr(), error.what()); }

void raise_spec_error(const SpecError& error) {
  py::list faults;
  for (const Fault& fault : error.faults()) faults.append(python_type("Fault")(fault.where, fault.message));
  py::object exception = python_type("SpecError")(error.what());
  exception.attr("faults") = py::tuple(faults);
  PyErr_SetObject(py::type::handle_of(exception).ptr(), exception.ptr());
}

void translate(std::exception_ptr thrown) {
  try {
    if (thrown) std::rethrow_exception(thrown);
  } catch (const SpecError& error) {
    raise_spec_error(error);
  } catch (const io::OutputError& error) {
    raise("OutputError", error);
  } catch (const StaticsFailed& error) {
    raise("StaticsFailed", error);
  } catch (const Error& error) {
    raise("Error", error);
  }
}

/// A maker of functions whose result is looked at. @throws SpecError with every rule that it breaks
template <class... A>
auto sound(Function (*make)(A...)) {
  return [make](A... arguments) {
    Function out = make(std::move(arguments)...);
    require_no(faults_in(out));
    return out;
  };
}

Function function_from(const py::tuple& state) {
  const auto kind = static_cast<Function::Kind>(state[0].cast<int>());
  const auto x = state[2].cast<std::vector<double>>(), y = state[3].cast<std::vector<double>>();
  switch (kind) {
    case Function::Kind::natural_cubic_spline: return Function::natural_cubic_spline(x, y);
    case Function::Kind::simm_spline: return Function::simm_spline(x, y);
    case Function::Kind::piecewise_linear: return Function::piecewise_linear(x, y);
    default: break;
  }
  const auto coefficients = state[1].cast<std::vector<double>>();
  if (kind == Function::Kind::polynomial) return Function::polynomial(coefficients);
  return kind == Function::Kind::linear ? Function::linear(coefficients.at(0), coefficients.at(1))
                                        : Function::constant(coefficients.empty() ? 0.0 : coefficients[0]);
}

void bind_function(py::module_& m) {
  py::class_<FunctionValue>(m, "FunctionValue", "A function of one number and its first two derivatives at one point.")
      .def_readonly("value", &FunctionValue::value)
      .def_readonly("slope", &FunctionValue::slope)
      .def_readonly("curvature", &FunctionValue::curvature);
  py::class_<Function>(m, "Function", "A function of one coordinate, as joints and coupled coordinates use it.")
      .def("__copy__", [](const Function& f) { return Function(f); })
      .def(
          "__deepcopy__", [](const Function& f, const py::dict&) { return Function(f); }, "memo"_a)
      .def(py::pickle(
          [](const Function& f) {
            return py::make_tuple(static_cast<int>(f.kind()), f.coefficients(), f.knots_x(), f.knots_y());
          },
          &function_from))
      .def_static("constant", sound(&Function::constant), "value"_a)
      .def_static("linear", sound(&Function::linear), "slope * x + intercept", "slope"_a, "intercept"_a)
      .def_static("polynomial", sound(&Function::polynomial), "Coefficients from the highest power down.",
                  "coefficients"_a)
      .def_static("natural_cubic_spline", sound(&Function::natural_cubic_spline), "x"_a, "y"_a)
      .def_static("simm_spline", sound(&Function::simm_spline), "x"_a, "y"_a)
      .def_static("piecewise_linear", sound(&Function::piecewise_linear), "x"_a, "y"_a)
      .def_property_readonly("kind", [](const Function& f) { return std::string(to_string(f.kind())); })
      .def_property_readonly("coefficients", [](const Function& f) { return py::tuple(py::cast(f.coefficients())); })
      .def_property_readonly("knots_x", [](const Function& f) { return py::tuple(py::cast(f.knots_x())); })
      .def_property_readonly("knots_y", [](const Function& f) { return py::tuple(py::cast(f.knots_y())); })
      .def("evaluate", &Function::evaluate, "Value, slope and curvature at x.", "x"_a)
      .def(
          "__eq__", [](const Function& a, const Function& b) { return a == b; }, py::is_operator())
      .def("__repr__", [](const Function& f) { return "<psoas.Function " + std::string(to_string(f.kind())) + '>'; });
}

/// A column is found by its label. @throws Error for a label that stands twice
void require_once(std::vector<std::string> labels) {
  std::sort(labels.begin(), labels.end());
  const auto twice = std::adjacent_find(labels.begin(), labels.end());
  if (twice != labels.end()) throw Error("two columns are called \"" + *twice + '"');
}

void bind_table(py::module_& m) {
  py::class_<Table> table(m, "Table",
                          "Named columns over time, in the units of where they came from.\n\n"
                          "Table(time, values, labels, name='', in_degrees=False): values (n_rows x n_channels), "
                          "time strictly increasing [s].");
  table.def(py::init([](py::object time, py::object values, std::vector<std::string> labels, std::string name,
                        bool in_degrees) {
              const Numbers rows = numbers(values, "values", {-1, static_cast<py::ssize_t>(labels.size())});
              const Numbers times = numbers(time, "time", {rows.shape(0)});
              require_once(labels);
              Table out{std::move(name), in_degrees, std::move(labels), {}, {}};
              out.time.assign(times.data(), times.data() + times.size());
              for (std::size_t i = 0; i < out.time.size(); ++i) {
                if (std::isfinite(out.time[i]) && (i == 0 || out.time[i] > out.time[i - 1])) continue;
                throw py::value_error("time must rise strictly; it does not in row " + std::to_string(i));
              }
              out.values = Eigen::Map<const RowMatX>(rows.data(), rows.shape(0), rows.shape(1));
              return out;
            }),
            "time"_a, "values"_a, "labels"_a, "name"_a = "", "in_degrees"_a = false);
  table.def_readwrite("name", &Table::name);
  table.def_readwrite("in_degrees", &Table::in_degrees, "rotational coordinates and their rates are in degrees");
  values_of(table, "labels", &Table::labels, "of the columns, without `time`");
  table.def_property_readonly(
      "time",
      [](py::object self) {
        const Table& t = self.cast<const Table&>();
        return view(t.time.data(), {static_cast<py::ssize_t>(t.time.size())}, self, true);
      },
      "strictly increasing [s] (n_rows)");
  array_of(table, "values", &Table::values, "(n_rows x n_channels), a view of the table");
  table.def("__len__", [](const Table& t) { return t.time.size(); });
  table.def(
      "__getitem__",
      [](const py::object& self, const std::string& label) {
        return py::module_::import("psoas._tables").attr("column")(self, label);
      },
      "A column by its label, a view.", "label"_a);
  table.def(
      "to_dataframe",
      [](const py::object& self) { return py::module_::import("psoas._tables").attr("table_dataframe")(self); },
      "The table as a pandas.DataFrame with time as its index; the header is in `.attrs`.");
  table.def("__repr__", [](const Table& t) {
    return "<psoas.Table \"" + t.name + "\": " + std::to_string(t.time.size()) + " rows, " +
           std::to_string(t.labels.size()) + " columns>";
  });
  table.def(py::pickle(
      [](const py::object& t) {
        return py::make_tuple(t.attr("time"), t.attr("values"), t.attr("labels"), t.attr("name"), t.attr("in_degrees"));
      },
      [](const py::tuple& state) { return py::type::of<Table>()(*state).cast<Table>(); }));
}

}  // namespace

void bind_core(py::module_& m) {
  py::register_exception_translator(translate);
  m.def("version", &version, "Version of the library, as major.minor.patch.");
  py::enum_<Status>(m, "Status", "How a computation ended. Anything but `ok` and `reserve` leaves NaN.")
      .value("ok", Status::ok, "every stated tolerance was met")
      .value("reserve", Status::reserve, "solved, but reserves carried more than the gate allows: lower bounds")
      .value("not_converged", Status::not_converged, "the iteration limit was reached")
      .value("no_equilibrium", Status::no_equilibrium, "no root exists in the allowed range")
      .value("infeasible", Status::infeasible, "the constraints contradict each other")
      .value("not_finite", Status::not_finite, "an input or a result was not finite")
      .value("not_computed", Status::not_computed, "nothing was computed yet");
  m.def(
      "usable", [](Status status) { return usable(status); }, "True when the numbers with the status may be used.",
      "status"_a);
  m.def(
      "_did_you_mean",
      [](const std::string& name, const std::vector<std::string>& known) { return did_you_mean(name, known); },
      "name"_a, "known"_a);
  bind_function(m);
  bind_table(m);
}

}  // namespace psoas::python
