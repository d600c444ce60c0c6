#pragma once

/// Plain loops over arrays that become vectors.
///
/// PSOAS_VECTOR_CLONES before a function: the compiler makes one version for each width of vectors, and the machine
/// that runs it picks the widest that it has. All versions give the same bits, as long as products and sums are not
/// fused (-ffp-contract=off). GCC fills the vectors only under -fno-math-errno -fno-trapping-math, which change no
/// result.
///
/// PSOAS_INDEPENDENT_STEPS before a loop: no step reads what another one writes.
///
/// PSOAS_IN_EVERY_CLONE before a function: it becomes a part of each version that calls it.
///
/// Four: four numbers side by side, for loops that carry too much from step to step for the compiler to see them.
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && defined(__gnu_linux__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define PSOAS_VECTOR_CLONES __attribute__((target_clones("default", "avx2", "avx512f")))
#else
#define PSOAS_VECTOR_CLONES
#endif

#if defined(__clang__)
#define PSOAS_INDEPENDENT_STEPS _Pragma("clang loop vectorize(assume_safety)")
#elif defined(__GNUC__)
#define PSOAS_INDEPENDENT_STEPS _Pragma("GCC ivdep")
#else
#define PSOAS_INDEPENDENT_STEPS
#endif

#if defined(__GNUC__)
#define PSOAS_IN_EVERY_CLONE __attribute__((always_inline)) inline
#else
#define PSOAS_IN_EVERY_CLONE inline
#endif

namespace psoas {

using Four = double __attribute__((vector_size(32), may_alias));

/// Four numbers that lie in memory, at a multiple of 32 bytes.
PSOAS_IN_EVERY_CLONE const Four& four_at(const double* x) noexcept { return *reinterpret_cast<const Four*>(x); }

/// The sum of the four.
PSOAS_IN_EVERY_CLONE double sum_of(const Four& x) noexcept { return (x[0] + x[1]) + (x[2] + x[3]); }

}  // namespace psoas
