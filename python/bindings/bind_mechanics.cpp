#include "common.hpp"
#include "fit.hpp"
#include "psoas/analysis/frame.hpp"
#include "psoas/mechanics/links.hpp"
#include "psoas/mechanics/strand_course.hpp"

namespace psoas::python {
namespace {

/// Poses lie one behind the other: rotations by columns, then origins.
py::object transforms(const std::vector<spatial::Transform<double>>& all, const py::object& owner) {
  using Transform = spatial::Transform<double>;
  constexpr py::ssize_t size = sizeof(Transform), number = sizeof(double);
  static_assert(size == 12 * number);
  const auto n = static_cast<py::ssize_t>(all.size());
  const double* const start = all.empty() ? nullptr : all.front().R.data();
  const double* const origin = all.empty() ? nullptr : all.front().p.data();
  return python_type("Transforms")(view(start, {n, 3, 3}, owner, true, {size, number, 3 * number}),
                                   view(origin, {n, 3}, owner, true, {size, number}));
}

void bind_kinematics(py::module_& m) {
  py::class_<Kinematics> type(
      m, "Kinematics",
      "Where every body is and how it moves. Written by compute_kinematics(); arrays are views. "
      "Twists are at the world origin, in world axes: (angular, linear).");
  type.def(py::init<const Model&>(), "model"_a);
  array_of(type, "q", &Kinematics::q, "followers filled in [rad or m] (n_coordinates)");
  array_of(type, "v", &Kinematics::v, "[rad/s or m/s] (n_coordinates)");
  array_of(type, "a", &Kinematics::a, "[rad/s2 or m/s2] (n_coordinates)");
  array_of(type, "gain", &Kinematics::gain, "d coordinate / d (coordinate whose equation feels it) (n_coordinates)");
  array_of(type, "V_GB", &Kinematics::V_GB, "twist of each body (n_bodies x 6)");
  array_of(type, "A_GB", &Kinematics::A_GB, "rate of its twist (n_bodies x 6)");
  array_of(type, "twist", &Kinematics::twist, "per unit rate of the equation (n_motions x 6)");
  array_of(type, "center", &Kinematics::center, "centre of each body's joint [m] (n_bodies x 3)");
  type.def_property_readonly(
      "X_GB", [](const py::object& self) { return transforms(self.cast<const Kinematics&>().X_GB, self); },
      "pose of each body in the world: Transforms(R, p), views");
  m.def(
      "compute_kinematics",
      [](const Model& model, const Pose& pose, Kinematics& k) {
        require_fit(model, pose), require_fit(model, k);
        compute_kinematics(model, pose, k);
      },
      "Poses, twists and twist rates of all bodies.", "model"_a, "pose"_a, "kinematics"_a);
  m.def(
      "world_point",
      [](const Kinematics& k, int body, const py::object& at) {
        require_index(body, static_cast<int>(k.X_GB.size()), "body");
        return copy_of(VecX(world_point(k, body, place_of(at, "at"))));
      },
      "Place of a body point in the world [m].", "kinematics"_a, "body"_a, "at"_a);
  m.def(
      "mass_center",
      [](const Model& model, const Kinematics& k) {
        require_fit(model, k);
        return copy_of(VecX(mass_center(model, k)));
      },
      "Mass centre of the whole body [m].", "model"_a, "kinematics"_a);
}

void bind_paths(py::module_& m) {
  py::class_<Paths> type(m, "Paths", "Where each strand runs. Written by compute_paths(); arrays are views.");
  type.def(py::init<const Model&>(), "model"_a);
  array_of(type, "length", &Paths::length, "origin to insertion, round every surface [m] (n_strands)");
  array_of(type, "speed", &Paths::speed, "its rate, lengthening positive [m/s] (n_strands)");
  array_of(type, "moment_arm", &Paths::moment_arm, "-dL/dq, sparse: Model.arm_row [m or -] (n_arms)");
  array_of(type, "crossing", &Paths::crossing, "wrench of a unit tension beyond the joint [m, -] (n_crossings x 6)");
  array_of(type, "balanced_pull", &Paths::balanced_pull, "[-] (balanced_terms)");
  array_of(type, "segment_length", &Paths::segment_length, "[m] (segments)");
  array_of(type, "place", &Paths::place, "points in the world [m] (points x 3)");
  type.def_readonly("status", &Paths::status).def_readonly("inside", &Paths::inside, "segments inside a surface");
  m.def("compute_paths", fitting(&compute_paths),
        "Lengths, speeds, sparse moment arms and joint wrenches of all strands.", "model"_a, "kinematics"_a, "paths"_a);
  m.def(
      "moment_arm",
      [](const Model& model, const Paths& paths, int strand, int row) {
        require_fit(model, paths), require_index(strand, model.n_strands(), "strand");
        return moment_arm(model, paths, strand, row);
      },
      "Moment arm of a strand about an equation [m or -], 0 where it does not feel it.", "model"_a, "paths"_a,
      "strand"_a, "row"_a);
  m.def(
      "strand_course",
      [](const Model& model, const Kinematics& k, const Paths& paths, int strand, int between) {
        require_index(strand, model.n_strands(), "strand");
        require_fit(model, k), require_fit(model, paths);
        if (paths.status == Status::not_computed) throw Error("these paths were not computed: compute_paths() first");
        if (between < 0) throw Error("between must be 0 or more points, got " + std::to_string(between));
        return copy_of(strand_course(model, k, paths, strand, between));
      },
      "Where a strand runs, as points to draw a line through [m] (n x 3).", "model"_a, "kinematics"_a, "paths"_a,
      "strand"_a, "between"_a = 6);
}

void bind_forces(py::module_& m) {
  py::class_<Strengths> strengths(m, "Strengths", "What each strand can pull: force = passive + activation * active.");
  strengths.def(py::init<const Model&>(), "model"_a);
  array_of(strengths, "active", &Strengths::active, "force at activation 1, without the passive part [N] (n_strands)");
  array_of(strengths, "passive", &Strengths::passive, "force at activation 0 [N] (n_strands)");
  array_of(strengths, "norm_fiber_length", &Strengths::norm_fiber_length, "fibre length / optimal [-] (n_strands)");
  strengths.def_readonly("slack", &Strengths::slack, "strands whose path is no longer than their tendon")
      .def_readonly("outside_curve", &Strengths::outside_curve, "strands whose fibre leaves the range of the curves");
  m.def("compute_strengths", fitting(&compute_strengths), "Strengths of all strands.", "model"_a, "paths"_a,
        "strengths"_a);
  m.def(
      "strand_parameters",
      [](const Model& model, int strand) {
        require_index(strand, model.n_strands(), "strand");
        return strand_parameters(model, strand);
      },
      "The muscle that a strand of a model is.", "model"_a, "strand"_a);

  py::class_<Passive> passive(m, "Passive", "What discs with their ligaments and hip capsules do by themselves.");
  passive.def(py::init<const Model&>(), "model"_a);
  array_of(passive, "moment", &Passive::moment, "on each equation [N m] (n_rows)");
  array_of(passive, "disc_moment", &Passive::disc_moment, "extension, right bend, left turn [N m] (3 n_levels)");
  array_of(passive, "disc_stiffness", &Passive::disc_stiffness, "minus its slope [N m/rad] (3 n_levels)");
  array_of(passive, "capsule_moment", &Passive::capsule_moment, "positive flexes [N m] (n_hips)");
  m.def("compute_passive", fitting(&compute_passive), "Moments and tangents of discs and capsules.", "model"_a,
        "kinematics"_a, "passive"_a);
}

void bind_supports(py::module_& m) {
  py::class_<Supports> type(m, "Supports", "What a pressing node can do to every equation.");
  type.def(py::init<const Model&>(), "model"_a);
  type.def_property_readonly(
      "node",
      [](const Supports& s) {
        std::vector<int> nodes;
        for (const Supports::Column& c : s.columns) nodes.push_back(c.node);
        return py::tuple(py::cast(nodes));
      },
      "of each column, in Model.nodes");
  type.def_property_readonly(
      "patch",
      [](const Supports& s) {
        std::vector<int> patches;
        for (const Supports::Column& c : s.columns) patches.push_back(c.patch);
        return py::tuple(py::cast(patches));
      },
      "of each column, in Model.patches");
  type.def_property_readonly(
      "place",
      [](const Supports& s) {
        std::vector<Vec3> places;
        for (const Supports::Column& c : s.columns) places.push_back(c.place);
        return copy_of(places);
      },
      "of each column in the world, a copy [m] (n x 3)");
  m.def(
      "compute_supports",
      [](const Model& model, const Kinematics& k, const FrameOfTask& frame, Supports& out) {
        require_fit(model, k);
        const FrameInput in = fitting_input(model, frame);
        compute_supports(model, k, in.planes, in.supports, out);
      },
      "Columns of the active nodes of a frame in the equations of motion.", "model"_a, "kinematics"_a, "frame"_a,
      "supports"_a);
}

void bind_dynamics(py::module_& m) {
  const auto of_a_ligament = [&](const char* name, double (*value)(const Kinematics&, const Ligament&),
                                 const char* doc) {
    m.def(
        name,
        [value](const Model& model, const Kinematics& k, int ligament) {
          require_fit(model, k);
          require_index(ligament, static_cast<int>(model.ligaments.size()), "ligament");
          return value(k, model.ligaments[static_cast<std::size_t>(ligament)]);
        },
        doc, "model"_a, "kinematics"_a, "ligament"_a);
  };
  of_a_ligament("ligament_length", &ligament_length, "From its first point to its last [m].");
  of_a_ligament("ligament_tension", &ligament_tension, "Its curve beyond the rest length, 0 up to it [N].");
  py::class_<InverseDynamics> id(m, "InverseDynamics",
                                 "What moves the body without its muscles and supports. Wrenches at the world origin, "
                                 "over everything beyond each body's joint: (moment [N m], force [N]).");
  id.def(py::init<const Model&>(), "model"_a);
  array_of(id, "gravity", &InverseDynamics::gravity, "(n_bodies x 6)");
  array_of(id, "inertia", &InverseDynamics::inertia, "minus the rate of momentum (n_bodies x 6)");
  array_of(id, "external", &InverseDynamics::external, "with ligaments and bushings (n_bodies x 6)");
  array_of(id, "moment", &InverseDynamics::moment, "generalised force that the joints supply [N m or N] (n_rows)");
  m.def(
      "compute_inertia",
      [](const Model& model, const Kinematics& k, const FrameOfTask& frame, InverseDynamics& out) {
        require_fit(model, k), require_fit(model, out);
        compute_inertia(model, k, fitting_input(model, frame).loads, out);
      },
      "Newton-Euler over the tree, with the external loads of a frame.", "model"_a, "kinematics"_a, "frame"_a,
      "inverse_dynamics"_a);
  m.def(
      "compute_inertia",
      [](const Model& model, const Kinematics& k, InverseDynamics& out) {
        require_fit(model, k), require_fit(model, out);
        compute_inertia(model, k, {}, out);
      },
      "model"_a, "kinematics"_a, "inverse_dynamics"_a);
  m.def(
      "coordinate_moment",
      [](const Model& model, const Kinematics& k, const InverseDynamics& at, int coordinate) {
        require_fit(model, k), require_fit(model, at), require_index(coordinate, model.n_coordinates(), "coordinate");
        return coordinate_moment(model, k, at, coordinate);
      },
      "Generalised force of a coordinate as files of OpenSim name it.", "model"_a, "kinematics"_a, "inverse_dynamics"_a,
      "coordinate"_a);
  py::class_<Demand> demand(m, "Demand",
                            "What active muscle, supports, level rotations, motors, reserves must supply.");
  demand.def(py::init<const Model&>(), "model"_a);
  array_of(demand, "moment", &Demand::moment, "[N m or N] (n_rows)");
  array_of(demand, "passive_fiber", &Demand::passive_fiber, "part that passive fibres supply [N m or N] (n_rows)");
  array_of(demand, "balanced", &Demand::balanced, "[N] (n_balanced)");
  m.def("compute_demand", fitting(&compute_demand), "demand = inverse dynamics - tissue - passive fibres", "model"_a,
        "inverse_dynamics"_a, "paths"_a, "strengths"_a, "passive"_a, "demand"_a);
}

}  // namespace

void bind_mechanics(py::module_& m) {
  bind_kinematics(m);
  bind_paths(m);
  bind_forces(m);
  bind_supports(m);
  bind_dynamics(m);
}

}  // namespace psoas::python
