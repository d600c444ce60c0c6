#!/usr/bin/env bash
# Every C++ file is as clang-format leaves it:  tests/layout/format.sh [clang-format]
set -euo pipefail
cd "$(dirname "$0")/../.."
folders=()
for folder in include src tests examples python; do
  if [ -d "$folder" ]; then folders+=("$folder"); fi
done
find "${folders[@]}" -name '*.[hc]pp' -print0 | xargs -0 "${1:-clang-format}" --dry-run -Werror --ferror-limit=1
