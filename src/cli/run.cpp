#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "commands.hpp"
#include "inputs.hpp"
#include "interrupt.hpp"
#include "io/json_text.hpp"
#include "io/time_stamp.hpp"
#include "options.hpp"
#include "psoas/analysis/analyze.hpp"
#include "psoas/io/summary.hpp"
#include "psoas/io/write_outcome.hpp"
#include "psoas/scenario/scenario.hpp"
#include "run_table.hpp"
#include "talk.hpp"

namespace psoas::cli {
namespace {

namespace fs = std::filesystem;

/// What was typed.
struct RunWords {
  std::vector<std::string> names, set, subject;
  std::string model = "whole_body", out = "results", jobs = "all", seed = "0", log = "info", ledger = "peak";
  bool force = false, strict = false, json = false;
};

void set_log_level_by_name(const std::string& name) {
  const std::vector<std::string> names{"off", "error", "warn", "info", "debug"};
  const std::string level = word("--log", name, names);
  set_log_level(static_cast<LogLevel>(std::find(names.begin(), names.end(), level) - names.begin()));
}

int cores() { return std::max(1, static_cast<int>(std::thread::hardware_concurrency())); }

/// Runs scenarios one after the other; each has its folder and its table before the next one starts.
class Runner {
 public:
  Runner(const RunWords& words, const std::string& command_line)
      : words_(words), options_(io::WriteOptions{words.force}) {
    set_log_level_by_name(words.log);
    provenance_.command_line = command_line;
    provenance_.model_source = words.model;
    provenance_.seed = whole_number("--seed", words.seed, 0, UINT64_MAX);
    provenance_.jobs = words.jobs == "all" ? cores() : static_cast<int>(whole_number("--jobs", words.jobs, 1, 1024));
    word("--ledger", words.ledger, {"peak", "full"});
    if (words.out.empty()) throw Failure(usage, "--out needs the name of a folder, got \"\"");
  }

  ExitCode run() {
    const std::vector<Override> wanted = settings(words_.set, words_.subject);
    for (const Override& o : wanted) provenance_.settings.push_back(o.path + '=' + o.value);
    AnalyzeOptions options;
    options.threads = provenance_.jobs;
    options.ledger_full = words_.ledger == "full";
    options.cancel = &watch_interrupts();
    const std::vector<Job> jobs = prepare_jobs(words_.names, words_.model, wanted, options);
    for (const Job& job : jobs) io::require_writable(folder_of(job), options_);
    for (const Job& job : jobs) solve_reference(job);
    json_.object().key("runs").array();
    for (const Job& job : jobs) {
      provenance_.started = io::time_stamp();
      Outcome outcome = solve(*job.model, job.task, job.options);
      outcome.reference = reference_of(job);
      write(job, outcome);
      judge(outcome);
      show(job, outcome, &job != &jobs.front());
    }
    if (words_.json) print(json_.close().close().text() + '\n');
    return code_;
  }

 private:
  fs::path folder_of(const Job& job) const { return fs::path(words_.out) / job.scenario.name; }

  /// @throws Failure when an interrupt arrived
  Outcome solve(const Model& model, const Task& task, const AnalyzeOptions& options) const {
    const Failure stopped(interrupted, "interrupted; finished scenarios are in " + words_.out);
    if (*options.cancel) throw stopped;
    try {
      Outcome outcome = analyze(model, task, options);
      if (*options.cancel) throw stopped;
      return outcome;
    } catch (const Error& error) {
      if (*options.cancel) throw stopped;
      throw Failure(invalid_input, task.name + ": " + error.what());
    }
  }

  /// Runs the posture that ratios refer to, once for all scenarios that name the same one.
  void solve_reference(const Job& job) {
    if (!job.scenario.reference_scenario) return;
    const Scenario& posture = *job.scenario.reference_scenario;
    std::shared_ptr<const Outcome>& known = references_[io::scenario_toml(posture)];
    if (known) return;
    known = std::make_shared<const Outcome>(solve(*job.model, assemble(*job.model, posture), job.options));
    if (known->verdict() != Verdict::fail) return;
    say(LogLevel::warn, "the reference posture " + posture.name + " failed a gate: ratios to it mean little");
  }

  std::shared_ptr<const Outcome> reference_of(const Job& job) const {
    if (!job.scenario.reference_scenario) return nullptr;
    return references_.at(io::scenario_toml(*job.scenario.reference_scenario));
  }

  void write(const Job& job, const Outcome& outcome) {
    provenance_.scenario_source = job.source;
    provenance_.scenario = job.scenario;
    io::write(outcome, folder_of(job), provenance_, options_);
    say(LogLevel::info, "wrote " + folder_of(job).string());
  }

  void judge(const Outcome& outcome) {
    if (!outcome.usable()) {
      code_ = numerical_failure;
      say(LogLevel::error, outcome.name + ": " + std::to_string(outcome.failed_frames()) + " of " +
                               std::to_string(outcome.time.size()) + " frames could not be solved (" +
                               std::string(to_string(outcome.status)) + ')');
    } else if (words_.strict && outcome.verdict() == Verdict::fail) {
      if (code_ == done) code_ = gate_failed;
      say(LogLevel::error, outcome.name + ": a gate failed");
    }
  }

  void show(const Job& job, const Outcome& outcome, bool another) {
    if (words_.json) {
      std::string summary = io::summary_json(outcome);
      summary.pop_back();  // the line break at its end
      json_.raw(summary);
      return;
    }
    print((another ? "\n" : "") + run_table(outcome, job.scenario, colors_wanted()));
    finish_output();
  }

  const RunWords& words_;
  io::WriteOptions options_;
  io::Provenance provenance_;
  io::JsonText json_;
  std::map<std::string, std::shared_ptr<const Outcome>> references_;  ///< by the whole text of the posture
  ExitCode code_ = done;
};

}  // namespace

void add_run(CLI::App& app, Action& action) {
  auto words = std::make_shared<RunWords>();
  CLI::App* command = app.add_subcommand("run", "Run scenarios: a table on the terminal, a result folder each");
  command->add_option("NAMES", words->names, "Scenarios: names (psoas list) or .toml files")->required();
  command->add_option("--set", words->set, "A parameter, e.g. motion.knee_deg=110 or muscle.psoas.strength=0.5")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
  command->add_option("--subject", words->subject, "The person: mass_kg, height_m, sex, age_y, sacral_slope_deg, ...")
      ->type_name("KEY=VALUE,...")
      ->allow_extra_args(false);
  command->add_option("--model", words->model, "A model: name or file [whole_body]")->type_name("FILE");
  command->add_option("-o,--out", words->out, "Folder for the result folders [results]")->type_name("DIR");
  command->add_flag("--force", words->force, "Write into folders that hold foreign files as well");
  command->add_option("-j,--jobs", words->jobs, "Threads; the answer does not depend on it [all cores]")
      ->type_name("N");
  command->add_option("--seed", words->seed, "Recorded with the result [0]")->type_name("N");
  command->add_option("--log", words->log, "off, error, warn, info or debug [info]")->type_name("LEVEL");
  command->add_flag("--strict", words->strict, "Exit with 5 when a gate fails");
  command->add_flag("--json", words->json, "Print the summaries as one JSON document and nothing else");
  command->add_option("--ledger", words->ledger, "Ledger at each load's peak, or of every frame [peak]")
      ->type_name("peak|full");
  command->callback([words, &action] { action = [words] { return Runner(*words, command_line()).run(); }; });
}

}  // namespace psoas::cli
