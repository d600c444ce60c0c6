#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "commands.hpp"
#include "inputs.hpp"
#include "io/text_file.hpp"
#include "model_text.hpp"
#include "options.hpp"
#include "psoas/core/nearest_name.hpp"
#include "psoas/io/read_model.hpp"
#include "psoas/io/read_scenario.hpp"
#include "psoas/model/compile.hpp"
#include "scenario_text.hpp"
#include "talk.hpp"

namespace psoas::cli {
namespace {

struct ShowWords {
  std::string name, model = "whole_body";
  bool json = false;
};

/// A file, not a name: it has a folder or an ending.
bool is_file(const std::string& name) { return name.find_first_of("/\\.") != std::string::npos; }

/// A description that has bodies is a model.
bool is_model_file(const std::string& name) {
  if (std::filesystem::path(name).extension() == ".osim") return true;
  const std::string text = '\n' + io::read_text_file(name);
  return text.find("\n[[body]]") != std::string::npos || text.find("\n[[joint]]") != std::string::npos;
}

std::string shown(const ShowWords& words) {
  const std::string& name = words.name;
  const std::vector<std::string> scenarios = io::scenario_names(), models = io::model_names();
  const bool file = is_file(name);
  const bool model_file = file && is_model_file(name);
  if (holds(scenarios, name) || (file && !model_file)) {
    const Scenario scenario = io::read_scenario(name);
    return words.json ? scenario_json(scenario) : scenario_text(scenario);
  }
  if (holds(models, name) || model_file) {
    const io::ImportedModel read = io::import_model(name);
    const Model model = compile(read.model);
    return words.json ? model_json(model, read) : model_text(model, read);
  }
  const Model model = read_and_compile(words.model);
  if (!strands_of(model, name).empty()) return words.json ? muscle_json(model, name) : muscle_text(model, name);
  std::vector<std::string> known = scenarios;
  known.insert(known.end(), models.begin(), models.end());
  for (const Group& group : model.groups) known.push_back(group.name);
  for (const Strand& strand : model.strands) known.push_back(strand.name);
  throw Failure(invalid_input, "no scenario, model or muscle \"" + name + '"' + did_you_mean(name, known));
}

}  // namespace

void add_show(CLI::App& app, Action& action) {
  auto words = std::make_shared<ShowWords>();
  CLI::App* command = app.add_subcommand("show", "Show a scenario, a model, or a muscle with its sources");
  command->add_option("NAME", words->name, "A scenario, model or muscle (strand or group), or a file")->required();
  command->add_option("--model", words->model, "Model that the muscle belongs to [whole_body]")->type_name("FILE");
  command->add_flag("--json", words->json, "As one JSON document");
  command->callback([words, &action] {
    action = [words] {
      print(shown(*words));
      return done;
    };
  });
}

}  // namespace psoas::cli
