#include "common.hpp"
#include "fit.hpp"
#include "psoas/analysis/analyze.hpp"
#include "psoas/analysis/forward_outcome.hpp"
#include "psoas/analysis/frame.hpp"
#include "psoas/analysis/ledger_at.hpp"
#include "psoas/analysis/lint.hpp"
#include "psoas/analysis/motion_tables.hpp"
#include "records.hpp"

namespace psoas::python {
namespace {

void bind_analyze_options(py::module_& m) {
  py::class_<GateLimits> limits(m, "GateLimits", "Beyond warn a result is marked, beyond fail it is not used unread.");
  const std::vector<std::tuple<const char*, double GateLimits::*, const char*>> members{
      {"root_force_warn", &GateLimits::root_force_warn, "root reserve over body weight [-]"},
      {"root_force_fail", &GateLimits::root_force_fail, "root reserve over body weight [-]"},
      {"root_moment_warn", &GateLimits::root_moment_warn, "over body weight x height [-]"},
      {"root_moment_fail", &GateLimits::root_moment_fail, "over body weight x height [-]"},
      {"reserve_floor", &GateLimits::reserve_floor, "coordinate reserve that never matters [N m]"},
      {"reserve_warn", &GateLimits::reserve_warn, "over the coordinate's peak net moment [-]"},
      {"reserve_fail", &GateLimits::reserve_fail, "over the coordinate's peak net moment [-]"},
      {"level_rotation_warn", &GateLimits::level_rotation_warn, "[rad]"},
      {"level_rotation_fail", &GateLimits::level_rotation_fail, "[rad]"},
      {"abdomen_warn", &GateLimits::abdomen_warn, "[N]"},
      {"abdomen_fail", &GateLimits::abdomen_fail, "[N]"},
      {"saturated", &GateLimits::saturated, "activation that counts as at its limit [-]"},
      {"saturated_fail", &GateLimits::saturated_fail, "share of all strands [-]"},
      {"slack_fail", &GateLimits::slack_fail, "share of all strands [-]"},
      {"outside_curve_fail", &GateLimits::outside_curve_fail, "share of all strands [-]"},
      {"inside_surface_fail", &GateLimits::inside_surface_fail, "share of all strands [-]"},
      {"tendon_push_warn", &GateLimits::tendon_push_warn, "[N]"},
      {"tendon_push_fail", &GateLimits::tendon_push_fail, "[N]"},
      {"balance_fail", &GateLimits::balance_fail, "free-body balance over body weight [-]"}};
  std::vector<std::string> names;
  for (const auto& [name, member, doc] : members) {
    limits.def_readwrite(name, member, doc);
    names.emplace_back(name);
  }
  as_fields(limits, names);
  py::class_<AnalyzeOptions> options(m, "AnalyzeOptions", "How a motion is analysed.");
  options.def_readwrite("recruit", &AnalyzeOptions::recruit)
      .def_readwrite("gates", &AnalyzeOptions::gates)
      .def_readwrite("ledger_full", &AnalyzeOptions::ledger_full, "ledger of every frame instead of each load's peak")
      .def_readwrite("threads", &AnalyzeOptions::threads, "the answer has the same bytes for any number");
  as_fields(options, {"recruit", "gates", "ledger_full", "threads"});
}

void bind_workspace(py::module_& m) {
  py::class_<Workspace> type(m, "Workspace", "One of each stage, allocated once. It belongs to one thread.");
  type.def(py::init<const Model&>(), "model"_a)
      .def_readonly("kinematics", &Workspace::kinematics)
      .def_readonly("paths", &Workspace::paths)
      .def_readonly("strengths", &Workspace::strengths)
      .def_readonly("passive", &Workspace::passive)
      .def_readonly("supports", &Workspace::supports)
      .def_readonly("inverse_dynamics", &Workspace::inverse_dynamics)
      .def_readonly("demand", &Workspace::demand)
      .def_readonly("recruitment", &Workspace::recruitment)
      .def_readonly("loads", &Workspace::loads)
      .def_readonly("reactions", &Workspace::reactions, "not a part of solve_frame(): see compute_reactions()");
  m.def(
      "prepare_frame",
      [](const Model& model, const FrameOfTask& frame, Workspace& w) {
        require_fit(model, w);
        prepare_frame(model, fitting_input(model, frame), w);
      },
      "Everything before the recruitment: where the body is and what it needs.", "model"_a, "frame"_a, "workspace"_a);
  m.def(
      "solve_frame",
      [](const Model& model, const FrameOfTask& frame, const AnalyzeOptions& options, Workspace& w) {
        require_fit(model, w);
        const FrameInput in = fitting_input(model, frame);
        const py::gil_scoped_release release;
        return solve_frame(model, in, options, w);
      },
      "One complete frame: kinematics, paths, strengths, tissue, supports, inverse dynamics, recruitment, joint "
      "loads. Returns ok, or the Status that says why the numbers are NaN.",
      "model"_a, "frame"_a, "options"_a, "workspace"_a);
  m.def(
      "_solve_frames",
      [](const Model& model, const Task& task, const AnalyzeOptions& options, Workspace& w, int n) {
        require_fit(model, w), require_fit(model, task);
        require_index(n - 1, static_cast<int>(task.frames.size()), "frame");
        const py::gil_scoped_release release;
        int solved = 0;
        for (int f = 0; f < n; ++f) solved += usable(solve_frame(model, at(task, f), options, w)) ? 1 : 0;
        return solved;
      },
      "A loop over the first n frames, to measure what the loop in Python adds.", "model"_a, "task"_a, "options"_a,
      "workspace"_a, "n"_a);
  m.def(
      "compute_reactions",
      [](const Model& model, Workspace& w) {
        require_fit(model, w);
        require(w.recruitment.node_force.size() == w.supports.columns.size(), "workspace", model);
        compute_reactions(model, w);
      },
      "Loads of all joints of a solved frame.", "model"_a, "workspace"_a);
}

void bind_lint(py::module_& m) {
  py::enum_<Severity>(m, "Severity", "How much a finding matters.")
      .value("note", Severity::note, "worth knowing")
      .value("warning", Severity::warning, "moves answers, or may")
      .value("error", Severity::error, "answers that depend on it are wrong");
  py::class_<Finding> finding(m, "Finding", "Something that a user should know before believing a model's answers.");
  finding.def_readonly("rule", &Finding::rule, "e.g. path_jump")
      .def_readonly("severity", &Finding::severity)
      .def_readonly("place", &Finding::place, "muscle, body or coordinate")
      .def_readonly("value", &Finding::value, "in the unit that the message says")
      .def_readonly("message", &Finding::message)
      .def("__repr__", [](const Finding& f) {
        return std::string(to_string(f.severity)) + ' ' + f.rule + " at " + f.place + ": " + f.message;
      });
  as_record(finding, &Finding::rule, &Finding::severity, &Finding::place, &Finding::value, &Finding::message);
  m.def("lint", &lint, py::call_guard<py::gil_scoped_release>(), "Looks for faults in a model that compiles.",
        "model"_a);
}

void bind_tables(py::module_& m) {
  py::class_<MotionTableOptions> options(m, "MotionTableOptions", "What to tabulate over a motion.");
  options.def_readwrite("lengths", &MotionTableOptions::lengths)
      .def_readwrite("moment_arms", &MotionTableOptions::moment_arms)
      .def_readwrite("inverse_dynamics", &MotionTableOptions::inverse_dynamics);
  as_fields(options, {"lengths", "moment_arms", "inverse_dynamics"});
  py::class_<NamedTable> table(m, "NamedTable", "A table and the end of its file's name, as OpenSim has them.");
  table.def(py::init([](std::string suffix, const Table& t) {
              return NamedTable{std::move(suffix), t};
            }),
            "suffix"_a, "table"_a);
  table.def_readonly("suffix", &NamedTable::suffix).def_readonly("table", &NamedTable::table);
  as_record(table, &NamedTable::suffix, &NamedTable::table);
  m.def("motion_tables", fitting(&motion_tables), py::call_guard<py::gil_scoped_release>(),
        "Lengths [m], moment arms [m] and generalised forces over a motion, under OpenSim's names. Raises Error when a "
        "path cannot be solved, naming the time.",
        "model"_a, "task"_a, "options"_a = MotionTableOptions{});
}

}  // namespace

void bind_analysis(py::module_& m) {
  bind_analyze_options(m);
  bind_workspace(m);
  bind_lint(m);
  bind_tables(m);
  m.def(
      "analyze",
      [](const Model& model, const Task& task, const AnalyzeOptions& options) {
        return std::make_shared<Outcome>(interruptible([&](const std::atomic<bool>* cancel) {
          AnalyzeOptions own = options;
          own.cancel = cancel;
          return analyze(model, task, own);
        }));
      },
      "Solves every frame of a task and gathers loads, ledger and gates. The interpreter is free meanwhile. Raises "
      "Error when the task does not fit the model.",
      "model"_a, "task"_a, "options"_a = AnalyzeOptions{});
  m.def("ledger_at", &ledger_at,
        "The ledger of every load in one frame of an outcome, from the forces that were found.", "outcome"_a,
        "frame"_a);
  m.def(
      "forward_outcome",
      [](const Model& model, const Task& task, const Trajectory& trajectory) {
        require_fit(model, task);
        return std::make_shared<Outcome>(forward_outcome(model, task, trajectory));
      },
      "What a trajectory loads on the body.", "model"_a, "task"_a, "trajectory"_a);
  m.def(
      "with_other_forces",
      [](const Model& model, const Outcome& outcome, const py::object& activation, const py::object& force) {
        MatX a, f;
        assign(a, activation, "activation");
        assign(f, force, "force");
        return std::make_shared<Outcome>(with_other_forces(model, outcome, a, f));
      },
      "The answers of a static analysis with other muscle forces in the same frames (n_frames x n_strands).", "model"_a,
      "outcome"_a, "activation"_a, "force"_a);
}

}  // namespace psoas::python
