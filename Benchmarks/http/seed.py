"""Fills a database that `mdw bootstrap` made with as many keys, audit rows and candles as a benchmark wants.

Rows are written straight into the tables, in bulk, while nobody has the database open: about ten million audit rows in
two minutes. What mdw promises of its content holds: the chain verifies, ids go on, counters and statistics agree.

Usage: seed.py --database PATH --keys 10000 --audit-rows 10000000 --candles 20000000 --series 4
"""

import argparse
import hashlib
import json
import sqlite3
import time
from datetime import UTC, datetime

from formats import GENESIS, INSERT_AUDIT, row_hash

FIRST_CANDLE = int(datetime(1975, 1, 1, tzinfo=UTC).timestamp()) * 1_000_000
FIVE_MINUTES = 300 * 1_000_000
ENDPOINTS = (
    "GET /api/v1/admin/api-keys",
    "GET /api/v1/admin/symbols",
    "GET /api/v1/admin/api-keys/1/audit",
    "PUT /api/v1/admin/symbols/AAPL",
)


def raise_generation(database, concern):
    """Tells caches that something changed."""
    database.execute("UPDATE generations SET value = value + 1 WHERE concern = ?", (concern,))


def has_table(database, name):
    """Whether the schema has a table."""
    return database.execute("SELECT COUNT(*) FROM sqlite_schema WHERE name = ?", (name,)).fetchone()[0] == 1


def seed_keys(database, wanted):
    """Adds read keys until there are `wanted`; nobody knows them."""
    present, last = database.execute(
        "SELECT COUNT(*), (SELECT last_id FROM id_sequences WHERE name = 'api_keys') FROM api_keys"
    ).fetchone()
    now = time.time_ns() // 1000
    rows = []
    for key in range(last + 1, last + 1 + max(0, wanted - present)):
        digest = hashlib.sha256(f"seeded key {key}".encode()).hexdigest()
        rows.append((key, digest, f"mdw_{digest[:8]}", f"seeded-{key}", "read", 1, now, "seed", 0, 0))
    database.executemany(
        "INSERT INTO api_keys (id, key_hash, preview, name, scope, active, created_at, created_by, request_count,"
        " compromised) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        rows,
    )
    database.execute("UPDATE id_sequences SET last_id = ? WHERE name = 'api_keys'", (last + len(rows),))
    raise_generation(database, "keys")


