#include "common.hpp"
#include "frames.hpp"
#include "psoas/io/read_simulation.hpp"
#include "psoas/scenario/simulation.hpp"
#include "records.hpp"

namespace psoas::python {
namespace {

using Texts = std::map<std::string, std::pair<std::string, std::string>>;

py::object packed_text(const Expression& e) { return py::make_tuple(e.text, e.where); }
Expression expression_from(const py::handle& state) {
  const auto pair = state.cast<std::pair<std::string, std::string>>();
  return {pair.first, pair.second};
}

Texts packed_texts(const std::map<std::string, Expression>& of) {
  Texts out;
  for (const auto& [name, e] : of) out[name] = {e.text, e.where};
  return out;
}
std::map<std::string, Expression> expressions_from(const py::handle& state) {
  std::map<std::string, Expression> out;
  for (const auto& [name, text] : state.cast<Texts>()) out[name] = {text.first, text.second};
  return out;
}

py::list packed_pieces(const std::vector<SignalPiece>& of) {
  py::list out;
  for (const SignalPiece& p : of) {
    out.append(py::make_tuple(packed_text(p.from), packed_text(p.to), packed_text(p.value)));
  }
  return out;
}
std::vector<SignalPiece> pieces_from(const py::handle& state) {
  std::vector<SignalPiece> out;
  for (const py::handle piece : state) {
    const auto p = piece.cast<py::tuple>();
    out.push_back({expression_from(p[0]), expression_from(p[1]), expression_from(p[2])});
  }
  return out;
}

/// Words, wishes and values; `about` has no more than this.
py::tuple simulation_state(const Simulation& s) {
  const Scenario& a = s.about;
  py::object table = py::none();
  if (s.table) table = py::make_tuple(s.table->where, s.table->time, s.table->names, packed(s.table->value));
  return py::make_tuple(
      s.kind, py::make_tuple(a.name, a.description, a.reference, a.tone, a.rate, a.parameters, a.where),
      std::const_pointer_cast<Scenario>(s.base), s.settings, s.expected_settings, packed_texts(s.posture), s.ground,
      s.free, packed_pieces(s.excitation), table, packed_texts(s.strength), packed_texts(s.start),
      packed_text(s.duration), s.foot, s.angle, s.muscle, s.type, packed_texts(s.parameters), packed_pieces(s.length),
      s.tendon, packed_text(s.step), packed_text(s.output_step), packed_text(s.tolerance));
}

std::shared_ptr<Simulation> simulation_from(const py::tuple& state) {
  auto out = std::make_shared<Simulation>();
  Simulation& s = *out;
  std::size_t i = 0;
  const auto next = [&] { return py::object(state[i++]); };
  s.kind = next().cast<Simulation::Kind>();
  const auto about = next().cast<py::tuple>();
  unpack(about[0], s.about.name), unpack(about[1], s.about.description), unpack(about[2], s.about.reference);
  unpack(about[3], s.about.tone), unpack(about[4], s.about.rate), unpack(about[5], s.about.parameters);
  unpack(about[6], s.about.where);
  if (const py::object base = next(); !base.is_none()) s.base = base.cast<std::shared_ptr<Scenario>>();
  unpack(next(), s.settings), unpack(next(), s.expected_settings);
  s.posture = expressions_from(next());
  unpack(next(), s.ground), unpack(next(), s.free);
  s.excitation = pieces_from(next());
  if (const py::object table = next(); !table.is_none()) {
    const auto t = table.cast<py::tuple>();
    s.table.emplace();
    unpack(t[0], s.table->where), unpack(t[1], s.table->time), unpack(t[2], s.table->names);
    unpack(t[3], s.table->value);
  }
  s.strength = expressions_from(next()), s.start = expressions_from(next());
  s.duration = expression_from(next());
  unpack(next(), s.foot), unpack(next(), s.angle), unpack(next(), s.muscle), unpack(next(), s.type);
  s.parameters = expressions_from(next()), s.length = pieces_from(next());
  unpack(next(), s.tendon);
  s.step = expression_from(next()), s.output_step = expression_from(next()), s.tolerance = expression_from(next());
  return out;
}

}  // namespace

void bind_simulation(py::module_& m) {
  py::class_<Simulation, std::shared_ptr<Simulation>> type(
      m, "Simulation", "Words and wishes of a forward simulation, read by io.read_simulation().");
  py::enum_<Simulation::Kind>(type, "Kind", "What moves.")
      .value("limb", Simulation::Kind::limb, "chosen coordinates of a body move freely")
      .value("muscle", Simulation::Kind::muscle, "one muscle on a test bench");
  type.def_readonly("kind", &Simulation::kind)
      .def_property_readonly("name", [](const Simulation& s) { return s.about.name; })
      .def_property_readonly(
          "about", [](Simulation& s) -> Scenario& { return s.about; }, py::return_value_policy::reference_internal,
          "name, description and parameters")
      .def_property_readonly(
          "base", [](const Simulation& s) { return std::const_pointer_cast<Scenario>(s.base); },
          "scenario that gives motion and activations, or None")
      .def_readonly("free", &Simulation::free, "coordinates that move freely")
      .def_readonly("muscle", &Simulation::muscle, "of a bench: strand or group")
      .def("__copy__", [](const Simulation& s) { return std::make_shared<Simulation>(s); })
      .def(
          "__deepcopy__", [](const Simulation& s, const py::dict&) { return std::make_shared<Simulation>(s); },
          "memo"_a)
      .def(py::pickle(&simulation_state, &simulation_from))
      .def("__repr__", [](const Simulation& s) {
        return "<psoas.Simulation \"" + s.about.name + "\": " + s.about.description + '>';
      });
  m.def(
      "apply",
      [](const std::vector<Override>& overrides, ModelSpec& model, Subject& subject, Simulation& simulation,
         AnalyzeOptions& options) { apply(overrides, model, subject, simulation, options); },
      "overrides"_a, "model"_a, "subject"_a, "simulation"_a, "options"_a);
  m.def(
      "_simulate",
      [](const Model& model, const Simulation& simulation, const AnalyzeOptions& options) {
        return std::make_shared<Outcome>(interruptible([&](const std::atomic<bool>* cancel) {
          AnalyzeOptions own = options;
          own.cancel = cancel;
          return simulate(model, simulation, own);
        }));
      },
      "model"_a, "simulation"_a, "options"_a);
  m.def(
      "_simulate",
      [](const Model& model, const Scenario& scenario, const AnalyzeOptions& options) {
        return std::make_shared<Outcome>(interruptible([&](const std::atomic<bool>* cancel) {
          AnalyzeOptions own = options;
          own.cancel = cancel;
          return simulate(model, scenario, own);
        }));
      },
      "model"_a, "scenario"_a, "options"_a);
  py::module_ io = m.attr("io");
  io.def(
      "read_simulation",
      [](const py::object& name) { return std::make_shared<Simulation>(io::read_simulation(path_text(name))); },
      "A forward simulation by its name inside the library or by the path of a .toml file.", "name_or_path"_a);
  io.def("simulation_names", &io::simulation_names, "Names of the simulations inside the library.");
}

}  // namespace psoas::python
