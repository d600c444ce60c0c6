#pragma once

#include "psoas/recruit/program.hpp"

#include <nlohmann/json.hpp>

#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace psoas::recruit::test {

inline nlohmann::json load_json(const std::string& name) {
  std::ifstream file(std::string(PSOAS_TEST_DATA) + "/recruitment/" + name + ".json");
  if (!file) throw std::runtime_error("no test data " + name);
  return nlohmann::json::parse(file);
}

inline double bound(const nlohmann::json& value, double none) { return value.is_null() ? none : value.get<double>(); }

/// Program of a compact file; `muscle_power` counts where the file marks muscles.
inline Program program_from(const nlohmann::json& data, int muscle_power = 2) {
  Program program;
  for (const auto& value : data["rhs"]) program.add_row(value);
  for (std::size_t j = 0; j < data["weight"].size(); ++j) {
    int power = 2;
    if (data.contains("power")) power = data["power"][j];
    if (data.contains("muscle") && data["muscle"][j] == 1) power = muscle_power;
    program.add_column(data["weight"][j], power, bound(data["lower"][j], -infinity), bound(data["upper"][j], infinity));
    for (int k = data["column_start"][j]; k < data["column_start"][j + 1]; ++k)
      program.add_entry(data["row"][k], data["value"][k]);
  }
  return program;
}

inline VecX vector_from(const nlohmann::json& data) {
  const auto values = data.get<std::vector<double>>();
  return Eigen::Map<const VecX>(values.data(), static_cast<Eigen::Index>(values.size()));
}

inline const std::vector<std::string>& body_programs() {
  static const std::vector<std::string> names = {"standing", "sitting", "bridge_90", "lunge", "boat_straight_flat"};
  return names;
}

}  // namespace psoas::recruit::test
