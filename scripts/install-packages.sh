#!/usr/bin/env bash
# Installs the Debian packages that are named and missing; says in one sentence what is in the way.
set -euo pipefail

fail() { echo "mdw: $1" >&2; exit 1; }

command -v swift >/dev/null || fail "there is no Swift toolchain: install Swift 6.2 or newer from https://www.swift.org/install"
version=$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+)\.([0-9]+).*/\1 \2/p' | head -n 1)
read -r major minor <<<"$version"
((major > 6 || (major == 6 && minor >= 2))) || fail "Swift $major.$minor is too old: install Swift 6.2 or newer"
command -v dpkg-query >/dev/null || fail "this system has no dpkg: install ncurses, SQLite and OpenSSL with their headers, then run 'swift build'"

missing=()
for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
done
((${#missing[@]} == 0)) && exit 0

root=()
if ((EUID != 0)); then
    command -v sudo >/dev/null || fail "the packages ${missing[*]} are missing: install them as root"
    root=(sudo)
fi
echo "installing ${missing[*]}" >&2
"${root[@]}" apt-get update -qq || fail "apt can't read its lists: check the network, then run this again"
DEBIAN_FRONTEND=noninteractive "${root[@]}" apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
    fail "apt can't install ${missing[*]}: see its message above"
