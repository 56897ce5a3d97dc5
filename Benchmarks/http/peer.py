"""The service that mdw is compared with: the same request on the same tables, by FastAPI and uvicorn.

It does what mdw promises for one request and no less: the key is looked up by its SHA-256 in a cache that is checked
against SQLite's change counter, the list is read from the database, and the answer leaves after the group commit
(WAL, synchronous=FULL) that holds its chained audit row and its key's counters. Everything that a careful author would
do for speed is done: uvloop, httptools, orjson, one ASGI middleware instead of dependencies, kept connections and
prepared statements, no access log, commits on a thread while the next batch gathers. What mdw does beyond that (the
gate that lets one process write at a time, metrics, limits) is left out, in the peer's favour.

Usage: peer.py --database PATH --port N, on a database that mdw made.
"""

import argparse
import asyncio
import gc
import hashlib
import sqlite3
import sys
import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import orjson
import uvicorn
from fastapi import FastAPI, Response
from formats import GENESIS, INSERT_AUDIT, is_well_formed, row_hash

ADMIN = "/api/v1/admin"
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MISSING = orjson.dumps({"detail": "Missing X-API-Key header"})
DENIED = orjson.dumps({"detail": "Invalid or inactive API key"})
OUT_OF_SCOPE = orjson.dumps({"detail": "This key may only read"})
UNAVAILABLE = orjson.dumps({"detail": "The store is not available"})


def microseconds():
    """Now, as the store keeps it."""
    return time.time_ns() // 1000


def connect(path):
    """A kept connection that commits only when told."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False, cached_statements=64, timeout=10)
    connection.execute("PRAGMA synchronous = FULL")
    return connection


@lru_cache(maxsize=4096)
def timestamp(value):
    """An instant of the store in the form of the API."""
    return None if value is None else (EPOCH + timedelta(microseconds=value)).isoformat()


class Keys:
    """The key cache: it holds for as long as the store's counters say that no key changed."""

    def __init__(self, path):
        # Read only: every commit, of this process too, moves data_version here.
        self.connection = connect(path)
        self.version = self.generation = None
        self.known = {}

    def find(self, key):
        """The usable key's (id, name, scope), or None."""
        version = self.connection.execute("PRAGMA data_version").fetchone()[0]
        if version != self.version:
            generation = self.connection.execute("SELECT value FROM generations WHERE concern = 'keys'").fetchone()[0]
            if generation != self.generation:
                self.known.clear()
                self.generation = generation
            self.version = version
        if not is_well_formed_once(key):
            return None
        digest = hashlib.sha256(key.encode()).hexdigest()
        found = self.known.get(digest) or self.load(digest)
        if found is None or (found[3] is not None and found[3] <= microseconds()):
            return None
        return found

    def load(self, digest):
        """Asks the store for a key, and remembers one that is there."""
        found = self.connection.execute(
            "SELECT id, name, scope, expires_at FROM api_keys WHERE key_hash = ? AND active", (digest,)
        ).fetchone()
        if found is not None:
            self.known[digest] = found
        return found

    def list(self, usable_only, limit):
        """The keys, newest first, as the API shows them."""
        now = microseconds()
        rows = self.connection.execute(
            "SELECT id, name, active, created_at, last_used, request_count, preview, scope, expires_at, compromised,"
            " rotated_to FROM api_keys WHERE ? = 0 OR (active AND (expires_at IS NULL OR expires_at > ?))"
            " ORDER BY id DESC LIMIT ?",
            (usable_only, now, limit),
        )
        return [
            {
                "id": row[0],
                "name": row[1],
                "active": bool(row[2]),
                "created_at": timestamp(row[3]),
                "last_used": timestamp(row[4]),
                "request_count": row[5],
                "key_preview": row[6] + "...",
                "scope": row[7],
                "expires_at": timestamp(row[8]),
                "state": state(row, now),
            }
            for row in rows
        ]


# A benchmark's clients repeat their key, as real ones do: the checksum of a text is computed once.
is_well_formed_once = lru_cache(maxsize=1024)(is_well_formed)


def state(row, now):
    """Whether a key opens anything, in one word."""
    if not row[2]:
        return "compromised" if row[9] else "revoked"
    if row[8] is not None and row[8] <= now:
        return "expired"
    return "active" if row[10] is None else "rotating"


