#pragma once

#include <algorithm>
#include <cstdio>
#include <set>
#include <string>
#include <vector>

#include "psoas/core/error.hpp"
#include "psoas/core/nearest_name.hpp"
#include "psoas/model/spec.hpp"

namespace psoas::detail {

/// Short text of a number for messages.
inline std::string text_of(double value) {
  char buffer[32];
  std::snprintf(buffer, sizeof buffer, "%.6g", value);
  return buffer;
}

/// Names of a description and the ways in which a reference or a number can be wrong.
class FaultCollector {
 protected:
  explicit FaultCollector(const ModelSpec& spec) : spec_(spec) {}
  ~FaultCollector() = default;

  using Names = std::vector<std::string>;

  void fault(const std::string& where, const std::string& message) { faults_.push_back({where, message}); }

  template <class Items>
  Names names_of(const Items& items, const char* kind) {
    Names names;
    std::set<std::string> seen;
    for (const auto& item : items) {
      if (item.name.empty()) fault(item.where, std::string(kind) + " without a name");
      if (!seen.insert(item.name).second) {
        fault(item.where, std::string("two ") + kind + " are called \"" + item.name + '"');
      }
      names.push_back(item.name);
    }
    return names;
  }

  void collect_names() {
    bodies_ = names_of(spec_.bodies, "bodies");
    joints_ = names_of(spec_.joints, "joints");
    coordinates_ = names_of(spec_.coordinates, "coordinates");
    surfaces_ = names_of(spec_.surfaces, "surfaces");
    names_of(spec_.muscles, "muscles");
    names_of(spec_.levels, "levels");
    names_of(spec_.ligaments, "ligaments");
    names_of(spec_.bushings, "bushings");
    names_of(spec_.patches, "patches");
    for (const auto& [name, source] : spec_.sources) sources_.push_back(name);
  }

  static bool known(const Names& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  }

  void reference(const Names& names, const std::string& name, const std::string& who, const char* kind,
                 const std::string& where) {
    if (!known(names, name)) {
      fault(where, who + ": no " + kind + " \"" + name + '"' + did_you_mean(name, names));
    }
  }

  void source(const std::string& name, const std::string& who, const std::string& where) {
    if (!name.empty()) reference(sources_, name, who, "source", where);
  }

  /// A number that must lie in its domain; NaN never does.
  void require(bool holds, const Quantity& quantity, const std::string& who, const char* rule,
               const std::string& where) {
    if (!holds) {
      fault(quantity.where.empty() ? where : quantity.where,
            who + " must be " + rule + ", got " + text_of(quantity.value));
    }
    source(quantity.source, who, quantity.where.empty() ? where : quantity.where);
  }

  void function(const Function& f, const std::string& who, const std::string& where) {
    for (const std::string& message : psoas::faults_in(f)) fault(where, who + ": " + message);
  }

  const ModelSpec& spec_;
  std::vector<Fault> faults_;
  Names bodies_, joints_, coordinates_, surfaces_, sources_;
};

}  // namespace psoas::detail
