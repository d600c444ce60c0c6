#include "common.hpp"
#include "fit.hpp"
#include "psoas/loads/joint_reactions.hpp"
#include "psoas/loads/ledger.hpp"
#include "psoas/loads/loads.hpp"

namespace psoas::python {
namespace {

/// All that loads are made of belongs to one model, and the forces of nodes to these supports.
void require_solved(const Model& model, const Kinematics& k, const InverseDynamics& id, const Paths& paths,
                    const Supports& supports, const Recruitment& r) {
  require_fit(model, k), require_fit(model, id), require_fit(model, paths), require_fit(model, supports);
  require_fit(model, r);
  require(r.node_force.size() == supports.columns.size(), "recruitment (its supports)", model);
}

/// A function that writes loads of a solved frame, whose arguments are looked at first.
template <class Out>
auto of_a_solved_frame(void (*compute)(const Model&, const Kinematics&, const InverseDynamics&, const Paths&,
                                       const Supports&, const Recruitment&, Out&)) {
  return [compute](const Model& model, const Kinematics& k, const InverseDynamics& id, const Paths& paths,
                   const Supports& supports, const Recruitment& r, Out& out) {
    require_solved(model, k, id, paths, supports, r), require_fit(model, out);
    compute(model, k, id, paths, supports, r, out);
  };
}

}  // namespace

void bind_loads(py::module_& m) {
  py::class_<Load>(m, "Load", "One number that a joint carries.")
      .def_readonly("name", &Load::name)
      .def_property_readonly(
          "unit", [](const Load& l) { return std::string(l.unit); }, "N, Nm, BW")
      .def_readonly("body", &Load::body, "the joint that carries this body")
      .def_readonly("value", &Load::value, "NaN where the frame failed")
      .def("__repr__", [](const Load& l) { return "<psoas.Load " + l.name + " = " + std::to_string(l.value) + '>'; });
  py::class_<Loads> loads(m, "Loads", "What every lumbar level and both hips carry. Written by compute_loads().");
  loads.def(py::init<const Model&>(), "model"_a);
  items_of(loads, "loads", &Loads::loads, "each with name, unit and value");
  array_of(loads, "beyond", &Loads::beyond, "sum of all forces beyond each body's joint [N m, N] (n_bodies x 6)");
  loads.def(
      "value",
      [](const Loads& l, const std::string& name) {
        std::vector<std::string> names;
        for (const Load& load : l.loads) {
          if (load.name == name) return load.value;
          names.push_back(load.name);
        }
        throw Error("no load \"" + name + '"' + did_you_mean(name, names));
      },
      "Value of a load by its name. Raises Error naming the nearest.", "name"_a);
  m.def("compute_loads", of_a_solved_frame(&compute_loads), "Loads of all lumbar levels and hips.", "model"_a,
        "kinematics"_a, "inverse_dynamics"_a, "paths"_a, "supports"_a, "recruitment"_a, "loads"_a);

  py::enum_<Cause>(m, "Cause", "What a part of a load comes from.")
      .value("gravity", Cause::gravity)
      .value("inertia", Cause::inertia)
      .value("support", Cause::support)
      .value("external", Cause::external)
      .value("ligament", Cause::ligament)
      .value("bushing", Cause::bushing)
      .value("muscle", Cause::muscle);
  py::class_<Ledger> ledger(m, "Ledger", "Which structure causes a load. Written by compute_ledger().");
  py::class_<Ledger::Part>(ledger, "Part", "One part of one load.")
      .def_readonly("load", &Ledger::Part::load, "in Loads.loads")
      .def_readonly("cause", &Ledger::Part::cause)
      .def_readonly("part", &Ledger::Part::part, "body, patch, external force, ligament, bushing or strand: index")
      .def_readonly("value", &Ledger::Part::value, "in the unit of the load");
  ledger.def(py::init<>());
  ledger.def_property_readonly(
      "parts", [](const Ledger& l) { return py::tuple(py::cast(l.parts)); },
      "by load; the parts of a load add up to its value");
  m.def(
      "compute_ledger",
      [](const Model& model, const Kinematics& k, const FrameOfTask& frame, const InverseDynamics& id,
         const Paths& paths, const Supports& supports, const Recruitment& r, const Loads& l, Ledger& out) {
        require_solved(model, k, id, paths, supports, r), require_fit(model, l);
        const FrameInput in = fitting_input(model, frame);
        require(id.external_by_load.size() >= in.loads.size(), "inverse_dynamics", model);
        compute_ledger(model, k, in.loads, id, paths, supports, r, l, out);
      },
      "Splits every load by cause.", "model"_a, "kinematics"_a, "frame"_a, "inverse_dynamics"_a, "paths"_a,
      "supports"_a, "recruitment"_a, "loads"_a, "ledger"_a);

  py::class_<Reaction>(m, "Reaction", "What a joint does to its child.")
      .def_property_readonly(
          "force", [](const Reaction& r) { return copy_of(VecX(r.force)); }, "[N]")
      .def_property_readonly(
          "moment", [](const Reaction& r) { return copy_of(VecX(r.moment)); }, "about the point [N m]")
      .def_property_readonly(
          "point", [](const Reaction& r) { return copy_of(VecX(r.point)); }, "[m]");
  py::class_<JointReactions> reactions(m, "JointReactions", "The load of every joint, on the child, in world axes.");
  reactions.def(py::init<const Model&>(), "model"_a);
  reactions.def_property_readonly(
      "in_ground", [](const JointReactions& r) { return py::tuple(py::cast(r.in_ground)); },
      "Reaction of each body's joint, copies");
  m.def("compute_joint_reactions", of_a_solved_frame(&compute_joint_reactions), "Loads of all joints.", "model"_a,
        "kinematics"_a, "inverse_dynamics"_a, "paths"_a, "supports"_a, "recruitment"_a, "reactions"_a);
  m.def(
      "in_child",
      [](const Kinematics& k, int body, const Reaction& in_ground) {
        require_index(body, static_cast<int>(k.X_GB.size()), "body");
        return in_child(k, body, in_ground);
      },
      "The same in the axes of the child.", "kinematics"_a, "body"_a, "in_ground"_a);
}

}  // namespace psoas::python
