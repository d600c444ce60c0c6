#pragma once

#include <algorithm>
#include <cmath>

namespace psoas {

/// Solves the small dense system A x = b in place by elimination with row exchanges.
///
/// @param a  A by rows, spoilt (size²)
/// @param b  right-hand side, then x (size)
/// @return   false where A is singular or not finite; b is spoilt then
/// @cost     size³/3 products; for the few equations of a contact, where a blocked solver takes longer to set up
/// @allocates nothing
inline bool solve_linear(double* a, double* b, int size) noexcept {
  for (int c = 0; c < size; ++c) {
    int pivot = c;
    for (int r = c + 1; r < size; ++r)
      if (std::fabs(a[r * size + c]) > std::fabs(a[pivot * size + c])) pivot = r;
    const double largest = std::fabs(a[pivot * size + c]);
    if (!(largest > 0.0) || !std::isfinite(largest)) return false;
    if (pivot != c) {
      std::swap_ranges(a + c * size, a + (c + 1) * size, a + pivot * size);
      std::swap(b[c], b[pivot]);
    }
    for (int r = c + 1; r < size; ++r) {
      const double factor = a[r * size + c] / a[c * size + c];
      if (factor == 0.0) continue;
      for (int k = c + 1; k < size; ++k) a[r * size + k] -= factor * a[c * size + k];
      b[r] -= factor * b[c];
    }
  }
  bool finite = true;
  for (int r = size - 1; r >= 0; --r) {
    for (int k = r + 1; k < size; ++k) b[r] -= a[r * size + k] * b[k];
    b[r] /= a[r * size + r];
    finite = finite && std::isfinite(b[r]);
  }
  return finite;
}

}  // namespace psoas
