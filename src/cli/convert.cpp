#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <string>

#include "commands.hpp"
#include "io/json_text.hpp"
#include "psoas/io/read_model.hpp"
#include "psoas/io/write_model.hpp"
#include "talk.hpp"

namespace psoas::cli {
namespace {

struct ConvertWords {
  std::string in, out;
  bool force = false, json = false;
};

/// Before anything is read: the kind of file, and whether it may be replaced.
void require_target(const ConvertWords& words) {
  const std::filesystem::path path(words.out);
  if (path.extension() != ".toml" && path.extension() != ".osim") {
    throw Failure(usage, "cannot write a model to \"" + words.out + "\": its name must end in .toml or .osim");
  }
  std::error_code ignored;
  if (!words.force && std::filesystem::exists(std::filesystem::symlink_status(path, ignored))) {
    throw Failure(not_writable, "\"" + words.out + "\" is there already: --force replaces it");
  }
}

std::string losses_json(const io::ModelLosses& losses) {
  io::JsonText json;
  json.object().key("dropped").array();
  for (const io::Dropped& d : losses.dropped) {
    json.object(true).member("name", d.name).member("reason", d.reason).close();
  }
  json.close().key("notes").array();
  for (const std::string& note : losses.notes) json.value(note);
  json.close().close();
  return json.text() + '\n';
}

ExitCode convert(const ConvertWords& words) {
  require_target(words);
  io::ImportedModel read = io::import_model(words.in);
  io::ModelLosses losses = io::write_model(read.model, words.out);
  losses.dropped.insert(losses.dropped.begin(), read.dropped.begin(), read.dropped.end());
  losses.notes.insert(losses.notes.begin(), read.notes.begin(), read.notes.end());
  if (words.json) {
    print(losses_json(losses));
    return done;
  }
  for (const io::Dropped& d : losses.dropped) say(LogLevel::info, d.name + ": " + d.reason);
  for (const std::string& note : losses.notes) say(LogLevel::info, "note: " + note);
  return done;
}

}  // namespace

void add_convert(CLI::App& app, Action& action) {
  auto words = std::make_shared<ConvertWords>();
  CLI::App* command = app.add_subcommand(
      "convert", "Write a model as .toml (nothing is lost) or .osim (what is dropped is listed on standard error)");
  command->add_option("IN", words->in, "A model, or a file (.toml, .osim)")->required();
  command->add_option("OUT", words->out, "The file to write; its ending says which kind")->required();
  command->add_flag("--force", words->force, "Replace a file that is there");
  command->add_flag("--json", words->json, "What was dropped, as one JSON document on standard output");
  command->callback([words, &action] { action = [words] { return convert(*words); }; });
}

}  // namespace psoas::cli
