#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "commands.hpp"
#include "interrupt.hpp"
#include "io/time_stamp.hpp"
#include "options.hpp"
#include "psoas/analysis/analyze.hpp"
#include "psoas/analysis/motion_tables.hpp"
#include "psoas/core/nearest_name.hpp"
#include "psoas/io/measured_loads.hpp"
#include "psoas/io/read_actuators.hpp"
#include "psoas/io/read_external_loads.hpp"
#include "psoas/io/read_model.hpp"
#include "psoas/io/read_motion.hpp"
#include "psoas/io/write_outcome.hpp"
#include "psoas/model/compile.hpp"
#include "psoas/model/recording.hpp"
#include "psoas/model/smooth.hpp"
#include "psoas/recruit/recruit_as_opensim.hpp"
#include "psoas/scenario/recorded_task.hpp"
#include "talk.hpp"

namespace psoas::cli {
namespace {

namespace fs = std::filesystem;

struct AnalyzeWords {
  std::string motion, model, grf, loads, actuators, filter = "6", out = "results";
  std::string reactions = "child";
  std::optional<std::string> only;
  bool still = false, opensim = false, force = false;
};

/// Quantities that --only may name.
const std::vector<std::string> quantities{"lengths", "moment_arms", "inverse_dynamics"};

/// In whose axes loads of joints may be wanted, in the order of io::ReactionFrame.
const std::vector<std::string> reaction_frames{"child", "ground", "both"};

/// Goes from files to tables, and collects what was assumed.
class MotionAnalysis {
 public:
  MotionAnalysis(const AnalyzeWords& words, const std::string& command_line) : words_(words) {
    provenance_.command_line = command_line;
    provenance_.started = io::time_stamp();
    provenance_.model_source = words.model;
    provenance_.scenario_source = words.motion;
    if (words.still) provenance_.settings.push_back("static: every row a posture at rest");
    if (words.out.empty()) throw Failure(usage, "--out needs the name of a folder, got \"\"");
    if (words.grf.empty() != words.loads.empty()) {
      throw Failure(usage, "--grf needs --external-loads, which says where its forces act, and the other way round");
    }
    if (words.only && words.only->empty()) throw Failure(usage, "--only needs a quantity, got \"\"");
    if (!words.actuators.empty() && !words.opensim) throw Failure(usage, "--actuators needs --opensim-compatible");
    cutoff_ = real_number("--filter", words.filter);
    if (!(cutoff_ >= 0.0)) throw Failure(usage, "--filter must be 0 Hz (none) or more");
    wanted_ = wanted_tables();
    word("--joint-loads-in", words.reactions, reaction_frames);
  }

  ExitCode run() {
    io::require_writable(folder(), {words_.force, {}});
    const io::ImportedModel read = io::import_model(words_.model);
    const Model model = compile(read.model);
    note(read.notes);
    for (const io::Dropped& d : read.dropped) provenance_.notes.push_back("dropped: " + d.name + ": " + d.reason);
    const Imported<Table> recorded = io::read_motion(words_.motion);
    note(recorded.notes);
    const Task task = task_of(model, recorded.value, true);
    std::vector<NamedTable> tables = motion_tables(model, task, wanted_);
    if (words_.opensim && wanted_.inverse_dynamics) hold_followers(read.model, recorded.value, tables);
    if (!words_.only) return recruit(model, words_.opensim ? opensim_task(model, recorded.value) : task, tables);
    io::write_tables(name(), tables, folder(), provenance_, {words_.force, {}});
    say(LogLevel::info, "wrote " + folder().string());
    return done;
  }

 private:
  std::string name() const { return fs::path(words_.motion).stem().string(); }
  fs::path folder() const { return fs::path(words_.out) / name(); }

  void note(const std::vector<std::string>& notes) {
    for (const std::string& text : notes) say(LogLevel::info, text);
    provenance_.notes.insert(provenance_.notes.end(), notes.begin(), notes.end());
  }

