#pragma once

#include <utility>
#include <vector>

#include "common.hpp"

/// Structs whose fields Python only reads still travel to other processes: pickles and copies by their members.
namespace psoas::python {

/// A member as pickle takes it.
template <class T>
py::object packed(const T& value) {
  return py::cast(value);
}
inline py::object packed(const VecX& value) { return copy_of(value); }
inline py::object packed(const MatX& value) {
  return py::array_t<double>(Shape{value.cols(), value.rows()}, value.data());
}
inline py::object packed(const Vec3& value) { return copy_of(VecX(value)); }
inline py::object packed(const std::vector<VecX>& rows) {
  py::list out;
  for (const VecX& row : rows) out.append(copy_of(row));
  return out;
}
inline py::object packed(const std::vector<char>& flags) { return py::bytes(flags.data(), flags.size()); }

/// And back.
template <class T>
void unpack(py::handle from, T& value) {
  value = from.cast<T>();
}
inline void unpack(py::handle from, VecX& value) { value = vector_of(from, "a saved column"); }
inline void unpack(py::handle from, MatX& value) {
  const Numbers in = numbers(from, "saved rows", {-1, -1});
  value = Eigen::Map<const MatX>(in.data(), in.shape(1), in.shape(0));
}
inline void unpack(py::handle from, Vec3& value) { value = place_of(from, "a saved place"); }
inline void unpack(py::handle from, std::vector<VecX>& rows) {
  for (const py::handle row : from) rows.push_back(vector_of(row, "a saved row"));
}
inline void unpack(py::handle from, std::vector<char>& flags) {
  const auto text = from.cast<std::string>();
  flags.assign(text.begin(), text.end());
}

/// Copies and pickles of a struct by these members, which are all that it has.
template <class C, class... X, class... M>
void as_record(py::class_<C, X...>& type, M C::*... members) {
  type.def("__copy__", [](const C& self) { return C(self); });
  type.def(
      "__deepcopy__", [](const C& self, const py::dict&) { return C(self); }, "memo"_a);
  type.def(py::pickle([members...](const C& self) { return py::make_tuple(packed(self.*members)...); },
                      [members...](const py::tuple& state) {
                        C out{};
                        std::size_t i = 0;
                        (unpack(state[i++], out.*members), ...);
                        return out;
                      }));
}

}  // namespace psoas::python
