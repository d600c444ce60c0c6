#pragma once

#include "psoas/core/types.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

namespace psoas::recruit {

/// Cholesky factorisation of a small symmetric positive definite matrix, in place, in blocks of four.
///
///   H = L Lᵀ
///
/// The lower triangle is stored by columns and padded to a multiple of four with ones on the diagonal.
/// Leading blocks that are zero in a block row stay zero in L and are skipped, so rows that couple with few
/// others belong first.
class Cholesky {
 public:
  /// Sizes the storage for `size` rows; allocates only when it has to grow.
  void resize(int size) {
    size_ = size;
    stride_ = (size + 3) / 4 * 4;
    if (static_cast<int>(data_.size()) < stride_ * stride_) data_.resize(stride_ * stride_);
    if (static_cast<int>(first_.size()) < stride_ / 4) first_.resize(stride_ / 4);
  }

  /// Sets every entry to zero.
  void set_zero() { std::fill_n(data_.begin(), stride_ * stride_, 0.0); }

  /// Entries of column `column`, of which those from the diagonal downwards count.
  double* column(int column) { return data_.data() + column * stride_; }
  const double* column(int column) const { return data_.data() + column * stride_; }

  /// Replaces H by L.
  /// @param least  smallest square of a pivot that is accepted, one for each row
  /// @return false at a pivot below it: H is not positive definite, and the content is spoilt
  bool factorize(const double* least);

  /// Solves H y = b in place.
  /// @param b  right-hand side, then the solution (size)
  void solve(double* b) const;

 private:
  using Quad = Eigen::Matrix<double, 4, 1>;

  void find_first_blocks();
  void subtract_previous(int at, int block);
  bool factorize_diagonal(int block, const double* least);
  void solve_block(int at, int block);

  Quad load(int at_row, int at_column) const { return Eigen::Map<const Quad>(column(at_column) + at_row); }
  void store(int at_row, int at_column, const Quad& q) { Eigen::Map<Quad>(column(at_column) + at_row) = q; }

  int size_ = 0;
  int stride_ = 0;
  std::vector<double> data_;
  std::vector<int> first_;  ///< first block of each block row that is not zero
};

inline void Cholesky::find_first_blocks() {
  const int blocks = stride_ / 4;
  for (int i = 0; i < blocks; ++i) {
    int k = 0;
    const auto is_zero = [&](int block) {
      for (int c = 4 * block; c < 4 * block + 4; ++c)
        if ((load(4 * i, c).array() != 0.0).any()) return false;
      return true;
    };
    while (k < i && is_zero(k)) ++k;
    first_[i] = k;
  }
}

inline void Cholesky::subtract_previous(int at, int block) {
  const int i = 4 * at, j = 4 * block;
  Quad c0 = load(i, j), c1 = load(i, j + 1), c2 = load(i, j + 2), c3 = load(i, j + 3);
  for (int k = 4 * std::max(first_[at], first_[block]); k < j; ++k) {
    const Quad left = load(i, k);
    const double* top = column(k) + j;
    c0 -= left * top[0];
    c1 -= left * top[1];
    c2 -= left * top[2];
    c3 -= left * top[3];
  }
  store(i, j, c0);
  store(i, j + 1, c1);
  store(i, j + 2, c2);
  store(i, j + 3, c3);
}

inline bool Cholesky::factorize_diagonal(int block, const double* least) {
  const int begin = 4 * block, end = begin + 4;
  for (int c = begin; c < end; ++c) {
    double* col = column(c);
    const double floor = c < size_ ? least[c] : 0.0;
    if (!(col[c] > floor)) return false;
    const double root = std::sqrt(col[c]);
    col[c] = root;
    for (int r = c + 1; r < end; ++r) col[r] /= root;
    for (int k = c + 1; k < end; ++k) {
      double* right = column(k);
      for (int r = k; r < end; ++r) right[r] -= col[r] * col[k];
    }
  }
  return true;
}

inline void Cholesky::solve_block(int at, int block) {
  const int i = 4 * at, j = 4 * block;
  const double *l0 = column(j) + j, *l1 = column(j + 1) + j, *l2 = column(j + 2) + j, *l3 = column(j + 3) + j;
  const Quad c0 = load(i, j) * (1.0 / l0[0]);
  const Quad c1 = (load(i, j + 1) - c0 * l0[1]) * (1.0 / l1[1]);
  const Quad c2 = (load(i, j + 2) - c0 * l0[2] - c1 * l1[2]) * (1.0 / l2[2]);
  const Quad c3 = (load(i, j + 3) - c0 * l0[3] - c1 * l1[3] - c2 * l2[3]) * (1.0 / l3[3]);
  store(i, j, c0);
  store(i, j + 1, c1);
  store(i, j + 2, c2);
  store(i, j + 3, c3);
}

inline bool Cholesky::factorize(const double* least) {
  for (int c = size_; c < stride_; ++c) column(c)[c] = 1.0;
  find_first_blocks();
  const int blocks = stride_ / 4;
  for (int j = 0; j < blocks; ++j) {
    subtract_previous(j, j);
    if (!factorize_diagonal(j, least)) return false;
    for (int i = j + 1; i < blocks; ++i) {
      if (first_[i] > j) continue;
      subtract_previous(i, j);
      solve_block(i, j);
    }
  }
  return true;
}

inline void Cholesky::solve(double* b) const {
  for (int c = 0; c < size_; ++c) {
    const double* col = column(c);
    const double y = b[c] /= col[c];
    for (int r = c + 1; r < size_; ++r) b[r] -= col[r] * y;
  }
  for (int c = size_ - 1; c >= 0; --c) {
    const double* col = column(c);
    double even = 0.0, odd = 0.0;
    int r = c + 1;
    for (; r + 1 < size_; r += 2) {
      even += col[r] * b[r];
      odd += col[r + 1] * b[r + 1];
    }
    if (r < size_) even += col[r] * b[r];
    b[c] = (b[c] - (even + odd)) / col[c];
  }
}

}  // namespace psoas::recruit
