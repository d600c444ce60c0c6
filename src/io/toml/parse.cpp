#include "io/toml/parse.hpp"

#include <toml++/toml.h>

#include <algorithm>
#include <tuple>
#include <utility>

#include "io/toml/depth.hpp"
#include "psoas/core/error.hpp"

namespace psoas::io::toml {
namespace {

Place place(const ::toml::source_position& position) {
  return {static_cast<int>(position.line), static_cast<int>(position.column)};
}

[[noreturn]] void fail(const std::string& file, Place at, const std::string& message) {
  throw SpecError({{where_in(file, at), message}});
}

Value value_of(const ::toml::node& node);

void fill_table(Value& out, const ::toml::table& table) {
  out.kind = Value::Kind::table;
  out.items.reserve(table.size());
  for (auto&& [key, node] : table) {
    Value item = value_of(node);
    item.key = std::string(key.str());
    item.key_at = place(key.source().begin);
    out.items.push_back(std::move(item));
  }
  std::stable_sort(out.items.begin(), out.items.end(), [](const Value& a, const Value& b) {
    return std::tie(a.key_at.line, a.key_at.column) < std::tie(b.key_at.line, b.key_at.column);
  });
}

void fill_array(Value& out, const ::toml::array& array) {
  out.kind = Value::Kind::array;
  out.items.reserve(array.size());
  for (const ::toml::node& node : array) out.items.push_back(value_of(node));
}

Value value_of(const ::toml::node& node) {
  Value out;
  out.at = place(node.source().begin);
  if (const auto* table = node.as_table()) {
    fill_table(out, *table);
  } else if (const auto* array = node.as_array()) {
    fill_array(out, *array);
  } else if (const auto* text = node.as_string()) {
    out.kind = Value::Kind::text;
    out.text = text->get();
  } else if (const auto* integer = node.as_integer()) {
    out.kind = Value::Kind::integer;
    out.integer = integer->get();
    out.number = static_cast<double>(integer->get());
  } else if (const auto* number = node.as_floating_point()) {
    out.kind = Value::Kind::number;
    out.number = number->get();
  } else if (const auto* boolean = node.as_boolean()) {
    out.kind = Value::Kind::boolean;
    out.boolean = boolean->get();
  } else {
    out.kind = Value::Kind::date;
  }
  return out;
}

}  // namespace

Value parse(std::string_view text, const std::string& file) {
  if (const auto fault = first_fault_of_text(text)) fail(file, place_of(text, fault->offset), fault->message);
  if (const auto excess = first_excess(text)) fail(file, place_of(text, excess->offset), excess->message);
  Value root;
  try {
    root = value_of(::toml::parse(text));
  } catch (const ::toml::parse_error& error) {
    std::string message{error.description()};
    const std::string_view opening = "Error while parsing ";
    if (message.compare(0, opening.size(), opening) == 0) message = message.substr(opening.size());
    fail(file, place(error.source().begin), "TOML syntax, " + message);
  }
  root.at = {1, 1};
  if (root.items.empty()) fail(file, root.at, "the file is empty");
  return root;
}

}  // namespace psoas::io::toml
