"""The stores that the console is measured on: large ones, one with a backfill under way, one that hangs."""

import contextlib
import fcntl
import os
import sqlite3
import subprocess
import time
from datetime import UTC, datetime

from shared import harness, seed

DAY = 86_400 * 1_000_000
FIRST_DAY = int(datetime(2023, 1, 2, tzinfo=UTC).timestamp()) * 1_000_000
# The locks of SQLite's log, in <database>-shm: https://www.sqlite.org/walformat.html, "WAL Locks".
FIRST_LOCK, LOCKS = 120, 8


class Unmeasured(Exception):
    """Something could not be measured, and why."""


def make_store(mdw, folder, name, symbols, keys, audit, candles):
    """A warehouse with so many symbols, keys and audit rows, and a symbol's day candles up to `candles`."""
    warehouse = harness.Warehouse(mdw, folder, name)
    warehouse.bootstrap()
    begin = time.monotonic()
    seed.seed(warehouse.database, keys, audit, 0, 0)
    with contextlib.closing(sqlite3.connect(warehouse.database)) as database, database:
        database.execute("PRAGMA synchronous = OFF")
        seed_symbols(database, symbols, candles)
    size = os.path.getsize(warehouse.database) / 1e6
    told = f"{symbols:,} symbols, {keys:,} keys, {audit:,} audit rows, {size:,.0f} MB"
    print(f"store '{name}': {told} in {time.monotonic() - begin:.0f} s", flush=True)
    return warehouse


def spell(number):
    """A symbol of five letters."""
    letters = ""
    for _ in range(4):
        number, letter = divmod(number, 26)
        letters += chr(65 + letter)
    return "X" + letters


def seed_symbols(database, wanted, most):
    """Adds crypto symbols until there are `wanted`; nine of ten have candles, some are off, some failed.

    Neighbours differ in most columns, as those of a real store do: who writes only what changed has to write them all.
    """
    present, last = database.execute(
        "SELECT COUNT(*), (SELECT last_id FROM id_sequences WHERE name = 'tracked_symbols') FROM tracked_symbols"
    ).fetchone()
    now = time.time_ns() // 1000
    count = max(0, wanted - present)
    numbers = [(last + 1 + index, spell(index * 7919 % 26**4), index) for index in range(count)]
    symbols, candles, statistics, coverage = [], [], [], []
    for symbol, text, index in numbers:
        is_empty, has_failed = index % 10 == 0, index % 25 == 1
        status = "pending" if is_empty else "failed" if has_failed else "completed"
        error = "the vendor did not answer in 30 s" if has_failed else None
        fetched = None if is_empty else now
        symbols.append((symbol, text, "crypto", index % 7 != 0, "1d", now, fetched, status, error))
        if is_empty:
            continue
        days = 1 + index * 61 % most
        for day in range(days):
            opening, closing = 100.0 + (index + day * 13) % 97, 100.0 + (index + day * 13 + 13) % 97
            top, bottom = max(opening, closing) + 1, min(opening, closing) - 1
            price = (symbol, "1d", FIRST_DAY + day * DAY, opening, top, bottom, closing)
            candles.append((*price, 1000.0 + day, 0, "simulated", now))
        end = FIRST_DAY + days * DAY
        statistics.append((symbol, "1d", days, FIRST_DAY, end - DAY, 0, 0, 0, 0, "simulated"))
        coverage.append((symbol, "1d", FIRST_DAY, end, "had"))
    insert(
        database,
        "tracked_symbols",
        "id, symbol, asset_class, active, timeframes, date_added, last_backfill, backfill_status, backfill_error",
        symbols,
    )
    insert(
        database,
        "candles",
        "symbol_id, timeframe, time, open, high, low, close, volume, flags, source, fetched_at",
        candles,
    )
    insert(
        database,
        "symbol_stats",
        "symbol_id, timeframe, candles, first_time, last_time, rejected, revisions, gaps, volume_anomalies, source",
        statistics,
    )
    insert(database, "coverage", "symbol_id, timeframe, start_time, end_time, state", coverage)
    database.execute("UPDATE id_sequences SET last_id = ? WHERE name = 'tracked_symbols'", (last + count,))
    seed.raise_generation(database, "symbols")
    seed.raise_generation(database, "candles")


def insert(database, table, columns, rows):
    """Adds rows to a table."""
    marks = ", ".join("?" * len(columns.split(",")))
    database.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows)


def ask(warehouse, sql):
    """The first column of the first row; None without one."""
    with contextlib.closing(sqlite3.connect(f"file:{warehouse.database}?mode=ro", uri=True)) as database:
        row = database.execute(sql).fetchone()
    return row and row[0]


@contextlib.contextmanager
def backfilling(warehouse, per_second=4):
    """A worker with one job, which it works on at a steady pace until the block ends.

    The limiter looks at the last minute, so that minute is filled with requests at this pace first: else the worker
    would make a minute's requests at once and then wait.
    """
    warehouse.run("backfill", "start", "BTC", "--timeframe", "5m", "--from", "2000-01-01", "--to", "2026-06-30")
    now = time.time_ns() // 1000
    earlier = [(-1 - index, now - index * 1_000_000 // per_second) for index in range(60 * per_second)]
    with contextlib.closing(sqlite3.connect(warehouse.database)) as database, database:
        database.execute("DELETE FROM vendor_requests")
        insert(database, "vendor_requests", "id, time", earlier)
    settings = {"MDW_VENDOR_REQUESTS_PER_MINUTE": str(60 * per_second)}
    worker = subprocess.Popen(
        warehouse.command("worker", "--simulated", "--no-scheduler", "--no-alerts"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=harness.environment(warehouse.folder) | settings,
    )
    try:
        deadline = time.monotonic() + 15
        while not is_backfilling(warehouse):
            if time.monotonic() > deadline or worker.poll() is not None:
                raise Unmeasured("the worker did not start on its job")
            time.sleep(0.1)
        yield
    finally:
        worker.terminate()
        try:
            worker.wait(15)
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()


def is_backfilling(warehouse):
    """Whether a job runs."""
    return ask(warehouse, "SELECT COUNT(*) FROM backfill_jobs WHERE state = 'running'") > 0


@contextlib.contextmanager
def hanging(warehouse):
    """Until the block ends nobody can read or write the store, as if its disk did not answer: every lock is taken."""
    with open(f"{warehouse.database}.lock", "r+b") as gate, open(f"{warehouse.database}-shm", "r+b") as index:
        fcntl.flock(gate, fcntl.LOCK_EX)
        fcntl.lockf(index, fcntl.LOCK_EX, LOCKS, FIRST_LOCK)
        yield