  MotionTableOptions wanted_tables() const {
    if (!words_.only) return {};
    MotionTableOptions wanted{false, false, false};
    std::stringstream in(*words_.only);
    for (std::string quantity; std::getline(in, quantity, ',');) {
      word("--only", quantity, quantities);
      wanted.lengths = wanted.lengths || quantity == "lengths";
      wanted.moment_arms = wanted.moment_arms || quantity == "moment_arms";
      wanted.inverse_dynamics = wanted.inverse_dynamics || quantity == "inverse_dynamics";
    }
    return wanted;
  }

  /// What OpenSim's StaticOptimization goes through: other accelerations, and its bounds of activation.
  Task opensim_task(const Model& model, const Table& recorded) {
    Task task = task_of(model, recorded, false, Acceleration::slope_of_speed);
    task.lower = model.muscle.minimum_activation;
    return task;
  }

  /// The recording as a task of a model; what was assumed is noted once.
  Task task_of(const Model& model, const Table& recorded, bool noted,
               Acceleration acceleration = Acceleration::second_derivative) {
    Imported<Motion> motion = motion_of(recorded, model);
    if (noted) {
      note(motion.notes);
      warn_of_ranges(model, motion.value);
    }
    motion.value.name = name();
    return recorded_task(model, words_.still ? motion.value : smoothed(motion.value, acceleration, noted),
                         measured(model, noted), words_.opensim ? Between::natural_cubic : Between::straight);
  }

  /// A recording of another model with the same names, but other signs or units, leaves the ranges.
  void warn_of_ranges(const Model& model, const Motion& motion) {
    for (int c = 0; c < model.n_coordinates(); ++c) {
      const Coordinate& coordinate = model.coordinates[static_cast<std::size_t>(c)];
      if (coordinate.leader >= 0) continue;
      const double unit = coordinate.translational ? 1.0 : degree, slack = coordinate.translational ? 0.1 : 10 * degree;
      const double least = motion.q.row(c).minCoeff(), most = motion.q.row(c).maxCoeff();
      if (least >= coordinate.minimum - slack && most <= coordinate.maximum + slack) continue;
      char text[240];
      std::snprintf(text, sizeof text,
                    "%s runs from %.4g to %.4g %s, far outside the model's range of %.4g to %.4g: was it recorded with "
                    "this model, its signs and units?",
                    coordinate.name.c_str(), least / unit, most / unit, coordinate.translational ? "m" : "deg",
                    coordinate.minimum / unit, coordinate.maximum / unit);
      provenance_.notes.push_back(text);
      say(LogLevel::warn, text);
    }
  }

  Motion smoothed(const Motion& motion, Acceleration acceleration, bool noted) {
    SmoothOptions options;
    options.acceleration = acceleration;
    options.cutoff_hz = cutoff_;
    if (words_.opensim) {
      options.filter = LowPass::opensim;
      if (cutoff_ > 0.0) options.times = opensim_filter_times(motion.time);
    }
    if (noted) provenance_.settings.push_back("filter=" + words_.filter + (words_.opensim ? " Hz, as OpenSim" : " Hz"));
    return smooth(motion, options);
  }

  /// Inverse dynamics as OpenSim's tool has them (psoas::hold_followers).
  void hold_followers(ModelSpec spec, const Table& recorded, std::vector<NamedTable>& tables) {
    const std::vector<std::string> held = psoas::hold_followers(spec, recorded);
    if (held.empty()) return;
    std::string names;
    for (const std::string& name : held) names += (names.empty() ? "" : ", ") + name;
    note({"in InverseDynamics these stay at their defaults, as in OpenSim's tool: " + names});
    const Model model = compile(spec);
    const std::vector<NamedTable> found = motion_tables(model, task_of(model, recorded, false), {false, false, true});
    for (NamedTable& table : tables) {
      if (table.suffix == "InverseDynamics") table = found[1];
    }
  }

