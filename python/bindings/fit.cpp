#include "fit.hpp"

#include "psoas/core/error.hpp"

namespace psoas::python {

void throw_unfit(const std::string& what, const Model& model) {
  throw Error("the " + what + " does not fit model \"" + model.name + "\": it was made for another one");
}

void require_fit(const Model& m, const Workspace& w) {
  require_fit(m, w.kinematics), require_fit(m, w.paths), require_fit(m, w.strengths), require_fit(m, w.passive);
  require_fit(m, w.inverse_dynamics), require_fit(m, w.demand), require_fit(m, w.recruitment), require_fit(m, w.loads);
  require_fit(m, w.reactions);
}

void require_fit(const Model& m, const Task& task, const TaskFrame& frame) {
  require_fit(m, frame.pose);
  require(task.lower.size() == m.n_strands() && task.upper.size() == m.n_strands(), "task (bounds of activation)", m);
  for (const ActiveNode& n : frame.supports) {
    require(n.node >= 0 && n.node < static_cast<int>(m.nodes.size()) && n.plane >= 0 &&
                n.plane < static_cast<int>(task.planes.size()) && n.strength > 0.0 && n.strength <= 1.0,
            "task (support nodes)", m);
  }
  for (const ExternalForce& load : frame.loads) {
    require(load.body >= 0 && load.body < m.n_bodies(), "task (bodies of external forces)", m);
  }
}

void require_fit(const Model& m, const Task& task) {
  for (const TaskFrame& frame : task.frames) require_fit(m, task, frame);
}

void require_index(int index, int count, const char* what) {
  if (index >= 0 && index < count) return;
  throw py::index_error("no " + std::string(what) + ' ' + std::to_string(index) + ": there are " +
                        std::to_string(count));
}

}  // namespace psoas::python
