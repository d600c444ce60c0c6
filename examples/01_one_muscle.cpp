// One psoas major, no skeleton: fully excited for 0.4 s at a fixed length, then let go. Prints activation, fibre length
// and tendon force. Activation and fibre length are the state; Boost.Odeint integrates them.
#include <boost/numeric/odeint.hpp>
#include <cstdio>
#include <functional>

#include "psoas/muscle/catalog.hpp"
#include "psoas/muscle/contraction.hpp"

namespace muscle = psoas::muscle;
namespace ode = boost::numeric::odeint;
using State = muscle::ContractionState;

int main() {
  const auto path = [](double) { return muscle::PathLength{.length = 0.295, .rate = 0.0}; };
  const muscle::Contraction on{muscle::psoas_major(), [](double) { return 1.0; }, path};
  const muscle::Contraction off{muscle::psoas_major(), [](double) { return 0.02; }, path};
  auto [x, status] = on.equilibrium(0.02, 0.0);
  if (status != psoas::Status::ok) return 4;
  const auto print = [&on](const State& s, double t) {
    std::printf("%.2f s  %.3f  %.4f  %7.1f N\n", t, s[0], s[1], on.instant(s, t).tendon_force);
  };
  const auto stepper = ode::make_dense_output(1e-8, 1e-8, 0.01, ode::runge_kutta_dopri5<State>());
  ode::integrate_const(stepper, std::cref(on), x, 0.0, 0.4, 0.05, print);
  ode::integrate_const(stepper, std::cref(off), x, 0.4, 1.0, 0.05, print);  // a fresh copy of the stepper
}
