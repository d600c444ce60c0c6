#include "io/toml/table.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "io/toml/units.hpp"
#include "psoas/core/nearest_name.hpp"

namespace psoas::io::toml {
namespace {

using Kind = Value::Kind;

bool is_number(const Value& value) { return value.kind == Kind::number || value.kind == Kind::integer; }

std::string count_of(std::size_t n) { return std::to_string(n) + (n == 1 ? " element" : " elements"); }

std::string key_in(const std::string& title, std::string_view key) {
  return title.empty() ? std::string(key) : title + ": " + std::string(key);
}

}  // namespace

std::string quoted(std::string_view word) {
  constexpr std::size_t most = 60;
  std::string out = "\"";
  std::size_t length = std::min(word.size(), most);
  while (length < word.size() && (static_cast<unsigned char>(word[length]) & 0xC0u) == 0x80u) --length;
  for (const char c : word.substr(0, length)) out += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? '?' : c;
  return out + (length < word.size() ? "...\"" : "\"");
}

void expected(const std::string& what, const char* expectation, const Value& got, Faults& faults) {
  faults.add(got.at, what + ": expected " + expectation + ", got " + to_string(got.kind));
}

double number_of(const Value& value, const std::string& what, Faults& faults, Allow allow) {
  if (!is_number(value)) {
    expected(what, "a number", value, faults);
    return not_a_number;
  }
  if (std::isnan(value.number) || (allow == Allow::finite && std::isinf(value.number))) {
    faults.add(value.at, what + ": expected a finite number, got " + (std::isnan(value.number) ? "nan" : "inf"));
    return not_a_number;
  }
  return value.number;
}

std::string text_of(const Value& value, const std::string& what, Faults& faults) {
  if (value.kind == Kind::text) return value.text;
  expected(what, "a string", value, faults);
  return {};
}

Table::Table(const Value& value, std::string_view kind, Faults& faults) : value_(value), faults_(faults), title_(kind) {
  if (value_.kind != Kind::table) {
    expected(title_, "a table", value_, faults_);
    return;
  }
  const bool plain = !kind.empty() && kind.find_first_of(" :") == std::string_view::npos;
  for (const char* key : {"side", "name"}) {
    const auto named = std::find_if(value_.items.begin(), value_.items.end(),
                                    [&](const Value& item) { return item.key == key && item.kind == Kind::text; });
    if (plain && named != value_.items.end()) title_ = std::string(kind) + ' ' + toml::quoted(named->text);
  }
}

void Table::fault(Place at, const std::string& message) { faults_.add(at, key_in(title_, message)); }

const Value* Table::find(std::string_view key) {
  if (std::find(known_.begin(), known_.end(), key) == known_.end()) known_.emplace_back(key);
  if (value_.kind != Kind::table) return nullptr;
  const auto found =
      std::find_if(value_.items.begin(), value_.items.end(), [key](const Value& item) { return item.key == key; });
  return found == value_.items.end() ? nullptr : &*found;
}

const Value* Table::require(std::string_view key) {
  const Value* value = find(key);
  if (value == nullptr && value_.kind == Kind::table) {
    fault(value_.at, "the key " + toml::quoted(key) + " is missing");
  }
  return value;
}

std::string_view Table::either(std::string_view usual, std::string_view other) {
  const Value* first = find(usual);
  const Value* second = usual == other ? nullptr : find(other);
  if (first != nullptr && second != nullptr) {
    fault(second->key_at, std::string(usual) + " and " + std::string(other) + " exclude each other");
  }
  return first == nullptr && second != nullptr ? other : usual;
}

double Table::number(std::string_view key, Allow allow) {
  return require(key) ? number(key, not_a_number, allow) : not_a_number;
}

double Table::number(std::string_view key, double otherwise, Allow allow) {
  const Value* value = find(key);
  if (value == nullptr) return otherwise;
  return number_of(*value, key_in(title_, key), faults_, allow) * unit_of_key(key).to_si;
}

int Table::integer(std::string_view key) { return require(key) ? integer(key, 0) : 0; }

int Table::integer(std::string_view key, int otherwise) {
  const Value* value = find(key);
  if (value == nullptr) return otherwise;
  constexpr int most = 1'000'000'000;
  if (value->kind != Kind::integer) {
    expected(key_in(title_, key), "an integer", *value, faults_);
    return otherwise;
  }
  if (value->integer < -most || value->integer > most) {
    fault(value->at, std::string(key) + ": an integer beyond 1e9");
    return otherwise;
  }
  return static_cast<int>(value->integer);
}

bool Table::boolean(std::string_view key, bool otherwise) {
  const Value* value = find(key);
  if (value == nullptr) return otherwise;
  if (value->kind == Kind::boolean) return value->boolean;
  expected(key_in(title_, key), "true or false", *value, faults_);
  return otherwise;
}

std::string Table::text(std::string_view key) { return require(key) ? text(key, "") : std::string(); }

std::string Table::text(std::string_view key, std::string_view otherwise) {
  const Value* value = find(key);
  return value == nullptr ? std::string(otherwise) : text_of(*value, key_in(title_, key), faults_);
}

std::string Table::word(std::string_view key, const std::vector<std::string>& words) {
  return require(key) ? word(key, words, "") : std::string();
}

std::string Table::word(std::string_view key, const std::vector<std::string>& words, std::string_view otherwise) {
  const Value* value = find(key);
  if (value == nullptr || value->kind != Kind::text) return text(key, otherwise);
  if (std::find(words.begin(), words.end(), value->text) != words.end()) return value->text;
  std::string choices;
  for (const std::string& choice : words) choices += (choices.empty() ? "" : ", ") + choice;
  const std::string near = value->text.size() < 100 ? did_you_mean(value->text, words) : "";
  fault(value->at, std::string(key) + ": expected one of " + choices + ", got " + toml::quoted(value->text) + near);
  return std::string(otherwise);
}

std::vector<const Value*> Table::elements(std::string_view key) {
  const Value* value = find(key);
  if (value == nullptr) return {};
  if (value->kind != Kind::array) {
    expected(key_in(title_, key), "an array", *value, faults_);
    return {};
  }
  std::vector<const Value*> out;
  for (const Value& item : value->items) out.push_back(&item);
  return out;
}

std::vector<std::string> Table::texts(std::string_view key) {
  std::vector<std::string> out;
  for (const Value* item : elements(key)) out.push_back(text_of(*item, key_in(title_, key), faults_));
  return out;
}

std::vector<double> Table::numbers(std::string_view key, std::size_t size, Allow allow) {
  const auto items = elements(key);
  const Value* value = find(key);
  const std::vector<double> placeholder(size, not_a_number);
  if (value == nullptr || value->kind != Kind::array) return placeholder;
  if (size != 0 && items.size() != size) {
    fault(value->at,
          std::string(key) + ": expected " + std::to_string(size) + " numbers, got " + count_of(items.size()));
    return placeholder;
  }
  const double to_si = unit_of_key(key).to_si;
  std::vector<double> out;
  for (std::size_t k = 0; k < items.size(); ++k) {
    const std::string what = key_in(title_, key) + '[' + std::to_string(k) + ']';
    out.push_back(number_of(*items[k], what, faults_, allow) * to_si);
  }
  return out;
}

Vec3 Table::vec3(std::string_view key) {
  require(key);
  const std::vector<double> v = numbers(key, 3);
  return {v[0], v[1], v[2]};
}

Vec3 Table::vec3(std::string_view key, const Vec3& otherwise) { return find(key) ? vec3(key) : otherwise; }

std::optional<Quantity> Table::quantity(std::string_view key) {
  const Value* value = find(key);
  if (value == nullptr) return std::nullopt;
  Quantity out;
  const auto own =
      std::find_if(value_.items.begin(), value_.items.end(), [](const Value& item) { return item.key == "source"; });
  const std::string stand_in = own == value_.items.end() ? "" : own->text;
  if (value->kind == Kind::table) {
    Table parts(*value, key_in(title_, key), faults_);
    const double to_si = unit_of_key(key).to_si;
    out.value = parts.number("value") * to_si;
    out.sd = parts.number("sd", not_a_number) * to_si;
    out.source = parts.text("source", stand_in);
    out.verified = parts.boolean("verified", false);
    parts.finish();
  } else {
    out.value = number(key);
    out.source = stand_in;
  }
  out.where = faults_.where(value->at);
  return out;
}

Quantity Table::required_quantity(std::string_view key) {
  require(key);
  return quantity(key).value_or(Quantity());
}

std::vector<const Value*> Table::tables(std::string_view key) {
  const Value* value = find(key);
  if (value != nullptr && value->kind == Kind::table) {
    fault(value->at, std::string(key) + ": expected an array of tables, [[" + std::string(key) + "]], got one table");
    return {};
  }
  std::vector<const Value*> out;
  for (const Value* item : elements(key)) {
    if (item->kind == Kind::table) {
      out.push_back(item);
    } else {
      expected(key_in(title_, key), "a table", *item, faults_);
    }
  }
  return out;
}

const Value* Table::table(std::string_view key) {
  const Value* value = find(key);
  if (value == nullptr || value->kind == Kind::table) return value;
  expected(key_in(title_, key), "a table", *value, faults_);
  return nullptr;
}

std::string Table::unknown(std::string_view key) const {
  const std::string opening = "unknown key " + toml::quoted(key);
  if (key.size() > 100) return opening;
  const KeyUnit wrong = unit_of_key(key);
  for (const std::string& known : known_) {
    const KeyUnit right = unit_of_key(known);
    if (right.stem != wrong.stem) continue;
    if (right.unit.empty()) return opening + ": " + known + " has no unit, write " + toml::quoted(known);
    return opening + ": " + std::string(right.stem) + " is given in " + std::string(right.unit) + ", write " +
           toml::quoted(known);
  }
  return opening + did_you_mean(key, known_);
}

void Table::finish() {
  if (value_.kind != Kind::table) return;
  for (const Value& item : value_.items) {
    if (std::find(known_.begin(), known_.end(), item.key) != known_.end()) continue;
    if (faults_.full()) {
      faults_.add(item.key_at, "");
    } else {
      fault(item.key_at, unknown(item.key));
    }
  }
}

}  // namespace psoas::io::toml
