#include "fit.hpp"

#include "psoas/core/error.hpp"

namespace psoas::python {

void throw_unfit(const std::string& what, const Model& model) {
  throw Error("what was given as " + what + " does not fit model \"" + model.name + "\": it was made for another one");
}

void require_fit(const Model& m, const Workspace& w) {
  require_fit(m, w.kinematics), require_fit(m, w.paths), require_fit(m, w.strengths), require_fit(m, w.passive);
  require_fit(m, w.inverse_dynamics), require_fit(m, w.demand), require_fit(m, w.recruitment), require_fit(m, w.loads);
  require_fit(m, w.reactions);
}

void require_index(int index, int count, const char* what) {
  if (index >= 0 && index < count) return;
  throw py::index_error("no " + std::string(what) + ' ' + std::to_string(index) + ": there are " +
                        std::to_string(count));
}

}  // namespace psoas::python
