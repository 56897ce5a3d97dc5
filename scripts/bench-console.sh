#!/usr/bin/env bash
# Measures the console on a pseudo-terminal beside htop and tig, all in one run.
#
# With --large also each key and each question to the store on 10 million audit rows (needs 3 GB of disk and a few
# minutes), with --ssh also a session over SSH on loopback: that installs openssh-server, which Debian starts as a service
# of the system too. --no-build takes the binary as it is; other options go to Benchmarks/console/bench.py, see its --help.
set -euo pipefail
cd "$(dirname "$0")/.."
products=(mdw mdw-bench)
if [ "${1:-}" = --no-build ]; then
    products=()
    shift
fi
packages=(git htop tig)
for option in "$@"; do
    [ "$option" != --ssh ] || packages+=(openssh-client openssh-server)
done
scripts/install-packages.sh "${packages[@]}"
python3 -c 'import ensurepip, venv' 2>/dev/null || scripts/install-packages.sh python3 python3-venv
binaries=$(scripts/build-release.sh "${products[@]}")
[ -x .venv/console/bin/python ] || python3 -m venv .venv/console
.venv/console/bin/pip install --quiet --disable-pip-version-check -r Benchmarks/console/requirements.txt

export PYTHONDONTWRITEBYTECODE=1
# The programs belong to bench.py, which stops each by its process when it ends, also by a signal.
.venv/console/bin/python Benchmarks/console/bench.py --mdw "$binaries/mdw" --queries "$binaries/mdw-bench" "$@" &
bench=$!
trap 'kill "$bench" 2>/dev/null || true; wait "$bench" 2>/dev/null || true' EXIT
trap 'exit 130' INT TERM
status=0
wait "$bench" || status=$?
exit "$status"
