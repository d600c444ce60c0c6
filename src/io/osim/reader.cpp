#include "io/osim/reader.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <sstream>

namespace psoas::io::osim {
namespace {

constexpr int oldest_version = 20000, newest_version = 40699;

std::string trimmed(std::string_view text) {
  constexpr std::string_view white = " \t\r\n";
  const std::size_t first = text.find_first_not_of(white);
  if (first == std::string_view::npos) return "";
  return std::string(text.substr(first, text.find_last_not_of(white) - first + 1));
}

bool number_of_text(std::string_view text, double& out) {
  if (text.starts_with('+')) text.remove_prefix(1);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  return error == std::errc{} && end == text.data() + text.size() && !std::isnan(out);
}

}  // namespace

Reader::Reader(std::string_view text, std::string file) : file_(std::move(file)) {
  line_starts_.push_back(0);
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') line_starts_.push_back(i + 1);
  }
  const auto line_of = [&](std::ptrdiff_t offset) {
    const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), static_cast<std::size_t>(offset));
    return file_ + ':' + std::to_string(after - line_starts_.begin());
  };
  const pugi::xml_parse_result result =
      document_.load_buffer(text.data(), text.size(), pugi::parse_default | pugi::parse_doctype, pugi::encoding_utf8);
  if (!result) {
    throw SpecError({{line_of(result.offset), std::string("not well-formed XML: ") + result.description()}});
  }
  for (const pugi::xml_node node : document_.children()) {
    if (node.type() == pugi::node_doctype) {
      throw SpecError({{where(node), "a document type is refused: models need no entities"}});
    }
  }
  const pugi::xml_node top = root();
  if (std::string_view(top.name()) != "OpenSimDocument") {
    throw SpecError({{where(top), "not an OpenSim file: its first element is <" + std::string(top.name()) + ">"}});
  }
  version_ = top.attribute("Version").as_int(0);
  if (version_ < oldest_version || version_ > newest_version) {
    throw SpecError(
        {{where(top), "document version " + std::string(top.attribute("Version").value()) + " is not one of " +
                          std::to_string(oldest_version) + " to " + std::to_string(newest_version)}});
  }
  check_node(top);
}

/// No part of a model may lie in another file.
void Reader::check_node(pugi::xml_node node) {
  for (pugi::xml_node at = node; at;) {
    if (at.attribute("file")) fault(at, '<' + std::string(at.name()) + "> lies in another file: put it in this one");
    pugi::xml_node next = at.first_child();
    while (!next && at != node) {
      next = at.next_sibling();
      if (!next) at = at.parent();
    }
    at = next;
  }
}

std::string Reader::where(pugi::xml_node node) const {
  const std::ptrdiff_t offset = node.offset_debug();
  if (offset < 0) return file_;
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), static_cast<std::size_t>(offset));
  return file_ + ':' + std::to_string(after - line_starts_.begin());
}

std::string Reader::text(pugi::xml_node node, const char* tag) const { return trimmed(node.child(tag).text().get()); }

double Reader::number(pugi::xml_node node, const char* tag, double fallback) {
  const pugi::xml_node child = node.child(tag);
  if (!child || trimmed(child.text().get()).empty()) return fallback;
  double value = 0.0;
  if (!number_of_text(trimmed(child.text().get()), value)) {
    fault(child, '<' + std::string(tag) + "> of \"" + name(node) + "\" is no number: \"" +
                     trimmed(child.text().get()).substr(0, 40) + '"');
    return fallback;
  }
  return value;
}

bool Reader::flag(pugi::xml_node node, const char* tag, bool fallback) {
  const std::string word = text(node, tag);
  if (word.empty()) return fallback;
  if (word == "true" || word == "1") return true;
  if (word != "false" && word != "0") {
    fault(node.child(tag), '<' + std::string(tag) + "> of \"" + name(node) + "\" is neither true nor false: \"" +
                               word.substr(0, 40) + '"');
  }
  return false;
}

std::vector<double> Reader::list(pugi::xml_node element) {
  std::vector<double> out;
  for (const std::string& word : words(element.text().get())) {
    double value = 0.0;
    if (!number_of_text(word, value)) {
      fault(element, '<' + std::string(element.name()) + "> holds \"" + word.substr(0, 40) + "\", which is no number");
      return {};
    }
    out.push_back(value);
  }
  return out;
}

std::vector<double> Reader::numbers(pugi::xml_node node, const char* tag, std::size_t count) {
  const pugi::xml_node child = node.child(tag);
  if (!child || trimmed(child.text().get()).empty()) return {};
  const std::size_t before = faults_.size();
  std::vector<double> out = list(child);
  if (out.size() == count) return out;
  if (faults_.size() == before) {
    fault(child, '<' + std::string(tag) + "> of \"" + name(node) + "\" needs " + std::to_string(count) +
                     " numbers, got " + std::to_string(out.size()));
  }
  return std::vector<double>(count, 0.0);
}

Vec3 Reader::vector(pugi::xml_node node, const char* tag) {
  const std::vector<double> v = numbers(node, tag, 3);
  return v.empty() ? Vec3::Zero() : Vec3(v[0], v[1], v[2]);
}

std::vector<pugi::xml_node> Reader::members(pugi::xml_node set) {
  std::vector<pugi::xml_node> out;
  for (const pugi::xml_node node : set.child("objects").children()) {
    if (node.type() == pugi::node_element) out.push_back(node);
  }
  return out;
}

std::string last_part(const std::string& path) { return path.substr(path.find_last_of('/') + 1); }

std::vector<std::string> words(const std::string& text) {
  std::istringstream in(text);
  std::vector<std::string> out;
  for (std::string word; in >> word;) out.push_back(word);
  return out;
}

}  // namespace psoas::io::osim
