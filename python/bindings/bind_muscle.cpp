#include "common.hpp"
#include "psoas/muscle/activation.hpp"
#include "psoas/muscle/catalog.hpp"
#include "psoas/muscle/curves.hpp"
#include "psoas/muscle/parameters.hpp"
#include "sound_muscle.hpp"

namespace psoas::python {
namespace {

using namespace muscle;

/// A NamedTuple (value, slope), found once.
py::object value_slope(py::object value, py::object slope) {
  static const py::handle type = python_type("ValueSlope").release();  // lives as long as the module
  return type(std::move(value), std::move(slope));
}

/// One curve for a number or for an array of any shape.
template <class Curve>
py::object at_each(const Curve& curve, const py::object& x) {
  if (PyFloat_Check(x.ptr())) {
    const ValueSlope<double> at = curve(PyFloat_AS_DOUBLE(x.ptr()));
    return value_slope(py::float_(at.value), py::float_(at.slope));
  }
  const Numbers in = numbers(x, "the argument of a curve");
  const Shape shape(in.shape(), in.shape() + in.ndim());
  py::array_t<double> value(shape), slope(shape);
  double* const values = value.mutable_data();
  double* const slopes = slope.mutable_data();
  for (py::ssize_t i = 0; i < in.size(); ++i) {
    const ValueSlope<double> at = curve(in.data()[i]);
    values[i] = at.value, slopes[i] = at.slope;
  }
  if (in.ndim() == 0) return value_slope(py::float_(values[0]), py::float_(slopes[0]));
  return value_slope(std::move(value), std::move(slope));
}

/// Curves that remember what they were made from, for pickle.
template <class Curves>
struct PythonCurves : Curves {
  explicit PythonCurves(const MuscleParameters& p)
      : Curves((require_sound_curves(p), p)), parameters(resolved(p, Curves::type)) {}

