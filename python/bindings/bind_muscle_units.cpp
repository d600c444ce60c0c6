#include "common.hpp"
#include "psoas/muscle/contraction.hpp"
#include "psoas/muscle/equilibrium.hpp"
#include "psoas/muscle/instant.hpp"
#include "psoas/muscle/rigid_tendon.hpp"
#include "records.hpp"
#include "sound_muscle.hpp"

namespace psoas::python {
namespace {

using namespace muscle;

using Excitation = std::function<double(double)>;
using Path = std::function<std::pair<double, double>(double)>;

/// A Contraction whose muscle model is chosen at run time and whose inputs are Python's.
using AnyContraction =
    std::variant<Contraction<Excitation, Path, DeGrooteFregly2016>, Contraction<Excitation, Path, Millard2012>,
                 Contraction<Excitation, Path, Thelen2003>>;

struct PythonContraction {
  AnyContraction inside;
};

/// A variant in a struct: Python sees one type.
struct PythonMuscle {
  AnyMuscle inside;
};

void bind_instant(py::module_& m) {
  py::enum_<Tendon>(m, "Tendon", "How the tendon is taken.")
      .value("automatic", Tendon::automatic, "rigid where the slack length is below the optimal fibre length")
      .value("rigid", Tendon::rigid, "keeps its slack length")
      .value("elastic", Tendon::elastic, "stretches by the tendon curve");
  py::enum_<Reason>(m, "Reason", "Why an instant is what it is.")
      .value("none", Reason::none)
      .value("not_finite", Reason::not_finite)
      .value("slack", Reason::slack)
      .value("fiber_pushes", Reason::fiber_pushes)
      .value("tendon_overstretched", Reason::tendon_overstretched)
      .value("fiber_too_short", Reason::fiber_too_short)
      .value("no_velocity", Reason::no_velocity)
      .value("not_converged", Reason::not_converged);
  py::class_<Instant> type(m, "Instant",
                           "A muscle-tendon unit at one instant. Unless the status is ok every number is NaN.\n\n"
                           "path_power = active_power + dissipation + fiber_storing + tendon_storing");
  type.def_readonly("status", &Instant::status).def_readonly("reason", &Instant::reason);
  const std::vector<std::tuple<const char*, double Instant::*, const char*>> members{
      {"norm_fiber_length", &Instant::norm_fiber_length, "l [-]"},
      {"cos_pennation", &Instant::cos_pennation, "of the fibre to the tendon [-]"},
      {"norm_fiber_velocity", &Instant::norm_fiber_velocity, "v, 1 = maximal, lengthening positive [-]"},
      {"norm_fiber_length_rate", &Instant::norm_fiber_length_rate, "dl/dt [1/s]"},
      {"norm_tendon_length", &Instant::norm_tendon_length, "lT; 1 where rigid [-]"},
      {"norm_tendon_force", &Instant::norm_tendon_force, "fT [-]"},
      {"tendon_force", &Instant::tendon_force, "pull on the bones [N]"},
      {"active_force", &Instant::active_force, "of the fibre along itself [N]"},
      {"passive_force", &Instant::passive_force, "[N]"},
      {"damping_force", &Instant::damping_force, "[N]"},
      {"path_power", &Instant::path_power, "tendon force * lengthening speed of the path [W]"},
      {"active_power", &Instant::active_power, "< 0: the muscle does work [W]"},
      {"dissipation", &Instant::dissipation, "never negative [W]"},
      {"fiber_storing", &Instant::fiber_storing, "[W]"},
      {"tendon_storing", &Instant::tendon_storing, "[W]"},
      {"fiber_energy", &Instant::fiber_energy, "stored in the passive fibre [J]"},
      {"tendon_energy", &Instant::tendon_energy, "stored in the tendon [J]"}};
  for (const auto& [name, member, doc] : members) type.def_readonly(name, member, doc);
  type.def("__repr__", [](const Instant& i) {
    return "<psoas.muscle.Instant: " + std::string(to_string(i.status)) + ", " + std::string(to_string(i.reason)) +
           ", " + std::to_string(i.tendon_force) + " N>";
  });
  as_record(type, &Instant::status, &Instant::reason, &Instant::norm_fiber_length, &Instant::cos_pennation,
            &Instant::norm_fiber_velocity, &Instant::norm_fiber_length_rate, &Instant::norm_tendon_length,
            &Instant::norm_tendon_force, &Instant::tendon_force, &Instant::active_force, &Instant::passive_force,
            &Instant::damping_force, &Instant::path_power, &Instant::active_power, &Instant::dissipation,
            &Instant::fiber_storing, &Instant::tendon_storing, &Instant::fiber_energy, &Instant::tendon_energy);
  py::class_<FiberVelocity> velocity(m, "FiberVelocity", "A fibre velocity, or why there is none.");
  velocity.def_readonly("value", &FiberVelocity::value, "normalised, lengthening positive [-]")
      .def_readonly("status", &FiberVelocity::status)
      .def_readonly("reason", &FiberVelocity::reason);
  as_record(velocity, &FiberVelocity::value, &FiberVelocity::status, &FiberVelocity::reason);
}

/// The alternatives stand in the order of the types.
MuscleType type_of(const PythonMuscle& muscle) { return muscle_types[muscle.inside.index()]; }

void bind_unit(py::module_& m) {
  py::class_<PythonMuscle>(m, "MuscleTendonUnit",
                           "Fibres of constant thickness in series with a tendon.\n\n"
                           "    fT(lT) = cos (a fL(l) fV(v) + fP(l) + damping v)\n\n"
                           "MuscleTendonUnit(parameters, tendon=Tendon.automatic, type=MuscleType.DeGrooteFregly2016); "
                           "raises SpecError for faulty parameters.")
      .def(py::init([](const MuscleParameters& p, Tendon tendon, MuscleType type) {
             require_sound(p);
             return PythonMuscle{make_muscle(type, p, tendon)};
           }),
           "parameters"_a, "tendon"_a = Tendon::automatic, "type"_a = MuscleType::DeGrooteFregly2016)
      .def_property_readonly(
          "parameters",
          [](const PythonMuscle& m_) { return std::visit([](auto& u) { return u.parameters(); }, m_.inside); })
      .def_property_readonly(
          "tendon", [](const PythonMuscle& m_) { return std::visit([](auto& u) { return u.tendon(); }, m_.inside); })
      .def_property_readonly("type", &type_of)
      .def("__copy__", [](const PythonMuscle& m_) { return PythonMuscle(m_); })
      .def(
          "__deepcopy__", [](const PythonMuscle& m_, const py::dict&) { return PythonMuscle(m_); }, "memo"_a)
      .def(py::pickle(
          [](const py::object& self) {
            return py::make_tuple(self.attr("type"), self.attr("parameters"), self.attr("tendon"));
          },
          [](const py::tuple& s) {
            return PythonMuscle{
                make_muscle(s[0].cast<MuscleType>(), s[1].cast<MuscleParameters>(), s[2].cast<Tendon>())};
          }))
      .def(
          "fiber_velocity",
          [](const PythonMuscle& m_, double activation, double l, double L, double V) {
            return std::visit([&](auto& u) { return u.fiber_velocity(activation, l, L, V); }, m_.inside);
          },
          "The velocity at which the fibre balances the tendon.  l [-], L path length [m], V its rate [m/s]",
          "activation"_a, "l"_a, "L"_a, "V"_a = 0.0)
      .def(
          "instant",
          [](const PythonMuscle& m_, double activation, double l, double L, double V) {
            return std::visit([&](auto& u) { return u.instant(activation, l, L, V); }, m_.inside);
          },
          "Everything at one instant, from the state (activation, l) and the path.", "activation"_a, "l"_a, "L"_a,
          "V"_a = 0.0)
      .def(
          "static_equilibrium",
          [](const PythonMuscle& m_, double activation, double L, double V) {
            return std::visit([&](auto& u) { return u.static_equilibrium(activation, L, V); }, m_.inside);
          },
          "The instant at which the tendon force is steady.  L path length [m], V its rate [m/s]", "activation"_a,
          "L"_a, "V"_a = 0.0);
  m.def(
      "make_muscle",
      [](MuscleType type, const MuscleParameters& p, Tendon tendon) {
        require_sound(p);
        return PythonMuscle{make_muscle(type, p, tendon)};
      },
      "The muscle of a type.", "type"_a, "parameters"_a, "tendon"_a = Tendon::automatic);
}

/// A function of Python that gives a number.
Excitation excitation_from(const py::function& given) {
  return [given](double t) { return number_of(given(t), "what excitation(t) gives"); };
}

/// A function of Python that gives a length and its rate.
Path path_from(const py::function& given) {
  return [given](double t) {
    const py::object out = given(t);
    if (!py::isinstance<py::sequence>(out) || py::len(out) != 2) {
      throw py::type_error("what path(t) gives must be a length and its rate, got " + short_repr(out));
    }
    return std::pair(number_of(out[py::int_(0)], "the length that path(t) gives"),
                     number_of(out[py::int_(1)], "the rate that path(t) gives"));
  };
}

PythonContraction make_contraction(const MuscleParameters& p, const py::function& excitation_of,
                                   const py::function& path_of, Tendon tendon, MuscleType type) {
  require_sound(p);
  Excitation excitation = excitation_from(excitation_of);
  Path path = path_from(path_of);
  switch (type) {
    case MuscleType::Millard2012:
      return {Contraction<Excitation, Path, Millard2012>(p, std::move(excitation), std::move(path), tendon)};
    case MuscleType::Thelen2003:
      return {Contraction<Excitation, Path, Thelen2003>(p, std::move(excitation), std::move(path), tendon)};
    case MuscleType::DeGrooteFregly2016: break;
  }
  return {Contraction<Excitation, Path, DeGrooteFregly2016>(p, std::move(excitation), std::move(path), tendon)};
}

ContractionState state_of(const py::object& x) {
  const Numbers in = numbers(x, "the state", {2});
  return {in.at(0), in.at(1)};
}

void bind_contraction(py::module_& m) {
  py::class_<PythonContraction>(
      m, "Contraction",
      "One muscle in time, along a prescribed path: the right-hand side for any integrator.\n\n"
      "    da/dt = activation_rate(excitation(t), a)\n"
      "    dl/dt = maximal velocity * v,    fT = cos (a fL fV(v) + fP + damping v)\n\n"
      "excitation: t [s] -> [-];  path: t [s] -> (length [m], rate [m/s]). The state is (activation, l).")
      .def(py::init(&make_contraction), "parameters"_a, "excitation"_a, "path"_a, "tendon"_a = Tendon::automatic,
           "type"_a = MuscleType::DeGrooteFregly2016)
      .def(
          "__call__",
          [](const PythonContraction& c, const py::object& x, double t) {
            ContractionState rate{};
            std::visit([&](auto& one) { one(state_of(x), rate, t); }, c.inside);
            return py::array_t<double>(2, rate.data());
          },
          "The rate of the state at a time [1/s].", "x"_a, "t"_a)
      .def(
          "equilibrium",
          [](const PythonContraction& c, double activation, double t) {
            return std::visit(
                [&](auto& one) {
                  const auto start = one.equilibrium(activation, t);
                  return py::make_tuple(py::array_t<double>(2, start.state.data()), start.status);
                },
                c.inside);
          },
          "(state, status) to start from: the tendon force is steady. NaN unless the status is ok.", "activation"_a,
          "t"_a)
      .def(
          "instant",
          [](const PythonContraction& c, const py::object& x, double t) {
            return std::visit([&](auto& one) { return one.instant(state_of(x), t); }, c.inside);
          },
          "Forces, powers and energies in a state at a time.", "x"_a, "t"_a);
}

void bind_rigid(py::module_& m) {
  py::class_<RigidTendon>(m, "RigidTendon", "A De Groote-Fregly muscle whose tendon does not stretch.")
      .def_readonly("max_isometric_force", &RigidTendon::max_isometric_force, "[N]")
      .def_readonly("tendon_slack_length", &RigidTendon::tendon_slack_length, "[m]")
      .def_readonly("norm_thickness", &RigidTendon::norm_thickness, "sine of the pennation at optimal length [-]")
      .def_readonly("active_width", &RigidTendon::active_width, "[-]")
      .def_readonly("damping", &RigidTendon::damping, "[-]");
  using Force = RigidTendonForce<double>;
  py::class_<Force> force(m, "RigidTendonForce", "Force along the tendon: passive + activation * active.");
  force.def_readonly("norm_fiber_length", &Force::norm_fiber_length, "fibre length / optimal [-]")
      .def_readonly("cos_pennation", &Force::cos_pennation, "0 exactly where slack [-]")
      .def_readonly("norm_fiber_velocity", &Force::norm_fiber_velocity, "[-]")
      .def_readonly("active", &Force::active, "at activation 1 [N]")
      .def_readonly("passive", &Force::passive, "[N]")
      .def_readonly("active_slope", &Force::active_slope, "d active / d path length [N/m]")
      .def_readonly("passive_slope", &Force::passive_slope, "d passive / d path length [N/m]")
      .def_readonly("slack", &Force::slack)
      .def_readonly("length_outside_curve", &Force::length_outside_curve)
      .def_readonly("speed_outside_curve", &Force::speed_outside_curve);
  as_record(force, &Force::norm_fiber_length, &Force::cos_pennation, &Force::norm_fiber_velocity, &Force::active,
            &Force::passive, &Force::active_slope, &Force::passive_slope, &Force::slack, &Force::length_outside_curve,
            &Force::speed_outside_curve);
  m.def(
      "rigid_tendon",
      [](const MuscleParameters& p) {
        require_sound(p);
        return rigid_tendon(p);
      },
      "The constants of one muscle; a damping that was not given is 0 here.", "parameters"_a);
  m.def(
      "rigid_tendon_force",
      [](const RigidTendon& muscle, double length, double speed) { return rigid_tendon_force(muscle, length, speed); },
      "Force of a muscle with a rigid tendon.\n\n"
      "    active = F0 cos fL(l) fV(v)      passive = F0 cos (fP(l) + damping v)\n\n"
      "length: of the path [m];  speed: lengthening positive [m/s]",
      "muscle"_a, "length"_a, "speed"_a = 0.0);
}

}  // namespace

void bind_muscle_units(py::module_& root) {
  py::module_ m = root.attr("muscle");
  bind_instant(m);
  bind_unit(m);
  bind_contraction(m);
  bind_rigid(m);
}

}  // namespace psoas::python
