#!/usr/bin/env bash
# Builds and runs other people's programs with psoas, in each way that it can be had:
#   tests/consumer/run.sh SOURCE_DIR BUILD_DIR VERSION COMPILER
set -euo pipefail
source_dir=$1 build_dir=$2 version=$3 compiler=$4
here=$source_dir/tests/consumer
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

trap 'cat "$work/log"' ERR
configure() {
  cmake -G Ninja -DCMAKE_CXX_COMPILER="$compiler" -DCMAKE_UNITY_BUILD=ON -DCMAKE_UNITY_BUILD_BATCH_SIZE=12 \
    "$@" >"$work/log"
}
build() { cmake --build "$@" >"$work/log"; }

# expect_version WHAT COMMAND...: the program runs and prints the version of this library.
expect_version() {
  local what=$1 printed
  shift
  printed=$("$@")
  if [ "$printed" != "$version" ]; then
    echo "$what: printed '$printed', expected '$version'"
    exit 1
  fi
  echo "$what: $printed"
}

"$compiler" -std=c++20 -I "$source_dir/include" $(pkg-config --cflags eigen3) "$here/plain_include/program.cpp" \
  -o "$work/plain"
"$work/plain"
echo "plain include: ok"

cmake --install "$build_dir" --prefix "$work/shared" >"$work/log"
configure -S "$here/find_package" -B "$work/find_shared" -DCMAKE_PREFIX_PATH="$work/shared"
build "$work/find_shared"
expect_version "find_package, shared" "$work/find_shared/program"

export PKG_CONFIG_PATH
PKG_CONFIG_PATH=$(dirname "$(find "$work/shared" -name psoas.pc)")
"$compiler" -std=c++20 "$here/program.cpp" $(pkg-config --cflags --libs psoas) \
  -Wl,-rpath,"$(pkg-config --variable=libdir psoas)" -o "$work/pkg_config"
expect_version "pkg-config" "$work/pkg_config"

if [ -x "$work/shared/bin/psoas" ]; then
  "$work/shared/bin/psoas" version
fi

# As the release preset compiles it, so that ccache has most of it.
configure -S "$source_dir" -B "$work/static" -DCMAKE_BUILD_TYPE=Release -DBUILD_SHARED_LIBS=OFF \
  -DPSOAS_BUILD_{CLI,TESTS,EXAMPLES,BENCH}=OFF
build "$work/static"
cmake --install "$work/static" --prefix "$work/static_prefix" >"$work/log"
configure -S "$here/find_package" -B "$work/find_static" -DCMAKE_PREFIX_PATH="$work/static_prefix"
build "$work/find_static"
expect_version "find_package, static" "$work/find_static/program"

# The lower floors are enough to show what a subproject sees; built anew, only to be linked.
configure -S "$here/add_subdirectory" -B "$work/subdirectory" -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG=-O0 \
  -DPSOAS_SOURCE_DIR="$source_dir" -DPSOAS_WARNINGS_AS_ERRORS=ON -DPSOAS_LIBRARY_FLOOR=2
build "$work/subdirectory"
expect_version "add_subdirectory" "$work/subdirectory/program"
