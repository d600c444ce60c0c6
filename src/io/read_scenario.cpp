#include "psoas/io/read_scenario.hpp"

#include <filesystem>
#include <memory>
#include <utility>

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

/// Reads the posture that the ratios of a scenario refer to.
Scenario with_reference(Scenario out, const std::string& name) {
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

}  // namespace

std::vector<std::string> scenario_names() {
  std::vector<std::string> names;
  for (const embedded::File& file : embedded::scenarios()) names.emplace_back(file.name);
  return names;
}

Scenario read_scenario(std::string_view name_or_path) {
  const std::string name{name_or_path};
  return with_reference(without_reference(name), name);
}

Scenario read_scenario_text(std::string_view text, const std::string& name) {
  return with_reference(toml::scenario_from(text, name), name);
}

Scenario read_scenario_text(std::string_view text, const std::string& name, std::shared_ptr<const Scenario> reference) {
  Scenario out = toml::scenario_from(text, name);
  out.reference_scenario = std::move(reference);
  return out;
}

}  // namespace psoas::io
