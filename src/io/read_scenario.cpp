#include "psoas/io/read_scenario.hpp"

#include <filesystem>
#include <memory>

#include "io/embedded.hpp"
#include "io/text_file.hpp"
#include "io/toml/scenario.hpp"
#include "psoas/core/error.hpp"
#include "psoas/core/nearest_name.hpp"

namespace psoas::io {
namespace {

Scenario without_reference(const std::string& name) {
  if (name.find('\0') != std::string::npos) throw Error("a scenario name with a NUL byte");
  if (name.ends_with(".toml")) return toml::scenario_from(read_text_file(name), name);
  for (const embedded::File& file : embedded::scenarios()) {
    if (file.name == name) return toml::scenario_from(file.text, name + ".toml");
  }
  std::error_code ignored;
  const bool file = std::filesystem::exists(name, ignored);
  throw Error("no scenario \"" + name + '"' +
              (file ? "; a scenario file must end in .toml" : did_you_mean(name, scenario_names())));
}

}  // namespace

std::vector<std::string> scenario_names() {
  std::vector<std::string> names;
  for (const embedded::File& file : embedded::scenarios()) names.emplace_back(file.name);
  return names;
}

Scenario read_scenario(std::string_view name_or_path) {
  const std::string name{name_or_path};
  Scenario out = without_reference(name);
  if (out.reference.empty()) return out;
  const bool file = out.reference.ends_with(".toml");
  const std::string reference =
      file ? (std::filesystem::path(name).parent_path() / out.reference).string() : out.reference;
  Scenario base;
  try {
    base = without_reference(reference);
  } catch (const SpecError&) {
    throw;
  } catch (const Error& error) {
    throw SpecError({{out.where, std::string("reference: ") + error.what()}});
  }
  if (!base.reference.empty()) {
    throw SpecError({{out.where, "reference \"" + out.reference + "\" has a reference of its own"}});
  }
  out.reference_scenario = std::make_shared<const Scenario>(std::move(base));
  return out;
}

}  // namespace psoas::io
