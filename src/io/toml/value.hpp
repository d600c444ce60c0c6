#pragma once

#include <string>
#include <vector>

#include "io/text_file.hpp"

namespace psoas::io::toml {

/// One value of a TOML file with its place. Tables keep the order of the file.
struct Value {
  enum class Kind { table, array, text, integer, number, boolean, date };

  Kind kind = Kind::table;
  bool boolean = false;
  double number = 0.0;       ///< of a number and of an integer
  long long integer = 0;     ///< of an integer
  Place at;                  ///< of the value; of a table the first character of its header
  Place key_at;              ///< of the key, in a table
  std::string key;           ///< in a table; empty in an array
  std::string text;          ///< of a text
  std::vector<Value> items;  ///< of an array; of a table its entries, each with its key
};

/// `a string`, `an array` …: for messages.
constexpr const char* to_string(Value::Kind kind) {
  switch (kind) {
    case Value::Kind::table: return "a table";
    case Value::Kind::array: return "an array";
    case Value::Kind::text: return "a string";
    case Value::Kind::integer: return "an integer";
    case Value::Kind::number: return "a number";
    case Value::Kind::boolean: return "true or false";
    case Value::Kind::date: return "a date";
  }
  return "something";
}

}  // namespace psoas::io::toml
