#include "motion_analysis.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

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
#include "psoas/io/read_scenario.hpp"
#include "psoas/io/write_outcome.hpp"
#include "psoas/model/compile.hpp"
#include "psoas/model/recording.hpp"
#include "psoas/model/smooth.hpp"
#include "psoas/recruit/recruit_as_opensim.hpp"
#include "psoas/scenario/found_supports.hpp"
#include "psoas/scenario/loaded_feet.hpp"
#include "psoas/scenario/recorded_task.hpp"
#include "psoas/scenario/run.hpp"
#include "recorded_body.hpp"
#include "talk.hpp"

namespace psoas::cli {
namespace {

namespace fs = std::filesystem;

/// Quantities that --only may name.
const std::vector<std::string> quantities{"lengths", "moment_arms", "inverse_dynamics"};

/// In whose axes loads of joints may be wanted, in the order of io::ReactionFrame.
const std::vector<std::string> reaction_frames{"child", "ground", "both"};

/// What carries the body: forces of plates, supports that are found from the motion, nothing.
const std::vector<std::string> carriers{"auto", "measured", "none"};

/// Goes from files to tables, and collects what was assumed.
class MotionAnalysis {
 public:
  MotionAnalysis(const AnalyzeWords& words, const std::string& command_line) : words_(words) {
    provenance_.command_line = command_line;
    provenance_.started = io::time_stamp();
    provenance_.model_source = words.model.empty() ? "whole_body" : words.model;
    provenance_.scenario_source = words.motion;
    if (words.still) provenance_.settings.push_back("static: every row a posture at rest");
    if (words.out.empty()) throw Failure(usage, "--out needs the name of a folder, got \"\"");
    if (words.grf.empty() != words.loads.empty()) {
      throw Failure(usage, "--grf needs --external-loads, which says where its forces act, and the other way round");
    }
    if (words.only && words.only->empty()) throw Failure(usage, "--only needs a quantity, got \"\"");
    if (!words.actuators.empty() && !words.opensim) throw Failure(usage, "--actuators needs --opensim-compatible");
    check_model_words();
    cutoff_ = real_number("--filter", words.filter);
    if (!(cutoff_ >= 0.0)) throw Failure(usage, "--filter must be 0 Hz (none) or more");
    wanted_ = wanted_tables();
    word("--joint-loads-in", words.reactions, reaction_frames);
  }

  ExitCode run() {
    io::require_writable(folder(), {words_.force, {}});
    const Imported<Table> recorded = io::read_motion(words_.motion);
    note(recorded.notes);
    body_ = words_.model.empty() ? body_for(recorded.value, words_.convention, words_.subject)
                                 : model_that_was_recorded(words_.model);
    choose_carrier();
    provenance_.settings.insert(provenance_.settings.end(), body_.settings.begin(), body_.settings.end());
    note(body_.read.notes);
    for (const io::Dropped& d : body_.read.dropped) {
      provenance_.notes.push_back("dropped: " + d.name + ": " + d.reason);
    }
    const Task task = task_of(recorded.value, true);
    MotionTableOptions wanted = wanted_;
    wanted.inverse_dynamics = wanted.inverse_dynamics && carrier_ != "auto";  // with supports the outcome has it
    std::vector<NamedTable> tables = motion_tables(body_.model, task, wanted);
    if (words_.opensim && wanted_.inverse_dynamics) hold_followers(recorded.value, tables);
    if (!words_.only) return recruit(words_.opensim ? opensim_task(recorded.value) : task, tables);
    io::write_tables(name(), tables, folder(), provenance_, {words_.force, {}});
    say(LogLevel::info, "wrote " + folder().string());
    return done;
  }

 private:
  std::string name() const { return fs::path(words_.motion).stem().string(); }
  fs::path folder() const { return fs::path(words_.out) / name(); }

  /// Options that belong to a recording of another model, and those that need the recorded one.
  void check_model_words() const {
    if (words_.model.empty()) {
      if (words_.opensim) throw Failure(usage, "--opensim-compatible needs --model, the model that was recorded");
    } else if (!words_.subject.empty() || !words_.convention.empty()) {
      throw Failure(usage, "--subject and --convention are for motions of another model: leave --model out");
    }
    if (!words_.supports) return;
    const std::string carrier = word("--supports", *words_.supports, carriers);
    if (carrier == "measured" && words_.grf.empty()) throw Failure(usage, "--supports measured needs --grf");
    if (carrier == "auto" && words_.opensim) throw Failure(usage, "--supports auto is nothing that OpenSim does");
    if (carrier == "auto" && words_.only)
      throw Failure(usage, "--supports auto needs the recruitment: leave --only out");
  }

