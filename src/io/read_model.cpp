#include "psoas/io/read_model.hpp"

#include <filesystem>
#include <system_error>

#include "io/embedded.hpp"
#include "io/osim/model.hpp"
#include "io/text_file.hpp"
#include "io/toml/model.hpp"
#include "psoas/core/error.hpp"
#include "psoas/core/nearest_name.hpp"

namespace psoas::io {
namespace {

/// Why a name is not a model: another kind of file, a file without the ending, or no such name.
[[noreturn]] void refuse(const std::string& name) {
  const std::string kinds = "a model is a name inside the library or a file that ends in .toml or .osim";
  const std::filesystem::path path(name);
  std::error_code ignored;
  if (std::filesystem::exists(path, ignored)) throw Error('"' + name + "\" is not a model: " + kinds);
  const std::vector<std::string> known = model_names();
  std::string message = "no model \"" + name + '"' + did_you_mean(name, known);
  if (nearest_names(name, known).empty()) {
    message += ": " + kinds + "; inside are";
    for (const std::string& model : known) message += ' ' + model;
  }
  throw Error(message);
}

/// The text of a file; where there is none, the nearest names in its folder and inside the library.
std::string text_of_file(const std::string& name) {
  std::error_code ignored;
  if (std::filesystem::exists(name, ignored) || ignored) return read_text_file(name);
  const std::string stem = std::filesystem::path(name).stem().string();
  const std::vector<std::string> near = nearest_names(stem, model_names());
  const std::string inside = near.empty() ? "" : "; the library holds \"" + near.front() + '"';
  throw Error(no_such_file(name) + inside);
}

}  // namespace

std::vector<std::string> model_names() {
  std::vector<std::string> names;
  for (const embedded::File& file : embedded::models()) names.emplace_back(file.name);
  return names;
}

ImportedModel import_model(std::string_view name_or_path) {
  const std::string name{name_or_path};
  if (name.find('\0') != std::string::npos) throw Error("a model name with a NUL byte");
  if (name.ends_with(".toml")) return {toml::model_from(text_of_file(name), name), {}, {}};
  if (name.ends_with(".osim")) return osim::model_from(text_of_file(name), name);
  for (const embedded::File& file : embedded::models()) {
    if (file.name == name) return {toml::model_from(file.text, name + ".toml"), {}, {}};
  }
  refuse(name);
}

ModelSpec read_model(std::string_view name_or_path) { return import_model(name_or_path).model; }

ModelSpec read_model_text(std::string_view text, const std::string& name) { return toml::model_from(text, name); }

}  // namespace psoas::io
