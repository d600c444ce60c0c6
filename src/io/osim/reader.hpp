#pragma once

#include <pugixml.hpp>

#include <string>
#include <string_view>
#include <vector>

#include "io/faults.hpp"
#include "psoas/core/types.hpp"
#include "psoas/io/read_model.hpp"

/// Files of OpenSim: one reader that goes through the document and collects what is wrong, dropped and assumed.
namespace psoas::io::osim {

/// A document while it is read.
class Reader {
 public:
  /// @throws SpecError when the text is no XML, has a document type, is not `<OpenSimDocument>` of a version that is
  ///         read, or names another file to be put in its place
  Reader(std::string_view text, std::string file);

  pugi::xml_node root() const { return document_.document_element(); }

  /// `file:line:column` of an element.
  std::string where(pugi::xml_node node) const { return faults_.where(place(node)); }

  void fault(pugi::xml_node node, std::string message) { faults_.add(place(node), std::move(message)); }
  bool faulty() const { return faults_.any(); }
  /// @throws SpecError with every fault
  void throw_if_faulty() const { faults_.throw_if_any(); }

  void drop(const std::string& name, const std::string& reason) { dropped_.push_back({name, reason}); }
  void note(const std::string& text) { notes_.push_back(text); }

  /// Text of a child element, trimmed; empty where there is none. An entity that XML does not know is a fault.
  std::string text(pugi::xml_node node, const char* tag);
  /// A number of a child element, or the fallback where there is none. Anything else is a fault.
  double number(pugi::xml_node node, const char* tag, double fallback);
  /// `true` or `false`.
  bool flag(pugi::xml_node node, const char* tag, bool fallback);
  /// Exactly `count` numbers, or an empty list where there is no such child; a fault gives zeros.
  std::vector<double> numbers(pugi::xml_node node, const char* tag, std::size_t count);
  Vec3 vector(pugi::xml_node node, const char* tag);
  /// All numbers of an element, however many.
  std::vector<double> list(pugi::xml_node element);

  /// The members of a set: what lies in its `<objects>`.
  static std::vector<pugi::xml_node> members(pugi::xml_node set);
  static std::string name(pugi::xml_node node) { return node.attribute("name").value(); }

  std::vector<Dropped>& dropped() { return dropped_; }
  std::vector<std::string>& notes() { return notes_; }

 private:
  void parse();
  void refuse_other_files();
  Place place(pugi::xml_node node) const;
  Place place_at(std::size_t offset) const;

  std::string_view text_;
  Faults faults_;
  pugi::xml_document document_;
  std::vector<std::size_t> line_starts_;
  std::vector<Dropped> dropped_;
  std::vector<std::string> notes_;
};

/// Last part of a path between components: `/bodyset/femur_r` names `femur_r`.
std::string last_part(const std::string& path);

/// Words of a text between white space.
std::vector<std::string> words(const std::string& text);

}  // namespace psoas::io::osim