  /// What carries the body where nobody said it.
  void choose_carrier() {
    const bool can_press = !body_.model.patches.empty() && !words_.opensim && !words_.only;
    carrier_ = words_.supports ? *words_.supports : !words_.grf.empty() ? "measured" : can_press ? "auto" : "none";
    if (carrier_ != "measured" && !words_.grf.empty()) note({"measured forces are ignored: --supports " + carrier_});
    if (!words_.only) provenance_.settings.push_back("supports=" + carrier_);
  }

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
  Task opensim_task(const Table& recorded) {
    Task task = task_of(recorded, false, Acceleration::slope_of_speed);
    task.lower = body_.model.muscle.minimum_activation;
    return task;
  }

  /// The recording as a task of the body; what was assumed is noted once.
  Task task_of(const Table& recorded, bool noted, Acceleration acceleration = Acceleration::second_derivative) {
    Imported<Motion> motion = motion_on(body_, recorded);
    if (noted) {
      note(motion.notes);
      warn_of_ranges(body_.model, motion.value);
    }
    motion.value.name = name();
    const std::vector<MeasuredLoad> loads = measured(motion.value, noted);
    Task task = recorded_task(body_.model, words_.still ? motion.value : smoothed(motion.value, acceleration, noted),
                              loads, words_.opensim ? Between::natural_cubic : Between::straight);
    if (carrier_ == "auto") note(find_supports(body_.model, task));
    return task;
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
  void hold_followers(const Table& recorded, std::vector<NamedTable>& tables) {
    RecordedBody held_body = body_;
    const std::vector<std::string> held = psoas::hold_followers(held_body.read.model, recorded);
    if (held.empty()) return;
    std::string names;
    for (const std::string& name : held) names += (names.empty() ? "" : ", ") + name;
    note({"in InverseDynamics these stay at their defaults, as in OpenSim's tool: " + names});
    held_body.model = compile(held_body.read.model);
    std::swap(body_, held_body);
    const std::vector<NamedTable> found = motion_tables(body_.model, task_of(recorded, false), {false, false, true});
    std::swap(body_, held_body);
    for (NamedTable& table : tables) {
      if (table.suffix == "InverseDynamics") table = found[1];
    }
  }

  std::vector<MeasuredLoad> measured(const Motion& motion, bool noted) {
    if (carrier_ != "measured") return {};
    const Imported<io::ExternalLoads> description = io::read_external_loads(words_.loads, io::DataFile::ignored);
    const Imported<Table> table = io::read_motion(words_.grf);
    if (noted) note(description.notes), note(table.notes);
    std::vector<MeasuredLoad> loads = io::measured_loads(description.value, table.value, body_.model);
    if (body_.from) {
      const std::vector<std::string> brought = bring_loads_to_feet(body_.model, motion, loads);
      if (noted) note(brought);
    }
    return loads;
  }

  ExitCode recruit(const Task& task, const std::vector<NamedTable>& tables) {
    AnalyzeOptions options;
    options.cancel = &watch_interrupts();
    if (words_.opensim) {
      options.recruit.opensim = words_.actuators.empty()
                                    ? opensim_actuators(body_.model)
                                    : listed_actuators(body_.model, io::read_actuators(words_.actuators));
      provenance_.settings.push_back("recruitment as OpenSim's StaticOptimization");
    }
    Outcome outcome = analyze(body_.model, task, options);
    if (words_.model.empty()) {
      const Outcome standing = psoas::run(body_.model, io::read_scenario("standing"), AnalyzeOptions{}, nullptr);
      outcome.reference = std::make_shared<const Outcome>(standing);
    }
    const auto frame = std::find(reaction_frames.begin(), reaction_frames.end(), words_.reactions);
    io::write(outcome, folder(), provenance_,
              {words_.force, tables, static_cast<io::ReactionFrame>(frame - reaction_frames.begin())});
    say(LogLevel::info, "wrote " + folder().string());
    for (const Gate& gate : outcome.gates) {
      if (gate.verdict != Verdict::fail) continue;
      char text[200];
      std::snprintf(text, sizeof text, "gate %s failed: %.4g, its limit is %.4g%s", gate.name.c_str(), gate.value,
                    gate.fail, gate.name.starts_with("root") ? root_hint() : "");
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

  const char* root_hint() const {
    return carrier_ == "auto"       ? "; no support that was found carries the body there"
           : carrier_ == "measured" ? "; nothing that was measured carries the body"
                                    : "; nothing carries the body";
  }

  const AnalyzeWords& words_;
  io::Provenance provenance_;
  RecordedBody body_;
  std::string carrier_;  ///< one of `carriers`
  MotionTableOptions wanted_;
  double cutoff_ = 6.0;
};

}  // namespace

ExitCode analyze_motion(const AnalyzeWords& words, const std::string& command_line) {
  return MotionAnalysis(words, command_line).run();
}

}  // namespace psoas::cli
