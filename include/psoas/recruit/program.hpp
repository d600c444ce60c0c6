#pragma once

#include "psoas/core/error.hpp"
#include "psoas/core/types.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

/// Muscle recruitment: the program of one frame and its solution.
namespace psoas::recruit {

/// A separable convex program with linear equations and bounds.
///
///   minimise    f(x) = Σⱼ weightⱼ |xⱼ|^powerⱼ
///   subject to  A x = rhs,   lower ≤ x ≤ upper
///
/// A column is an activation, a support force, a level rotation, a motor or a reserve; a row is an equation
/// of motion. A is held by columns (compressed), the entries of a column in ascending rows. Build it with
/// add_row, add_column and add_entry; afterwards the numbers may be overwritten in place as long as the
/// structure stays. Every weight is positive, but a column without entries may have weight 0: it rests at the
/// value nearest to 0.
struct Program {
  std::vector<double> rhs;     ///< right-hand sides                           [unit of the row]     (n_rows)
  std::vector<double> weight;  ///< cost of |x|^power                          [1/unit of x^power]   (n_columns)
  std::vector<int> power;      ///< exponent, 2 or more                        [-]                   (n_columns)
  std::vector<double> lower;   ///< least value, may be −∞                     [unit of the column]  (n_columns)
  std::vector<double> upper;   ///< greatest value, may be +∞                  [unit of the column]  (n_columns)
  std::vector<int> column_start = {0};  ///< first entry of each column, then the count of all entries  (n_columns + 1)
  std::vector<int> row;       ///< row of each entry, ascending in a column   [-]                   (n_entries)
  std::vector<double> value;  ///< coefficient of each entry                  [row / column unit]   (n_entries)

  int rows() const { return static_cast<int>(rhs.size()); }
  int columns() const { return static_cast<int>(weight.size()); }
  int entries() const { return static_cast<int>(row.size()); }

  /// Makes room, so that building a program up to this size allocates nothing.
  void reserve(int n_rows, int n_columns, int n_entries);

  /// Empties the program and keeps its memory.
  void clear();

  /// Adds an equation.
  /// @param right_hand_side  what A x has to be there
  /// @return its index
  int add_row(double right_hand_side);

  /// Adds an unknown without entries.
  /// @param cost      weight ≥ 0; 0 only for a column that stays without entries
  /// @param exponent  power ≥ 2
  /// @param least     lower bound, −∞ for none
  /// @param greatest  upper bound, +∞ for none; equal to `least` for a value known beforehand
  /// @return its index
  /// @throws Error if the weight is negative or not finite, the power below 2, or the bounds leave no value
  int add_column(double cost, int exponent, double least, double greatest);

  /// Where the next entries of the last column go, to be written in ascending rows without repetition.
  struct Room {
    int* row;
    double* value;
  };

  /// Room for up to `most` entries of the last column, which has none so far. close() follows before anything else.
  Room open(int most);

  /// Keeps the first `count` entries of the room, and gives the rest back.
  void close(int count);

  /// Adds a coefficient to the last column; a second one in the same row is added to the first.
  /// @throws Error if there is no column, no such row, or the weight of the column is 0
  void add_entry(int at_row, double coefficient);
};

/// Value of the cost, Σⱼ weightⱼ |xⱼ|^powerⱼ.
inline double objective(const Program& program, const VecX& x) {
  double sum = 0.0;
  for (int j = 0; j < program.columns(); ++j) {
    const double size = std::abs(x[j]);
    double term = program.weight[j] * size;
    for (int k = 1; k < program.power[j]; ++k) term *= size;
    sum += term;
  }
  return sum;
}

inline void Program::reserve(int n_rows, int n_columns, int n_entries) {
  rhs.reserve(n_rows);
  weight.reserve(n_columns);
  power.reserve(n_columns);
  lower.reserve(n_columns);
  upper.reserve(n_columns);
  column_start.reserve(n_columns + 1);
  row.reserve(n_entries);
  value.reserve(n_entries);
}

inline void Program::clear() {
  rhs.clear();
  weight.clear();
  power.clear();
  lower.clear();
  upper.clear();
  column_start.resize(1);
  row.clear();
  value.clear();
}

inline int Program::add_row(double right_hand_side) {
  rhs.push_back(right_hand_side);
  return rows() - 1;
}

inline int Program::add_column(double cost, int exponent, double least, double greatest) {
  if (!(cost >= 0.0) || !std::isfinite(cost))
    throw Error("recruit column " + std::to_string(columns()) + ": weight must be positive and finite, got " +
                std::to_string(cost));
  if (exponent < 2)
    throw Error("recruit column " + std::to_string(columns()) + ": power must be 2 or more, got " +
                std::to_string(exponent));
  if (!(least <= greatest) || least == infinity || greatest == -infinity)
    throw Error("recruit column " + std::to_string(columns()) + ": no value between the bounds " +
                std::to_string(least) + " and " + std::to_string(greatest));
  weight.push_back(cost);
  power.push_back(exponent);
  lower.push_back(least);
  upper.push_back(greatest);
  column_start.push_back(column_start.back());
  return columns() - 1;
}

inline Program::Room Program::open(int most) {
  const std::size_t first = row.size();
  row.resize(first + static_cast<std::size_t>(most));
  value.resize(first + static_cast<std::size_t>(most));
  return {row.data() + first, value.data() + first};
}

inline void Program::close(int count) {
  column_start.back() += count;
  row.resize(static_cast<std::size_t>(column_start.back()));
  value.resize(static_cast<std::size_t>(column_start.back()));
}

inline void Program::add_entry(int at_row, double coefficient) {
  if (columns() == 0) throw Error("recruit entry: add a column first");
  if (at_row < 0 || at_row >= rows())
    throw Error("recruit entry: row " + std::to_string(at_row) + " of " + std::to_string(rows()));
  if (weight.back() == 0.0)
    throw Error("recruit column " + std::to_string(columns() - 1) + ": weight must be positive, got 0");

  // keep the rows of the column ascending; entries mostly arrive in order
  const int first = column_start[columns() - 1];
  int k = entries();
  while (k > first && row[k - 1] > at_row) --k;
  if (k > first && row[k - 1] == at_row) {
    value[k - 1] += coefficient;
    return;
  }
  row.push_back(at_row);
  value.push_back(coefficient);
  if (k + 1 < entries()) {
    std::rotate(row.begin() + k, row.end() - 1, row.end());
    std::rotate(value.begin() + k, value.end() - 1, value.end());
  }
  ++column_start.back();
}

}  // namespace psoas::recruit
