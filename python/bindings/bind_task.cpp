#include "common.hpp"
#include "frames.hpp"
#include "psoas/model/pose.hpp"
#include "psoas/model/task.hpp"

namespace psoas::python {
namespace {

void bind_pose(py::module_& m) {
  py::class_<Pose> type(m, "Pose",
                        "Coordinates with their first and second rates (n_coordinates each); entries of coordinates "
                        "that follow others are ignored. Pose(q, v=zeros, a=zeros): arrays are copied in.");
  type.def(py::init([](const py::object& q, const py::object& v, const py::object& a) {
             Pose out;
             out.q = vector_of(q, "q");
             out.v = out.a = VecX::Zero(out.q.size());
             if (!v.is_none()) assign(out.v, v, "v");
             if (!a.is_none()) assign(out.a, a, "a");
             return out;
           }),
           "q"_a, "v"_a = py::none(), "a"_a = py::none());
  settable_array(type, "q", &Pose::q, "[rad or m]");
  settable_array(type, "v", &Pose::v, "[rad/s or m/s]");
  settable_array(type, "a", &Pose::a, "[rad/s2 or m/s2]");
  type.def("__copy__", [](const Pose& p) { return Pose(p); })
      .def(
          "__deepcopy__", [](const Pose& p, const py::dict&) { return Pose(p); }, "memo"_a)
      .def(py::pickle([](const Pose& p) { return py::make_tuple(copy_of(p.q), copy_of(p.v), copy_of(p.a)); },
                      [](const py::tuple& s) {
                        return Pose{vector_of(s[0], "q"), vector_of(s[1], "v"), vector_of(s[2], "a")};
                      }));
  m.def("rest_pose", &rest_pose, "The model's defaults, at rest.", "model"_a);
}

/// A vector of three that Python reads as an array and sets from any three numbers.
template <class C>
void place(py::class_<C>& type, const char* name, Vec3 C::*member, const char* doc) {
  type.def_property(
      name, [member](py::object self) { return view(self.cast<C&>().*member, self, true); },
      [member, name](C& self, const py::object& value) { self.*member = place_of(value, name); }, doc);
}

void bind_world(py::module_& m) {
  py::class_<SupportPlane> plane(m, "SupportPlane", "A plane that can carry a body: floor, seat, backrest.");
  plane.def_readwrite("name", &SupportPlane::name).def_readwrite("friction", &SupportPlane::friction, "[-]");
  place(plane, "point", &SupportPlane::point, "[m]");
  place(plane, "normal", &SupportPlane::normal, "unit, away from the plane");
  place(plane, "tangent", &SupportPlane::tangent, "unit, in the plane");
  as_fields(plane, {"name", "point", "normal", "tangent", "friction"});
  py::class_<ActiveNode> node(m, "ActiveNode", "A node of the model that may press on a plane in this frame.");
  node.def_readwrite("node", &ActiveNode::node, "in Model.nodes")
      .def_readwrite("plane", &ActiveNode::plane, "in Task.planes")
      .def_readwrite("strength", &ActiveNode::strength, "ramp in (0, 1]");
  as_fields(node, {"node", "plane", "strength"});
  py::class_<ExternalForce> force(m, "ExternalForce", "A force that the world puts on a body.");
  force.def_readwrite("name", &ExternalForce::name).def_readwrite("body", &ExternalForce::body, "index");
  place(force, "at", &ExternalForce::at, "in the body frame [m]");
  place(force, "force", &ExternalForce::force, "world axes [N]");
  place(force, "torque", &ExternalForce::torque, "free moment, world axes [N m]");
  as_fields(force, {"name", "body", "at", "force", "torque"});
  py::class_<BodyPoint> point(m, "BodyPoint", "A place fixed in a body.");
  point.def_readwrite("body", &BodyPoint::body);
  place(point, "at", &BodyPoint::at, "in the body frame [m]");
  as_fields(point, {"body", "at"});
  py::class_<Band> band(m, "Band", "An elastic band between two bodies.");
  band.def_readwrite("name", &Band::name)
      .def_readwrite("ends", &Band::ends)
      .def_readwrite("rest_length", &Band::rest_length, "[m]")
      .def_readwrite("strands", &Band::strands, "side by side [-]")
      .def_readonly("strand_force", &Band::strand_force, "of one strand by its stretch [N]");
  py::class_<Phase> phase(m, "Phase", "A named stretch of time, ends included [s].");
  phase.def_readwrite("name", &Phase::name).def_readwrite("start", &Phase::from).def_readwrite("end", &Phase::to);
  as_fields(phase, {"name", "start", "end"});
  py::class_<Moved> moved(m, "Moved", "One line of what assembly did: a wish that was moved.");
  moved.def_readwrite("keyframe", &Moved::keyframe)
      .def_readwrite("coordinate", &Moved::coordinate)
      .def_readwrite("wish", &Moved::wish, "[rad or m]")
      .def_readwrite("got", &Moved::got, "[rad or m]");
  as_fields(moved, {"keyframe", "coordinate", "wish", "got"});
}

py::tuple frame_state(const TaskFrame& f) { return py::make_tuple(f.time, f.pose, f.supports, f.loads); }

TaskFrame make_frame(double time, const Pose& pose, std::vector<ActiveNode> supports,
                     std::vector<ExternalForce> loads) {
  return {time, pose, std::move(supports), std::move(loads)};
}

py::tuple task_state(const Task& t) {
  py::list frames, bands;
  for (const TaskFrame& frame : t.frames) frames.append(frame_state(frame));
  for (const Band& b : t.bands) {
    bands.append(
        py::make_tuple(b.name, b.ends, b.rest_length, b.strands, b.strand_force.knots_x(), b.strand_force.knots_y()));
  }
  return py::make_tuple(t.name, t.planes, frames, t.phases, bands, copy_of(t.lower), copy_of(t.upper), t.tone,
                        t.parameters, t.choices, t.moved);
}

Task task_from(const py::tuple& s) {
  Task t;
  t.name = s[0].cast<std::string>();
  t.planes = s[1].cast<std::vector<SupportPlane>>();
  for (const py::handle frame : s[2]) {
    const auto f = frame.cast<py::tuple>();
    t.frames.push_back({f[0].cast<double>(), f[1].cast<Pose>(), f[2].cast<std::vector<ActiveNode>>(),
                        f[3].cast<std::vector<ExternalForce>>()});
  }
  t.phases = s[3].cast<std::vector<Phase>>();
  for (const py::handle band : s[4]) {
    const auto b = band.cast<py::tuple>();
    t.bands.push_back({b[0].cast<std::string>(), b[1].cast<std::array<BodyPoint, 2>>(), b[2].cast<double>(),
                       b[3].cast<double>(),
                       Function::piecewise_linear(b[4].cast<std::vector<double>>(), b[5].cast<std::vector<double>>())});
  }
  t.lower = vector_of(s[5], "lower"), t.upper = vector_of(s[6], "upper");
  t.tone = s[7].cast<double>();
  t.parameters = s[8].cast<std::map<std::string, double>>();
  t.choices = s[9].cast<std::map<std::string, std::string>>();
  t.moved = s[10].cast<std::vector<Moved>>();
  return t;
}

void bind_frames(py::module_& m) {
  py::class_<TaskFrame> frame(m, "TaskFrame", "Pose, supports and loads at one time.");
  frame.def(py::init(&make_frame), "time"_a, "pose"_a, "supports"_a = std::vector<ActiveNode>{},
            "loads"_a = std::vector<ExternalForce>{});
  frame.def_readwrite("time", &TaskFrame::time, "[s]").def_readonly("pose", &TaskFrame::pose);
  frame.def_property_readonly(
      "supports", [](const TaskFrame& f) { return py::tuple(py::cast(f.supports)); }, "nodes that may press, copies");
  frame.def_property_readonly(
      "loads", [](const TaskFrame& f) { return py::tuple(py::cast(f.loads)); }, "external forces, copies");
  frame.def("__copy__", [](const TaskFrame& f) { return TaskFrame(f); })
      .def(
          "__deepcopy__", [](const TaskFrame& f, const py::dict&) { return TaskFrame(f); }, "memo"_a)
      .def(py::pickle(&frame_state, [](const py::tuple& s) {
        return make_frame(s[0].cast<double>(), s[1].cast<Pose>(), s[2].cast<std::vector<ActiveNode>>(),
                          s[3].cast<std::vector<ExternalForce>>());
      }));
  py::class_<Task> task(
      m, "Task",
      "Motion, supports, loads and bounds, frame by frame: all that the analysis of a model needs.\n\n"
      "Task(name, frames, planes, lower, upper): bounds of activation (n_strands).");
  task.def(py::init([](std::string name, std::vector<TaskFrame> frames, std::vector<SupportPlane> planes,
                       const py::object& lower, const py::object& upper) {
             Task t;
             t.name = std::move(name), t.frames = std::move(frames), t.planes = std::move(planes);
             t.lower = vector_of(lower, "lower"), t.upper = vector_of(upper, "upper");
             return t;
           }),
           "name"_a, "frames"_a, "planes"_a, "lower"_a, "upper"_a);
  task.def_readwrite("name", &Task::name)
      .def_readwrite("tone", &Task::tone, "least activation of strands with tone [-]");
  task.def_property_readonly(
      "planes", [](const Task& t) { return py::tuple(py::cast(t.planes)); }, "that can carry the body, copies");
  items_of(task, "frames", &Task::frames, "in time");
  items_of(task, "phases", &Task::phases, "named stretches of time");
  items_of(task, "bands", &Task::bands, "elastic bands");
  items_of(task, "moved", &Task::moved, "what assembly moved");
  settable_array(task, "lower", &Task::lower, "least activation [-] (n_strands)");
  settable_array(task, "upper", &Task::upper, "greatest activation [-] (n_strands)");
  task.def_readonly("parameters", &Task::parameters).def_readonly("choices", &Task::choices);
  task.def("__len__", [](const Task& t) { return t.frames.size(); })
      .def("__repr__",
           [](const Task& t) {
             return "<psoas.Task \"" + t.name + "\": " + std::to_string(t.frames.size()) + " frames>";
           })
      .def("__copy__", [](const Task& t) { return Task(t); })
      .def(
          "__deepcopy__", [](const Task& t, const py::dict&) { return Task(t); }, "memo"_a)
      .def(py::pickle(&task_state, &task_from));
}

}  // namespace

void bind_task(py::module_& m) {
  bind_pose(m);
  bind_world(m);
  bind_frames(m);
  py::class_<FrameOfTask>(m, "FrameInput", "One frame of a task, which it keeps alive.")
      .def_property_readonly(
          "time", [](const FrameOfTask& f) { return f.input().time; }, "[s]")
      .def_property_readonly(
          "pose", [](const FrameOfTask& f) { return *f.input().pose; }, "a copy")
      .def_readonly("frame", &FrameOfTask::frame, "index")
      .def("__reduce__", [](const FrameOfTask& f) {
        const py::object task = py::cast(f.task, py::return_value_policy::reference);
        return py::make_tuple(py::module_::import("psoas").attr("at"), py::make_tuple(task, f.frame));
      });
  m.def(
      "at",
      [](const Task& task, int frame) {
        const int n = static_cast<int>(task.frames.size());
        if (frame < 0 || frame >= n)
          throw py::index_error("task \"" + task.name + "\" has frames 0 to " + std::to_string(n - 1) + ", not " +
                                std::to_string(frame));
        return FrameOfTask{&task, frame};
      },
      py::keep_alive<0, 1>(), "One frame.", "task"_a, "frame"_a);
}

}  // namespace psoas::python
