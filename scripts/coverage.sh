#!/usr/bin/env bash
# Prints the line coverage of each module, measured over the test bundle and the mdw processes that tests start.
set -euo pipefail
cd "$(dirname "$0")/.."

scratch=.build-coverage
profiles=$PWD/$scratch/profiles
rm -rf "$profiles"
mkdir -p "$profiles"
swift build --build-tests --enable-code-coverage --scratch-path "$scratch"
# A file for each process: %p is its number.
LLVM_PROFILE_FILE="$profiles/%p.profraw" scripts/test-suites.sh \
    swift test --skip-build --enable-code-coverage --scratch-path "$scratch"

tools=$(dirname "$(realpath "$(command -v swift)")")
binaries=$(swift build --scratch-path "$scratch" --show-bin-path)
find "$scratch" -name '*.profraw' -size +0 >"$profiles/list"
"$tools/llvm-profdata" merge -sparse --failure-mode=warn -f "$profiles/list" -o "$profiles/all.profdata"
"$tools/llvm-cov" export -summary-only -instr-profile "$profiles/all.profdata" \
    "$(ls "$binaries"/*.xctest)" -object "$binaries/mdw" >"$profiles/summary.json"
python3 - "$profiles/summary.json" <<'PYTHON'
import collections, json, sys

modules = collections.defaultdict(lambda: [0, 0])
for file in json.load(open(sys.argv[1]))["data"][0]["files"]:
    path = file["filename"]
    if "/Sources/" not in path or "/.build" in path:
        continue
    parts = path.split("/Sources/", 1)[1].split("/")
    lines = file["summary"]["lines"]
    names = [parts[0]] + (["Keys (all)"] if "Keys" in parts[1:-1] else [])
    for name in names + ["all Sources"]:
        modules[name][0] += lines["covered"]
        modules[name][1] += lines["count"]
print(f"{'module':<14} {'lines':>7} {'covered':>8}")
for name, (covered, count) in sorted(modules.items()):
    print(f"{name:<14} {count:>7} {covered / max(1, count):>8.1%}")
PYTHON
