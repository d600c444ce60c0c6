#pragma once

#include <array>
#include <cstdint>

namespace psoas {

/// Seeded random numbers, bit-equal on every platform: only integer steps, comparisons and exact arithmetic, no libm.
/// Generator xoshiro256++ (Blackman & Vigna 2021, ACM TOMS), seeded by splitmix64 (Steele et al. 2014).
class Random {
 public:
  explicit constexpr Random(std::uint64_t seed) noexcept {
    for (std::uint64_t& word : state_) word = splitmix64(seed);
  }

  /// An independent generator for the k-th sample of a study, whatever thread computes it.
  static constexpr Random for_sample(std::uint64_t seed, std::uint64_t k) noexcept {
    std::uint64_t mixed = seed;
    std::uint64_t number = splitmix64(mixed) ^ k;
    return Random(splitmix64(number));
  }

  /// 64 random bits.
  constexpr std::uint64_t bits() noexcept {
    const std::uint64_t out = rotate(state_[0] + state_[3], 23) + state_[0];
    const std::uint64_t shifted = state_[1] << 17;
    state_[2] ^= state_[0];
    state_[3] ^= state_[1];
    state_[1] ^= state_[2];
    state_[0] ^= state_[3];
    state_[2] ^= shifted;
    state_[3] = rotate(state_[3], 45);
    return out;
  }

  /// Uniform in the open interval (0, 1), on the 2^52 midpoints of its equal parts.
  constexpr double uniform() noexcept { return (static_cast<double>(bits() >> 12) + 0.5) * 0x1.0p-52; }

  /// Uniform between low and high.
  constexpr double uniform(double low, double high) noexcept { return low + (high - low) * uniform(); }

  /// Whole number in [0, count); count > 0. Unbiased (rejects the incomplete last run).
  constexpr std::uint64_t below(std::uint64_t count) noexcept {
    const std::uint64_t rest = (0 - count) % count;
    std::uint64_t draw = bits();
    while (draw < rest) draw = bits();
    return draw % count;
  }

  /// Standard normal, by comparisons alone (Karney 2016, ACM TOMS 42(1):3, algorithm N).
  constexpr double normal() noexcept {
    for (;;) {
      int k = 0;
      while (half_exponential()) ++k;
      bool accepted = true;
      for (int i = 0; accepted && i < k * (k - 1); ++i) accepted = half_exponential();
      if (!accepted) continue;
      const double x = uniform();
      for (int i = 0; accepted && i <= k; ++i) accepted = gaussian_part(k, x);
      if (!accepted) continue;
      const double size = static_cast<double>(k) + x;
      return (bits() >> 63) != 0 ? -size : size;
    }
  }

 private:
  static constexpr std::uint64_t rotate(std::uint64_t x, int by) noexcept { return (x << by) | (x >> (64 - by)); }

  static constexpr std::uint64_t splitmix64(std::uint64_t& state) noexcept {
    state += 0x9e3779b97f4a7c15ull;
    std::uint64_t z = state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ull;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebull;
    return z ^ (z >> 31);
  }

  /// True with probability exp(-1/2): the falling run below one half has even length (von Neumann).
  constexpr bool half_exponential() noexcept {
    double last = 0.5;
    bool even = true;
    for (double next = uniform(); next < last; next = uniform()) {
      last = next;
      even = !even;
    }
    return even;
  }

  /// True with probability exp(-x (2k + x) / (2k + 2)).
  constexpr bool gaussian_part(int k, double x) noexcept {
    const double chance = (2.0 * k + x) / (2.0 * k + 2.0);
    double last = x;
    bool even = true;
    for (;;) {
      const double next = uniform();
      if (!(next < last) || !(uniform() < chance)) return even;
      last = next;
      even = !even;
    }
  }

  std::array<std::uint64_t, 4> state_{};
};

}  // namespace psoas
