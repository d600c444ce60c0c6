#include "psoas/forward/adaptive.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>
#include <vector>

#include "psoas/core/error.hpp"
#include "psoas/forward/odeint.hpp"

namespace psoas::forward {
namespace {

namespace odeint = boost::numeric::odeint;

constexpr double same_time = 1e-12;  // times that differ by less of the whole span are one
constexpr double first_step = 1e-4;  // a fresh stepper knows nothing of the system yet  [s]

/// Odeint says that it gave up by throwing; a number that is none would make it try for ever.
struct Stopped {
  Status status;
  const char* reason;
};

/// A stage of a step went where the system has no finite rate: the step was too long.
struct TooLong {};

class AdaptiveRun {
 public:
  AdaptiveRun(const SmallSystem& system, const AdaptiveOptions& options, double from, double to)
      : system_(system),
        options_(options),
        from_(from),
        to_(to),
        most_(static_cast<double>(options.most_evaluations) + 12.0 * (to - from) / options.largest_step) {}

  AdaptiveResult run(VecX x) {
    store(from_, x);
    try {
      std::vector<double> stops;
      for (const double s : system_.switches) {
        if (s > from_ && s < to_) stops.push_back(s);
      }
      stops.push_back(to_);
      std::sort(stops.begin(), stops.end());
      double t = from_;
      for (const double stop : stops) {
        while (t < stop) t = run_to_event(t, stop, x);
      }
      if (out_.time.back() < to_) store(to_, x);
      out_.status = Status::ok;
    } catch (const Stopped& stopped) {
      out_.status = stopped.status;
      out_.reason = stopped.reason;
    } catch (const odeint::odeint_error&) {  // it counts its attempts to make one step
      out_.status = Status::not_converged;
      out_.reason = "no step is small enough to meet the tolerance";
    }
    return std::move(out_);
  }

 private:
  void rate(const VecX& x, VecX& dxdt, double t, double stop) {
    if (static_cast<double>(++out_.evaluations) > most_) {
      throw Stopped{Status::not_converged, "the count of evaluations is used up"};
    }
    const bool at_stop = t >= stop - nothing();
    system_.rate(x, dxdt, at_stop ? stop : t, at_stop);
    if (!dxdt.allFinite()) throw TooLong{};
  }

  /// A new stepper from t to the next event or to `stop`; x becomes the state there.
  double run_to_event(double t, double stop, VecX& x) {
    auto dense = dense_dopri5<VecX>({.absolute_tolerance = options_.absolute_tolerance,
                                     .relative_tolerance = options_.relative_tolerance,
                                     .largest_step = options_.largest_step});
    const auto system = [&](const VecX& state, VecX& dxdt, double at) { rate(state, dxdt, at, stop); };
    dense.initialize(x, t, std::min({options_.largest_step, first_step, stop - t}));
    std::vector<double> before = events_at(x, t);
    VecX inside(x.size());
    while (stop - dense.current_time() > nothing()) {
      const double start = dense.current_time();
      // the last step is shortened, so that no stage looks beyond the switch
      if (start + dense.current_time_step() > stop) dense.initialize(VecX(dense.current_state()), start, stop - start);
      if (!make_step(dense, system)) continue;
      const double end = stop - dense.current_time() > nothing() ? dense.current_time() : stop;
      if (!dense.current_state().allFinite()) throw Stopped{Status::not_finite, "the state is not finite"};
      if (!(dense.current_time() - start > nothing())) {
        throw Stopped{Status::not_converged, "the step has become too small to meet the tolerance"};
      }
      const auto state_at = [&](double at) -> const VecX& {
        dense.calc_state(at, inside);
        return inside;
      };
      const double event = first_event(before, start, end, state_at);
      store_until(event, state_at);
      if (event < end) {
        x = state_at(event);
        return event;
      }
      before = events_at(dense.current_state(), end);
    }
    x = dense.current_state();
    return stop;
  }

  /// One step; false when it was too long: the next one starts again from where it was, a tenth as long.
  template <class Stepper, class System>
  bool make_step(Stepper& dense, const System& system) {
    const double start = dense.current_time(), step = dense.current_time_step();
    const VecX before = dense.current_state();
    try {
      dense.do_step(std::ref(system));
      return true;
    } catch (const TooLong&) {
      if (!(0.1 * step > nothing())) throw Stopped{Status::not_finite, "the rate of the state is not finite"};
      dense.initialize(before, start, 0.1 * step);
      return false;
    }
  }

  double nothing() const { return same_time * (to_ - from_); }

  std::vector<double> events_at(const VecX& x, double t) const {
    std::vector<double> values;
    for (const auto& event : system_.events) values.push_back(event(x, t));
    return values;
  }

  /// Just behind the first zero of an event in (start, end], or `end` where there is none.
  template <class StateAt>
  double first_event(const std::vector<double>& before, double start, double end, const StateAt& state_at) {
    double first = end;
    int which = -1;
    for (std::size_t e = 0; e < before.size(); ++e) {
      const auto crossed = [&](double t) { return (system_.events[e](state_at(t), t) > 0.0) != (before[e] > 0.0); };
      if (!crossed(first)) continue;
      double low = start, high = first;
      while (high - low > options_.event_tolerance) {
        const double middle = 0.5 * (low + high);
        (crossed(middle) ? high : low) = middle;
      }
      first = high;
      which = static_cast<int>(e);
    }
    if (which >= 0) out_.events.push_back({first, which});
    return first;
  }

  template <class StateAt>
  void store_until(double end, const StateAt& state_at) {
    for (;;) {
      const double next = from_ + static_cast<double>(outputs_) * options_.output_step;
      if (next > end || next > to_) return;
      store(next, state_at(next));
    }
  }

  void store(double t, const VecX& x) {
    out_.time.push_back(t);
    out_.state.push_back(x);
    ++outputs_;
  }

  const SmallSystem& system_;
  const AdaptiveOptions& options_;
  double from_, to_, most_;
  AdaptiveResult out_;
  long outputs_ = 0;
};

}  // namespace

AdaptiveResult integrate_adaptive(const SmallSystem& system, const VecX& start, double from, double to,
                                  const AdaptiveOptions& options) {
  if (!(options.output_step > 0.0) || !(options.largest_step > 0.0)) {
    throw Error("output_step and largest_step must be above 0 s");
  }
  if (!std::isfinite(from) || !std::isfinite(to)) throw Error("a simulation runs from one time to another");
  return AdaptiveRun(system, options, from, to).run(start);
}

}  // namespace psoas::forward
