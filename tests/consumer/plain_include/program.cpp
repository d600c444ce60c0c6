// No build system, no library: two include folders are enough for everything up to one frame.
#include <cmath>

#include "psoas/core/nearest_name.hpp"
#include "psoas/muscle/de_groote_fregly_curves.hpp"

int main() {
  const double held = psoas::muscle::force_velocity(0.0).value;
  return psoas::edit_distance("psoas", "psaos") == 1 && std::abs(held - 1.0) < 1e-3 ? 0 : 1;
}
