#!/usr/bin/env bash
# Builds products optimised, and says in which folder they are: scripts/build-release.sh [PRODUCT ...]
#
# With the Swift runtime in the binary: it runs where no Swift is installed, and starts without looking for its libraries.
set -euo pipefail
cd "$(dirname "$0")/.."
options=(--configuration release --static-swift-stdlib --scratch-path .build-release)
for product in "$@"; do
    swift build "${options[@]}" --explicit-target-dependency-import-check error --product "$product" >&2
done
swift build "${options[@]}" --show-bin-path
