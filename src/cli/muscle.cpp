#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "commands.hpp"
#include "io/csv_text.hpp"
#include "io/json_text.hpp"
#include "io/number_text.hpp"
#include "muscle_words.hpp"
#include "options.hpp"
#include "psoas/muscle/equilibrium.hpp"
#include "talk.hpp"

namespace psoas::cli {
namespace {

/// One number of an answer. The order is that of the output.
using Answer = std::vector<std::pair<std::string, double>>;

muscle::ValueSlope<double> value_at(const muscle::AnyCurves& curves, const std::string& curve, double x, double a) {
  return std::visit(
      [&](const auto& c) {
        if (curve == "active_force_length") return c.active_force_length(x);
        if (curve == "passive_force_length") return c.passive_force_length(x);
        if (curve == "force_velocity") return c.force_velocity(x, a);
        return c.tendon_force(x);
      },
      curves);
}

std::vector<Answer> curve_rows(const MuscleWords& words, const Named& m) {
  if (words.at.empty()) throw Failure(usage, "--curve needs --at with the places, such as --at 0.5,1.0");
  const muscle::AnyCurves curves = make_curves(type_of(words), m.parameters);
  const double activation = words.activation.empty() ? 1.0 : activation_of(words);
  std::vector<Answer> rows;
  for (const double x : real_numbers("--at", words.at)) {
    const muscle::ValueSlope<double> y = value_at(curves, words.curve, x, activation);
    if (!std::isfinite(y.value + y.slope)) {
      throw Failure(numerical_failure, words.curve + " of " + m.name + " has no finite value at " + io::number_text(x));
    }
    rows.push_back({{"x", x}, {"value", y.value}, {"slope", y.slope}});
  }
  return rows;
}

struct Whole {
  muscle::Tendon tendon;
  Answer numbers;
};

Whole whole_answer(const MuscleWords& words, const Named& m) {
  const double length = real_number("--length", words.length), speed = real_number("--speed", words.speed);
  if (words.activation.empty()) throw Failure(usage, "--length needs --activation as well");
  const double activation = activation_of(words);
  const muscle::AnyMuscle any = make_muscle(type_of(words), m.parameters, tendon_of(words));
  return std::visit(
      [&](const auto& unit) {
        const muscle::Instant now = unit.static_equilibrium(activation, length, speed);
        if (!usable(now.status)) {
          throw Failure(numerical_failure,
                        m.name + " at " + words.length + " m: " + std::string(to_string(now.reason)));
        }
        if (now.reason == muscle::Reason::fiber_pushes) {
          say(LogLevel::warn, m.name + " at " + words.length + " m: the fibre pushes, a force that no tendon carries");
        }
        Whole out{unit.tendon(),
                  {{"norm_fiber_length", now.norm_fiber_length},
                   {"cos_pennation", now.cos_pennation},
                   {"norm_fiber_velocity", now.norm_fiber_velocity},
                   {"tendon_force_N", now.tendon_force}}};
        if (out.tendon == muscle::Tendon::elastic) {
          out.numbers.emplace_back("norm_tendon_length", now.norm_tendon_length);
          out.numbers.emplace_back("norm_tendon_force", now.norm_tendon_force);
        }
        return out;
      },
      any);
}

std::string csv(const std::string& label, const std::vector<std::pair<std::string, Answer>>& rows) {
  std::string text = label;
  for (const auto& [title, value] : rows.front().second) text += (text.empty() ? "" : ",") + title;
  for (const auto& [name, row] : rows) {
    std::string line = label.empty() ? "" : io::csv_cell(name);
    for (const auto& [title, value] : row) line += (line.empty() ? "" : ",") + io::cell_text(value);
    text += '\n' + line;
  }
  return text + '\n';
}

std::string curve_text(const MuscleWords& words) {
  std::vector<std::pair<std::string, Answer>> rows;
  for (const Named& m : muscles(words)) {
    for (Answer& row : curve_rows(words, m)) rows.emplace_back(m.name, std::move(row));
  }
  const bool labelled = !words.name.empty();
  if (!words.json) return csv(labelled ? "muscle" : "", rows);
  io::JsonText json;
  json.object().member("type", words.type).member("curve", words.curve).key("rows").array();
  for (const auto& [name, row] : rows) {
    json.object(true);
    if (labelled) json.member("muscle", name);
    for (const auto& [title, value] : row) json.member(title, value);
    json.close();
  }
  json.close().close();
  return json.text() + '\n';
}

std::string whole_text(const MuscleWords& words) {
  const std::vector<Named> all = muscles(words);
  if (all.size() > 1) {
    throw Failure(usage, "\"" + words.name + "\" is " + std::to_string(all.size()) + " strands of different lengths, " +
                             "such as \"" + all.front().name + "\": --length needs one of them");
  }
  const Whole answer = whole_answer(words, all.front());
  if (!words.json) return csv("tendon", {{std::string(to_string(answer.tendon)), answer.numbers}});
  io::JsonText json;
  json.object().member("type", words.type).member("tendon", to_string(answer.tendon));
  for (const auto& [title, value] : answer.numbers) json.member(title, value);
  json.close();
  return json.text() + '\n';
}

std::string answer_text(const MuscleWords& words) {
  (void)type_of(words);
  require_all_used(words);
  return words.curve.empty() ? whole_text(words) : curve_text(words);
}

}  // namespace

void add_muscle(CLI::App& app, Action& action) {
  auto words = std::make_shared<MuscleWords>();
  CLI::App* command =
      app.add_subcommand("muscle", "Curves of a muscle, or its force at a length, speed and activation");
  command->add_option("NAME", words->name, "A muscle of the model (strand or group); otherwise --set describes one");
  command->add_option("--model", words->model, "Model that NAME belongs to [whole_body]")->type_name("FILE");
  command->add_option("--type", words->type, "DeGrooteFregly2016, Millard2012 or Thelen2003 [DeGrooteFregly2016]")
      ->type_name("TYPE");
  command
      ->add_option("--curve", words->curve, "active_force_length, passive_force_length, force_velocity, tendon_force")
      ->type_name("CURVE");
  command->add_option("--at", words->at, "Places on the curve, in normalised lengths or velocities")
      ->type_name("X,X,...");
  command
      ->add_option("--set", words->set,
                   "max_isometric_force [N], optimal_fiber_length and tendon_slack_length [m], pennation_deg [0], "
                   "max_contraction_velocity [10 1/s], damping [0], passive_fiber_strain, tendon_strain, active_width")
      ->type_name("KEY=VALUE,...")
      ->allow_extra_args(false);
  command
      ->add_option("--tendon", words->tendon,
                   "rigid, elastic or automatic (auto): rigid where shorter than the fibre [automatic]")
      ->type_name("KIND");
  command->add_option("--length", words->length, "Length of fibre and tendon along their path [m]")->type_name("L");
  command->add_option("--speed", words->speed, "Its rate, which the fibre takes; lengthening positive [m/s] [0]")
      ->type_name("V");
  command
      ->add_option("--activation", words->activation,
                   "From 0 to 1; of curves only Thelen's force_velocity reads it [1]")
      ->type_name("A");
  command->add_flag("--json", words->json, "As one JSON document");
  command->callback([words, command, &action] {
    for (const CLI::Option* option : command->get_options()) {
      if (option->count() > 0) words->typed.push_back(option->get_positional() ? "NAME" : option->get_name());
    }
    action = [words] {
      print(answer_text(*words));
      return done;
    };
  });
}

}  // namespace psoas::cli
