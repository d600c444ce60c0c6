#include "common.hpp"
#include "psoas/io/read_model.hpp"
#include "psoas/io/write_model.hpp"
#include "psoas/model/catalog.hpp"
#include "psoas/model/spec.hpp"

namespace psoas::python {
namespace {

void bind_quantity(py::module_& m) {
  py::class_<Quantity> type(m, "Quantity", "A parameter with its pedigree; a plain number is one without.");
  type.def(py::init<double>(), "value"_a);
  type.def_readwrite("value", &Quantity::value, "in the SI unit of the field that holds it")
      .def_readwrite("sd", &Quantity::sd, "spread between people or sources, NaN where unknown")
      .def_readwrite("source", &Quantity::source, "key of ModelSpec.sources")
      .def_readwrite("verified", &Quantity::verified, "read in the source itself, not second hand or judged")
      .def_readonly("where", &Quantity::where);
  as_fields(type, {"value", "sd", "source", "verified"});
  type.def("__float__", [](const Quantity& q) { return q.value; });
  py::implicitly_convertible<double, Quantity>();
  py::implicitly_convertible<int, Quantity>();
}

void bind_spec_parts(py::module_& m) {
  py::class_<SourceSpec>(m, "SourceSpec", "Where numbers come from.")
      .def_readonly("citation", &SourceSpec::citation)
      .def_readonly("licence", &SourceSpec::licence)
      .def_readonly("note", &SourceSpec::note);
  py::class_<PersonSpec> person(m, "PersonSpec", "The person whose body the description is.");
  person.def_readonly("mass", &PersonSpec::mass, "[kg]")
      .def_readonly("height", &PersonSpec::height, "[m]")
      .def_readonly("sex", &PersonSpec::sex, "male | female")
      .def_readonly("age", &PersonSpec::age, "[years]")
      .def_readonly("sacral_slope", &PersonSpec::sacral_slope, "[rad]")
      .def_readonly("lordosis", &PersonSpec::lordosis, "[rad]")
      .def_readonly("psoas_minor", &PersonSpec::psoas_minor, "none | right | left | both");
  py::class_<BodySpec> body(m, "BodySpec", "A rigid segment. X forward, Y up, Z right in the neutral pose.");
  body.def_readonly("name", &BodySpec::name)
      .def_readwrite("mass", &BodySpec::mass, "[kg]")
      .def_readonly("source", &BodySpec::source)
      .def_readonly("where", &BodySpec::where);
  array_of(body, "mass_center", &BodySpec::mass_center, "in the body frame [m]");
  py::enum_<Role>(m, "Role", "What a coordinate is for the equations of motion.")
      .value("free", Role::free, "owns an equation that muscles balance")
      .value("prescribed", Role::prescribed, "takes a posture, owns no equation")
      .value("motor", Role::motor, "owns an equation that a declared torque balances")
      .value("follows", Role::follows, "value is a function of another coordinate");
  py::class_<CoordinateSpec>(m, "CoordinateSpec", "A coordinate as described.")
      .def_readonly("name", &CoordinateSpec::name)
      .def_readwrite("role", &CoordinateSpec::role)
      .def_readonly("translational", &CoordinateSpec::translational, "metres, not radians")
      .def_readwrite("default_value", &CoordinateSpec::default_value, "[rad or m]")
      .def_readwrite("minimum", &CoordinateSpec::minimum, "[rad or m]")
      .def_readwrite("maximum", &CoordinateSpec::maximum, "[rad or m]")
      .def_readonly("leader", &CoordinateSpec::leader, "the coordinate that it follows")
      .def_readonly("where", &CoordinateSpec::where);
  py::class_<PointSpec> point(m, "PointSpec", "A point of a path, fixed in its body or sliding in it.");
  point.def_readonly("body", &PointSpec::body).def_readonly("coordinate", &PointSpec::coordinate);
  array_of(point, "at", &PointSpec::at, "[m]");
}

void bind_muscle_spec(py::module_& m) {
  py::class_<MuscleSpec> type(m, "MuscleSpec", "One strand of a muscle as described.");
  const std::vector<std::tuple<const char*, Quantity MuscleSpec::*, const char*>> members{
      {"pcsa", &MuscleSpec::pcsa, "physiological cross-section [m2]"},
      {"specific_tension", &MuscleSpec::specific_tension, "maximal force = pcsa * this [N/m2]"},
      {"strength", &MuscleSpec::strength, "factor on the maximal force [-]"},
      {"optimal_fiber_length", &MuscleSpec::optimal_fiber_length, "[m]"},
      {"tendon_slack_length", &MuscleSpec::tendon_slack_length, "[m]"},
      {"pennation", &MuscleSpec::pennation, "at optimal fibre length [rad]"},
      {"passive_strain", &MuscleSpec::passive_strain, "[-]"},
      {"active_width", &MuscleSpec::active_width, "[-]"},
      {"max_contraction_velocity", &MuscleSpec::max_contraction_velocity, "[optimal fibre lengths / s]"},
      {"minimum_activation", &MuscleSpec::minimum_activation, "of a recruitment as OpenSim's [-]"}};
  for (const auto& [name, member, doc] : members) type.def_readwrite(name, member, doc);
  type.def_readonly("name", &MuscleSpec::name)
      .def_readonly("side", &MuscleSpec::side, "r, l or empty")
      .def_readwrite("passive_offset", &MuscleSpec::passive_offset)
      .def_readwrite("tone", &MuscleSpec::tone, "takes the scenario's tone as lower bound of activation")
      .def_readwrite("type", &MuscleSpec::type, "whose curves it has")
      .def_readonly("note", &MuscleSpec::note)
      .def_readonly("source", &MuscleSpec::source)
      .def_readonly("where", &MuscleSpec::where, "file:line:column")
      .def("__repr__", [](const MuscleSpec& s) { return "<psoas.MuscleSpec " + s.name + '>'; });
  values_of(type, "groups", &MuscleSpec::groups, "without side, e.g. psoas, iliopsoas");
  items_of(type, "points", &MuscleSpec::points, "of its path, origin to insertion");
  py::class_<RecruitSpec> recruit(m, "RecruitSpec", "Weights of the recruitment.");
  recruit.def_readwrite("cost", &RecruitSpec::cost, "volume | pcsa | activation")
      .def_readwrite("power", &RecruitSpec::power)
      .def_readwrite("w_support", &RecruitSpec::w_support, "per (node force / body weight)2")
      .def_readwrite("w_shear", &RecruitSpec::w_shear, "per (net shear of a patch / body weight)2")
      .def_readwrite("w_reserve", &RecruitSpec::w_reserve, "per (N m)2 or N2")
      .def_readwrite("w_motor", &RecruitSpec::w_motor, "per (N m)2")
      .def_readwrite("w_motor_pressing", &RecruitSpec::w_motor_pressing, "per (N m)2, while a support acts beyond it")
      .def_readwrite("w_abdomen", &RecruitSpec::w_abdomen, "per N2")
      .def_readwrite("level_rotation_cost", &RecruitSpec::level_rotation_cost, "per deg2; infinity: rigid levels");
  as_fields(recruit, {"cost", "power", "w_support", "w_shear", "w_reserve", "w_motor", "w_motor_pressing", "w_abdomen",
                      "level_rotation_cost"});
  py::class_<ActuatorSpec> actuator(m, "ActuatorSpec", "A torque or force that a recruitment as OpenSim's may use.");
  actuator.def_readwrite("name", &ActuatorSpec::name)
      .def_readwrite("coordinate", &ActuatorSpec::coordinate)
      .def_readwrite("optimal_force", &ActuatorSpec::optimal_force, "at control 1 [N m or N]")
      .def_readwrite("minimum_control", &ActuatorSpec::minimum_control)
      .def_readwrite("maximum_control", &ActuatorSpec::maximum_control);
  as_fields(actuator, {"name", "coordinate", "optimal_force", "minimum_control", "maximum_control"});
}

}  // namespace

void bind_spec(py::module_& m) {
  bind_quantity(m);
  bind_spec_parts(m);
  bind_muscle_spec(m);
  py::class_<ModelSpec, std::shared_ptr<ModelSpec>> type(
      m, "ModelSpec",
      "The description of a body in words and numbers: what model files hold. Numbers may be edited; compile() checks "
      "them. Pickles and copies as the text of its file.");
  type.def_readwrite("name", &ModelSpec::name)
      .def_readwrite("description", &ModelSpec::description)
      .def_readwrite("gravity", &ModelSpec::gravity, "[m/s2], along -Y")
      .def_readonly("imported", &ModelSpec::imported, "from another program")
      .def_readonly("person", &ModelSpec::person)
      .def_readwrite("recruit", &ModelSpec::recruit, "weights of the recruitment")
      .def_property_readonly(
          "sources", [](const ModelSpec& s) { return s.sources; }, "where numbers come from, by key");
  items_of(type, "bodies", &ModelSpec::bodies, "BodySpec of each");
  items_of(type, "coordinates", &ModelSpec::coordinates, "CoordinateSpec of each");
  items_of(type, "muscles", &ModelSpec::muscles, "MuscleSpec of each strand");
  items_of(type, "actuators", &ModelSpec::actuators, "ActuatorSpec of each");
  type.def("__copy__", [](const ModelSpec& s) { return ModelSpec(s); })
      .def(
          "__deepcopy__", [](const ModelSpec& s, const py::dict&) { return ModelSpec(s); }, "memo"_a)
      .def(py::pickle([](const ModelSpec& s) { return py::make_tuple(io::model_toml(s), s.name); },
                      [](const py::tuple& state) {
                        return io::read_model_text(state[0].cast<std::string>(), state[1].cast<std::string>());
                      }))
      .def("__repr__", [](const ModelSpec& s) {
        return "<psoas.ModelSpec \"" + s.name + "\": " + std::to_string(s.bodies.size()) + " bodies, " +
               std::to_string(s.muscles.size()) + " strands>";
      });
  py::module_ catalog = m.attr("catalog");
  catalog.def("pendulum", &catalog::pendulum, "A uniform rod that swings about z. length [m], mass [kg]",
              "length"_a = 1.0, "mass"_a = 1.0);
  catalog.def("planar_hip", &catalog::planar_hip, "A thigh that hangs from a fixed pelvis, one flexor, one extensor.");
}

}  // namespace psoas::python
