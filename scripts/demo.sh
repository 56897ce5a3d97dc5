#!/usr/bin/env bash
# Opens the console on a store in which something happens: an HTTP server on loopback with simulated candles, programs
# that use it with good and bad keys, and backfills. All of it lives in a temporary folder and ends with the console.
#
# MDW names a built mdw; without it the debug build is brought up to date and taken.
set -euo pipefail
cd "$(dirname "$0")/.."
scripts/install-packages.sh curl sqlite3
if [ -z "${MDW:-}" ]; then
    scripts/install-packages.sh libncurses-dev libsqlite3-dev libssl-dev zlib1g-dev
    swift build --product mdw
    MDW=$(swift build --show-bin-path)/mdw
fi
mdw=$(realpath "$MDW")

folder=$(mktemp -d "${TMPDIR:-/tmp}/mdw-demo-XXXXXX")
started=()
finish() {
    for process in "${started[@]}"; do kill "$process" 2>/dev/null || true; done
    for process in "${started[@]}"; do wait "$process" 2>/dev/null || true; done
    rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' HUP INT TERM
# Nothing of the user's own mdw: neither settings nor state.
unset "${!MDW_@}" "${!API_@}" "${!XDG_@}" POLYGON_API_KEY DATABASE_URL LOG_LEVEL
export HOME=$folder MDW_DATABASE=$folder/demo.sqlite

"$mdw" bootstrap --key-file "$folder/admin" >/dev/null
"$mdw" symbols add SOL DOGE LTC --class crypto --timeframes 5m,1h,1d >/dev/null
for key in ci-bot:admin dashboard:read research:read old-export:read; do
    "$mdw" keys create "${key%:*}" --scope "${key#*:}" --key-file "$folder/${key%:*}" >/dev/null
done
"$mdw" keys create trial --scope read --expires 30d --key-file "$folder/trial" >/dev/null
"$mdw" keys revoke old-export --reason "replaced by dashboard" >/dev/null
# Well-formed, but nobody's: the key of a store that is thrown away.
"$mdw" bootstrap --database "$folder/elsewhere.sqlite" --key-file "$folder/unknown" >/dev/null
rm "$folder"/elsewhere.sqlite*

# The simulated vendor answers at once; at two requests a second one can watch. The limiter looks at the last minute, so
# that minute is filled first: else a minute's requests would be made in one second.
export MDW_VENDOR_REQUESTS_PER_MINUTE=120
sqlite3 "$MDW_DATABASE" "
    WITH RECURSIVE past (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM past WHERE i < 120)
    INSERT INTO vendor_requests (id, time) SELECT -i, unixepoch() * 1000000 - i * 500000 FROM past"
: >"$folder/log"
"$mdw" serve --simulated --host 127.0.0.1 --port 0 >"$folder/log" 2>&1 &
started+=($!)
base=
for _ in {1..100}; do
    base=$(sed -nE 's/^mdw serves (http:[^,]*),.*/\1/p' "$folder/log")
    [ -z "$base" ] || break
    kill -0 "${started[0]}" 2>/dev/null || { cat "$folder/log" >&2; exit 1; }
    sleep 0.1
done
[ -n "$base" ] || { echo "mdw: the server does not say where it listens" >&2; exit 1; }

# Sends one request with a key of the folder; the key comes from a file, so that no list of processes shows it.
request() {
    printf 'header = "X-API-Key: %s"\n' "$(<"$folder/$1")" |
        curl --silent --max-time 5 --output /dev/null --config - "$base$2" || true
}

# Three requests a second; every sixth or so is refused.
traffic() {
    local uses=(
        "dashboard /api/v1/historical/AAPL?timeframe=1d&start=2024-01-02&end=2024-03-28"
        "dashboard /api/v1/admin/symbols" "dashboard /api/v1/status" "ci-bot /api/v1/admin/api-keys?limit=10"
        "research /api/v1/historical/BTC?timeframe=1d&start=2024-01-02&end=2024-02-28" "research /api/v1/admin/symbols"
        "trial /api/v1/admin/symbols?include_stats=true" "admin /api/v1/admin/api-keys" "admin /api/v1/admin/symbols"
        "ci-bot /api/v1/admin/symbols" "ci-bot /api/v1/admin/symbols/NONE"
        "old-export /api/v1/admin/symbols" "unknown /api/v1/admin/api-keys"
    )
    while true; do
        local use=${uses[RANDOM % ${#uses[@]}]}
        request "${use%% *}" "${use#* }"
        sleep 0.3
    done
}

# A job every few seconds: longer ones of five minutes, short ones of days.
backfills() {
    local symbol timeframe
    for timeframe in 5m 1d 1h; do
        for symbol in BTC AAPL ETH SPY SOL NVDA MSFT DOGE TSLA QQQ LTC AMD; do
            "$mdw" backfill start "$symbol" --timeframe "$timeframe" --from 2023-01-02 --to 2024-12-31 \
                >/dev/null 2>&1 || true
            sleep 5
        done
    done
}

traffic &
started+=($!)
backfills &
started+=($!)
"$mdw" console --no-worker
