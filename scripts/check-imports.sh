#!/usr/bin/env bash
# Checks that each third-party library is known to one module only, and that modules import only what lies below them.
set -euo pipefail
cd "$(dirname "$0")/.."

status=0
# only LIBRARY FOLDER...: no file outside of the folders imports the library.
only() {
    local library=$1 found
    shift
    local excluded=()
    for folder in "$@"; do excluded+=(-not -path "$folder/*"); done
    found=$(find Sources -name '*.swift' "${excluded[@]}" -exec grep -lE "^(package |internal |private |public )?import $library\b" {} + || true)
    if [ -n "$found" ]; then
        echo "$library may be imported in $* only, but is in:" >&2
        echo "$found" >&2
        status=1
    fi
}

only GRDB Sources/Store/SQLite
only GRDBSQLite Sources/Store/SQLite
only CSQLiteShim Sources/Store/SQLite
only CNcurses Sources/Terminal
only AsyncHTTPClient Sources/Feeds Sources/Notifications
only COpenSSL Sources/Warehouse/Keys
only ArgumentParser Sources/Commands
only Configuration Sources/Commands
only Hummingbird Sources/AdminAPI
only HummingbirdCore Sources/AdminAPI
only NIOSSL Sources/AdminAPI
only CZlib Sources/Gzip

# never MODULE OTHER...: the module does not import the others.
never() {
    local module=$1 found
    shift
    for other in "$@"; do
        found=$(grep -rlE "^(package |internal |private |public )?import $other\b" "Sources/$module" || true)
        if [ -n "$found" ]; then
            echo "$module may not import $other, but does in:" >&2
            echo "$found" >&2
            status=1
        fi
    done
}

never Gzip Records Warehouse Store Terminal Console AdminAPI Backfill Feeds LegacyDump Notifications Commands
never Warehouse Records Gzip Store Terminal Console AdminAPI Backfill Feeds LegacyDump Notifications Commands
never Terminal Records Gzip Warehouse Store Console AdminAPI Backfill Feeds LegacyDump Notifications Commands
never LegacyDump Records Gzip Store Terminal Console AdminAPI Backfill Feeds Notifications Commands
never Store Records Gzip Terminal Console AdminAPI Backfill Feeds LegacyDump Notifications Commands
never Notifications Records Gzip Store Terminal Console AdminAPI Backfill Feeds LegacyDump Commands
never Feeds Records Store Terminal Console AdminAPI Backfill LegacyDump Notifications Commands
never Backfill Records Gzip Terminal Console AdminAPI Feeds LegacyDump Notifications Commands
never Records Gzip Terminal Console AdminAPI Backfill Feeds LegacyDump Notifications Commands
never Console Gzip AdminAPI Backfill Feeds LegacyDump Notifications Commands
never AdminAPI Records Terminal Console Backfill Feeds LegacyDump Notifications Commands
exit $status
