#!/usr/bin/env bash
# Measures the HTTP API against a bare Hummingbird route and a Python peer, all in one run on loopback.
#
# With --growth also a large database against a small one, and the memory of a long export (needs 8 GB of disk, a few
# minutes more). --no-build takes the binaries as they are; other options go to Benchmarks/http/bench.py, see its --help.
set -euo pipefail
cd "$(dirname "$0")/.."
products=(mdw mdw-bare-server)
if [ "${1:-}" = --no-build ]; then
    products=()
    shift
fi
scripts/install-packages.sh wrk
python3 -c 'import ensurepip, venv' 2>/dev/null || scripts/install-packages.sh python3 python3-venv
binaries=$(scripts/build-release.sh "${products[@]}")
[ -x .venv/bench/bin/python ] || python3 -m venv .venv/bench
.venv/bench/bin/pip install --quiet --disable-pip-version-check -r Benchmarks/http/requirements.txt

export PYTHONDONTWRITEBYTECODE=1
# The servers belong to bench.py, which stops each by its process when it ends, also by a signal.
.venv/bench/bin/python Benchmarks/http/bench.py --mdw "$binaries/mdw" --bare "$binaries/mdw-bare-server" "$@" &
bench=$!
trap 'kill "$bench" 2>/dev/null || true; wait "$bench" 2>/dev/null || true' EXIT
trap 'exit 130' INT TERM
status=0
wait "$bench" || status=$?
exit "$status"
