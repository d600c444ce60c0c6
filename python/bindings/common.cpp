#include "common.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "psoas/core/error.hpp"
#include "psoas/core/nearest_name.hpp"

namespace psoas::python {
namespace {

bool is_nan(const py::object& value) {
  return PyFloat_Check(value.ptr()) != 0 && std::isnan(PyFloat_AS_DOUBLE(value.ptr()));
}

std::string shape_text(const py::ssize_t* extents, std::size_t n) {
  std::string text = "(";
  for (std::size_t i = 0; i < n; ++i) {
    text += (i == 0 ? "" : ", ") + (extents[i] < 0 ? std::string("any") : std::to_string(extents[i]));
  }
  return text + (n == 1 ? ",)" : ")");
}

/// True for an array of NumPy with masked entries, alone or in a sequence: as plain numbers they would count.
bool has_masked(py::handle object) {
  if (PyFloat_Check(object.ptr()) != 0 || PyLong_Check(object.ptr()) != 0) return false;
  if (PyList_Check(object.ptr()) != 0 || PyTuple_Check(object.ptr()) != 0) {
    const auto items = py::reinterpret_borrow<py::sequence>(object);
    return std::any_of(items.begin(), items.end(), [](const py::object& item) { return has_masked(item); });
  }
  if (!py::isinstance<py::array>(object) || !py::hasattr(object, "mask")) return false;
  return py::module_::import("numpy.ma").attr("is_masked")(object).cast<bool>();
}

[[noreturn]] void wrong_shape(const char* what, const Shape& wanted, const Numbers& got) {
  throw py::value_error(std::string(what) + " must have the shape " + shape_text(wanted.data(), wanted.size()) +
                        ", got " + shape_text(got.shape(), static_cast<std::size_t>(got.ndim())));
}

}  // namespace

py::array view(const double* data, const Shape& shape, py::handle owner, bool writable, const Shape& strides) {
  static const double nothing = 0.0;
  const py::dtype dtype = py::dtype::of<double>();
  const double* const start = data == nullptr ? &nothing : data;
  py::array out =
      strides.empty() ? py::array(dtype, shape, start, owner) : py::array(dtype, shape, strides, start, owner);
  if (!writable) py::detail::array_proxy(out.ptr())->flags &= ~py::detail::npy_api::NPY_ARRAY_WRITEABLE_;
  return out;
}

Numbers numbers(py::handle object, const char* what) {
  if (has_masked(object)) throw Error(std::string(what) + " has masked entries: fill them or leave them out");
  py::array any = py::array::ensure(object);
  if (!any || std::strchr("biuf", any.dtype().kind()) == nullptr) {
    PyErr_Clear();
    const bool array = any && any.ndim() > 0;
    throw py::type_error(std::string(what) + " must be real numbers, got " +
                         (array ? "an array of " + std::string(py::str(any.dtype())) : short_repr(object)));
  }
  return Numbers::ensure(any);
}

double number_of(py::handle object, const char* what) {
  const double out = PyFloat_AsDouble(object.ptr());
  if (PyErr_Occurred() == nullptr) return out;
  PyErr_Clear();
  throw py::type_error(std::string(what) + " must be a number, got " + short_repr(object));
}

std::string short_repr(py::handle object) {
  std::string text(py::repr(object));
  if (text.size() > 60 || text.find('\n') != std::string::npos) {
    text = "an object of type " + std::string(py::str(py::type::handle_of(object).attr("__name__")));
  }
  return text;
}

Numbers numbers(py::handle object, const char* what, const Shape& shape) {
  Numbers out = numbers(object, what);
  bool fits = out.ndim() == static_cast<py::ssize_t>(shape.size());
  for (std::size_t i = 0; fits && i < shape.size(); ++i) {
    fits = shape[i] < 0 || out.shape(static_cast<py::ssize_t>(i)) == shape[i];
  }
  if (!fits) wrong_shape(what, shape, out);
  return out;
}

std::string path_text(py::handle object) {
  PyObject* path = PyOS_FSPath(object.ptr());
  if (path == nullptr) {
    PyErr_Clear();
    throw py::type_error("a name or a path must be text or a pathlib.Path, got " + short_repr(object));
  }
  py::object text = py::reinterpret_steal<py::object>(path);
  if (py::isinstance<py::bytes>(text)) text = text.attr("decode")("utf-8", "surrogateescape");
  Py_ssize_t size = 0;
  const char* const utf8 = PyUnicode_AsUTF8AndSize(text.ptr(), &size);
  if (utf8 == nullptr) {
    PyErr_Clear();
    throw py::value_error("a path must be text in UTF-8, got " + std::string(py::str(py::repr(text))));
  }
  return {utf8, static_cast<std::size_t>(size)};
}

void assign(VecX& out, py::handle object, const char* what) {
  const Numbers in = numbers(object, what, {out.size() > 0 ? out.size() : -1});
  out = Eigen::Map<const VecX>(in.data(), in.size());
}

void assign(MatX& out, py::handle object, const char* what) {
  const bool sized = out.size() > 0;
  const Numbers in = numbers(object, what, {sized ? out.cols() : -1, sized ? out.rows() : -1});
  out = Eigen::Map<const MatX>(in.data(), in.shape(1), in.shape(0));
}

VecX vector_of(py::handle object, const char* what) {
  VecX out;
  assign(out, object, what);
  return out;
}

Vec3 place_of(py::handle object, const char* what) {
  const Numbers in = numbers(object, what, {3});
  return {in.at(0), in.at(1), in.at(2)};
}

py::array copy_of(const VecX& values) { return py::array_t<double>(values.size(), values.data()); }

py::array copy_of(const std::vector<Vec3>& rows) {
  py::array_t<double> out({static_cast<py::ssize_t>(rows.size()), py::ssize_t{3}});
  for (std::size_t i = 0; i < rows.size(); ++i) std::copy_n(rows[i].data(), 3, out.mutable_data() + 3 * i);
  return out;
}

void set_fields(py::object object, const py::kwargs& fields) {
  const auto names = object.attr("_fields").cast<std::vector<std::string>>();
  for (const auto& [key, value] : fields) {
    const auto name = key.cast<std::string>();
    if (std::find(names.begin(), names.end(), name) == names.end()) {
      throw py::type_error(std::string(py::str(py::type::of(object).attr("__name__"))) + " has no \"" + name + '"' +
                           did_you_mean(name, names));
    }
    object.attr(key) = value;
  }
}

py::dict fields_of(const py::object& object) {
  py::dict out;
  for (const py::handle name : object.attr("_fields")) out[name] = object.attr(name);
  return out;
}

bool same_fields(const py::object& one, const py::object& other) {
  for (const py::handle name : one.attr("_fields")) {
    const py::object a = one.attr(name), b = other.attr(name);
    if (py::isinstance<py::array>(a)) {
      if (!py::module_::import("numpy").attr("array_equal")(a, b, "equal_nan"_a = true).cast<bool>()) return false;
    } else if (!a.equal(b) && !(is_nan(a) && is_nan(b))) {
      return false;
    }
  }
  return true;
}

std::string repr_of_fields(const py::object& object) {
  const py::object type = py::type::of(object);
  const py::object fresh = type();
  std::string text;
  for (const py::handle name : object.attr("_fields")) {
    const std::string own(py::repr(object.attr(name)));
    if (own == std::string(py::repr(fresh.attr(name)))) continue;
    text += (text.empty() ? "" : ", ") + std::string(py::str(name)) + '=' + own;
  }
  return std::string(py::str(type.attr("__name__"))) + '(' + text + ')';
}

void require_no(const std::vector<std::string>& faults) {
  std::vector<Fault> found;
  for (const std::string& fault : faults) found.push_back({"", fault});
  if (!found.empty()) throw SpecError(std::move(found));
}

py::object python_type(const char* name) { return py::module_::import("psoas._types").attr(name); }

}  // namespace psoas::python
