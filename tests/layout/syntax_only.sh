#!/usr/bin/env bash
# A compiler launcher: reads a file with all its checks and templates, but generates no code; what a header needs to
# stand alone is known by then, in half the time. Precompiled headers are compiled as they are.
set -euo pipefail
output="" previous=""
for word; do
  [ "$previous" = -o ] && output=$word
  [ "$word" = c++-header ] && exec "$@"
  previous=$word
done
"$@" -fsyntax-only
: >"$output"
