#include "psoas/io/read_simulation.hpp"

#include <cstdio>
#include <filesystem>
#include <memory>

#include "io/embedded.hpp"
#include "io/excitation_file.hpp"
#include "io/number_text.hpp"
#include "io/text_file.hpp"
#include "io/toml/simulation.hpp"
#include "psoas/core/error.hpp"
#include "psoas/core/nearest_name.hpp"
#include "psoas/io/read_scenario.hpp"

namespace psoas::io {
namespace {

toml::SimulationFile file_named(const std::string& name) {
  if (name.find('\0') != std::string::npos) throw Error("a simulation name with a NUL byte");
  if (name.ends_with(".toml")) return toml::simulation_from(read_text_file(name), name);
  for (const embedded::File& file : embedded::simulations()) {
    if (file.name == name) return toml::simulation_from(file.text, name + ".toml");
  }
  std::error_code ignored;
  const bool file = std::filesystem::exists(name, ignored);
  throw Error("no simulation \"" + name + '"' +
              (file ? "; a simulation file must end in .toml" : did_you_mean(name, simulation_names())));
}

/// The one column of a table as a signal. @throws SpecError when there are more
std::vector<SignalPiece> pieces_of(const ExcitationTable& table) {
  if (table.names.size() != 1) throw SpecError({{table.where, "one muscle needs one column beside time"}});
  if (!table.time.empty() && table.time.front() > 0.0) {
    throw SpecError({{table.where, "the first time is " + number_text(table.time.front()) +
                                       " s, but the simulation begins at 0 s"}});
  }
  std::vector<SignalPiece> pieces;
  for (std::size_t i = 1; i < table.time.size(); ++i) {
    const double from = table.time[i - 1], to = table.time[i];
    if (!(to > from)) continue;  // a switch
    const double value = table.value(0, static_cast<Eigen::Index>(i) - 1);
    const double slope = (table.value(0, static_cast<Eigen::Index>(i)) - value) / (to - from);
    char text[128];
    std::snprintf(text, sizeof text, "%.17g + (%.17g) * ($t - (%.17g))", value, slope, from);
    pieces.push_back({{number_text(from), table.where}, {number_text(to), table.where}, {text, table.where}});
  }
  if (pieces.empty()) throw SpecError({{table.where, "excitations need two times at least"}});
  return pieces;
}

}  // namespace

std::vector<std::string> simulation_names() {
  std::vector<std::string> names;
  for (const embedded::File& file : embedded::simulations()) names.emplace_back(file.name);
  return names;
}

Simulation read_simulation(std::string_view name_or_path) {
  const std::string name{name_or_path};
  toml::SimulationFile file = file_named(name);
  Simulation& out = file.simulation;
  if (!file.excitation_file.empty()) {
    ExcitationTable table = read_excitations(std::filesystem::path(name).parent_path() / file.excitation_file);
    if (out.kind == Simulation::Kind::limb) {
      out.table = std::move(table);
    } else {
      out.excitation = pieces_of(table);
    }
  }
  if (file.scenario.empty()) return std::move(out);
  const bool path = file.scenario.ends_with(".toml");
  const std::string base = path ? (std::filesystem::path(name).parent_path() / file.scenario).string() : file.scenario;
  try {
    out.base = std::make_shared<const Scenario>(read_scenario(base));
  } catch (const SpecError&) {
    throw;
  } catch (const Error& error) {
    throw SpecError({{out.about.where, std::string("scenario: ") + error.what()}});
  }
  return std::move(out);
}

}  // namespace psoas::io
