#!/usr/bin/env bash
# Drives the real console on a demo store through script mode, and keeps what the screen shows under screenshots/.
set -euo pipefail
cd "$(dirname "$0")/.."
swift build --product mdw
mdw=$(swift build --show-bin-path)/mdw
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export HOME=$folder MDW_DATABASE=$folder/mdw.sqlite
unset POLYGON_API_KEY MDW_FEED_URL XDG_DATA_HOME XDG_STATE_HOME XDG_CONFIG_HOME

"$mdw" bootstrap --key-file "$folder/key" >/dev/null
for name in ci-bot dashboard research nightly-export; do "$mdw" keys create "$name" --json >/dev/null; done
"$mdw" keys revoke nightly-export --reason "left the team" >/dev/null
for symbol in AAPL SPY BTC; do
    "$mdw" backfill start "$symbol" --timeframe 1d --from 2024-01-02 --to 2026-06-30 --wait --simulated >/dev/null 2>&1
done

for size in 120x40 80x24; do
    cat >"$folder/script" <<SCRIPT
:wait text AAPL
:save-display screenshots/overview-$size.txt
2
:wait text ci-bot
/ci-bot<Enter>
r
:wait text Type the key's name
ci-bot<Enter>rotated to the vault
:save-display screenshots/revoke-$size.txt
<Esc><Esc>1
<Enter>
:wait text Candles by timeframe
:save-display screenshots/symbol-$size.txt
SCRIPT
    "$mdw" console --no-worker --script "$folder/script" --size "$size"
done
