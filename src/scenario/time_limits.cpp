#include "scenario/time_limits.hpp"

#include <cstdio>
#include <string>

#include "psoas/core/error.hpp"

namespace psoas::simulation {
namespace {

[[noreturn]] void refuse(const Expression& expression, const Simulation& s, const std::string& what) {
  throw SpecError({{place_of(expression, s), what}});
}

}  // namespace

std::string short_text(double number) {
  char text[32];
  std::snprintf(text, sizeof text, "%.6g", number);
  return text;
}

std::string place_of(const Expression& expression, const Simulation& s) {
  return expression.where.empty() ? s.about.where : expression.where;
}

void require_times(const Simulation& s, double duration, double output_step, double most_outputs) {
  if (!(duration > 0.0)) refuse(s.duration, s, "duration_s must be above 0 s, got " + short_text(duration));
  if (!(output_step > 0.0)) refuse(s.output_step, s, "output_step_s must be above 0 s, got " + short_text(output_step));
  if (duration / output_step <= most_outputs) return;
  refuse(s.output_step, s,
         short_text(duration) + " s told every " + short_text(output_step) + " s are more than the " +
             short_text(most_outputs) + " times that a simulation of this kind may have");
}

void require_step(const Simulation& s, double duration, double step) {
  if (!(step > 0.0) || step > longest_step) {
    refuse(s.step, s, "step_s must be above 0 and at most " + short_text(longest_step) + " s, got " + short_text(step));
  }
  if (duration / step <= most_steps) return;
  refuse(s.step, s,
         short_text(duration) + " s in steps of " + short_text(step) + " s are more than " + short_text(most_steps) +
             " steps");
}

void require_tolerance(const Simulation& s, double tolerance) {
  if (tolerance >= least_tolerance && tolerance <= most_tolerance) return;
  refuse(s.tolerance, s,
         "tolerance must be from " + short_text(least_tolerance) + " to " + short_text(most_tolerance) + ", got " +
             short_text(tolerance));
}

}  // namespace psoas::simulation
