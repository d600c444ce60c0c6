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

Reader::Reader(std::string_view text, std::string file) : text_(text), faults_(std::move(file)), line_starts_{0} {
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\n') line_starts_.push_back(i + 1);
  }
  parse();
  faults_.throw_if_any();
  refuse_other_files();
}

void Reader::parse() {
  if (const auto not_text = first_fault_of_text(text_)) {
    return faults_.add(place_at(not_text->offset), not_text->message);
  }
  const pugi::xml_parse_result result =
      document_.load_buffer(text_.data(), text_.size(), pugi::parse_default | pugi::parse_doctype, pugi::encoding_utf8);
  if (!result) {
    return faults_.add(place_at(static_cast<std::size_t>(result.offset)),
                       std::string("not well-formed XML: ") + result.description());
  }
  for (const pugi::xml_node node : document_.children()) {
    if (node.type() != pugi::node_doctype) continue;
    return faults_.add(place_at(text_.find("<!DOCTYPE")), "a document type is refused: no entity is needed");
  }
  const pugi::xml_node top = root();
  if (std::string_view(top.name()) != "OpenSimDocument") {
    return fault(top, "not a file of OpenSim: its first element is <" + std::string(top.name()) + '>');
  }
  const int version = top.attribute("Version").as_int(0);
  if (version >= oldest_version && version <= newest_version) return;
  fault(top, "document version \"" + std::string(top.attribute("Version").value()) + "\" is not one of " +
                 std::to_string(oldest_version) + " to " + std::to_string(newest_version));
}

/// No part of a document may lie in another file.
void Reader::refuse_other_files() {
  const pugi::xml_node top = root();
  for (pugi::xml_node at = top; at;) {
    if (at.attribute("file")) fault(at, '<' + std::string(at.name()) + "> lies in another file: put it in this one");
    pugi::xml_node next = at.first_child();
    while (!next && at != top) {
      next = at.next_sibling();
      if (!next) at = at.parent();
    }
    at = next;
  }
}

Place Reader::place(pugi::xml_node node) const {
  const std::ptrdiff_t name = node.offset_debug();
  return name < 1 ? Place{} : place_at(static_cast<std::size_t>(name - 1));
}

/// As place_of(), without going through the text from its start.
Place Reader::place_at(std::size_t offset) const {
  const auto after = std::upper_bound(line_starts_.begin(), line_starts_.end(), offset);
  const std::size_t start = *(after - 1);
  const Place in_line = place_of(text_.substr(start), offset - start);
  return {static_cast<int>(after - line_starts_.begin()), in_line.column};
}

std::string Reader::text(pugi::xml_node node, const char* tag) {
  std::string text = trimmed(node.child(tag).text().get());
  if (text.find('&') != std::string::npos) {
    fault(node.child(tag), '<' + std::string(tag) + "> holds an entity: \"" + text + '"');
  }
  return text;
}

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
  if (word == "true" || word == "1") return true;
  if (word == "false" || word == "0") return false;
  if (!word.empty()) fault(node.child(tag), '<' + std::string(tag) + "> must be true or false, got \"" + word + '"');
  return fallback;
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
  if (words(child.text().get()).size() != count) {
    fault(child, '<' + std::string(tag) + "> of \"" + name(node) + "\" needs " + std::to_string(count) +
                     " numbers, got " + std::to_string(words(child.text().get()).size()));
    return std::vector<double>(count, 0.0);
  }
  std::vector<double> out = list(child);
  return out.size() == count ? out : std::vector<double>(count, 0.0);
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
