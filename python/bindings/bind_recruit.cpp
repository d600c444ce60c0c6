#include "common.hpp"
#include "fit.hpp"
#include "psoas/recruit/options.hpp"
#include "psoas/recruit/recruit.hpp"
#include "psoas/recruit/recruit_as_opensim.hpp"
#include "records.hpp"

namespace psoas::python {
namespace {

using namespace recruit;

void bind_program(py::module_& m) {
  py::class_<Program> type(m, "Program",
                           "A separable convex program with linear equations and bounds; arrays are copies.\n\n"
                           "    minimise   sum weight_j |x_j|^power_j   subject to  A x = rhs,  lower <= x <= upper");
  type.def(py::init<>())
      .def("add_row", &Program::add_row, "Adds an equation; returns its index.", "right_hand_side"_a)
      .def("add_column", &Program::add_column, "Adds an unknown without entries; returns its index.", "cost"_a,
           "exponent"_a, "least"_a, "greatest"_a)
      .def("add_entry", &Program::add_entry, "Adds a coefficient to the last column.", "row"_a, "coefficient"_a)
      .def_property_readonly("rows", &Program::rows)
      .def_property_readonly("columns", &Program::columns)
      .def_property_readonly(
          "rhs", [](const Program& p) { return copy_of(p.rhs); }, "(n_rows)")
      .def_property_readonly(
          "weight", [](const Program& p) { return copy_of(p.weight); }, "(n_columns)")
      .def_property_readonly(
          "power", [](const Program& p) { return copy_of(p.power); }, "(n_columns)")
      .def_property_readonly(
          "lower", [](const Program& p) { return copy_of(p.lower); }, "(n_columns)")
      .def_property_readonly(
          "upper", [](const Program& p) { return copy_of(p.upper); }, "(n_columns)")
      .def_property_readonly(
          "matrix",
          [](const Program& p) {
            MatX dense = MatX::Zero(p.columns(), p.rows());
            for (int j = 0; j < p.columns(); ++j) {
              for (int k = p.column_start[static_cast<std::size_t>(j)];
                   k < p.column_start[static_cast<std::size_t>(j) + 1]; ++k) {
                dense(j, p.row[static_cast<std::size_t>(k)]) = p.value[static_cast<std::size_t>(k)];
              }
            }
            return py::array_t<double>(Shape{p.rows(), p.columns()}, dense.data());
          },
          "A, dense (n_rows x n_columns)");
  using P = Program;
  as_record(type, &P::rhs, &P::weight, &P::power, &P::lower, &P::upper, &P::column_start, &P::row, &P::value);
  m.def(
      "objective",
      [](const Program& p, const py::object& x) {
        const Numbers in = numbers(x, "x", {p.columns()});
        return objective(p, Eigen::Map<const VecX>(in.data(), in.size()));
      },
      "Value of the cost.", "program"_a, "x"_a);
  py::class_<SolveOptions> options(m, "SolveOptions", "When the solver stops and where it starts.");
  options.def_readwrite("tolerance", &SolveOptions::tolerance, "relative KKT residual that counts as solved [-]")
      .def_readwrite("acceptable", &SolveOptions::acceptable, "the same where rounding allows no better [-]")
      .def_readwrite("max_iterations", &SolveOptions::max_iterations)
      .def_readwrite("warm_start", &SolveOptions::warm_start);
  as_fields(options, {"tolerance", "acceptable", "max_iterations", "warm_start"});
  py::class_<Solution> solution(m, "Solution", "Answer of a program; hand the same one to the next solve.");
  solution.def(py::init<>())
      .def_readonly("status", &Solution::status)
      .def_property_readonly(
          "x", [](const Solution& s) { return copy_of(s.x); }, "unknowns, a copy (n_columns)")
      .def_property_readonly(
          "multiplier", [](const Solution& s) { return copy_of(s.multiplier); },
          "derivative of the cost by rhs, a copy (n_rows)")
      .def_readonly("objective", &Solution::objective)
      .def_readonly("kkt_residual", &Solution::kkt_residual)
      .def_readonly("iterations", &Solution::iterations, "Newton steps");
  using S = Solution;
  as_record(solution, &S::status, &S::x, &S::multiplier, &S::objective, &S::kkt_residual, &S::iterations);
  m.def(
      "solve", [](const Program& p, const SolveOptions& o, Solution& s) { return solve(p, o, s); },
      py::call_guard<py::gil_scoped_release>(), "Solves a program by a semismooth Newton method on its dual.",
      "program"_a, "options"_a, "solution"_a);
}

void bind_recruit_options(py::module_& m) {
  py::class_<Actuator> actuator(m, "Actuator", "A generalised force on one coordinate: control * optimal_force.");
  actuator.def_readwrite("name", &Actuator::name)
      .def_readwrite("coordinate", &Actuator::coordinate, "index")
      .def_readwrite("optimal_force", &Actuator::optimal_force, "at control 1 [N m or N]")
      .def_readwrite("minimum_control", &Actuator::minimum_control)
      .def_readwrite("maximum_control", &Actuator::maximum_control);
  as_fields(actuator, {"name", "coordinate", "optimal_force", "minimum_control", "maximum_control"});
  py::class_<RecruitOptions> options(m, "RecruitOptions",
                                     "What a recruitment is asked to do differently from the model's own table; None "
                                     "means: as the model says.");
  options.def_readwrite("cost", &RecruitOptions::cost, "volume | pcsa | activation")
      .def_readwrite("power", &RecruitOptions::power, "2 to 10")
      .def_readwrite("tolerance", &RecruitOptions::tolerance, "relative residual of the optimality conditions")
      .def_readwrite("max_iterations", &RecruitOptions::max_iterations)
      .def_readwrite("warm_start", &RecruitOptions::warm_start)
      .def_readwrite("opensim", &RecruitOptions::opensim, "actuators of a recruitment as OpenSim's, or None");
  as_fields(options, {"cost", "power", "tolerance", "max_iterations", "warm_start", "opensim"});
}

void bind_recruitment(py::module_& m) {
  py::class_<Recruitment> type(m, "Recruitment", "Who shares the work of one frame. NaN unless the status is usable.");
  type.def(py::init<const Model&>(), "model"_a);
  type.def_readonly("status", &Recruitment::status);
  array_of(type, "activation", &Recruitment::activation, "[-] (n_strands)");
  array_of(type, "force", &Recruitment::force, "along the tendon, active and passive [N] (n_strands)");
  array_of(type, "reserve", &Recruitment::reserve, "what nothing in the body supplied [N m or N] (n_rows)");
  array_of(type, "motor", &Recruitment::motor, "torque of declared motors [N m] (n_rows)");
  array_of(type, "level_rotation", &Recruitment::level_rotation, "[rad] (3 n_levels)");
  array_of(type, "balanced_residual", &Recruitment::balanced_residual, "[N] (n_balanced)");
  array_of(type, "multiplier", &Recruitment::multiplier, "cost per unit of each equation (n_rows)");
  type.def_property_readonly(
          "node_force", [](const Recruitment& r) { return copy_of(r.node_force); },
          "on the body, world axes, of each column of Supports, a copy [N] (n x 3)")
      .def_property_readonly(
          "control", [](const Recruitment& r) { return copy_of(r.control); },
          "of each actuator of a recruitment as OpenSim's, a copy [-]")
      .def_property_readonly(
          "weight", [](const Recruitment& r) { return copy_of(r.weight); },
          "of activation, sums to 1, a copy (n_strands)")
      .def_property_readonly(
          "program", [](const Recruitment& r) { return r.program; }, "that was solved, a copy")
      .def_property_readonly(
          "solution", [](Recruitment& r) -> Solution& { return r.solution; },
          py::return_value_policy::reference_internal, "its answer");
  m.def(
      "recruit_muscles",
      [](const Model& model, const Paths& paths, const Strengths& strengths, const Passive& passive,
         const Demand& demand, const Supports& supports, const FrameOfTask& frame, const RecruitOptions& options,
         Recruitment& out) {
        require_fit(model, paths), require_fit(model, strengths), require_fit(model, passive);
        require_fit(model, demand), require_fit(model, supports), require_fit(model, out);
        const FrameInput in = fitting_input(model, frame);
        return recruit_muscles(model, paths, strengths, passive, demand, supports, *in.lower, *in.upper, options, out);
      },
      "Shares the demand of a frame between muscles, supports, tissue, motors and reserves at the least cost, "
      "within the frame's bounds of activation. Returns a Status.",
      "model"_a, "paths"_a, "strengths"_a, "passive"_a, "demand"_a, "supports"_a, "frame"_a, "options"_a,
      "recruitment"_a);
  m.def(
      "opensim_actuators",
      [](const Model& model, double reserve, double residual_force, double residual_moment) {
        return opensim_actuators(model, {reserve, residual_force, residual_moment});
      },
      "The model's actuators, residuals on the coordinates of a free root [N, N m] and reserves on every other "
      "coordinate with an equation [N m or N].",
      "model"_a, "reserve"_a = OpensimActuators{}.reserve, "residual_force"_a = OpensimActuators{}.residual_force,
      "residual_moment"_a = OpensimActuators{}.residual_moment);
  m.def("listed_actuators", &listed_actuators, "The actuators of a list on the coordinates of a model.", "model"_a,
        "listed"_a);
}

}  // namespace

void bind_recruit(py::module_& root) {
  py::module_ m = root.attr("recruit");
  bind_program(m);
  bind_recruit_options(m);
  bind_recruitment(root);
}

}  // namespace psoas::python
