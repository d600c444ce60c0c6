#pragma once

/// Long functions that are no templates have their bodies in headers under impl/. The compiled library, psoas::psoas,
/// holds them once and defines PSOAS_COMPILED for those who link it; who includes headers alone gets them inline.
#ifdef PSOAS_COMPILED
#define PSOAS_INLINE
#else
#define PSOAS_INLINE inline
#endif
