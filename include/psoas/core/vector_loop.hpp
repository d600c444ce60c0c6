#pragma once

/// Plain loops over arrays that become vectors.
///
/// PSOAS_VECTOR_CLONES before a function: the compiler makes one version for each width of vectors, and the machine
/// that runs it picks the widest that it has. All versions give the same bits, as long as products and sums are not
/// fused (-ffp-contract=off). GCC fills the vectors only under -fno-math-errno -fno-trapping-math, which change no
/// result.
///
/// PSOAS_INDEPENDENT_STEPS before a loop: no step reads what another one writes.
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
