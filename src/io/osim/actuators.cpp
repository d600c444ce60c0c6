#include "psoas/io/read_actuators.hpp"

#include <set>
#include <string>

#include "io/osim/muscle_curves.hpp"
#include "io/osim/reader.hpp"
#include "io/text_file.hpp"

namespace psoas::io {

std::vector<ActuatorSpec> read_actuators_text(std::string_view text, const std::string& name) {
  osim::Reader reader(text, name);
  const pugi::xml_node set = reader.root().child("ForceSet");
  if (!set) reader.fault(reader.root(), "there is no <ForceSet>");
  std::vector<ActuatorSpec> out;
  std::set<std::string> names;
  for (const pugi::xml_node force : osim::Reader::members(set)) {
    const std::string who = '<' + std::string(force.name()) + "> \"" + osim::Reader::name(force) + '"';
    if (std::string_view(force.name()) != "CoordinateActuator") {
      reader.fault(force, who + ": only a CoordinateActuator can be a reserve or a residual");
      continue;
    }
    if (osim::Reader::name(force).empty()) reader.fault(force, "a <CoordinateActuator> without a name");
    if (!names.insert(osim::Reader::name(force)).second) reader.fault(force, who + ": a second one of this name");
    const std::string coordinate = osim::last_part(reader.text(force, "coordinate"));
    if (coordinate.empty()) reader.fault(force, who + " acts on no coordinate");
    const bool on = reader.flag(force, "appliesForce", true) && !reader.flag(force, "isDisabled", false);
    if (on) out.push_back(osim::actuator_of(reader, force, coordinate));
  }
  reader.throw_if_faulty();
  return out;
}

std::vector<ActuatorSpec> read_actuators(const std::filesystem::path& path) {
  return read_actuators_text(read_text_file(path), path.string());
}

}  // namespace psoas::io
