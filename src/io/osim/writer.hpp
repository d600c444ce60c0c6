#pragma once

#include <pugixml.hpp>

#include <string>
#include <utility>
#include <vector>

#include "psoas/core/types.hpp"
#include "psoas/io/read_model.hpp"

/// Files of OpenSim: the document that is being written, and a list of what it cannot hold.
namespace psoas::io::osim {

/// Shortest digits that read back as the same double; `Inf` and `-Inf` as OpenSim spells them.
std::string digits(double value);
std::string digits(const std::vector<double>& values);
std::string digits(const Vec3& v);

/// An element with a name, as OpenSim's components have it.
pugi::xml_node add_named(pugi::xml_node parent, const char* kind, const std::string& name);
/// An element with a text.
void put(pugi::xml_node parent, const char* tag, const std::string& text);
inline void put(pugi::xml_node parent, const char* tag, const char* text) { put(parent, tag, std::string(text)); }
inline void put(pugi::xml_node parent, const char* tag, double value) { put(parent, tag, digits(value)); }
inline void put(pugi::xml_node parent, const char* tag, const Vec3& v) { put(parent, tag, digits(v)); }
inline void put(pugi::xml_node parent, const char* tag, bool value) { put(parent, tag, value ? "true" : "false"); }

/// The path of a body or the ground among OpenSim's components.
std::string socket_of(const std::string& body);

class Writer {
 public:
  explicit Writer(const std::string& model_name);

  pugi::xml_node model() const { return model_; }
  /// The members of a set of the model, made at the first call.
  pugi::xml_node objects(const char* set);

  void drop(std::string name, std::string reason) { dropped.push_back({std::move(name), std::move(reason)}); }
  std::string text() const;

  std::vector<Dropped> dropped;
  std::vector<std::string> notes;

 private:
  pugi::xml_document document_;
  pugi::xml_node model_;
};

}  // namespace psoas::io::osim
