#include <cmath>

#include "common.hpp"
#include "fit.hpp"
#include "psoas/forward/adaptive.hpp"
#include "psoas/forward/integrate.hpp"
#include "psoas/forward/motion_curve.hpp"
#include "records.hpp"

namespace psoas::python {
namespace {

using namespace forward;

void bind_forward_options(py::module_& m, py::module_& root) {
  py::class_<JointLimits> limits(m, "JointLimits", "What ends a joint's range and what damps it.");
  limits.def_readwrite("stiffness", &JointLimits::stiffness, "[N m/rad]")
      .def_readwrite("blend", &JointLimits::blend, "[rad]")
      .def_readwrite("damping", &JointLimits::damping, "of every free rotation [N m s/rad]");
  as_fields(limits, {"stiffness", "blend", "damping"});
  py::class_<ContactLaw> contact(m, "ContactLaw", "A yielding plane without friction, which never pulls.");
  contact.def_readwrite("stiffness", &ContactLaw::stiffness, "of one node [N/m]")
      .def_readwrite("dissipation", &ContactLaw::dissipation, "[s/m]");
  as_fields(contact, {"stiffness", "dissipation"});
  py::enum_<Method>(root, "Method", "How integrate() steps.")
      .value("implicit", Method::implicit, "fibres by SDIRK2, coordinates by Adams of three accelerations, fixed step")
      .value("dopri5", Method::dopri5, "everything explicit, order 5, error control");
  py::class_<IntegrateOptions> options(root, "IntegrateOptions", "How integrate() runs.");
  options.def_readwrite("duration", &IntegrateOptions::duration, "[s]")
      .def_readwrite("step", &IntegrateOptions::step, "largest step [s]")
      .def_readwrite("output_step", &IntegrateOptions::output_step, "[s]")
      .def_readwrite("method", &IntegrateOptions::method)
      .def_readwrite("tolerance", &IntegrateOptions::tolerance, "of dopri5, relative and absolute")
      .def_readwrite("tendon", &IntegrateOptions::tendon)
      .def_readwrite("muscle_damping", &IntegrateOptions::muscle_damping, "NaN: the muscles' own [-]")
      .def_readwrite("limits", &IntegrateOptions::limits)
      .def_readwrite("contact", &IntegrateOptions::contact);
  values_of(options, "output_times", &IntegrateOptions::output_times, "rising; instead of every output_step [s]");
  as_fields(options, {"duration", "step", "output_step", "output_times", "method", "tolerance", "tendon",
                      "muscle_damping", "limits", "contact"});
}

/// Excitations stand at one time at least. @throws Error for none, for times that fall or are no numbers
void require_times(const std::vector<double>& times) {
  if (times.empty()) throw Error("excitations need at least one time");
  for (std::size_t i = 0; i < times.size(); ++i) {
    if (std::isfinite(times[i]) && (i == 0 || times[i] >= times[i - 1])) continue;
    throw Error("the times of excitations must not fall; they do in row " + std::to_string(i));
  }
}

void bind_drive(py::module_& m) {
  py::class_<State> state(m, "State", "Where a simulation starts; what is left empty follows from the drive.");
  state.def_readwrite("time", &State::time, "[s]");
  settable_array(state, "q", &State::q, "of the free coordinates [rad or m] (n_free or 0)");
  settable_array(state, "v", &State::v, "of the free coordinates [/s] (n_free or 0)");
  settable_array(state, "activation", &State::activation, "[-] (n_strands or 0)");
  as_fields(state, {"time", "q", "v", "activation"});
  py::class_<Excitations> excitations(
      m, "Excitations",
      "Excitations over time, straight lines between rows, constant outside. Two rows at one time are a switch.\n\n"
      "Excitations(time, value): time [s] (n_times), value [-] (n_times x n_strands).");
  excitations.def(py::init([](const py::object& time, const py::object& value) {
                    Excitations out;
                    assign(out.value, value, "value");
                    const Numbers times = numbers(time, "time", {out.value.cols()});
                    out.time.assign(times.data(), times.data() + times.size());
                    require_times(out.time);
                    return out;
                  }),
                  "time"_a, "value"_a);
  excitations.def_static(
      "constant", [](const py::object& value) { return Excitations::constant(vector_of(value, "value")); },
      "The same at all times.", "value"_a);
  excitations.def_property_readonly(
      "time", [](const Excitations& e) { return copy_of(e.time); }, "[s], a copy");
  array_of(excitations, "value", &Excitations::value, "[-] (n_times x n_strands)");
  excitations.def(
      "at",
      [](const Excitations& e, int strand, double t, bool left) {
        require_index(strand, static_cast<int>(e.value.rows()), "strand");
        return e.at(strand, t, left);
      },
      "At a time; left: the limit from before a switch.", "strand"_a, "t"_a, "left"_a = false);
  as_record(excitations, &Excitations::time, &Excitations::value);
  excitations.def("switches", &Excitations::switches, "Times at which any may jump [s].");
  py::class_<Drive> drive(m, "Drive",
                          "What happens to the body: some coordinates move freely, the rest follow a motion.\n\n"
                          "Drive(motion, free, excitation): motion a Task, free indices of coordinates.");
  drive.def(py::init([](const Task& motion, std::vector<int> free, const Excitations& excitation) {
              return Drive{&motion, std::move(free), excitation};
            }),
            py::keep_alive<1, 2>(), "motion"_a, "free"_a, "excitation"_a);
  drive.def_readonly("excitation", &Drive::excitation);
  drive.def_property_readonly(
      "motion", [](const Drive& d) { return d.motion; }, py::return_value_policy::reference_internal,
      "the task that the other coordinates follow");
  drive.def("__reduce__", [](const py::object& self) {
    return py::make_tuple(py::type::of(self),
                          py::make_tuple(self.attr("motion"), self.attr("free"), self.attr("excitation")));
  });
  values_of(drive, "free", &Drive::free, "coordinates, each with an equation of its own");
}

void bind_trajectory(py::module_& m) {
  py::class_<RangeEvent> event(m, "RangeEvent", "A free coordinate came to the end of its range.");
  event.def_readonly("time", &RangeEvent::time, "[s]").def_readonly("coordinate", &RangeEvent::coordinate);
  as_record(event, &RangeEvent::time, &RangeEvent::coordinate);
  py::class_<Trajectory> type(m, "Trajectory", "What came out, in time. What was computed before a failure is kept.");
  type.def_readonly("status", &Trajectory::status)
      .def_readonly("reason", &Trajectory::reason, "one line where the status is not ok")
      .def_readonly("steps", &Trajectory::steps)
      .def_readonly("rhs_evaluations", &Trajectory::rhs_evaluations)
      .def_readonly("fiber_evaluations", &Trajectory::fiber_evaluations)
      .def_property_readonly(
          "free", [](const Trajectory& t) { return py::tuple(py::cast(t.free)); }, "coordinates")
      .def_property_readonly("strands", [](const Trajectory& t) { return py::tuple(py::cast(t.strands)); })
      .def_property_readonly("events", [](const Trajectory& t) { return py::tuple(py::cast(t.events)); })
      .def_property_readonly("pushing", [](const Trajectory& t) { return py::tuple(py::cast(t.pushing)); })
      .def_property_readonly(
          "time",
          [](py::object self) {
            const Trajectory& t = self.cast<const Trajectory&>();
            return view(t.time.data(), {static_cast<py::ssize_t>(t.time.size())}, self, false);
          },
          "[s]")
      .def_property_readonly(
          "q",
          [](const Trajectory& t) {
            const py::ssize_t n = t.pose.empty() ? 0 : t.pose.front().q.size();
            py::array_t<double> out(Shape{static_cast<py::ssize_t>(t.pose.size()), n});
            for (std::size_t i = 0; i < t.pose.size(); ++i) {
              std::copy_n(t.pose[i].q.data(), n, out.mutable_data() + static_cast<py::ssize_t>(i) * n);
            }
            return out;
          },
          "all coordinates, followers filled in, a copy [rad or m] (n_times x n_coordinates)");
  items_of(type, "pose", &Trajectory::pose, "all coordinates at each time");
  array_of(type, "activation", &Trajectory::activation, "[-] (n_times x n_muscles)", false);
  array_of(type, "fiber_length", &Trajectory::fiber_length, "[-] (n_times x n_muscles)", false);
  array_of(type, "force", &Trajectory::force, "[N] (n_times x n_muscles)", false);
  array_of(type, "muscle_moment", &Trajectory::muscle_moment, "on the free coordinates [N m] (n_times x n_free)",
           false);
  array_of(type, "passive_moment", &Trajectory::passive_moment, "[N m] (n_times x n_free)", false);
  using T = Trajectory;
  as_record(type, &T::status, &T::reason, &T::free, &T::strands, &T::elastic, &T::time, &T::pose, &T::activation,
            &T::fiber_length, &T::force, &T::loads, &T::pushing, &T::muscle_moment, &T::passive_moment, &T::events,
            &T::steps, &T::rhs_evaluations, &T::fiber_evaluations);
  m.def(
      "integrate",
      [](const Model& model, const State& start, const Drive& drive, const IntegrateOptions& options) {
        require_fit(model, *drive.motion);
        return interruptible([&](const std::atomic<bool>* cancel) {
          IntegrateOptions own = options;
          own.cancel = cancel;
          return integrate(model, start, drive, own);
        });
      },
      "Integrates a limb, or muscles along a motion. Raises Error for a drive that does not fit the model; a failure "
      "half way is a status of the trajectory.",
      "model"_a, "start"_a, "drive"_a, "options"_a = IntegrateOptions{});
}

void bind_adaptive(py::module_& m) {
  py::class_<AdaptiveOptions> options(m, "AdaptiveOptions", "How integrate_adaptive() steps.");
  options.def_readwrite("absolute_tolerance", &AdaptiveOptions::absolute_tolerance)
      .def_readwrite("relative_tolerance", &AdaptiveOptions::relative_tolerance)
      .def_readwrite("largest_step", &AdaptiveOptions::largest_step, "[s]")
      .def_readwrite("output_step", &AdaptiveOptions::output_step, "[s]")
      .def_readwrite("event_tolerance", &AdaptiveOptions::event_tolerance, "[s]")
      .def_readwrite("most_evaluations", &AdaptiveOptions::most_evaluations);
  as_fields(options, {"absolute_tolerance", "relative_tolerance", "largest_step", "output_step", "event_tolerance",
                      "most_evaluations"});
  py::class_<AdaptiveResult> result(m, "AdaptiveResult", "States at evenly spaced times and at the end.");
  result.def_readonly("status", &AdaptiveResult::status)
      .def_readonly("reason", &AdaptiveResult::reason)
      .def_readonly("evaluations", &AdaptiveResult::evaluations)
      .def_property_readonly(
          "time", [](const AdaptiveResult& r) { return copy_of(r.time); }, "[s]")
      .def_property_readonly(
          "state",
          [](const AdaptiveResult& r) {
            const py::ssize_t n = r.state.empty() ? 0 : r.state.front().size();
            py::array_t<double> out(Shape{static_cast<py::ssize_t>(r.state.size()), n});
            for (std::size_t i = 0; i < r.state.size(); ++i) {
              std::copy_n(r.state[i].data(), n, out.mutable_data() + static_cast<py::ssize_t>(i) * n);
            }
            return out;
          },
          "(n_times x n_states)");
  as_record(result, &AdaptiveResult::status, &AdaptiveResult::reason, &AdaptiveResult::time, &AdaptiveResult::state,
            &AdaptiveResult::evaluations);  // events are functions of C++: from Python there are none
  m.def(
      "integrate_adaptive",
      [](const py::function& rate, const py::object& start, double from, double to, std::vector<double> switches,
         const AdaptiveOptions& how) {
        SmallSystem system;
        system.switches = std::move(switches);
        system.rate = [&rate](const VecX& x, VecX& out, double t, bool left) {
          const Numbers value = numbers(rate(copy_of(x), t, left), "what rate(x, t, left) gives", {x.size()});
          out = Eigen::Map<const VecX>(value.data(), value.size());
        };
        return integrate_adaptive(system, vector_of(start, "start"), from, to, how);
      },
      "Integrates a small system x' = rate(x, t, left) with Dormand and Prince's method of order 5, error control and "
      "dense output (Boost.Odeint), from switch to switch [s]; left: what holds from a switch on must not be seen yet.",
      "rate"_a, "start"_a, "start_time"_a, "end_time"_a, "switches"_a = std::vector<double>{},
      "options"_a = AdaptiveOptions{});
}

}  // namespace

void bind_forward(py::module_& root) {
  py::module_ m = root.attr("forward");
  bind_forward_options(m, root);
  bind_drive(root);
  bind_trajectory(root);
  bind_adaptive(m);
  m.def(
      "pose_at",
      [](const Task& task, double t) {
        if (task.frames.empty()) throw Error("task \"" + task.name + "\" has no frames");
        Pose pose = task.frames.front().pose;
        pose_at(task, t, pose);
        return pose;
      },
      "Pose of a task at any time: quintic pieces through its frames.", "task"_a, "t"_a);
}

}  // namespace psoas::python