  std::vector<MeasuredLoad> measured(const Model& model, bool noted) {
    if (words_.grf.empty()) return {};
    const Imported<io::ExternalLoads> description = io::read_external_loads(words_.loads, io::DataFile::ignored);
    const Imported<Table> table = io::read_motion(words_.grf);
    if (noted) note(description.notes), note(table.notes);
    return io::measured_loads(description.value, table.value, model);
  }

  ExitCode recruit(const Model& model, const Task& task, const std::vector<NamedTable>& tables) {
    AnalyzeOptions options;
    options.cancel = &watch_interrupts();
    if (words_.opensim) {
      options.recruit.opensim = words_.actuators.empty()
                                    ? opensim_actuators(model)
                                    : listed_actuators(model, io::read_actuators(words_.actuators));
      provenance_.settings.push_back("recruitment as OpenSim's StaticOptimization");
    }
    const Outcome outcome = analyze(model, task, options);
    const auto frame = std::find(reaction_frames.begin(), reaction_frames.end(), words_.reactions);
    io::write(outcome, folder(), provenance_,
              {words_.force, tables, static_cast<io::ReactionFrame>(frame - reaction_frames.begin())});
    say(LogLevel::info, "wrote " + folder().string());
    for (const Gate& gate : outcome.gates) {
      if (gate.verdict != Verdict::fail) continue;
      char text[200];
      std::snprintf(text, sizeof text, "gate %s failed: %.4g, its limit is %.4g%s", gate.name.c_str(), gate.value,
                    gate.fail, gate.name.starts_with("root") ? "; nothing that was measured carries the body" : "");
      say(LogLevel::warn, text);
    }
    if (!outcome.usable()) {
      say(LogLevel::error, outcome.name + ": " + std::to_string(outcome.failed_frames()) + " of " +
                               std::to_string(outcome.time.size()) + " frames could not be solved (" +
                               std::string(to_string(outcome.status)) + ')');
      return numerical_failure;
    }
    return done;
  }

  const AnalyzeWords& words_;
  io::Provenance provenance_;
  MotionTableOptions wanted_;
  double cutoff_ = 6.0;
};

}  // namespace

void add_analyze(CLI::App& app, Action& action) {
  auto words = std::make_shared<AnalyzeWords>();
  CLI::App* command =
      app.add_subcommand("analyze", "A recorded motion of a model: lengths, moment arms, inverse dynamics, muscles");
  command->add_option("MOTION", words->motion, "Coordinates over time (.mot, .sto), by the model's names")->required();
  command->add_option("--model", words->model, "The model that was recorded: a name or a file (.toml, .osim)")
      ->type_name("FILE")
      ->required();
  command->add_option("--grf", words->grf, "Measured forces over time")->type_name("FILE");
  command->add_option("--external-loads", words->loads, "Which columns of --grf act on which body")->type_name("FILE");
  command->add_option("--filter", words->filter, "Low-pass cut-off of the coordinates, 0: none [6]")->type_name("HZ");
  command->add_flag("--static", words->still, "Each row is a posture at rest");
  command->add_flag("--opensim-compatible", words->opensim,
                    "Filter, frame times, forces between samples and recruitment as in OpenSim");
  command
      ->add_option(
          "--actuators", words->actuators,
          "With --opensim-compatible: reserves and residuals, a ForceSet [1 N m; 100 N and 50 N m at the root]")
      ->type_name("FILE");
  command->add_option("--joint-loads-in", words->reactions, "Axes of JointReaction: child, ground or both [child]")
      ->type_name("FRAME");
  command->add_option("--only", words->only, "lengths,moment_arms,inverse_dynamics: no recruitment")
      ->type_name("WHAT,...");
  command->add_option("-o,--out", words->out, "Folder for the result folder [results]")->type_name("DIR");
  command->add_flag("--force", words->force, "Write into a folder that holds foreign files as well");
  command->callback([words, &action] { action = [words] { return MotionAnalysis(*words, command_line()).run(); }; });
}

}  // namespace psoas::cli
