#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "commands.hpp"
#include "inputs.hpp"
#include "interrupt.hpp"
#include "io/json_text.hpp"
#include "io/text_file.hpp"
#include "options.hpp"
#include "psoas/core/error.hpp"
#include "psoas/core/nearest_name.hpp"
#include "psoas/io/read_model.hpp"
#include "psoas/io/read_scenario.hpp"
#include "psoas/io/read_simulation.hpp"
#include "psoas/io/summary.hpp"
#include "psoas/io/write_outcome.hpp"
#include "psoas/model/compile.hpp"
#include "psoas/scenario/simulation.hpp"
#include "psoas/subject/personalize.hpp"
#include "talk.hpp"
#include "text_table.hpp"

namespace psoas::cli {
namespace {

namespace fs = std::filesystem;

/// What was typed.
struct SimulateWords {
  std::vector<std::string> names, set, subject;
  std::string model = "whole_body", out = "results";
  bool force = false, json = false;
};

/// A simulation, or the motion of a scenario with elastic tendons.
struct Wanted {
  std::string source;
  Simulation simulation;
  bool tendons = false;  ///< a scenario: simulation.base, all of it
  AnalyzeOptions options;

  std::string name() const { return tendons ? simulation.base->name + "_elastic_tendons" : simulation.about.name; }
};

/// A file with keyframes that does not say which kind of simulation it is.
bool is_scenario_file(const std::string& source) {
  if (!source.ends_with(".toml")) return false;
  const std::string text = '\n' + io::read_text_file(source);
  return text.find("\n[[keyframe]]") != std::string::npos && text.find("\nsimulation") == std::string::npos;
}

/// Reads what a name or file stands for: a simulation or a scenario.
Wanted read_wanted(const std::string& source) {
  const std::vector<std::string> simulations = io::simulation_names(), scenarios = io::scenario_names();
  Wanted out;
  out.source = source;
  out.tendons = holds(scenarios, source) || is_scenario_file(source);
  if (!out.tendons && !source.ends_with(".toml") && !holds(simulations, source)) {
    std::vector<std::string> known = simulations;
    known.insert(known.end(), scenarios.begin(), scenarios.end());
    throw Failure(invalid_input, "no simulation or scenario \"" + source + '"' + did_you_mean(source, known));
  }
  if (out.tendons) {
    out.simulation.base = std::make_shared<const Scenario>(io::read_scenario(source));
  } else {
    out.simulation = io::read_simulation(source);
  }
  require_plain_name(out.name(), source);
  return out;
}

/// @throws Failure for two of one name
std::vector<Wanted> read_all(const std::vector<std::string>& sources) {
  std::vector<Wanted> all;
  for (const std::string& source : sources) {
    Wanted one = read_wanted(source);
    for (const Wanted& other : all) {
      if (other.name() != one.name()) continue;
      throw Failure(usage, "\"" + other.source + "\" and \"" + source + "\" are both called \"" + one.name() +
                               "\", their results would lie in one folder");
    }
    all.push_back(std::move(one));
  }
  return all;
}

bool is_for(const Override& o, const Wanted& one) {
  const Simulation& s = one.simulation;
  return concerns(o, s.about) || (s.base && concerns(o, *s.base));
}

/// @throws Failure for a parameter of the motion that none of several has, with the nearest names of all
void require_known(const std::vector<Wanted>& all, const std::vector<Override>& typed) {
  for (const Override& o : typed) {
    const bool motion = o.path.rfind("motion.", 0) == 0;
    if (!motion || std::any_of(all.begin(), all.end(), [&](const Wanted& one) { return is_for(o, one); })) continue;
    std::vector<std::string> known;
    for (const Wanted& one : all) {
      for (const ScenarioParameter& p : one.simulation.about.parameters) known.push_back(p.name);
      if (!one.simulation.base) continue;
      for (const ScenarioParameter& p : one.simulation.base->parameters) known.push_back(p.name);
    }
    const std::string name = o.path.substr(7);
    throw Failure(usage, "none of these has a parameter \"" + name + '"' + did_you_mean(name, known));
  }
}

/// Settings that another one has, but this one does not, are not for it. What none has is a mistake, to be found later.
std::vector<Override> settings_for(const Wanted& one, const std::vector<Wanted>& all,
                                   const std::vector<Override>& typed) {
  std::vector<Override> out;
  for (const Override& o : typed) {
    const bool wanted = std::any_of(all.begin(), all.end(), [&](const Wanted& other) { return is_for(o, other); });
    if (is_for(o, one) || !wanted) out.push_back(o);
  }
  return out;
}

std::string table_of(const Outcome& outcome) {
  const ForwardReport& r = *outcome.forward;
  std::string text = outcome.name + ": " + std::string(to_string(r.status)) + ", " + fixed(r.duration, 3) + " s, " +
                     std::to_string(r.rhs_evaluations) + " evaluations, " + std::to_string(r.elastic_tendons) +
                     " elastic and " + std::to_string(r.rigid_tendons) + " rigid tendons\n";
  for (const auto& [name, numbers] : r.watched) {
    text += "  " + name + ':';
    for (const auto& [key, number] : numbers) text += ' ' + key + ' ' + fixed(number, 3);
    text += '\n';
  }
  if (r.settled) text += *r.settled ? "  settled\n" : "  not settled\n";
  for (const Gate& gate : outcome.gates) {
    if (gate.verdict == Verdict::pass) continue;
    text += "  " + std::string(to_string(gate.verdict)) + ' ' + gate.name + ' ' + fixed(gate.value, 1) + " (limit " +
            fixed(gate.verdict == Verdict::fail ? gate.fail : gate.warn, 1) + ") at " + gate.at + ", " +
            fixed(gate.time, 3) + " s\n";
  }
  return text;
}

/// Runs simulations one after the other; each has its folder before the next one starts.
class Simulator {
 public:
  Simulator(const SimulateWords& words, const std::string& command_line)
      : words_(words), options_(io::WriteOptions{words.force}) {
    if (words.out.empty()) throw Failure(usage, "--out needs the name of a folder, got \"\"");
    provenance_.command_line = command_line;
    provenance_.model_source = words.model;
  }

