#include "common.hpp"

PYBIND11_MODULE(_psoas, m) {
  namespace python = psoas::python;
  m.doc() = "The C++ library psoas, as Python sees it: use the package psoas.";
  m.def_submodule("muscle", "One muscle: curves, activation, equilibrium.");
  m.def_submodule("recruit", "Muscle recruitment: the program of one frame and its solution.");
  m.def_submodule("forward", "Integration in time.");
  m.def_submodule("io", "Files in and out.");
  m.def_submodule("catalog", "Small models in code.");
  python::bind_core(m);
  python::bind_muscle(m);
  python::bind_muscle_units(m);
  python::bind_spec(m);
  python::bind_model(m);
  python::bind_task(m);
  python::bind_motion(m);
  python::bind_mechanics(m);
  python::bind_recruit(m);
  python::bind_loads(m);
  python::bind_forward(m);
  python::bind_subject(m);
  python::bind_outcome(m);
  python::bind_analysis(m);
  python::bind_scenario(m);
  python::bind_simulation(m);
  python::bind_recordings(m);
  python::bind_io(m);
  python::bind_files(m);
  // what `import *` takes: the submodules are modules of the package, with more in them
  pybind11::list names;
  for (const pybind11::handle name : m.attr("__dict__")) {
    const auto text = name.cast<std::string>();
    if (text[0] != '_' && !PyModule_Check(m.attr(name).ptr())) names.append(name);
  }
  names.append("catalog");
  m.attr("__all__") = names;
}
