#include "psoas/forward/integrate.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "forward/limb.hpp"
#include "forward/recorder.hpp"
#include "psoas/core/error.hpp"
#include "psoas/forward/adaptive.hpp"
#include "psoas/forward/fiber_balance.hpp"
#include "psoas/forward/implicit_muscles.hpp"

namespace psoas {
namespace {

using forward::Limb;
using forward::MuscleStates;

/// Everything that a step changes.
struct LimbState {
  double time = 0.0;
  VecX q, v, acceleration;
  VecX acceleration_slope;  // over the step that led here; empty where no step did
  double step = 0.0;        // its length
  VecX length, speed;       // of the paths
  MuscleStates muscles;
  VecX fiber_speed;
};

/// Value at `share` of a step, from values and rates at both ends.
double hermite(double share, double step, double from, double from_rate, double to, double to_rate) {
  const double s = share, r = 1.0 - share;
  return r * r * (1.0 + 2.0 * s) * from + s * s * (3.0 - 2.0 * s) * to + step * s * r * (r * from_rate - s * to_rate);
}

/// Side of its range on which a coordinate stands: -1, 0 (inside), 1.
int zone_of(const Coordinate& c, double q) { return q > c.maximum ? 1 : q < c.minimum ? -1 : 0; }

class ImplicitRun {
 public:
  ImplicitRun(const Model& model, const Drive& drive, const IntegrateOptions& options, Limb& limb)
      : model_(model), drive_(drive), options_(options), limb_(limb), recorder_(limb), input_(limb.muscles().size()) {
    work_.fiber_speed = VecX::Zero(limb.muscles().size());
    force_ = work_.fiber_speed;
  }

  Trajectory run(const State& start) {
    Status status = begin(start);
    if (usable(status)) {
      recorder_.record(now_.time, now_.muscles, force_, now_.v);
      for (const auto& [stop, output] : stops(start.time)) {
        status = advance(stop);
        if (!usable(status)) break;
        if (output) {
          recorder_.record(now_.time, now_.muscles, force_, now_.v);
        } else {
          forget();
        }
      }
    }
    Trajectory out = recorder_.take();
    out.status = status;
    out.reason = usable(status) ? "" : reason(status);
    out.events = events_;
    out.steps = steps_;
    out.rhs_evaluations = evaluations_;
    out.fiber_evaluations = work_.evaluations;
    return out;
  }

 private:
  Status begin(const State& start) {
    now_.time = start.time;
    limb_.motion_state(start.time, now_.q, now_.v);
    if (start.q.size() > 0) now_.q = start.q;
    if (start.v.size() > 0) now_.v = start.v;
    now_.muscles.activation = VecX::Zero(limb_.muscles().size());
    now_.muscles.fiber_length = now_.muscles.activation;
    limb_.excitation(start.time, false, now_.muscles.activation);
    now_.muscles.activation = now_.muscles.activation.cwiseMax(limb_.muscles().minimum_activation);
    for (std::size_t i = 0; start.activation.size() > 0 && i < limb_.strands().size(); ++i) {
      now_.muscles.activation(static_cast<Eigen::Index>(i)) = start.activation(limb_.strands()[i]);
    }
    place(now_);
    const Status status = forward::rest_fibers(limb_.muscles(), now_.length, now_.muscles, work_.failed_muscle);
    now_.fiber_speed = VecX::Zero(limb_.muscles().size());
    for (std::size_t f = 0; f < limb_.free().size(); ++f) zones_.push_back(zone(f, now_));
    return usable(status) ? accelerate(now_) : status;
  }

  int zone(std::size_t f, const LimbState& state) const {
    return zone_of(model_.coordinates[static_cast<std::size_t>(limb_.free()[f])],
                   state.q(static_cast<Eigen::Index>(f)));
  }

  void place(LimbState& state) {
    limb_.place(state.time, state.q, state.v);
    ++evaluations_;
    state.length = limb_.length();
    state.speed = limb_.speed();
  }

  Status accelerate(LimbState& state) {
    forward::muscle_forces(limb_.muscles(), state.length, state.speed, state.muscles, force_);
    const Status status = limb_.accelerate(force_);
    state.acceleration = limb_.acceleration();
    return status;
  }

  /// What lies behind belongs to another right-hand side: the next step starts anew.
  void forget() { now_.acceleration_slope.resize(0); }

  /// Adams' method of three accelerations for the free coordinates (predicted, evaluated, corrected) around one
  /// implicit step of the muscles along the path so found. Without a step behind it: velocity Verlet.
  Status step(double to, LimbState& next) {
    const double h = to - now_.time;
    const bool known = now_.acceleration_slope.size() > 0 && now_.step > 1e-3 * h;
    const VecX slope = known ? now_.acceleration_slope : VecX::Zero(now_.q.size());
    next.time = to;
    next.step = h;
    next.q = now_.q + h * (now_.v + h * (0.5 * now_.acceleration + h / 6.0 * slope));
    next.v = now_.v + h * (now_.acceleration + 0.5 * h * slope);
    next.muscles = now_.muscles;
    place(next);
    constexpr double gamma = forward::sdirk_gamma;
    limb_.excitation(now_.time + gamma * h, false, input_.excitation_inside);
    limb_.excitation(next.time, true, input_.excitation_end);
    for (Eigen::Index i = 0; i < next.length.size(); ++i) {
      input_.length_inside(i) = hermite(gamma, h, now_.length(i), now_.speed(i), next.length(i), next.speed(i));
    }
    input_.length_end = next.length;
    work_.fiber_speed = now_.fiber_speed;
    Status status = forward::step_muscles(limb_.muscles(), h, input_, next.muscles, work_);
    if (!usable(status)) return status;
    next.fiber_speed = work_.fiber_speed;
    status = accelerate(next);
    next.acceleration_slope = (next.acceleration - now_.acceleration) / h;
    next.v = now_.v + 0.5 * h * (now_.acceleration + next.acceleration);
    if (known) {  // the parabola through all three, instead of the line through two
      next.v -= h * h * h / 6.0 / (h + now_.step) * (next.acceleration_slope - slope);
    }
    return usable(status) && next.v.allFinite() && next.q.allFinite() ? Status::ok : Status::not_finite;
  }

