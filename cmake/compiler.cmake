# What our own targets are compiled with; nothing of it reaches those who use the library.

add_library(psoas_compiler INTERFACE)
# No fused products, so that every machine gives the same bits. Nobody reads errno or floating-point traps, and loops
# become vectors without them.
target_compile_options(psoas_compiler INTERFACE -Wall -Wextra -Wpedantic -Wshadow -ffp-contract=off -fno-math-errno
                                                -fno-trapping-math)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(psoas_compiler INTERFACE -fno-semantic-interposition)  # our own calls may be inlined
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  # GCC 12 sees these in its own <string>, in Eigen and in Odeint where there is nothing, once a precompiled header has
  # read them.
  target_compile_options(psoas_compiler INTERFACE -Wno-array-bounds -Wno-restrict -Wno-stringop-overflow
                                                  -Wno-maybe-uninitialized)
endif()
if(PSOAS_WARNINGS_AS_ERRORS)
  target_compile_options(psoas_compiler INTERFACE -Werror)
endif()

if(PROJECT_IS_TOP_LEVEL)
  if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release CACHE STRING "Debug or Release" FORCE)
  endif()
  set(CMAKE_CXX_EXTENSIONS OFF)
  set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

  find_program(PSOAS_CCACHE ccache)
  if(PSOAS_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
    # The tests share a precompiled header; the first two let ccache keep what is compiled with it. The third lets build
    # trees with the same flags share what they compile.
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros
                                    CCACHE_BASEDIR=${CMAKE_BINARY_DIR} ${PSOAS_CCACHE})
  endif()
endif()
