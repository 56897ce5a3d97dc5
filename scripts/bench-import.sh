#!/usr/bin/env bash
# Measures 'mdw candles import' beside the sqlite3 shell's '.import' of the same rows into the same table.
#
#   scripts/bench-import.sh [--no-build] [ROWS]     10,000,000 rows unless said otherwise
#
# Both fill a new mdw database on the same disk. The shell is given what it can take: the table's own columns, nothing to
# check or to convert, one transaction. mdw reads the vendor's flat file, judges every row, and commits every 2,500.
set -euo pipefail
cd "$(dirname "$0")/.."
products=(mdw)
if [ "${1:-}" = --no-build ]; then
    products=()
    shift
fi
mdw="$(scripts/build-release.sh "${products[@]}")/mdw"
rows=${1:-10000000}
folder=$(mktemp -d "${TMPDIR:-/tmp}/mdw-bench-import-XXXXXX")
trap 'rm -rf "$folder"' EXIT

# Five-minute candles of ten coins, since 2005; the values are those of a random walk in cents.
"$mdw" bootstrap --database "$folder/mdw.sqlite" --key-file "$folder/key" > /dev/null
python3 - "$rows" "$folder" << 'PYTHON'
import random, sys
rows, folder = int(sys.argv[1]), sys.argv[2]
symbols, random_number = 10, random.Random(7)
with open(f"{folder}/flat.csv", "w", 1 << 20) as flat, open(f"{folder}/shell.csv", "w", 1 << 20) as shell:
    flat.write("ticker,volume,open,close,high,low,window_start,transactions\n")
    for symbol in range(symbols):
        price = 10_000
        for index in range(rows // symbols):
            open_, price = price, max(100, price + random_number.randrange(-50, 51))
            high, low = max(open_, price) + index % 7, min(open_, price) - index % 5
            volume, trades = 1000 + index * 7919 % 9973 + 0.25, 10 + index % 97
            seconds = 1_104_537_600 + index * 300
            o, h, l, c = open_ / 100, high / 100, low / 100, price / 100
            flat.write(f"X:C{symbol:03}USD,{volume},{o},{c},{h},{l},{seconds}000000000,{trades}\n")
            shell.write(f"{symbol + 1001},5m,{seconds}000000,{o},{h},{l},{c},{volume},,{trades},0,csv,1800000000000000\n")
PYTHON
"$mdw" symbols add --database "$folder/mdw.sqlite" --class crypto --timeframes 5m C00{0..9} > /dev/null
"$mdw" bootstrap --database "$folder/shell.sqlite" --key-file "$folder/key2" > /dev/null
sync

# seconds and VmHWM of a command
measure() {
    local start end peak=0 now
    start=$(date +%s%N)
    "$@" > "$folder/output" &
    local process=$!
    while now=$(sed -n 's/VmHWM:\s*\([0-9]*\) kB/\1/p' "/proc/$process/status" 2> /dev/null) && [ -n "$now" ]; do
        peak=$now
        sleep 0.1
    done
    wait "$process"
    end=$(date +%s%N)
    seconds=$(((end - start) / 1000000))
    memory=$((peak / 1024))
}

measure sqlite3 "$folder/shell.sqlite" ".import --csv $folder/shell.csv candles"
shell_rate=$((rows * 1000 / seconds))
echo "sqlite3 .import:     $shell_rate rows/s, $((seconds / 1000)).$((seconds % 1000 / 100)) s, VmHWM $memory MiB"
measure "$mdw" candles import --database "$folder/mdw.sqlite" "$folder/flat.csv" --timeframe 5m
mdw_rate=$((rows * 1000 / seconds))
echo "mdw candles import:  $mdw_rate rows/s, $((seconds / 1000)).$((seconds % 1000 / 100)) s, VmHWM $memory MiB"
cat "$folder/output"
echo "ratio:               $((mdw_rate * 100 / shell_rate)) %   budget: 80 %, 100 MB"
measure "$mdw" candles import --database "$folder/mdw.sqlite" "$folder/flat.csv" --timeframe 5m
echo "a second time:       $((rows * 1000 / seconds)) rows/s, VmHWM $memory MiB"
cat "$folder/output"
for database in mdw shell; do
    echo "$database: $(sqlite3 "$folder/$database.sqlite" "SELECT COUNT(*), SUM(open + high + low + close), SUM(volume), SUM(trades) FROM candles")"
done
