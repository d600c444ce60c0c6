#include "common.hpp"
#include "fit.hpp"
#include "psoas/io/read_model.hpp"
#include "psoas/io/write_model.hpp"
#include "psoas/model/compile.hpp"
#include "psoas/model/model.hpp"

namespace psoas::python {
namespace {

void bind_model_parts(py::module_& m) {
  py::class_<Body> body(m, "Body", "A rigid segment and the joint that carries it.");
  body.def_readonly("name", &Body::name)
      .def_readonly("joint", &Body::joint, "name of the joint that carries it")
      .def_readonly("parent", &Body::parent, "body index, -1: the world")
      .def_readonly("mass", &Body::mass, "[kg]")
      .def_readonly("helper", &Body::helper, "posture only: no virtual displacement");
  array_of(body, "mass_center", &Body::mass_center, "[m]", false);
  py::class_<Coordinate>(m, "Coordinate", "A coordinate of the model.")
      .def_readonly("name", &Coordinate::name)
      .def_readonly("role", &Coordinate::role)
      .def_readonly("translational", &Coordinate::translational, "metres, not radians")
      .def_readonly("row", &Coordinate::row, "own equation, -1: none")
      .def_readonly("leader", &Coordinate::leader, "coordinate that it follows, -1: none")
      .def_readonly("coupling", &Coordinate::coupling)
      .def_readonly("default_value", &Coordinate::default_value, "[rad or m]")
      .def_readonly("minimum", &Coordinate::minimum, "[rad or m]")
      .def_readonly("maximum", &Coordinate::maximum, "[rad or m]")
      .def_readonly("warn_minimum", &Coordinate::warn_minimum, "[rad or m]")
      .def_readonly("warn_maximum", &Coordinate::warn_maximum, "[rad or m]")
      .def("__repr__", [](const Coordinate& c) { return "<psoas.Coordinate " + c.name + '>'; });
  py::enum_<Equation>(m, "Equation", "Kinds of equations of equilibrium.")
      .value("root_moment", Equation::root_moment)
      .value("root_force", Equation::root_force)
      .value("coordinate", Equation::coordinate)
      .value("level", Equation::level)
      .value("motor", Equation::motor);
  py::class_<Row>(m, "Row", "One equation of equilibrium.")
      .def_readonly("name", &Row::name)
      .def_readonly("kind", &Row::kind)
      .def_readonly("coordinate", &Row::coordinate, "-1 for the world-axis rows of a free root")
      .def_readonly("body", &Row::body, "body whose joint it belongs to");
  py::class_<Strand>(m, "Strand", "One strand of a muscle.")
      .def_readonly("name", &Strand::name)
      .def_readonly("side", &Strand::side, "r, l or empty")
      .def_readonly("first_arm", &Strand::first_arm, "in Model.arm_row and Paths.moment_arm")
      .def_readonly("n_arms", &Strand::n_arms)
      .def_readonly("tone", &Strand::tone, "takes the scenario's tone")
      .def("__repr__", [](const Strand& s) { return "<psoas.Strand " + s.name + '>'; });
  py::class_<Group> group(m, "Group", "A muscle as a group of strands.");
  group.def_readonly("name", &Group::name)
      .def_readonly("base", &Group::base, "without side")
      .def_readonly("side", &Group::side)
      .def_readonly("main", &Group::main, "first group of its strands: what summaries list");
  group.def_property_readonly(
      "strands", [](const Group& g) { return py::tuple(py::cast(g.strands)); }, "indices");
  py::class_<Level>(m, "Level", "A lumbar level.")
      .def_readonly("name", &Level::name)
      .def_readonly("body", &Level::body, "upper body: what its joint carries")
      .def_readonly("coordinates", &Level::coordinates, "extension, right bend, left axial turn")
      .def_readonly("tilt", &Level::tilt, "of the upper endplate of the lower vertebra, + backward [rad]");
  py::class_<Hip>(m, "Hip", "A hip joint whose load is reported.")
      .def_readonly("side", &Hip::side)
      .def_readonly("body", &Hip::body, "femur")
      .def_readonly("flexion", &Hip::flexion, "coordinate");
  py::class_<Ligament>(m, "Ligament", "An elastic line through fixed points, slack up to its rest length.")
      .def_readonly("name", &Ligament::name)
      .def_readonly("rest_length", &Ligament::rest_length, "[m]")
      .def_readonly("force", &Ligament::force, "of length over rest length [N]");
  py::class_<Bushing> bushing(m, "Bushing", "Springs and dampers between two frames.");
  bushing.def_readonly("name", &Bushing::name)
      .def_property_readonly(
          "bodies", [](const Bushing& b) { return py::make_tuple(b.bodies[0], b.bodies[1]); }, "indices; -1: ground");
  array_of(bushing, "rotational_stiffness", &Bushing::rotational_stiffness, "[N m/rad] (3)", false);
  array_of(bushing, "translational_stiffness", &Bushing::translational_stiffness, "[N/m] (3)", false);
  array_of(bushing, "rotational_damping", &Bushing::rotational_damping, "[N m s/rad] (3)", false);
  array_of(bushing, "translational_damping", &Bushing::translational_damping, "[N s/m] (3)", false);
  py::class_<Patch>(m, "Patch", "Skin over bone that can press on a plane.")
      .def_readonly("name", &Patch::name)
      .def_readonly("reported_as", &Patch::reported_as);
  py::class_<Node> node(m, "Node", "A point of a patch.");
  node.def_readonly("patch", &Node::patch).def_readonly("body", &Node::body);
  array_of(node, "at", &Node::at, "in the body [m]", false);
}

void bind_strand_parameters(py::module_& m) {
  py::class_<StrandParameters> type(m, "StrandParameters", "Muscle parameters, one entry a strand; read-only views.");
  const std::vector<std::tuple<const char*, VecX StrandParameters::*, const char*>> members{
      {"pcsa", &StrandParameters::pcsa, "strength included [m2]"},
      {"max_isometric_force", &StrandParameters::max_isometric_force, "[N]"},
      {"optimal_fiber_length", &StrandParameters::optimal_fiber_length, "[m]"},
      {"tendon_slack_length", &StrandParameters::tendon_slack_length, "[m]"},
      {"pennation", &StrandParameters::pennation, "at optimal length [rad]"},
      {"passive_strain", &StrandParameters::passive_strain, "[-]"},
      {"active_width", &StrandParameters::active_width, "[-]"},
      {"max_contraction_velocity", &StrandParameters::max_contraction_velocity, "[optimal lengths / s]"},
      {"minimum_activation", &StrandParameters::minimum_activation, "of a recruitment as OpenSim's"}};
  for (const auto& [name, member, doc] : members) array_of(type, name, member, doc, false);
  type.def_property_readonly("type", [](const StrandParameters& p) { return py::tuple(py::cast(p.type)); });
}

template <class T>
void names_of(py::class_<Model, std::shared_ptr<Model>>& type, const char* name, std::vector<T> Model::*member) {
  type.def_property_readonly(
      name,
      [member](const Model& model) {
        py::tuple out((model.*member).size());
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = py::str((model.*member)[i].name);
        return out;
      },
      "names, in order");
}

void bind_model_numbers(py::class_<Model, std::shared_ptr<Model>>& type) {
  type.def_readonly("name", &Model::name)
      .def_readonly("gravity", &Model::gravity, "[m/s2], along -Y")
      .def_readonly("mass", &Model::mass, "[kg]")
      .def_readonly("body_weight", &Model::body_weight, "[N]")
      .def_readonly("free_root", &Model::free_root, "the first body floats")
      .def_property_readonly("n_bodies", &Model::n_bodies)
      .def_property_readonly("n_coordinates", &Model::n_coordinates)
      .def_property_readonly("n_rows", &Model::n_rows)
      .def_property_readonly("n_strands", &Model::n_strands)
      .def_property_readonly("n_arms", &Model::n_arms)
      .def_property_readonly(
          "spec", [](const Model& m) { return std::make_shared<ModelSpec>(*m.spec); },
          "a copy of the description that it was compiled from")
      .def_property_readonly(
          "muscle", [](Model& m) -> StrandParameters& { return m.muscle; }, py::return_value_policy::reference_internal,
          "parameters, one entry a strand")
      .def_property_readonly(
          "recruit", [](const Model& m) { return m.recruit; }, "weights of the recruitment, a copy");
  type.def_property_readonly(
      "arm_row",
      [](py::object self) {
        const Model& m = self.cast<const Model&>();
        py::array out(py::dtype::of<int>(), Shape{static_cast<py::ssize_t>(m.arm_row.size())}, m.arm_row.data(), self);
        py::detail::array_proxy(out.ptr())->flags &= ~py::detail::npy_api::NPY_ARRAY_WRITEABLE_;
        return out;
      },
      "equation of each sparse moment arm (n_arms)");
}

void bind_lookups(py::class_<Model, std::shared_ptr<Model>>& type) {
  type.def(
          "arm_entry",
          [](const Model& m, int strand, int row) {
            require_index(strand, m.n_strands(), "strand");
            return m.arm_entry(strand, row);
          },
          "Entry of the sparse moment arms; -1: that equation does not feel it.", "strand"_a, "row"_a)
      .def("body", &Model::body, "Index by name; raises psoas.Error naming the nearest.", "name"_a)
      .def("coordinate", &Model::coordinate, "Index by name; raises psoas.Error naming the nearest.", "name"_a)
      .def("strand", &Model::strand, "Index by name; raises psoas.Error naming the nearest.", "name"_a)
      .def("level", &Model::level, "Index by name; raises psoas.Error naming the nearest.", "name"_a)
      .def("patch", &Model::patch, "Index by name; raises psoas.Error naming the nearest.", "name"_a)
      .def("row", &Model::row, "Index by name; raises psoas.Error naming the nearest.", "name"_a)
      .def(
          "group", [](Model& m, const std::string& name) -> Group& { return const_cast<Group&>(m.group(name)); },
          py::return_value_policy::reference_internal, "By name; raises psoas.Error naming the nearest.", "name"_a)
      .def(
          "strands_of",
          [](const Model& m, const std::string& name) {
            std::vector<std::string> names;
            for (const Group& group : m.groups) {
              if (group.name == name) return py::tuple(py::cast(group.strands));
              names.push_back(group.name);
            }
            for (std::size_t s = 0; s < m.strands.size(); ++s) {
              if (m.strands[s].name == name) return py::tuple(py::make_tuple(s));
              names.push_back(m.strands[s].name);
            }
            throw Error("no muscle \"" + name + '"' + did_you_mean(name, names));
          },
          "Indices of a strand or of a group, by name. Raises Error naming the nearest.", "name"_a);
}

}  // namespace

void bind_model(py::module_& m) {
  bind_model_parts(m);
  bind_strand_parameters(m);
  py::class_<Model, std::shared_ptr<Model>> type(
      m, "Model",
      "The compiled body: numbers and indices, checked, immutable, safe to share between threads. Made by compile(); "
      "pickles as its description.");
  bind_model_numbers(type);
  bind_lookups(type);
  items_of(type, "bodies", &Model::bodies, "in tree order");
  items_of(type, "coordinates", &Model::coordinates, "leaders before followers");
  items_of(type, "rows", &Model::rows, "equations of equilibrium");
  items_of(type, "strands", &Model::strands, "of all muscles");
  items_of(type, "groups", &Model::groups, "muscles as groups of strands");
  items_of(type, "levels", &Model::levels, "lumbar levels, from the sacrum up");
  items_of(type, "hips", &Model::hips, "joints whose load is reported as a hip");
  items_of(type, "ligaments", &Model::ligaments, "elastic lines between bodies");
  items_of(type, "bushings", &Model::bushings, "springs and dampers between bodies");
  items_of(type, "patches", &Model::patches, "that can press on a plane");
  items_of(type, "nodes", &Model::nodes, "points of the patches");
  names_of(type, "body_names", &Model::bodies);
  names_of(type, "coordinate_names", &Model::coordinates);
  names_of(type, "strand_names", &Model::strands);
  names_of(type, "row_names", &Model::rows);
  names_of(type, "level_names", &Model::levels);
  names_of(type, "group_names", &Model::groups);
  type.def("__repr__",
           [](const py::object& self) { return py::module_::import("psoas._display").attr("model_repr")(self); })
      .def("_repr_html_",
           [](const py::object& self) { return py::module_::import("psoas._display").attr("model_html")(self); })
      .def("__copy__", [](const std::shared_ptr<Model>& self) { return self; })
      .def(
          "__deepcopy__", [](const std::shared_ptr<Model>& self, const py::dict&) { return self; }, "memo"_a)
      .def(py::pickle([](const Model& model) { return py::make_tuple(io::model_toml(*model.spec), model.spec->name); },
                      [](const py::tuple& state) {
                        const auto text = state[0].cast<std::string>(), name = state[1].cast<std::string>();
                        return std::make_shared<Model>(compile(io::read_model_text(text, name)));
                      }));
  m.def(
      "compile", [](const ModelSpec& spec) { return std::make_shared<Model>(compile(spec)); },
      "Turns a description into numbers. Raises SpecError with every fault of the description.", "spec"_a);
}

}  // namespace psoas::python
