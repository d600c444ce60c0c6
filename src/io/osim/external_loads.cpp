#include <algorithm>
#include <set>
#include <utility>

#include "io/osim/reader.hpp"
#include "io/text_file.hpp"
#include "psoas/io/read_external_loads.hpp"

namespace psoas::io::osim {
namespace {

/// True for a path that stays below the folder that it starts from, with the separators of any system.
bool stays_below(const std::string& path) {
  const bool drive = path.size() > 1 && path[1] == ':';
  if (drive || path.starts_with('/') || path.starts_with('\\')) return false;
  for (std::size_t start = 0; start <= path.size();) {
    const std::size_t end = std::min(path.find_first_of("/\\", start), path.size());
    if (path.compare(start, end - start, "..") == 0) return false;
    start = end + 1;
  }
  return true;
}

class LoadsReader {
 public:
  LoadsReader(std::string_view text, const std::string& file, DataFile data_file)
      : reader_(text, file), data_file_(data_file) {}

  Imported<ExternalLoads> run() {
    if (const pugi::xml_node loads = reader_.root().child("ExternalLoads")) {
      read_loads(loads);
    } else {
      reader_.fault(reader_.root(), "there is no <ExternalLoads>");
    }
    reader_.throw_if_faulty();
    return std::move(out_);
  }

 private:
  /// Text of a child; `Unassigned` is OpenSim's word for none.
  std::string text_of(pugi::xml_node node, const char* tag) {
    const std::string text = reader_.text(node, tag);
    return text == "Unassigned" ? "" : text;
  }

  /// Name of a body; newer files may write its path, `/bodyset/calcn_r`.
  std::string body_of(pugi::xml_node node, const char* tag, const std::string& fallback) {
    const std::string text = text_of(node, tag);
    return text.empty() ? fallback : last_part(text);
  }

  void note_unused(pugi::xml_node node, const std::string& owner, const std::set<std::string_view>& used) {
    for (const pugi::xml_node child : node.children()) {
      if (child.type() != pugi::node_element || used.count(child.name()) > 0) continue;
      if (text_of(node, child.name()).empty() &&
          !child.find_child([](pugi::xml_node n) { return n.type() == pugi::node_element; })) {
        continue;  // says nothing
      }
      out_.notes.push_back(owner + ": <" + child.name() + "> is not used");
    }
  }

  void read_loads(pugi::xml_node node) {
    out_.value.name = node.attribute("name").value();
    std::set<std::string> names;
    for (const pugi::xml_node object : node.child("objects").children()) {
      if (object.type() != pugi::node_element) continue;
      const std::string name = object.attribute("name").value();
      if (std::string_view(object.name()) != "ExternalForce") {
        out_.notes.push_back('<' + std::string(object.name()) + "> \"" + name + "\" is not used");
        continue;
      }
      if (name.empty()) reader_.fault(object, "an <ExternalForce> without a name");
      if (!name.empty() && !names.insert(name).second) reader_.fault(object, "two loads are called \"" + name + '"');
      read_load(object, name);
    }
    if (names.empty() && !reader_.faulty()) reader_.fault(node, "there is no <ExternalForce>");
    read_data_file(node);
    note_unused(node, "external loads", {"objects", "datafile", "groups", "defaults"});
  }

  void read_load(pugi::xml_node node, const std::string& name) {
    const std::string who = "load \"" + name + '"';
    ExternalLoad load;
    load.name = name;
    load.where = reader_.where(node);
    load.applied_to_body = body_of(node, "applied_to_body", "");
    load.force_expressed_in_body = body_of(node, "force_expressed_in_body", "ground");
    load.point_expressed_in_body = body_of(node, "point_expressed_in_body", "ground");
    load.force_identifier = text_of(node, "force_identifier");
    load.point_identifier = text_of(node, "point_identifier");
    load.torque_identifier = text_of(node, "torque_identifier");
    const bool on = reader_.flag(node, "appliesForce", true) && !reader_.flag(node, "isDisabled", false);
    if (load.applied_to_body.empty()) reader_.fault(node, who + " is applied to no body");
    if (load.force_identifier.empty() && load.torque_identifier.empty()) {
      reader_.fault(node, who + " has neither a force nor a torque");
    }
    note_unused(node, who,
                {"applied_to_body", "force_expressed_in_body", "point_expressed_in_body", "force_identifier",
                 "point_identifier", "torque_identifier", "appliesForce", "isDisabled"});
    if (on) {
      out_.value.loads.push_back(std::move(load));
    } else {
      out_.notes.push_back(who + " is switched off and left out");
    }
  }

  void read_data_file(pugi::xml_node node) {
    const std::string file = text_of(node, "datafile");
    if (data_file_ == DataFile::ignored) {
      if (!file.empty()) out_.notes.push_back("data file \"" + file + "\" is not used: the data come from elsewhere");
      return;
    }
    if (file.empty()) {
      reader_.fault(node, "external loads name no <datafile>");
    } else if (!stays_below(file)) {
      reader_.fault(node.child("datafile"),
                    "data file \"" + file + "\" must lie beside this file or below: no absolute path and no \"..\"");
    }
    out_.value.data_file = file;
  }

  Reader reader_;
  DataFile data_file_;
  Imported<ExternalLoads> out_;
};

}  // namespace
}  // namespace psoas::io::osim

namespace psoas::io {

Imported<ExternalLoads> read_external_loads_text(std::string_view text, const std::string& name, DataFile data_file) {
  return osim::LoadsReader(text, name, data_file).run();
}

Imported<ExternalLoads> read_external_loads(const std::filesystem::path& path, DataFile data_file) {
  return read_external_loads_text(read_text_file(path), path.string(), data_file);
}

}  // namespace psoas::io
