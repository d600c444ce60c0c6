#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <exception>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "commands.hpp"
#include "exit_code.hpp"
#include "psoas/core/error.hpp"
#include "psoas/core/nearest_name.hpp"
#include "psoas/core/version.hpp"
#include "psoas/io/write_outcome.hpp"
#include "talk.hpp"

namespace psoas::cli {
namespace {

std::string typed = "psoas";

constexpr const char* about =
    "What does a posture or an exercise load on the psoas, the hips and each lumbar disc, and which structure causes "
    "it?\nA model estimate for research and teaching. Not a medical device.";
constexpr const char* footer =
    "psoas run sitting bridge lunge       tables on the terminal, folders in results/\n"
    "psoas run bridge --set motion.knee_deg=110 --subject mass_kg=62,height_m=1.64,sex=female\n"
    "psoas show bridge                    parameters, keyframes, supports\n\n"
    "exit code: 0 done, 1 bug, 2 usage, 3 input missing or invalid, 4 numerical failure, 5 a gate failed under "
    "--strict,\n           6 output not writable, 130 interrupted";

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    names.push_back(command->get_name());
  }
  return names;
}

std::vector<std::string> option_names(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    for (const std::string& name : option->get_snames()) names.push_back("-" + name);
  }
  return names;
}

/// The first word is a command or an option of the program.
void require_command(const CLI::App& app, const std::vector<std::string>& words) {
  const std::vector<std::string> names = command_names(app);
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
  if (words.empty()) throw Failure(usage, "a command is missing: " + all + " (psoas --help explains them)");
  const std::string& first = words.front();
  const std::vector<std::string> options = option_names(app);
  if (first.rfind('-', 0) == 0) {
    if (std::count(options.begin(), options.end(), first)) return;
    throw Failure(usage, "unknown option \"" + first + '"' + did_you_mean(first, options));
  }
  if (std::count(names.begin(), names.end(), first)) return;
  const std::string near = did_you_mean(first, names);
  throw Failure(usage, "unknown command \"" + first + '"' + (near.empty() ? " (there are " + all + ')' : near));
}

/// What the chosen command did not understand: misspelt options, or a word too many.
void require_all_understood(const CLI::App& app) {
  for (const CLI::App* command : app.get_subcommands()) {
    const std::vector<std::string> left = command->remaining();
    if (left.empty()) continue;
    const auto option =
        std::find_if(left.begin(), left.end(), [](const std::string& w) { return w.rfind('-', 0) == 0; });
    if (option == left.end()) {
      throw Failure(usage, command->get_name() + " does not take \"" + left.front() + "\" as well");
    }
    const std::string name = option->substr(0, option->find('='));
    throw Failure(usage, "unknown option \"" + name + "\" of " + command->get_name() +
                             did_you_mean(name, option_names(*command)));
  }
}

std::string one_line(std::string text) {
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

/// Messages are one line each: no word may break them.
void require_plain_words(const std::vector<std::string>& words) {
  const auto control = [](unsigned char c) { return std::iscntrl(c) != 0; };
  for (const std::string& word : words) {
    if (std::any_of(word.begin(), word.end(), control)) throw Failure(usage, "an argument holds a control character");
  }
}

ExitCode execute(const std::vector<std::string>& words) {
  require_plain_words(words);
  CLI::App app(about, "psoas");
  app.footer(footer);
  app.set_version_flag("-V,--version", "psoas " + std::string(version()), "Print the version");
  app.require_subcommand(1);
  Action action;
  add_list(app, action);
  add_show(app, action);
  add_run(app, action);
  add_simulate(app, action);
  add_muscle(app, action);
  add_analyze(app, action);
  add_arms(app, action);
  add_lint(app, action);
  add_convert(app, action);
  add_bench(app, action);
  add_version(app, action);
  for (CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) command->allow_extras();
  require_command(app, words);
  try {
    app.parse(std::vector<std::string>(words.rbegin(), words.rend()));
  } catch (const CLI::Success& help) {
    app.exit(help);
    finish_output();
    return done;
  } catch (const CLI::ParseError& error) {
    throw Failure(usage, words.front() + ": " + one_line(error.what()));
  }
  require_all_understood(app);
  const ExitCode code = action();
  finish_output();
  return code;
}

/// Every way in which a command can end becomes a code and one line a fault.
ExitCode guarded(const std::vector<std::string>& words) {
  try {
    return execute(words);
  } catch (const Failure& failure) {
    say(LogLevel::error, failure.what());
    return failure.code();
  } catch (const io::OutputError& error) {
    say(LogLevel::error, error.what());
    return not_writable;
  } catch (const std::filesystem::filesystem_error& error) {
    say(LogLevel::error, "cannot write " + error.path1().string() + ": " + error.code().message());
    return not_writable;
  } catch (const Error& error) {
    say(LogLevel::error, error.what());
    return invalid_input;
  } catch (const std::exception& error) {
    say(LogLevel::error, one_line(std::string("internal error, please report it: ") + error.what()));
    return bug;
  }
}

}  // namespace

const std::string& command_line() { return typed; }

ExitCode run_program(const std::vector<std::string>& words) {
  for (const std::string& word : words) typed += ' ' + word;
  return guarded(words);
}

}  // namespace psoas::cli

int main(int argc, char** argv) { return psoas::cli::run_program({argv + 1, argv + argc}); }
