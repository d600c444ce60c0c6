#!/usr/bin/env bash
# Installs the Debian packages that the build and the tests need; does nothing where they are there.
#   scripts/setup.sh              everything
#   scripts/setup.sh build        one group of scripts/apt-packages.txt: build, python, test
set -euo pipefail
cd "$(dirname "$0")"

fail() { echo "setup: $1" >&2; exit 1; }

groups=${*:-build python test}
for group in $groups; do
  grep -qx "\[$group\]" apt-packages.txt || fail "no group '$group' in scripts/apt-packages.txt (known: build, python, test)"
done
wanted=$(awk -v groups=" $groups " '
  /^\[/ { on = index(groups, " " substr($0, 2, length($0) - 2) " ") }
  /^[a-z0-9]/ && on { print $1 }' apt-packages.txt)

command -v dpkg-query >/dev/null && command -v apt-get >/dev/null ||
  fail "this is no Debian or Ubuntu: install the counterparts of $(echo $wanted)"

missing=()
for package in $wanted; do
  status=$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null || true)
  [ "$status" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null || fail "neither root nor sudo: as root, apt-get install ${missing[*]}"
  as_root=(sudo)
fi
echo "setup: installing ${missing[*]}" >&2
log=$(mktemp)
trap 'rm -f "$log"' EXIT
apt() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 "$@" >"$log" 2>&1 ||
    { tail -n 20 "$log" >&2; fail "apt-get $1 failed"; }
}
apt update
apt install -y --no-install-recommends "${missing[@]}"
