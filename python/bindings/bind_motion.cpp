#include "common.hpp"
#include "psoas/model/motion.hpp"
#include "psoas/model/recording.hpp"
#include "psoas/model/retarget.hpp"
#include "psoas/model/smooth.hpp"
#include "records.hpp"

namespace psoas::python {
namespace {

Motion make_motion(const py::object& time, const py::object& q, const py::object& v, const py::object& a,
                   std::string name) {
  Motion out;
  out.name = std::move(name);
  assign(out.q, q, "q");
  const Numbers times = numbers(time, "time", {out.q.cols()});
  out.time.assign(times.data(), times.data() + times.size());
  for (const auto& [rate, member, what] : {std::tuple{&v, &Motion::v, "v"}, std::tuple{&a, &Motion::a, "a"}}) {
    if (rate->is_none()) continue;
    const Numbers in = numbers(*rate, what, {out.q.cols(), out.q.rows()});
    out.*member = Eigen::Map<const MatX>(in.data(), out.q.rows(), out.q.cols());
  }
  return out;
}

void bind_motion_type(py::module_& m) {
  py::class_<Motion> type(m, "Motion",
                          "A motion of a model: coordinates at increasing times, and their rates where known.\n\n"
                          "Motion(time, q, v=None, a=None, name=''): time [s] (n_frames); q [rad or m] (n_frames x "
                          "n_coordinates), a row a frame; v, a its rates, empty where not known.");
  type.def(py::init(&make_motion), "time"_a, "q"_a, "v"_a = py::none(), "a"_a = py::none(), "name"_a = "");
  type.def_readwrite("name", &Motion::name).def_property_readonly("n_frames", &Motion::n_frames);
  type.def_property_readonly(
      "time",
      [](py::object self) {
        const Motion& motion = self.cast<const Motion&>();
        return view(motion.time.data(), {static_cast<py::ssize_t>(motion.time.size())}, self, true);
      },
      "[s] (n_frames)");
  settable_array(type, "q", &Motion::q, "[rad or m] (n_frames x n_coordinates)");
  settable_array(type, "v", &Motion::v, "[rad/s or m/s] (n_frames x n_coordinates), or empty");
  settable_array(type, "a", &Motion::a, "[rad/s2 or m/s2] (n_frames x n_coordinates), or empty");
  type.def("__len__", &Motion::n_frames)
      .def("__repr__",
           [](const Motion& motion) {
             return "<psoas.Motion \"" + motion.name + "\": " + std::to_string(motion.n_frames()) + " frames>";
           })
      .def("__copy__", [](const Motion& motion) { return Motion(motion); })
      .def(py::pickle(
          [](const py::object& self) {
            const auto some = [](const py::object& a) { return py::len(a) == 0 ? py::object(py::none()) : a; };
            return py::make_tuple(self.attr("time"), self.attr("q"), some(self.attr("v")), some(self.attr("a")),
                                  self.attr("name"));
          },
          [](const py::tuple& s) { return make_motion(s[0], s[1], s[2], s[3], s[4].cast<std::string>()); }));
  m.def(
      "pose_of",
      [](const Motion& motion, int frame) {
        if (frame < 0 || frame >= motion.n_frames()) throw py::index_error("no frame " + std::to_string(frame));
        return pose_of(motion, frame);
      },
      "One frame as a pose; rates that are not known are zero.", "motion"_a, "frame"_a);
}

void bind_smooth(py::module_& m) {
  py::enum_<LowPass>(m, "LowPass", "Which low-pass filter; both are run forward and backward, without delay.")
      .value("second_order", LowPass::second_order)
      .value("opensim", LowPass::opensim);
  py::enum_<Acceleration>(m, "Acceleration", "Which accelerations belong to the smoothed motion.")
      .value("second_derivative", Acceleration::second_derivative)
      .value("slope_of_speed", Acceleration::slope_of_speed);
  py::class_<SmoothOptions> options(m, "SmoothOptions", "How smooth() filters.");
  options.def_readwrite("cutoff_hz", &SmoothOptions::cutoff_hz, "0: no filter, splines only [Hz]")
      .def_readwrite("filter", &SmoothOptions::filter)
      .def_readwrite("acceleration", &SmoothOptions::acceleration);
  values_of(options, "times", &SmoothOptions::times, "of the frames wanted; empty: those of the motion [s]");
  as_fields(options, {"cutoff_hz", "filter", "acceleration", "times"});
  m.def(
      "smooth", [](const Motion& motion, double cutoff_hz) { return smooth(motion, cutoff_hz); },
      "Low-passed coordinates with speeds and accelerations: zero phase, second order each way.\n\n"
      "cutoff_hz: where a sine loses 3 dB; 0 leaves the filter out [Hz]. Raises Error for fewer than 3 frames, times "
      "that do not increase, values that are not finite, a cut-off above half the sampling rate.",
      "motion"_a, "cutoff_hz"_a);
  m.def(
      "smooth", [](const Motion& motion, const SmoothOptions& o) { return smooth(motion, o); }, "motion"_a,
      "options"_a);
  m.def("opensim_filter_times", &opensim_filter_times, "Times of the frames that OpenSim's tools solve.", "recorded"_a);
}

}  // namespace

void bind_motion(py::module_& m) {
  bind_motion_type(m);
  bind_smooth(m);
  py::class_<Convention> convention(m, "Convention", "What a family of models means by its coordinates.");
  convention.def_readonly("name", &Convention::name)
      .def_readonly("models", &Convention::models, "whose it is")
      .def_readonly("reversed", &Convention::reversed, "coordinates with the other sign")
      .def_readonly("dropped", &Convention::dropped, "coordinates that have no counterpart")
      .def("__repr__", [](const Convention& c) { return "<psoas.Convention " + c.name + '>'; });
  as_record(convention, &Convention::name, &Convention::models, &Convention::mid_hip, &Convention::reversed,
            &Convention::dropped);
  m.def("rajagopal_convention", &rajagopal_convention, "Rajagopal 2016 and its descendants, OpenCap's files.");
  m.def("gait2392_convention", &gait2392_convention, "gait2392, gait2354 and Hamner 2010.");
  m.def("own_convention", &own_convention, "The model's own.", "model"_a);
  m.def("convention_named", &convention_named, "By name. Raises Error naming them.", "name"_a, "to"_a);
  m.def("convention_of", &convention_of, "Found from the columns of a table alone.", "table"_a, "to"_a);
  m.def(
      "retarget",
      [](const Table& table, const Convention& from, const Model& to) { return imported(retarget(table, from, to)); },
      "A recording as the motion of another model: Imported(value=Motion, notes).", "table"_a, "convention"_a, "to"_a);
  m.def(
      "motion_of", [](const Table& table, const Model& model) { return imported(motion_of(table, model)); },
      "The columns of a table as coordinates of a model that has their names: Imported(value=Motion, notes).",
      "table"_a, "model"_a);
  m.def("coordinate_of_label", &coordinate_of_label, "Name of a column as a coordinate.", "label"_a);
  m.def("hold_followers", &hold_followers,
        "Holds at their defaults the coordinates that follow others, unless the table has a column of theirs.",
        "spec"_a, "table"_a);
}

}  // namespace psoas::python
