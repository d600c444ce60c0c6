#!/usr/bin/env bash
# The whole proof, from a bare machine: what is missing is installed, then everything is built and tested twice,
# with address and undefined-behaviour checks and in Release. Last line: '<N> passed, <M> failed'.
set -euo pipefail
cd "$(dirname "$0")/.."

passed=0
failed=0
trap 'echo "$passed passed, $failed failed"' EXIT

# A step that is no test: counts only when it fails.
step() {
  local status=0
  "$@" || status=$?
  if [ $status != 0 ]; then
    echo "test.sh: failed: $*"
    failed=$((failed + 1))
  fi
  return $status
}

# Runs the tests of a preset and adds up what CTest says; it counts a test that could not run among those that passed.
run_tests() {
  local log=build/$1/ctest.log total bad name
  ctest --preset "$1" --parallel "$(nproc)" | tee "$log" || true
  read -r bad total < <(sed -n 's/.*tests passed, \([0-9]*\) tests\{0,1\} failed out of \([0-9]*\).*/\1 \2/p' "$log") ||
    { echo "test.sh: no tests ran in $1"; failed=$((failed + 1)); return; }
  while read -r name; do
    echo "test.sh: skipped: $name"
    total=$((total - 1))
  done < <(sed -n 's/.* - \(.*\) (Skipped)$/\1/p' "$log")
  passed=$((passed + total - bad))
  failed=$((failed + bad))
}

step scripts/setup.sh || exit 1
for preset in asan release; do
  step cmake --preset "$preset" || exit 1
  # All that can be built is, so that one broken file does not hide the others.
  step cmake --build --preset "$preset" --parallel "$(nproc)" -- -k 0 || true
  if [ "$preset" = release ]; then  # in parallel here; the test layout.headers_compile_alone says how it went
    cmake --build --preset release --target headers --parallel "$(nproc)" -- -k 0 >/dev/null || true
  fi
  run_tests "$preset"
done
[ $failed = 0 ]
