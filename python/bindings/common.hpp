#pragma once

#include <pybind11/functional.h>
#include <pybind11/numpy.h>
#include <pybind11/pybind11.h>
#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include <string>
#include <utility>
#include <vector>

#include "psoas/core/imported.hpp"
#include "psoas/core/table.hpp"
#include "psoas/core/types.hpp"

/// What all parts of the Python module share. Arrays are views of C++ memory that keep its owner alive; where C++ may
/// move the memory they are copies.
namespace psoas::python {

namespace py = pybind11;
using py::literals::operator""_a;

using Shape = std::vector<py::ssize_t>;
/// Numbers from Python, in the order of rows; anything that is real becomes double.
using Numbers = py::array_t<double, py::array::c_style | py::array::forcecast>;

/// An array over the memory of `owner`, which lives at least as long. @param strides  bytes; empty: without gaps
py::array view(const double* data, const Shape& shape, py::handle owner, bool writable, const Shape& strides = {});

/// The object as numbers. @throws TypeError for what is not real numbers, Error for masked entries
Numbers numbers(py::handle object, const char* what);

/// A copy with the shape that is wanted; -1 stands for any extent. @throws ValueError naming both shapes
Numbers numbers(py::handle object, const char* what, const Shape& shape);

/// One number from Python. @throws TypeError saying what was given instead
double number_of(py::handle object, const char* what);

/// What was given, as a message shows it: its repr where that is short.
std::string short_repr(py::handle object);

/// A name or a path, from text or anything with __fspath__. @throws TypeError
std::string path_text(py::handle object);

/// Fills a vector; one that has a size keeps it, since views may look at it.
void assign(VecX& out, py::handle object, const char* what);
/// The same for a matrix whose columns are the rows of the array.
void assign(MatX& out, py::handle object, const char* what);

VecX vector_of(py::handle object, const char* what);
Vec3 place_of(py::handle object, const char* what);
py::array copy_of(const VecX& values);
py::array copy_of(const std::vector<Vec3>& rows);
template <class Number>
py::array copy_of(const std::vector<Number>& values) {
  return py::array_t<Number>(static_cast<py::ssize_t>(values.size()), values.data());
}

inline py::array view(const VecX& v, py::handle owner, bool writable) {
  return view(v.data(), {v.size()}, owner, writable);
}
/// A column-major matrix (channel, time) as (time, channel).
inline py::array view(const MatX& m, py::handle owner, bool writable) {
  return view(m.data(), {m.cols(), m.rows()}, owner, writable);
}
inline py::array view(const RowMatX& m, py::handle owner, bool writable) {
  return view(m.data(), {m.rows(), m.cols()}, owner, writable);
}
inline py::array view(const Vec3& v, py::handle owner, bool writable) { return view(v.data(), {3}, owner, writable); }
/// Small vectors side by side as rows.
template <int n>
py::array view(const std::vector<Eigen::Matrix<double, n, 1>>& rows, py::handle owner, bool writable) {
  static_assert(sizeof(Eigen::Matrix<double, n, 1>) == n * sizeof(double));
  return view(rows.empty() ? nullptr : rows.front().data(), {static_cast<py::ssize_t>(rows.size()), n}, owner,
              writable);
}

/// The elements as a tuple of references that keep `owner` alive.
template <class T>
py::tuple references(std::vector<T>& items, py::handle owner) {
  py::tuple out(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) {
    out[i] = py::cast(&items[i], py::return_value_policy::reference_internal, owner);
  }
  return out;
}

/// Read-only view of a member, writable where the struct is.
template <class C, class... X, class M>
void array_of(py::class_<C, X...>& type, const char* name, M C::*member, const char* doc, bool writable = true) {
  type.def_property_readonly(
      name, [member, writable](py::object self) { return view(self.cast<C&>().*member, self, writable); }, doc);
}

/// The same, which may also be set: in place, or for the first time.
template <class C, class... X, class M>
void settable_array(py::class_<C, X...>& type, const char* name, M C::*member, const char* doc) {
  type.def_property(
      name, [member](py::object self) { return view(self.cast<C&>().*member, self, true); },
      [member, name](C& self, py::object value) { assign(self.*member, value, name); }, doc);
}

/// Elements of a vector as references, as tuple: what cannot be appended to is not appended to in vain.
template <class C, class... X, class T>
void items_of(py::class_<C, X...>& type, const char* name, std::vector<T> C::*member, const char* doc) {
  type.def_property_readonly(
      name, [member](py::object self) { return references(self.cast<C&>().*member, self); }, doc);
}

/// Plain values as a tuple, which may be set from any sequence.
template <class C, class... X, class T>
void values_of(py::class_<C, X...>& type, const char* name, std::vector<T> C::*member, const char* doc) {
  type.def_property(
      name, [member](const C& self) { return py::tuple(py::cast(self.*member)); },
      [member](C& self, std::vector<T> values) { self.*member = std::move(values); }, doc);
}

/// Sets what is named, on an object with such attributes. @throws TypeError naming the nearest
void set_fields(py::object object, const py::kwargs& fields);
/// `Type(field=value, ...)` of the fields that differ from a fresh object's.
std::string repr_of_fields(const py::object& object);
/// The fields of an object by name.
py::dict fields_of(const py::object& object);

/// Every field of both is the same: arrays entry by entry, NaN the same as NaN.
bool same_fields(const py::object& one, const py::object& other);

/// A struct of values: keyword constructor, repr, equality, copies and pickles by its fields,
/// which are defined before.
template <class C, class... X>
void as_fields(py::class_<C, X...>& type, const std::vector<std::string>& names) {
  type.attr("_fields") = py::tuple(py::cast(names));
  type.def(py::init([](const py::kwargs& fields) {
    C out{};
    set_fields(py::cast(&out, py::return_value_policy::reference), fields);
    return out;
  }));
  type.def("__repr__", [](const py::object& self) { return repr_of_fields(self); });
  type.def("__eq__", [](const py::object& self, const py::object& other) -> py::object {
    if (!other.get_type().is(self.get_type())) return py::reinterpret_borrow<py::object>(Py_NotImplemented);
    return py::bool_(same_fields(self, other));
  });
  type.def("__copy__", [](const C& self) { return C(self); });
  type.def(
      "__deepcopy__", [](const C& self, const py::dict&) { return C(self); }, "memo"_a);
  type.def(py::pickle([](const py::object& self) { return fields_of(self); },
                      [](const py::dict& fields) {
                        C out{};
                        set_fields(py::cast(&out, py::return_value_policy::reference), py::kwargs(fields));
                        return out;
                      }));
}

/// A type of psoas/_types.py.
py::object python_type(const char* name);

/// A value with its notes, as psoas.Imported.
template <class T>
py::object imported(const Imported<T>& from) {
  return python_type("Imported")(from.value, py::tuple(py::cast(from.notes)));
}

/// @throws SpecError with every one of the faults, if there are any
void require_no(const std::vector<std::string>& faults);

void bind_core(py::module_& m);
void bind_muscle(py::module_& m);
void bind_muscle_units(py::module_& m);
void bind_spec(py::module_& m);
void bind_model(py::module_& m);
void bind_task(py::module_& m);
void bind_motion(py::module_& m);
void bind_mechanics(py::module_& m);
void bind_recruit(py::module_& m);
void bind_loads(py::module_& m);
void bind_forward(py::module_& m);
void bind_subject(py::module_& m);
void bind_outcome(py::module_& m);
void bind_analysis(py::module_& m);
void bind_scenario(py::module_& m);
void bind_simulation(py::module_& m);
void bind_recordings(py::module_& m);
void bind_io(py::module_& m);
void bind_files(py::module_& m);

}  // namespace psoas::python
