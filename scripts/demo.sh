#!/usr/bin/env bash
# From a bare machine to first answers: installs what is missing, builds the program, runs four scenarios.
# The table goes to the terminal, the result folders to results/.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh build
log=build/demo.log
mkdir -p build
{
  cmake --preset release -DPSOAS_BUILD_TESTS=OFF -DPSOAS_BUILD_EXAMPLES=OFF -DPSOAS_BUILD_PYTHON=OFF &&
    cmake --build --preset release --target psoas_cli --parallel "$(nproc)"
} >"$log" 2>&1 || { cat "$log" >&2; exit 1; }

build/release/bin/psoas run standing sitting bridge lunge -o results
