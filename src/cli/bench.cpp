#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "bench_rows.hpp"
#include "commands.hpp"
#include "inputs.hpp"
#include "io/json_text.hpp"
#include "psoas/analysis/analyze.hpp"
#include "psoas/analysis/frame.hpp"
#include "psoas/io/read_scenario.hpp"
#include "psoas/scenario/run.hpp"
#include "talk.hpp"
#include "text_table.hpp"

namespace psoas::cli {
namespace {

using Clock = std::chrono::steady_clock;

/// What the stages of frames cost, one after the other along a motion, so that every frame is a new problem.
struct Stages {
  double paths = 0.0, inverse_dynamics = 0.0, recruit = 0.0, rest = 0.0;  ///< a frame  [ns]
  double newton_steps = 0.0;                                              ///< a frame
  int equations = 0;

  double frame() const { return paths + inverse_dynamics + recruit + rest; }
};

/// One pass over the frames of a phase.
Stages pass_over(const Model& model, const Task& task, const AnalyzeOptions& options, Workspace& w) {
  Stages sum;
  int frames = 0;
  for (int f = 0; f < static_cast<int>(task.frames.size()); ++f) {
    if (task.frames[static_cast<std::size_t>(f)].time > task.phases.front().to) break;
    const FrameInput in = at(task, f);
    const auto start = Clock::now();
    compute_kinematics(model, *in.pose, w.kinematics);
    const auto moved = Clock::now();
    compute_paths(model, w.kinematics, w.paths);
    const auto strung = Clock::now();
    compute_inertia(model, w.kinematics, in.loads, w.inverse_dynamics);
    const auto weighed = Clock::now();
    compute_strengths(model, w.paths, w.strengths);
    compute_passive(model, w.kinematics, w.passive);
    compute_supports(model, w.kinematics, in.planes, in.supports, w.supports);
    compute_demand(model, w.inverse_dynamics, w.paths, w.strengths, w.passive, w.demand);
    const auto ready = Clock::now();
    const Status status = recruit_muscles(model, w.paths, w.strengths, w.passive, w.demand, w.supports, *in.lower,
                                          *in.upper, options.recruit, w.recruitment);
    const auto shared = Clock::now();
    if (!usable(status)) throw Failure(numerical_failure, "a frame of the bridge could not be solved");
    compute_loads(model, w.kinematics, w.inverse_dynamics, w.paths, w.supports, w.recruitment, w.loads);
    const auto end = Clock::now();
    const auto between = [](Clock::time_point a, Clock::time_point b) {
      return std::chrono::duration<double, std::nano>(b - a).count();
    };
    sum.paths += between(moved, strung);
    sum.inverse_dynamics += between(strung, weighed);
    sum.recruit += between(ready, shared);
    sum.rest += between(start, moved) + between(weighed, ready) + between(shared, end);
    sum.newton_steps += w.recruitment.solution.iterations;
    sum.equations = w.recruitment.program.rows();
    ++frames;
  }
  return {sum.paths / frames, sum.inverse_dynamics / frames, sum.recruit / frames,
          sum.rest / frames,  sum.newton_steps / frames,     sum.equations};
}

/// The fastest of nine passes over the way up of the bridge, stage by stage.
Stages time_stages(const Model& model, const Task& task, bool warm) {
  AnalyzeOptions options;
  options.recruit.warm_start = warm;
  Workspace w(model);
  Stages best = pass_over(model, task, options, w);
  for (int i = 0; i < 8; ++i) {
    const Stages s = pass_over(model, task, options, w);
    best.paths = std::min(best.paths, s.paths);
    best.inverse_dynamics = std::min(best.inverse_dynamics, s.inverse_dynamics);
    best.recruit = std::min(best.recruit, s.recruit);
    best.rest = std::min(best.rest, s.rest);
  }
  return best;
}

std::string share(const char* what, double part, double whole) {
  return std::string(what) + ' ' + fixed(100.0 * part / whole, 0) + " %";
}

std::string steps_of(const Stages& s) {
  return fixed(s.newton_steps, 1) + " Newton steps of " + std::to_string(s.equations) + " equations each";
}

void bench_stages(const Model& model, std::vector<BenchRow>& rows) {
  const Task task = assemble(model, io::read_scenario("bridge"));
  const Stages warm = time_stages(model, task, true), cold = time_stages(model, task, false);
  const std::string segments = std::to_string(model.segments.size()) + " segments, " +
                               std::to_string(model.path_wraps.size()) + " wraps, " + std::to_string(model.n_arms()) +
                               " moment arms";
  rows.push_back({"paths", warm.paths, 25e3, segments});
  rows.push_back({"inverse_dynamics", warm.inverse_dynamics, 1.5e3, std::to_string(model.n_bodies()) + " bodies"});
  rows.push_back({"recruit_cold", cold.recruit, not_a_number, steps_of(cold)});
  rows.push_back({"recruit_warm", warm.recruit, 90e3, steps_of(warm)});
  rows.push_back({"frame", warm.frame(), 130e3,
                  share("recruitment", warm.recruit, warm.frame()) + ", " + share("paths", warm.paths, warm.frame()) +
                      ", " + share("the rest", warm.inverse_dynamics + warm.rest, warm.frame())});
}

/// A whole run on one thread, the model read and the reference posture included; the fastest of three.
BenchRow bench_run(const std::string& name, double goal) {
  BenchRow best{"run_" + name, infinity, goal, ""};
  for (int i = 0; i < 3; ++i) {
    const auto start = Clock::now();
    const Model model = read_and_compile("whole_body");
    const double read = since(start);
    const Scenario scenario = io::read_scenario(name);
    const auto began = Clock::now();
    const Task task = assemble(model, scenario);
    const double assembled = since(began);
    Outcome outcome = analyze(model, task);
    if (!outcome.usable()) throw Failure(numerical_failure, name + " could not be solved");
    if (scenario.reference_scenario && !run(model, *scenario.reference_scenario, AnalyzeOptions{}, nullptr).usable()) {
      throw Failure(numerical_failure, scenario.reference + " could not be solved");
    }
    const double total = since(start);
    if (total >= best.ns) continue;
    best.ns = total;
    best.limited_by = share("the model", read, total) + ", " + share("assembly", assembled, total) + ", " +
                      share("frames and reference", total - read - assembled, total);
  }
  return best;
}

/// The ready scenarios, and together the four that answer the first question.
void bench_runs(std::vector<BenchRow>& rows) {
  constexpr double sitting_goal = 150e6, four_goal = 1e9;
  const std::vector<std::string> four{"standing", "sitting", "bridge", "lunge"};
  BenchRow all{"run_standing_sitting_bridge_lunge", 0.0, four_goal, ""};
  double longest = 0.0;
  for (const std::string& name : io::scenario_names()) {
    const BenchRow row = bench_run(name, name == "sitting" ? sitting_goal : not_a_number);
    if (std::count(four.begin(), four.end(), name)) {
      all.ns += row.ns;
      if (row.ns > longest) longest = row.ns, all.limited_by = name;
    }
    rows.push_back(row);
  }
  all.limited_by = share(all.limited_by.c_str(), longest, all.ns);
  rows.push_back(all);
}

std::string json_text(const std::vector<BenchRow>& rows) {
  io::JsonText json;
  json.object().key("rows").array();
  for (const BenchRow& row : rows) {
    json.object(true).member("name", row.name).member("ns", row.ns).member("goal_ns", row.goal_ns);
    json.member("limited_by", row.limited_by).close();
  }
  json.close().close();
  return json.text() + '\n';
}

std::string plain_text(const std::vector<BenchRow>& rows) {
  TextTable table({"what", "time [us]", "goal [us]", "time/goal", "limited by"});
  for (const BenchRow& row : rows) {
    const int digits = row.ns < 1e3 ? 4 : 2;
    table.add({row.name, fixed(row.ns / 1e3, digits), fixed(row.goal_ns / 1e3, digits), fixed(row.ns / row.goal_ns, 2),
               row.limited_by});
  }
  return table.text();
}

}  // namespace

void add_bench(CLI::App& app, Action& action) {
  auto json = std::make_shared<bool>(false);
  auto source = std::make_shared<std::string>();
  CLI::App* command = app.add_subcommand("bench", "Measure what a frame and a run cost on this machine, on one thread");
  command->add_flag("--json", *json, "As one JSON document");
  command->add_option("--model", *source, "Loading, kinematics, paths and inverse dynamics of this model instead")
      ->type_name("FILE");
  command->callback([json, source, command, &action] {
    const bool given = command->count("--model") > 0;
    action = [json, source, given] {
      std::vector<BenchRow> rows;
      if (given) {
        bench_model(*source, rows);
        print(*json ? json_text(rows) : plain_text(rows));
        return done;
      }
      const Model model = read_and_compile("whole_body");
      bench_stages(model, rows);
      bench_muscles(model, rows);
      bench_runs(rows);
      print(*json ? json_text(rows) : plain_text(rows));
      return done;
    };
  });
}

}  // namespace psoas::cli
