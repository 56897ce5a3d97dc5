#!/usr/bin/env bash
# Measures what has a budget, in an optimised build. Compare ratios and medians: machines are noisy.
set -euo pipefail
cd "$(dirname "$0")/.."
swift build -c release --scratch-path .build-release --product mdw
swift build -c release --scratch-path .build-release --product mdw-bench
swift build -c release --scratch-path .build-release --product mdw-bare-server
binaries=$(swift build -c release --scratch-path .build-release --show-bin-path)
"$binaries/mdw-bench" "$binaries/mdw"
