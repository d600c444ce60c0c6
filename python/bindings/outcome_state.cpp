#include "outcome_state.hpp"

#include <algorithm>
#include <array>

namespace psoas::python {
namespace {

constexpr std::array matrices{&Outcome::activation,     &Outcome::force,        &Outcome::passive_force,
                              &Outcome::fiber_length,   &Outcome::joint_moment, &Outcome::reserve,
                              &Outcome::joint_reaction, &Outcome::control,      &Outcome::level_rotation};

py::array rows(const MatX& m) { return py::array_t<double>(Shape{m.cols(), m.rows()}, m.data()); }

MatX matrix(const py::handle& array) {
  const Numbers in = Numbers::ensure(array);
  return Eigen::Map<const MatX>(in.data(), in.shape(1), in.shape(0));
}

VecX values(const py::handle& array) {
  const Numbers in = Numbers::ensure(array);
  return Eigen::Map<const VecX>(in.data(), in.size());
}

py::list node_forces(const Outcome& o) {
  py::list out;
  for (const std::vector<Vec3>& frame : o.node_force) out.append(copy_of(frame));
  return out;
}

std::vector<Vec3> places(const py::handle& array) {
  const Numbers in = Numbers::ensure(array);
  std::vector<Vec3> out(static_cast<std::size_t>(in.shape(0)));
  for (std::size_t i = 0; i < out.size(); ++i) out[i] = Eigen::Map<const Vec3>(in.data() + 3 * i);
  return out;
}

}  // namespace

py::object report_state(const std::optional<ForwardReport>& report) {
  if (!report) return py::none();
  const ForwardReport& r = *report;
  py::list signals;
  for (const ForwardReport::Signal& s : r.signals) signals.append(py::make_tuple(s.name, copy_of(s.values)));
  return py::make_tuple(r.status, r.reason, r.duration, r.steps, r.rhs_evaluations, r.fiber_evaluations,
                        r.elastic_tendons, r.rigid_tendons, r.lowest_pull_at, r.settled, r.watched, signals);
}

std::optional<ForwardReport> report_from(const py::object& state) {
  if (state.is_none()) return std::nullopt;
  const auto s = state.cast<py::tuple>();
  ForwardReport r;
  r.status = s[0].cast<Status>(), r.reason = s[1].cast<std::string>(), r.duration = s[2].cast<double>();
  r.steps = s[3].cast<long>(), r.rhs_evaluations = s[4].cast<long>(), r.fiber_evaluations = s[5].cast<long>();
  r.elastic_tendons = s[6].cast<int>(), r.rigid_tendons = s[7].cast<int>();
  r.lowest_pull_at = s[8].cast<std::string>(), r.settled = s[9].cast<std::optional<bool>>();
  r.watched = s[10].cast<decltype(r.watched)>();
  for (const py::handle signal : s[11]) {
    const auto pair = signal.cast<py::tuple>();
    r.signals.push_back({pair[0].cast<std::string>(), values(pair[1])});
  }
  return r;
}

py::tuple outcome_state(const py::object& self) {
  const auto& o = self.cast<const Outcome&>();
  py::list channels, numbers;
  for (const Channel& c : o.channels) channels.append(py::make_tuple(c.name, copy_of(c.values)));
  for (const MatX Outcome::*m : matrices) numbers.append(rows(o.*m));
  return py::make_tuple(o.name, o.status, std::const_pointer_cast<Model>(o.model), o.task, o.cost, o.time,
                        o.frame_status, channels, o.gates, o.ledger, numbers, o.actuators, node_forces(o),
                        std::const_pointer_cast<Outcome>(o.reference), report_state(o.forward), self.attr("__dict__"));
}

std::pair<std::shared_ptr<Outcome>, py::dict> outcome_from(const py::tuple& s) {
  auto out = std::make_shared<Outcome>();
  Outcome& o = *out;
  o.name = s[0].cast<std::string>(), o.status = s[1].cast<Status>();
  o.model = s[2].cast<std::shared_ptr<Model>>();
  o.task = s[3].cast<Task>(), o.cost = s[4].cast<std::string>(), o.time = s[5].cast<std::vector<double>>();
  o.frame_status = s[6].cast<std::vector<Status>>();
  for (const py::handle channel : s[7]) {
    const auto pair = channel.cast<py::tuple>();
    o.channels.push_back({pair[0].cast<std::string>(), values(pair[1])});
  }
  o.gates = s[8].cast<std::vector<Gate>>(), o.ledger = s[9].cast<std::vector<LedgerEntry>>();
  const auto numbers = s[10].cast<py::list>();
  for (std::size_t i = 0; i < matrices.size(); ++i) o.*matrices[i] = matrix(numbers[i]);
  o.actuators = s[11].cast<std::vector<recruit::Actuator>>();
  for (const py::handle frame : s[12]) o.node_force.push_back(places(frame));
  if (!s[13].is_none()) o.reference = s[13].cast<std::shared_ptr<Outcome>>();
  o.forward = report_from(s[14]);
  return {out, s[15].cast<py::dict>()};
}

}  // namespace psoas::python