  ExitCode run() {
    const std::vector<Override> settings_typed = settings(words_.set, words_.subject);
    for (const Override& o : settings_typed) provenance_.settings.push_back(o.path + '=' + o.value);
    std::vector<Wanted> all = read_all(words_.names);
    for (Wanted& one : all) one.options.cancel = &watch_interrupts();
    for (const Wanted& one : all) io::require_writable(folder_of(one), options_);
    io::JsonText json;
    json.object().key("runs").array();
    if (all.size() > 1) require_known(all, settings_typed);
    std::vector<Model> models;
    for (Wanted& one : all) models.push_back(prepared(one, settings_for(one, all, settings_typed)));
    for (std::size_t i = 0; i < all.size(); ++i) {
      const Wanted& one = all[i];
      const Model& model = models[i];
      if (i == 0) warn_of_curves(model);
      Outcome outcome = outcome_of(one, model);
      write(one, outcome);
      judge(outcome);
      std::string summary = io::summary_json(outcome);
      summary.pop_back();  // the line break at its end
      words_.json ? (void)json.raw(summary) : print(table_of(outcome));
    }
    if (words_.json) print(json.close().close().text() + '\n');
    return code_;
  }

 private:
  /// @throws Failure when an interrupt arrived
  Outcome outcome_of(const Wanted& one, const Model& model) const {
    const Failure stopped(interrupted, "interrupted; finished simulations are in " + words_.out);
    if (*one.options.cancel) throw stopped;
    try {
      Outcome outcome = one.tendons ? simulate(model, *one.simulation.base, one.options)
                                    : simulate(model, one.simulation, one.options);
      if (*one.options.cancel) throw stopped;
      outcome.name = one.name();
      return outcome;
    } catch (const StaticsFailed& failed) {
      throw Failure(numerical_failure, one.name() + ": " + failed.what());
    } catch (const Error&) {
      if (*one.options.cancel) throw stopped;
      throw;
    }
  }

  /// Simulations know one muscle model only.
  static void warn_of_curves(const Model& model) {
    const auto others = std::count_if(model.muscle.type.begin(), model.muscle.type.end(),
                                      [](auto type) { return type != muscle::MuscleType::DeGrooteFregly2016; });
    if (others == 0) return;
    say(LogLevel::warn, std::to_string(others) + " muscles with other curves are simulated with De Groote-Fregly's");
  }

  fs::path folder_of(const Wanted& one) const { return fs::path(words_.out) / one.name(); }

  /// The body with all settings. @throws Failure for settings that are wrong
  Model prepared(Wanted& one, const std::vector<Override>& typed) const {
    ModelSpec spec = io::read_model(words_.model);
    if (typed.empty()) return compile(spec);
    (void)compile(spec);  // so that a fault that shows from here on is one of the settings
    try {
      Subject subject;
      apply(typed, spec, subject, one.simulation, one.options);
      return compile(personalize(spec, subject));
    } catch (const SpecError& error) {
      throw Failure(usage, error.faults().front().message);
    } catch (const Error& error) {
      throw Failure(usage, error.what());
    }
  }

  void write(const Wanted& one, const Outcome& outcome) {
    provenance_.scenario_source = one.source;
    io::write(outcome, folder_of(one), provenance_, options_);
    say(LogLevel::info, "wrote " + folder_of(one).string());
  }

  void judge(const Outcome& outcome) {
    if (usable(outcome.forward->status)) return;
    code_ = numerical_failure;
    say(LogLevel::error, outcome.name + " ended after " + fixed(outcome.forward->duration, 3) +
                             " s: " + outcome.forward->reason + " (what was computed is kept)");
  }

  const SimulateWords& words_;
  io::WriteOptions options_;
  io::Provenance provenance_;
  ExitCode code_ = done;
};

}  // namespace

void add_simulate(CLI::App& app, Action& action) {
  auto words = std::make_shared<SimulateWords>();
  CLI::App* command = app.add_subcommand("simulate", "Simulate limbs that move freely, muscles, elastic tendons");
  command
      ->add_option("NAMES", words->names,
                   "Simulations: names (psoas list) or .toml files; of a scenario: its motion with elastic tendons")
      ->required();
  command->add_option("--set", words->set, "A parameter, e.g. motion.strength=0.5 or muscle.psoas.strength=0.5")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
  command->add_option("--subject", words->subject, "The person: mass_kg, height_m, sex, age_y, sacral_slope_deg, ...")
      ->type_name("KEY=VALUE,...")
      ->allow_extra_args(false);
  command->add_option("--model", words->model, "A model: name or file [whole_body]")->type_name("FILE");
  command->add_option("-o,--out", words->out, "Folder for the result folders [results]")->type_name("DIR");
  command->add_flag("--force", words->force, "Write into folders that hold foreign files as well");
  command->add_flag("--json", words->json, "Print the summaries as one JSON document and nothing else");
  command->callback([words, &action] { action = [words] { return Simulator(*words, command_line()).run(); }; });
}

}  // namespace psoas::cli