def audit_rows(wanted, keys, head, uses):
    """The rows of requests behind `head`: every second one by the first key, the others by all in turn.

    Leaves in `uses` how often each key was used, when last and for what.
    """
    sequence, previous, now = head
    sha256 = hashlib.sha256
    # Everything of a row that does not change from row to row, in its canonical form.
    actors = [(key, name, f"4:http,{len(name)}:{name},{len(str(key))}:{key},{len(name)}:{name},") for key, name in keys]
    actions = [(action, f"{len(action)}:{action},3:200,9:127.0.0.1,") for action in ENDPOINTS]
    counts = [0] * len(keys)
    for number in range(wanted):
        sequence += 1
        now += 1
        index = 0 if number % 2 == 0 else (number // 2) % len(keys)
        key, name, actor_bytes = actors[index]
        action, action_bytes = actions[number & 3]
        duration = 200 + number % 700
        text = (
            f"{previous}{len(str(sequence))}:{sequence},{len(str(now))}:{now},{actor_bytes}{action_bytes}"
            f"3:{duration},-,"
        )
        digest = sha256(text.encode()).hexdigest()
        counts[index] += 1
        yield sequence, now, "http", name, key, name, action, 200, "127.0.0.1", duration, None, previous, digest
        previous = digest
    for (key, _), count in zip(keys, counts, strict=True):
        uses[key] = (now, ENDPOINTS[0], count)


def seed_audit(database, wanted):
    """Appends `wanted` rows of requests to the chain, and moves the figures of their keys."""
    indexes = database.execute(
        "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'api_key_audit' AND sql IS NOT NULL"
    ).fetchall()
    for name, _ in indexes:
        database.execute(f"DROP INDEX {name}")
    head = database.execute("SELECT sequence, hash, time FROM api_key_audit ORDER BY sequence DESC LIMIT 1").fetchone()
    keys = database.execute("SELECT id, name FROM api_keys ORDER BY id").fetchall()
    assert all(name.isascii() for _, name in keys)
    uses = {}
    database.executemany(INSERT_AUDIT, audit_rows(wanted, keys, head or (0, GENESIS, time.time_ns() // 1000), uses))
    last = database.execute("SELECT * FROM api_key_audit ORDER BY sequence DESC LIMIT 1").fetchone()
    assert row_hash(last[-2], last[:-2]) == last[-1], "the chain's form and the seed's differ"
    for _, sql in indexes:
        database.execute(sql)
    used = [(*use, key) for key, use in uses.items() if use[2]]
    database.executemany(
        "UPDATE api_keys SET last_used = ?, last_used_endpoint = ?, request_count = request_count + ? WHERE id = ?",
        used,
    )
    if has_table(database, "audit_key_counts"):
        database.executemany(
            "INSERT INTO audit_key_counts (api_key_id, rows) VALUES (?, ?)"
            " ON CONFLICT (api_key_id) DO UPDATE SET rows = rows + excluded.rows",
            [(key, count) for _, _, count, key in used],
        )
    raise_generation(database, "audit")


def seed_candles(database, wanted, series):
    """Adds 5m candles in equal parts to the first symbols, crypto first; returns what an export of one holds."""
    symbols = database.execute(
        "SELECT id, symbol FROM tracked_symbols ORDER BY asset_class <> 'crypto', id LIMIT ?", (series,)
    ).fetchall()
    count = wanted // len(symbols)
    end = FIRST_CANDLE + count * FIVE_MINUTES
    now = time.time_ns() // 1000
    if end > now:
        raise SystemExit(f"{count} candles of five minutes reach into the future: use more --series")
    for symbol_id, _ in symbols:
        database.execute(
            """
            WITH RECURSIVE numbers (i, open, close) AS (
                SELECT 0, 100.0, 100.13
                UNION ALL
                SELECT i + 1, close, 100.0 + ((i + 2) * 13 % 997) / 100.0 FROM numbers WHERE i + 1 < ?
            )
            INSERT INTO candles (symbol_id, timeframe, time, open, high, low, close, volume, vwap, trades, flags,
                                 source, fetched_at)
            SELECT ?, '5m', ? + i * ?, open, MAX(open, close) + 0.25, MIN(open, close) - 0.25, close,
                   1000.0 + i % 9000, (open + close) / 2, 100 + i % 50, 0, 'simulated', ?
            FROM numbers
            """,
            (count, symbol_id, FIRST_CANDLE, FIVE_MINUTES, now),
        )
        database.execute(
            "INSERT INTO symbol_stats (symbol_id, timeframe, candles, first_time, last_time, rejected, revisions, gaps,"
            " volume_anomalies, source) VALUES (?, '5m', ?, ?, ?, 0, 0, 0, 0, 'simulated')",
            (symbol_id, count, FIRST_CANDLE, end - FIVE_MINUTES),
        )
        database.execute(
            "INSERT INTO coverage (symbol_id, timeframe, start_time, end_time, state) VALUES (?, '5m', ?, ?, 'had')",
            (symbol_id, FIRST_CANDLE, end),
        )
        database.execute(
            "UPDATE tracked_symbols SET timeframes = '5m,' || timeframes, last_backfill = ?,"
            " backfill_status = 'completed' WHERE id = ?",
            (now, symbol_id),
        )
    raise_generation(database, "candles")
    raise_generation(database, "symbols")

    def day(instant):
        return datetime.fromtimestamp(instant / 1e6, UTC).date().isoformat()

    return {
        "symbol": symbols[0][1],
        "timeframe": "5m",
        "start": day(FIRST_CANDLE),
        "end": day(end - FIVE_MINUTES),
        "count": count,
    }


def seed(path, keys, audit, candles, series):
    """Fills the database at `path`; returns what an export of one symbol's candles will hold."""
    database = sqlite3.connect(path, isolation_level=None)
    try:
        # Needs the database alone, and puts what the log holds into the file.
        if database.execute("PRAGMA journal_mode = OFF").fetchone()[0] != "off":
            raise SystemExit(f"{path} is in use: stop what has it open")
        database.execute("PRAGMA synchronous = OFF")
        database.execute("PRAGMA cache_size = -200000")
        database.execute("BEGIN EXCLUSIVE")
        seed_keys(database, keys)
        if audit:
            seed_audit(database, audit)
        export = seed_candles(database, candles, series) if candles else None
        database.execute("COMMIT")
        if database.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
            raise SystemExit(f"{path} can't be switched back to a write-ahead log")
    finally:
        database.close()
    return export


def main():
    """Fills one database and says how."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", required=True)
    parser.add_argument("--keys", type=int, default=10)
    parser.add_argument("--audit-rows", type=int, default=1000)
    parser.add_argument("--candles", type=int, default=20_000)
    parser.add_argument("--series", type=int, default=4, help="how many symbols share the candles")
    arguments = parser.parse_args()
    start = time.monotonic()
    export = seed(arguments.database, arguments.keys, arguments.audit_rows, arguments.candles, arguments.series)
    print(json.dumps({"seconds": round(time.monotonic() - start, 1), "export": export}))


if __name__ == "__main__":
    main()