  /// To `stop` in equal steps; a step in which a coordinate comes to the end of its range ends there.
  Status advance(double stop) {
    while (now_.time < stop) {
      forward::require_wanted(options_);
      const double left = stop - now_.time;
      const double count = std::max(1.0, std::ceil(left / options_.step - 1e-9));
      LimbState next;
      Status status = step(count == 1.0 ? stop : now_.time + left / count, next);
      if (!usable(status)) return status;
      const std::vector<Crossing> found = crossings(next);
      const double end = next.time;
      const double first = found.empty() ? end : found.front().time;
      if (first < end) {
        status = step(first, next);
        if (!usable(status)) return status;
      }
      ++steps_;
      now_ = std::move(next);
      cross(found, first, first < end);
    }
    return Status::ok;
  }

  /// A free coordinate leaves its range, or comes back.
  struct Crossing {
    double time;
    std::size_t free;
    int zone;  // afterwards
  };

  /// What happens in the step to `next`, in order of time, by bisection on the cubics through both ends.
  std::vector<Crossing> crossings(const LimbState& next) const {
    const double h = next.time - now_.time;
    std::vector<Crossing> found;
    for (std::size_t f = 0; f < zones_.size(); ++f) {
      const auto i = static_cast<Eigen::Index>(f);
      const Coordinate& c = model_.coordinates[static_cast<std::size_t>(limb_.free()[f])];
      const int zone_after = zone(f, next);
      if (zone_after == zones_[f] || zone_after == 0) continue;
      double low = 0.0, high = 1.0;
      while ((high - low) * h > 1e-9) {
        const double middle = 0.5 * (low + high);
        const double q = hermite(middle, h, now_.q(i), now_.v(i), next.q(i), next.v(i));
        (zone_of(c, q) == zone_after ? high : low) = middle;
      }
      found.push_back({now_.time + high * h, f, zone_after});
    }
    std::sort(found.begin(), found.end(), [](const Crossing& a, const Crossing& b) { return a.time < b.time; });
    return found;
  }

  /// Notes the first of what was found, and all that happens with it. The rest lies behind the end of a step that was
  /// cut there, and is found again.
  void cross(const std::vector<Crossing>& found, double first, bool cut) {
    for (std::size_t f = 0; f < zones_.size() && !cut; ++f) zones_[f] = zone(f, now_);
    for (const Crossing& c : found) {
      if (c.time > first + 1e-9) break;
      zones_[c.free] = c.zone;
      events_.push_back({c.time, limb_.free()[c.free]});
    }
  }

  /// Times that a step must not cross, and whether the state is wanted there.
  std::vector<std::pair<double, bool>> stops(double from) const {
    std::vector<std::pair<double, bool>> out;
    const double to = from + options_.duration;
    const auto n = static_cast<long>(std::floor(options_.duration / options_.output_step + 1e-9));
    for (long i = 1; i <= n && options_.output_times.empty(); ++i) {
      out.emplace_back(from + static_cast<double>(i) * options_.output_step, true);
    }
    for (const double t : options_.output_times) {
      if (t > from && t <= to) out.emplace_back(t, true);
    }
    if (out.empty() || out.back().first < to - 1e-9 * options_.duration) {
      out.emplace_back(to, options_.output_times.empty());
    }
    for (const double s : drive_.excitation.switches()) {
      if (s > from && s < to) out.emplace_back(s, false);
    }
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    return out;
  }

  std::string reason(Status status) const {
    const std::string at = " at " + std::to_string(now_.time) + " s";
    if (work_.failed_muscle < 0) return "the state is " + std::string(to_string(status)) + at;
    const auto strand = static_cast<std::size_t>(limb_.strands()[static_cast<std::size_t>(work_.failed_muscle)]);
    return "the fibre of " + model_.strands[strand].name + " is " + std::string(to_string(status)) + at;
  }

  const Model& model_;
  const Drive& drive_;
  const IntegrateOptions& options_;
  Limb& limb_;
  forward::Recorder recorder_;
  forward::MuscleStepInput input_;
  forward::MuscleWork work_;
  LimbState now_;
  VecX force_;
  std::vector<int> zones_;
  std::vector<RangeEvent> events_;
  long steps_ = 0, evaluations_ = 0;
};

}  // namespace

Trajectory integrate(const Model& model, const State& start, const Drive& drive, const IntegrateOptions& options) {
  if (!(options.duration > 0.0) || !(options.step > 0.0) || !(options.output_step > 0.0)) {
    throw Error("duration, step and output_step must be above 0 s");
  }
  Limb limb(model, drive, options);
  const auto n = static_cast<Eigen::Index>(drive.free.size());
  for (const VecX* given : {&start.q, &start.v}) {
    if (given->size() != 0 && given->size() != n) throw Error("the start does not fit the free coordinates");
  }
  if (start.activation.size() != 0 && start.activation.size() != model.n_strands()) {
    throw Error("the start does not fit the muscles");
  }
  if (options.method == Method::dopri5) return forward::integrate_explicitly(model, start, drive, options, limb);
  return ImplicitRun(model, drive, options, limb).run(start);
}

}  // namespace psoas
