#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "commands.hpp"
#include "inputs.hpp"
#include "io/json_text.hpp"
#include "psoas/analysis/frame.hpp"
#include "psoas/io/read_scenario.hpp"
#include "psoas/scenario/run.hpp"
#include "talk.hpp"
#include "text_table.hpp"

namespace psoas::cli {
namespace {

using Clock = std::chrono::steady_clock;

struct Row {
  std::string name;
  double ns, goal_ns;  ///< goal: NaN where none is set
  std::string limited_by;
};

double seconds(const std::function<void()>& work, int repeats) {
  const auto start = Clock::now();
  for (int i = 0; i < repeats; ++i) work();
  return std::chrono::duration<double>(Clock::now() - start).count();
}

/// Time of one call: the fastest of five batches of at least 30 ms each; slow calls count by themselves.  [ns]
double time_of(const std::function<void()>& work) {
  constexpr double batch = 0.03;
  work();
  int repeats = 1;
  double time = seconds(work, repeats);
  while (time < batch) {
    repeats = std::max(repeats + 1,
                       static_cast<int>(std::ceil(repeats * std::min(10.0, 1.2 * batch / std::max(time, 1e-9)))));
    time = seconds(work, repeats);
  }
  for (int i = 0; i < 4; ++i) time = std::min(time, seconds(work, repeats));
  return 1e9 * time / repeats;
}

/// The stages of one frame of the bridge, which has supports, one after the other.
void bench_stages(const Model& model, std::vector<Row>& rows) {
  const Task task = assemble(model, io::read_scenario("bridge"));
  const FrameInput in = at(task, static_cast<int>(task.frames.size()) / 2);
  const AnalyzeOptions options;
  Workspace w(model);
  if (!usable(solve_frame(model, in, options, w))) {
    throw Failure(numerical_failure, "the middle frame of the bridge could not be solved");
  }
  bool solved = true;
  const auto recruit_once = [&] {
    const Status status = recruit_muscles(model, w.paths, w.strengths, w.passive, w.demand, w.supports, *in.lower,
                                          *in.upper, options.recruit, w.recruitment);
    solved = solved && usable(status);
  };
  const auto frame = [&] { solved = usable(solve_frame(model, in, options, w)) && solved; };
  struct Entry {
    const char* name;
    std::function<void()> work;
    double goal_ns;
    const char* limited_by;
  };
  const Entry entries[] = {
      {"paths", [&] { compute_paths(model, w.kinematics, w.paths); }, 25e3, "wrapping of strands round surfaces"},
      {"inverse_dynamics", [&] { compute_inertia(model, w.kinematics, in.loads, w.inverse_dynamics); }, 1.5e3,
       "one sweep over the bodies, with wrenches kept by cause"},
      {"recruit_cold",
       [&] {
         w.recruitment.solution.multiplier.resize(0);
         recruit_once();
       },
       not_a_number, "iterations of the dual Newton method from nothing"},
      {"recruit_warm", recruit_once, 90e3, "assembly and factorisation of the dual matrix"},
      {"frame", frame, 130e3, "recruitment and paths"}};
  for (const Entry& entry : entries) rows.push_back({entry.name, time_of(entry.work), entry.goal_ns, entry.limited_by});
  if (!solved) throw Failure(numerical_failure, "a frame of the bridge could not be solved again");
}

void bench_runs(const Model& model, std::vector<Row>& rows) {
  for (const std::string& name : io::scenario_names()) {
    const Scenario scenario = io::read_scenario(name);
    const auto work = [&] {
      if (!run(model, scenario, AnalyzeOptions{}).usable())
        throw Failure(numerical_failure, name + " could not be solved");
    };
    rows.push_back({"run_" + name, time_of(work), name == "sitting" ? 150e6 : not_a_number,
                    "assembly, all frames and the reference posture on one thread"});
  }
}

std::string json_text(const std::vector<Row>& rows) {
  io::JsonText json;
  json.object().key("rows").array();
  for (const Row& row : rows) {
    json.object(true).member("name", row.name).member("ns", row.ns).member("goal_ns", row.goal_ns);
    json.member("limited_by", row.limited_by).close();
  }
  json.close().close();
  return json.text() + '\n';
}

std::string plain_text(const std::vector<Row>& rows) {
  TextTable table({"what", "time [us]", "goal [us]", "time/goal"});
  for (const Row& row : rows) {
    table.add({row.name, fixed(row.ns / 1e3, 2), fixed(row.goal_ns / 1e3, 2), fixed(row.ns / row.goal_ns, 2)});
  }
  return table.text();
}

}  // namespace

void add_bench(CLI::App& app, Action& action) {
  auto json = std::make_shared<bool>(false);
  CLI::App* command = app.add_subcommand("bench", "Measure what a frame and a run cost on this machine, on one thread");
  command->add_flag("--json", *json, "As one JSON document");
  command->callback([json, &action] {
    action = [json] {
      const Model model = read_and_compile("whole_body");
      std::vector<Row> rows;
      bench_stages(model, rows);
      bench_runs(model, rows);
      print(*json ? json_text(rows) : plain_text(rows));
      return done;
    };
  });
}

}  // namespace psoas::cli
