#include "io/osim/writer.hpp"

#include <charconv>
#include <cmath>
#include <sstream>

namespace psoas::io::osim {
namespace {

constexpr const char* written_version = "40000";

}  // namespace

std::string digits(double value) {
  if (std::isinf(value)) return value > 0.0 ? "Inf" : "-Inf";
  char text[32];
  return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

std::string digits(const std::vector<double>& values) {
  std::string text;
  for (const double value : values) text += (text.empty() ? "" : " ") + digits(value);
  return text;
}

std::string digits(const Vec3& v) { return digits(std::vector<double>{v.x(), v.y(), v.z()}); }

pugi::xml_node add_named(pugi::xml_node parent, const char* kind, const std::string& name) {
  pugi::xml_node node = parent.append_child(kind);
  node.append_attribute("name").set_value(name.c_str());
  return node;
}

void put(pugi::xml_node parent, const char* tag, const std::string& text) {
  parent.append_child(tag).text().set(text.c_str());
}

std::string socket_of(const std::string& body) { return body == "ground" ? "/ground" : "/bodyset/" + body; }

Writer::Writer(const std::string& model_name) {
  pugi::xml_node top = document_.append_child("OpenSimDocument");
  top.append_attribute("Version").set_value(written_version);
  model_ = add_named(top, "Model", model_name);
}

pugi::xml_node Writer::objects(const char* set) {
  pugi::xml_node node = model_.child(set);
  if (!node) node = model_.append_child(set);
  pugi::xml_node members = node.child("objects");
  return members ? members : node.append_child("objects");
}

std::string Writer::text() const {
  std::ostringstream out;
  document_.save(out, "  ", pugi::format_indent, pugi::encoding_utf8);
  return out.str();
}

}  // namespace psoas::io::osim