  MuscleParameters parameters;
};

template <class Curves>
void bind_curves(py::module_& m, const char* name, const char* doc) {
  using C = PythonCurves<Curves>;
  py::class_<C> type(m, name, doc);
  type.def(py::init<const MuscleParameters&>(), "parameters"_a = MuscleParameters{});
  type.attr("type") = C::type;
  type.def_property_readonly(
      "parameters", [](const C& c) { return c.parameters; }, "with the type's own values filled in, a copy");
  type.def("__copy__", [](const C& c) { return C(c); });
  type.def(
      "__deepcopy__", [](const C& c, const py::dict&) { return C(c); }, "memo"_a);
  type.def(py::pickle([](const C& c) { return py::make_tuple(c.parameters); },
                      [](const py::tuple& state) { return C(state[0].cast<MuscleParameters>()); }));
  type.def(
      "active_force_length",
      [](const C& c, const py::object& l) { return at_each([&](double x) { return c.active_force_length(x); }, l); },
      "fL and its slope.  l: fibre / optimal length [-], a number or an array", "l"_a);
  type.def(
      "passive_force_length",
      [](const C& c, const py::object& l) { return at_each([&](double x) { return c.passive_force_length(x); }, l); },
      "fP and its slope.  l: fibre / optimal length [-]", "l"_a);
  type.def(
      "force_velocity",
      [](const C& c, const py::object& v, double activation) {
        return at_each([&](double x) { return c.force_velocity(x, activation); }, v);
      },
      "fV and its slope.  v: velocity / maximal [-], < 0 when shortening; activation matters to Thelen's alone", "v"_a,
      "activation"_a = 1.0);
  type.def(
      "inverse_force_velocity",
      [](const C& c, const py::object& f, double activation) {
        return at_each([&](double x) { return c.inverse_force_velocity(x, activation); }, f);
      },
      "v and dv/df; NaN where no velocity gives f", "f"_a, "activation"_a = 1.0);
  type.def(
      "tendon_force",
      [](const C& c, const py::object& lT) { return at_each([&](double x) { return c.tendon_force(x); }, lT); },
      "fT and its slope.  lT: tendon / slack length [-]", "lT"_a);
  type.def(
      "inverse_tendon_force",
      [](const C& c, const py::object& f) { return at_each([&](double x) { return c.inverse_tendon_force(x); }, f); },
      "lT and dlT/df; NaN where no length gives f", "f"_a);
  type.def(
      "passive_fiber_energy", [](const C& c, double l) { return c.passive_fiber_energy(l); },
      "Integral of fP, in maximal force * optimal length [-]", "l"_a);
  type.def(
      "tendon_energy", [](const C& c, double lT) { return c.tendon_energy(lT); },
      "Integral of fT from slack length, in maximal force * slack length [-]", "lT"_a);
  type.def(
      "activation_rate",
      [](const C& c, double excitation, double activation) { return c.activation_rate(excitation, activation); },
      "da/dt [1/s]", "excitation"_a, "activation"_a);
}

void bind_parameters(py::module_& m) {
  py::enum_<MuscleType>(m, "MuscleType", "Whose curves and activation dynamics a muscle has.")
      .value("DeGrooteFregly2016", MuscleType::DeGrooteFregly2016)
      .value("Millard2012", MuscleType::Millard2012)
      .value("Thelen2003", MuscleType::Thelen2003);
  py::class_<MuscleParameters> type(
      m, "MuscleParameters",
      "What makes one muscle differ from another. NaN in the fields marked own stands for the value of the muscle's "
      "type, which resolved() fills in. Made with keywords: MuscleParameters(max_isometric_force=1000.0, ...).");
  const std::vector<std::tuple<const char*, double MuscleParameters::*, const char*>> members{
      {"max_isometric_force", &MuscleParameters::max_isometric_force, "of the fibres, along themselves [N] > 0"},
      {"optimal_fiber_length", &MuscleParameters::optimal_fiber_length, "where the active force is full [m] > 0"},
      {"tendon_slack_length", &MuscleParameters::tendon_slack_length, "tendon length at zero force [m] >= 0"},
      {"pennation_at_optimal", &MuscleParameters::pennation_at_optimal, "fibre to tendon at optimal length [rad]"},
      {"max_contraction_velocity", &MuscleParameters::max_contraction_velocity, "[optimal fibre lengths / s] > 0"},
      {"passive_fiber_strain", &MuscleParameters::passive_fiber_strain, "at which passive force is full; own [-] > 0"},
      {"active_width", &MuscleParameters::active_width, "stretches the active curve about l = 1 [-] >= 1"},
      {"damping", &MuscleParameters::damping, "fibre force / (full force * norm velocity); own [-] >= 0"},
      {"tendon_strain", &MuscleParameters::tendon_strain, "strain at unit force; own [-] > 0"},
      {"rise_time", &MuscleParameters::rise_time, "of activation; own [s] > 0"},
      {"fall_time", &MuscleParameters::fall_time, "of activation; own [s] > 0"},
      {"minimum_activation", &MuscleParameters::minimum_activation, "a lower excitation acts like it; own [-] [0, 1)"}};
  std::vector<std::string> names;
  for (const auto& [name, member, doc] : members) {
    type.def_readwrite(name, member, doc);
    names.emplace_back(name);
  }
  type.def_readwrite("passive_offset", &MuscleParameters::passive_offset,
                     "De Groote-Fregly: passive curve less its value at l = 1, zero below");
  names.emplace_back("passive_offset");
  as_fields(type, names);
  m.def("resolved", &resolved, "The parameters with the own values of the type in place of every NaN that has one.",
        "parameters"_a, "type"_a);
  m.def(
      "faults_in", [](const MuscleParameters& p) { return py::tuple(py::cast(faults_in(p))); },
      "Every rule that the parameters break, one line each; empty when they are sound.", "parameters"_a);
  m.def(
      "require_sound",
      [](const MuscleParameters& p) {
        require_sound(p);
        return p;
      },
      "The parameters themselves. Raises SpecError with every rule that they break.", "parameters"_a);
}

}  // namespace

void bind_muscle(py::module_& root) {
  py::module_ m = root.attr("muscle");
  bind_parameters(m);
  m.def("psoas_major", &psoas_major, "Psoas major of one side: eleven strands, 14.63 cm2, 1112 N at 76 N/cm2.");
  m.def("psoas_minor", &psoas_minor, "Psoas minor: one strand, absent in about half of people, 40 N.");
  m.def("iliacus", &iliacus, "Iliacus: one strand, 14.12 cm2.");
  m.def("iliopsoas_curves", &iliopsoas_curves, "What the three have in common; force and lengths are NaN.");

  py::class_<ActivationParameters> constants(m, "ActivationParameters", "Time constants of activation.");
  constants.def_readwrite("rise_time", &ActivationParameters::rise_time, "while activating [s] > 0")
      .def_readwrite("fall_time", &ActivationParameters::fall_time, "while deactivating [s] > 0")
      .def_readwrite("steepness", &ActivationParameters::steepness, "how sharply one gives way to the other [-] > 0");
  as_fields(constants, {"rise_time", "fall_time", "steepness"});
  m.def(
      "faults_in", [](const ActivationParameters& p) { return py::tuple(py::cast(faults_in(p))); },
      "The same of time constants of activation.", "parameters"_a);
  m.def(
      "activation_rate",
      [](const ActivationParameters& p, double excitation, double activation) {
        require_sound(p);
        return activation_rate(p, excitation, activation);
      },
      "Rate of activation under an excitation (De Groote et al. 2016, equations 1 and 2).\n\n"
      "    da/dt = [(f + 1/2) / (tau_rise z) + (1/2 - f) z / tau_fall] (e - a)\n"
      "    z = 1/2 + 3/2 a,   f = 1/2 tanh(b (e - a))\n\n"
      "excitation, activation: [-] expected in [0, 1]; nothing is clamped. Returns da/dt [1/s]. Raises SpecError for "
      "time constants that are not above 0.",
      "parameters"_a, "excitation"_a, "activation"_a);

  bind_curves<DeGrooteFregly2016>(
      m, "DeGrooteFregly2016", "De Groote, Kinney, Rao & Fregly 2016: every curve C-infinity with a closed inverse.");
  bind_curves<Millard2012>(m, "Millard2012", "Millard, Uchida, Seth & Delp 2013: quintic Bezier curves, C2.");
  bind_curves<Thelen2003>(m, "Thelen2003", "Thelen 2003: closed curves with kinks.");
  m.def(
      "make_curves",
      [](MuscleType type, const MuscleParameters& p) -> py::object {
        switch (type) {
          case MuscleType::Millard2012: return py::cast(PythonCurves<Millard2012>(p));
          case MuscleType::Thelen2003: return py::cast(PythonCurves<Thelen2003>(p));
          case MuscleType::DeGrooteFregly2016: break;
        }
        return py::cast(PythonCurves<DeGrooteFregly2016>(p));
      },
      "The curves of a type. Raises SpecError for faulty parameters; force and lengths may be left out.", "type"_a,
      "parameters"_a = MuscleParameters{});
}

}  // namespace psoas::python
