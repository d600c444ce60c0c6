#include <pugixml.hpp>

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "io/faults.hpp"
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
      : text_(text), faults_(file), data_file_(data_file) {}

  Imported<ExternalLoads> run() {
    if (const pugi::xml_node document = parsed()) {
      if (const pugi::xml_node loads = document.child("ExternalLoads")) {
        read_loads(loads);
      } else {
        fault(document, "there is no <ExternalLoads>");
      }
    }
    faults_.throw_if_any();
    return std::move(out_);
  }

 private:
  /// The document element, or nothing where there is no sense in going on.
  pugi::xml_node parsed() {
    if (const auto not_text = first_fault_of_text(text_)) {
      faults_.add(place_of(text_, not_text->offset), not_text->message);
      return {};
    }
    const auto result = document_.load_buffer(text_.data(), text_.size(), pugi::parse_default | pugi::parse_doctype,
                                              pugi::encoding_utf8);
    if (!result) {
      faults_.add(place_of(text_, static_cast<std::size_t>(result.offset)),
                  std::string("not well-formed XML: ") + result.description());
      return {};
    }
    for (const pugi::xml_node node : document_.children()) {
      if (node.type() != pugi::node_doctype) continue;
      const std::size_t at = text_.find("<!DOCTYPE");
      faults_.add(place_of(text_, at), "a document type is refused: loads need no entities");
      return {};
    }
    const pugi::xml_node top = document_.document_element();
    if (std::string_view(top.name()) != "OpenSimDocument") {
      fault(top, "not a file of OpenSim: its first element is <" + std::string(top.name()) + '>');
      return {};
    }
    const int version = top.attribute("Version").as_int();
    if (version < 20000 || version > 40699) {
      fault(top,
            "document version \"" + std::string(top.attribute("Version").value()) + "\" is not one of 20000 to 40699");
    }
    return top;
  }

  Place place(pugi::xml_node node) const {
    const std::ptrdiff_t name = node.offset_debug();
    return name < 1 ? Place{} : place_of(text_, static_cast<std::size_t>(name - 1));
  }

  void fault(pugi::xml_node node, std::string message) { faults_.add(place(node), std::move(message)); }

  /// Text of a child without the blanks about it; `Unassigned` is OpenSim's word for none.
  std::string text_of(pugi::xml_node node, const char* tag) {
    const std::string all = node.child(tag).text().get();
    const std::size_t first = all.find_first_not_of(" \t\r\n");
    if (first == std::string::npos) return "";
    std::string text = all.substr(first, all.find_last_not_of(" \t\r\n") - first + 1);
    if (text.find('&') != std::string::npos) {
      fault(node.child(tag), '<' + std::string(tag) + "> holds an entity: \"" + text + '"');
    }
    return text == "Unassigned" ? "" : text;
  }

  bool flag_of(pugi::xml_node node, const char* tag, bool fallback) {
    const std::string text = text_of(node, tag);
    if (text == "true" || text == "1") return true;
    if (text == "false" || text == "0") return false;
    if (!text.empty()) fault(node.child(tag), '<' + std::string(tag) + "> must be true or false, got \"" + text + '"');
    return fallback;
  }

  /// Name of a body; newer files may write its path, `/bodyset/calcn_r`.
  std::string body_of(pugi::xml_node node, const char* tag, const std::string& fallback) {
    const std::string text = text_of(node, tag);
    return text.empty() ? fallback : text.substr(text.find_last_of('/') + 1);
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
      if (name.empty()) fault(object, "an <ExternalForce> without a name");
      if (!name.empty() && !names.insert(name).second) fault(object, "two loads are called \"" + name + '"');
      read_load(object, name);
    }
    if (names.empty() && !faults_.any()) fault(node, "there is no <ExternalForce>");
    read_data_file(node);
    note_unused(node, "external loads", {"objects", "datafile", "groups", "defaults"});
  }

  void read_load(pugi::xml_node node, const std::string& name) {
    const std::string who = "load \"" + name + '"';
    ExternalLoad load;
    load.name = name;
    load.where = faults_.where(place(node));
    load.applied_to_body = body_of(node, "applied_to_body", "");
    load.force_expressed_in_body = body_of(node, "force_expressed_in_body", "ground");
    load.point_expressed_in_body = body_of(node, "point_expressed_in_body", "ground");
    load.force_identifier = text_of(node, "force_identifier");
    load.point_identifier = text_of(node, "point_identifier");
    load.torque_identifier = text_of(node, "torque_identifier");
    const bool on = flag_of(node, "appliesForce", true) && !flag_of(node, "isDisabled", false);
    if (load.applied_to_body.empty()) fault(node, who + " is applied to no body");
    if (load.force_identifier.empty() && load.torque_identifier.empty()) {
      fault(node, who + " has neither a force nor a torque");
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
      fault(node, "external loads name no <datafile>");
    } else if (!stays_below(file)) {
      fault(node.child("datafile"),
            "data file \"" + file + "\" must lie beside this file or below: no absolute path and no \"..\"");
    }
    out_.value.data_file = file;
  }

  std::string_view text_;
  Faults faults_;
  DataFile data_file_;
  pugi::xml_document document_;
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
