#!/usr/bin/env bash
# Holds the running server against its own OpenAPI description: schemathesis sends it what the description allows and
# what it forbids, and judges every answer. Ends with 1 when an answer is a server error or outside of the description.
#
# scripts/api-check.sh [--mdw PATH] [options of `schemathesis run`]: PATH is a built mdw, the default is the debug build.
# API_CHECK_EXAMPLES is the number of random requests for each operation; the seed is fixed.
set -euo pipefail
cd "$(dirname "$0")/.."
root=$PWD
if [ "${1:-}" = --mdw ]; then
    mdw=$(realpath "$2")
    shift 2
else
    scripts/install-packages.sh libncurses-dev libsqlite3-dev libssl-dev zlib1g-dev
    swift build --product mdw
    mdw=$(swift build --show-bin-path)/mdw
fi
python3 -c 'import ensurepip, venv' 2>/dev/null || scripts/install-packages.sh python3 python3-venv
scripts/install-packages.sh curl
venv=$root/.venv/api-check
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check -r Benchmarks/http/requirements-api-check.txt

folder=$(mktemp -d)
server=
check=
finish() {
    for process in $check $server; do
        kill "$process" 2>/dev/null || true
        wait "$process" 2>/dev/null || true
    done
    rm -rf "$folder"
}
trap finish EXIT
trap 'exit 130' INT TERM
export HOME=$folder MDW_DATABASE=$folder/mdw.sqlite
unset POLYGON_API_KEY MDW_FEED_URL XDG_DATA_HOME XDG_STATE_HOME XDG_CONFIG_HOME API_HOST API_PORT LOG_LEVEL

"$mdw" bootstrap --database "$MDW_DATABASE" --key-file "$folder/key" >/dev/null
"$mdw" keys create reader --scope read --key-file "$folder/reader" --database "$MDW_DATABASE" >/dev/null
for job in "AAPL 1d 2024-03-28" "BTC 1h 2024-01-08"; do
    read -r symbol timeframe end <<<"$job"
    "$mdw" backfill start "$symbol" --timeframe "$timeframe" --from 2024-01-02 --to "$end" --wait --simulated \
        --database "$MDW_DATABASE" >/dev/null 2>&1
done

port=$(python3 -c 'import socket; probe = socket.socket(); probe.bind(("127.0.0.1", 0)); print(probe.getsockname()[1])')
"$mdw" serve --database "$MDW_DATABASE" --host 127.0.0.1 --port "$port" --no-worker --no-scheduler >"$folder/log" 2>&1 &
server=$!
fail() {
    echo "mdw: $1; the end of the server's log:" >&2
    tail -n 20 "$folder/log" >&2
    exit 1
}
base=http://127.0.0.1:$port
for _ in {1..300}; do
    curl --silent --fail --output /dev/null "$base/health" && break
    kill -0 "$server" 2>/dev/null || fail "the server has ended"
    sleep 0.1
done
curl --silent --fail --output /dev/null "$base/openapi.json" || fail "the server has no description of its API"

# The key comes from the environment, so that it stands neither in the process list nor in a message.
API_CHECK_KEY=$(<"$folder/key")
export API_CHECK_KEY API_CHECK_KEY_ID=1 SCHEMATHESIS_HOOKS=api_check_hooks PYTHONPATH=$root/Benchmarks/http
export PYTHONDONTWRITEBYTECODE=1
cat >"$folder/schemathesis.toml" <<'TOML'
headers = { X-API-Key = "${API_CHECK_KEY}" }
request-timeout = 10.0

# The stream of the audit never ends.
[[operations]]
include-path = "/api/v1/admin/audit/stream"
enabled = false
TOML
checks=(
    not_a_server_error status_code_conformance content_type_conformance response_schema_conformance
    response_headers_conformance negative_data_rejection unsupported_method allow_header_conformance ignored_auth
)
cd "$folder"
# Keys that the run made stand in answers that it shows: they are hidden.
mkfifo "$folder/output"
sed --unbuffered -E 's/mdw_[0-9A-Za-z]{49}/mdw_(hidden)/g' <"$folder/output" &
filter=$!
# In the background, because a shell that waits for its foreground hears no signal.
timeout 600 "$venv/bin/schemathesis" --config-file "$folder/schemathesis.toml" run "$base/openapi.json" \
    --checks "$(IFS=, && echo "${checks[*]}")" --max-examples "${API_CHECK_EXAMPLES:-30}" --seed 20240102 \
    --generation-database none --continue-on-failure --no-color "$@" >"$folder/output" 2>&1 &
check=$!
status=0
wait "$check" || status=$?
wait "$filter"
check=

kill -0 "$server" 2>/dev/null || fail "the server did not survive the check"
printf 'X-API-Key: %s\n' "$API_CHECK_KEY" >"$folder/header"
curl --silent --fail --output /dev/null --header @"$folder/header" "$base/api/v1/admin/api-keys" ||
    fail "the key of the check is no longer let in: what came after that was not checked"
"$mdw" audit verify --database "$MDW_DATABASE"
if ((status != 0)); then
    echo "mdw: answers do not fit the description of the API (schemathesis ended with $status)" >&2
    exit 1
fi
