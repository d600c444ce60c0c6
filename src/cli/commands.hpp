#pragma once

#include <functional>
#include <string>

#include "exit_code.hpp"

namespace CLI {
class App;
}

namespace psoas::cli {

/// What the chosen command does, once the command line is read.
using Action = std::function<ExitCode()>;

/// The words of this call, as they were typed.
const std::string& command_line();

void add_list(CLI::App& app, Action& action);
void add_show(CLI::App& app, Action& action);
void add_run(CLI::App& app, Action& action);
void add_simulate(CLI::App& app, Action& action);
void add_muscle(CLI::App& app, Action& action);
void add_analyze(CLI::App& app, Action& action);
void add_arms(CLI::App& app, Action& action);
void add_lint(CLI::App& app, Action& action);
void add_convert(CLI::App& app, Action& action);
void add_bench(CLI::App& app, Action& action);
void add_version(CLI::App& app, Action& action);

}  // namespace psoas::cli
