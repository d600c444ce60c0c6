#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "io/faults.hpp"
#include "io/toml/value.hpp"
#include "psoas/core/types.hpp"
#include "psoas/model/spec.hpp"

/// Reading a description from TOML: ask a Table for its keys one by one, then finish() it.
///
///   Faults faults(file);
///   const Value root = parse(text, file);
///   Table table(root, "", faults);
///   spec.name = table.text("name");                    // required: its absence is a fault
///   spec.rate = table.number("rate_hz", 50.0);         // optional
///   for (const Value* item : table.tables("load")) {   // [[load]]
///     Table load(*item, "load", faults);
///     out.force = load.vec3("force_N");
///     load.finish();
///   }
///   table.finish();                                    // keys that nobody asked for are faults
///   faults.throw_if_any();
///
/// Nothing stops at a fault: what cannot be read comes back as a placeholder (NaN, 0, empty) and the reading goes on.
/// The unit at the end of a key is applied: `number("range_deg")` returns radians (see unit_of_key).
namespace psoas::io::toml {

/// Numbers that TOML can write as `inf` are refused, unless a key says they mean something. NaN always is.
enum class Allow { finite, infinite };

class Table {
 public:
  /// @param value   a table; anything else is a fault, and reads as an empty table
  /// @param kind    what messages call it: `muscle`, followed by its name (or side), if it has one
  Table(const Value& value, std::string_view kind, Faults& faults);

  /// `muscle "psoas_L1_VB_r"`
  const std::string& title() const { return title_; }
  /// Of its header, as file:line:column.
  std::string where() const { return faults_.where(value_.at); }
  Place at() const { return value_.at; }

  /// The value of a key, nullptr where there is none. The key counts as asked for, here and below.
  const Value* find(std::string_view key);
  /// The same, where the absence of the key is a fault.
  const Value* require(std::string_view key);
  /// The key of two that the table has, the first where it has neither. That it has both is a fault.
  std::string_view either(std::string_view usual, std::string_view other);

  double number(std::string_view key, Allow allow = Allow::finite);
  double number(std::string_view key, double otherwise, Allow allow = Allow::finite);
  int integer(std::string_view key, int otherwise);
  int integer(std::string_view key);
  bool boolean(std::string_view key, bool otherwise);
  std::string text(std::string_view key);
  std::string text(std::string_view key, std::string_view otherwise);
  /// One of a few words; another one is a fault with the nearest.
  std::string word(std::string_view key, const std::vector<std::string>& words);
  std::string word(std::string_view key, const std::vector<std::string>& words, std::string_view otherwise);
  std::vector<std::string> texts(std::string_view key);
  /// Numbers, as many as there must be; with size 0 any count. Of the wrong size: a fault and NaN (or nothing).
  std::vector<double> numbers(std::string_view key, std::size_t size = 0, Allow allow = Allow::finite);
  Vec3 vec3(std::string_view key);
  Vec3 vec3(std::string_view key, const Vec3& otherwise);

  /// A number, or `{ value, sd, source, verified }`. The table's own `source` stands in for one that is not written.
  std::optional<Quantity> quantity(std::string_view key);
  Quantity required_quantity(std::string_view key);

  /// The elements of an array, empty where the key is missing.
  std::vector<const Value*> elements(std::string_view key);
  /// The tables of `[[key]]`, or of an array of inline tables; empty where the key is missing.
  std::vector<const Value*> tables(std::string_view key);
  /// The table of `[key]`, nullptr where it is missing. Its entries are in `items`, each with its `key`.
  const Value* table(std::string_view key);

  /// Every key that nobody asked for is a fault: with the unit that belongs to it, or with the nearest keys.
  void finish();

  /// A fault at a place, behind the title.
  void fault(Place at, const std::string& message);

 private:
  std::string unknown(std::string_view key) const;

  const Value& value_;
  Faults& faults_;
  std::string title_;
  std::vector<std::string> known_;
};

/// A value alone, for elements of arrays; `what` opens the message: `muscle "x": points[2]`.
double number_of(const Value& value, const std::string& what, Faults& faults, Allow allow = Allow::finite);
std::string text_of(const Value& value, const std::string& what, Faults& faults);

/// `what: expected a number, got a string`
void expected(const std::string& what, const char* expectation, const Value& got, Faults& faults);

/// A word of a file for messages, cut short and without control characters. Call it as toml::quoted: for a std::string,
/// std::quoted would be found as well.
std::string quoted(std::string_view word);

}  // namespace psoas::io::toml
