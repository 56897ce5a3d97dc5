#!/usr/bin/env bash
# Measures what has a budget, in an optimised build. Compare ratios and medians: machines are noisy.
set -euo pipefail
cd "$(dirname "$0")/.."
binaries=$(scripts/build-release.sh mdw mdw-bench mdw-bare-server)
"$binaries/mdw-bench" "$binaries/mdw"