class Audit:
    """Group commit: rows that come while a commit is under way share the next one."""

    def __init__(self, path):
        self.connection = connect(path)
        self.connection.execute("PRAGMA journal_mode = WAL")
        self.connection.execute("PRAGMA busy_timeout = 0")
        self.counts_keys = self.connection.execute(
            "SELECT COUNT(*) FROM sqlite_schema WHERE name = 'audit_key_counts'"
        ).fetchone()[0]
        self.thread = ThreadPoolExecutor(1)
        self.waiting = []
        self.denied = {}
        self.minute = 0
        self.task = None

    def append(self, event):
        """A future that is done when the row is on disk."""
        loop = asyncio.get_running_loop()
        future = loop.create_future()
        self.waiting.append((event, future))
        if self.task is None:
            self.task = loop.create_task(self.run())
        return future

    def deny(self, address):
        """Counts a refused attempt; one row for each address and minute is written with a later commit."""
        self.denied[address] = self.denied.get(address, 0) + 1

    async def run(self):
        """Commits batch after batch until nothing waits."""
        loop = asyncio.get_running_loop()
        while self.waiting:
            batch, self.waiting = self.waiting, []
            error = None
            try:
                try:
                    self.connection.execute("BEGIN IMMEDIATE")
                except sqlite3.OperationalError:
                    # Another process writes: wait for it on the thread, so that the loop goes on.
                    await loop.run_in_executor(self.thread, self.begin_patiently)
                self.write([event for event, _ in batch])
                await loop.run_in_executor(self.thread, self.connection.execute, "COMMIT")
            except sqlite3.Error as failure:
                error = failure
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
            for _, future in batch:
                if not future.done():
                    future.set_exception(error) if error else future.set_result(None)
        self.task = None

    def begin_patiently(self):
        """Begins a transaction as soon as the other writers let go."""
        self.connection.execute("PRAGMA busy_timeout = 10000")
        try:
            self.connection.execute("BEGIN IMMEDIATE")
        finally:
            self.connection.execute("PRAGMA busy_timeout = 0")

    def write(self, events):
        """The rows, their keys' counters, and the counter that tells others: a few microseconds a row, no disk."""
        connection = self.connection
        head = connection.execute("SELECT sequence, hash FROM api_key_audit ORDER BY sequence DESC LIMIT 1").fetchone()
        sequence, previous = head or (0, GENESIS)
        rows = []
        uses = {}
        for event in events + self.take_denied():
            sequence += 1
            fields = (sequence, *event)
            digest = row_hash(previous, fields)
            rows.append((*fields, previous, digest))
            previous = digest
            if event[3] is not None:
                uses[event[3]] = (event[0], event[5], uses.get(event[3], (0, "", 0))[2] + 1)
        connection.executemany(INSERT_AUDIT, rows)
        connection.executemany(
            "UPDATE api_keys SET last_used = ?, last_used_endpoint = ?, request_count = request_count + ? WHERE id = ?",
            [(*use, key) for key, use in uses.items()],
        )
        if self.counts_keys:
            connection.executemany(
                "INSERT INTO audit_key_counts (api_key_id, rows) VALUES (?, ?)"
                " ON CONFLICT (api_key_id) DO UPDATE SET rows = rows + excluded.rows",
                [(key, use[2]) for key, use in uses.items()],
            )
        connection.execute("UPDATE generations SET value = value + 1 WHERE concern = 'audit'")

    def take_denied(self):
        """The refused attempts of the minutes before, one event for each address."""
        minute = int(time.time()) // 60
        if minute == self.minute or not self.denied:
            return []
        self.minute = minute
        denied, self.denied = self.denied, {}
        return [
            (microseconds(), "http", "unknown", None, None, "auth.denied", 401, address, None, f"{count} attempts")
            for address, count in denied.items()
        ]


class Guard:
    """The ASGI middleware: authentication before the route, the audit row before the answer."""

    def __init__(self, app, keys, audit):
        self.app = app
        self.keys = keys
        self.audit = audit

    async def __call__(self, scope, receive, send):
        """Handles one request."""
        if scope["type"] != "http" or not scope["path"].startswith(ADMIN):
            return await self.app(scope, receive, send)
        start = time.perf_counter_ns()
        request_id = uuid.uuid4().hex.encode()
        presented = None
        for name, value in scope["headers"]:
            if name == b"x-api-key":
                presented = value.decode("latin-1")
                break
        address = scope["client"][0] if scope["client"] else None
        try:
            key = None if presented is None else self.keys.find(presented)
        except sqlite3.Error:
            return await answer(send, 503, UNAVAILABLE, request_id)
        if key is None:
            self.audit.deny(address)
            return await answer(send, 401, MISSING if presented is None else DENIED, request_id)
        messages = []
        if key[2] == "admin" or scope["method"] in ("GET", "HEAD"):
            await self.app(scope, receive, collect(messages))
        else:
            await answer(collect(messages), 403, OUT_OF_SCOPE, request_id)
        action = f"{scope['method']} {scope['path']}"
        duration = (time.perf_counter_ns() - start) // 1000
        status = messages[0]["status"]
        event = (microseconds(), "http", key[1], key[0], key[1], action, status, address, duration, None)
        try:
            await self.audit.append(event)
        except sqlite3.Error:
            return await answer(send, 503, UNAVAILABLE, request_id)
        messages[0]["headers"].append((b"x-request-id", request_id))
        for message in messages:
            await send(message)
        return None


def collect(messages):
    """A `send` that keeps what is sent."""

    async def keep(message):
        messages.append(message)

    return keep


async def answer(send, status, body, request_id):
    """Sends a short answer without going through the application."""
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        (b"x-request-id", request_id),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def build(path):
    """The application on the database at `path`."""
    keys = Keys(path)
    audit = Audit(path)
    app = FastAPI(openapi_url=None)

    @app.get(f"{ADMIN}/api-keys")
    async def list_keys(active_only: bool = False, limit: int = 1000):
        return Response(orjson.dumps(keys.list(active_only, limit)), media_type="application/json")

    @app.get("/health")
    async def health():
        return Response(b'{"status":"healthy"}', media_type="application/json")

    app.add_middleware(Guard, keys=keys, audit=audit)
    return app


def main():
    """Serves until a signal."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--database", required=True)
    parser.add_argument("--port", type=int, required=True)
    arguments = parser.parse_args()
    app = build(arguments.database)
    gc.collect()
    gc.freeze()
    # The default of 5 ms would let the loop keep a finished commit waiting.
    sys.setswitchinterval(0.0005)
    uvicorn.run(
        app,
        host="127.0.0.1",
        port=arguments.port,
        loop="uvloop",
        http="httptools",
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_keep_alive=75,
    )


if __name__ == "__main__":
    main()
