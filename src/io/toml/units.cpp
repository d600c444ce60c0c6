#include "io/toml/units.hpp"

#include <array>
#include <utility>

#include "psoas/core/types.hpp"

namespace psoas::io::toml {

KeyUnit unit_of_key(std::string_view key) {
  using Unit = std::pair<std::string_view, double>;
  static constexpr std::array units{
      Unit{"deg", degree}, Unit{"rad", 1.0},   Unit{"m", 1.0},    Unit{"cm", 1e-2},   Unit{"mm", 1e-3},
      Unit{"m2", 1.0},     Unit{"cm2", 1e-4},  Unit{"mm2", 1e-6}, Unit{"kg", 1.0},    Unit{"g", 1e-3},
      Unit{"N", 1.0},      Unit{"Nm", 1.0},    Unit{"N_m2", 1.0}, Unit{"Pa", 1.0},    Unit{"N_cm2", 1e4},
      Unit{"MPa", 1e6},    Unit{"kg_m2", 1.0}, Unit{"m_s2", 1.0}, Unit{"s", 1.0},     Unit{"min", 1.0},
      Unit{"h", 1.0},      Unit{"y", 1.0},     Unit{"hz", 1.0},   Unit{"per_s", 1.0}, Unit{"per_deg2", 1.0},
  };
  KeyUnit best{key, {}, 1.0};
  for (const auto& [unit, factor] : units) {
    if (key.size() < unit.size() + 2 || unit.size() <= best.unit.size()) continue;
    const std::size_t stem = key.size() - unit.size() - 1;
    if (key[stem] == '_' && key.substr(stem + 1) == unit) best = {key.substr(0, stem), unit, factor};
  }
  return best;
}

}  // namespace psoas::io::toml
