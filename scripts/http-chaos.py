#!/usr/bin/env -S python3 -B
"""Proves two promises of the HTTP API under load: revocations take effect at once, and every answer is audited.

  http-chaos.py --mdw PATH revocation --rounds 100
      16 connections hammer with a key while `mdw keys revoke` takes it out of use from another process. Of the requests
      that begin after that command returned, none may be let in.
  http-chaos.py --mdw PATH completeness --rounds 20
      The server is killed (SIGKILL) under load, again and again on one database. Each answer that a client received
      must have its audit row, exactly once; the chain must verify; the keys' counters must agree with the rows.

Prints a line a round and a summary; ends with 1 when a promise was broken.
"""

import argparse
import asyncio
import contextlib
import multiprocessing
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "Benchmarks" / "http"))

from harness import Warehouse, end_by_exception, environment

ADMIN = "/api/v1/admin/api-keys"
CONNECTIONS = 16
# Ids of keys that there are none of, so that each request has a path of its own.
FIRST_UNIQUE = 1_000_000_000_000


# The load: a process of its own, so that the main one notices at once that a command has returned.


class Load:
    """Clients in a process of their own, each with a kept connection.

    `paths`: a path for all, or None for a path of its own in each request. Results are tuples of the request's number
    (None with one path for all), the client, begin and end (nanoseconds of CLOCK_MONOTONIC, which all processes share;
    the end is None when no whole answer came) and the status.
    """

    def __init__(self, port, keys, path=None, first=FIRST_UNIQUE):
        context = multiprocessing.get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=run_load, args=(theirs, port, keys, path, first), daemon=True)
        self.process.start()
        theirs.close()

    def wait_until_warm(self, timeout=20):
        """Waits until every client was let in at least once."""
        if not self.pipe.poll(timeout) or self.pipe.recv() != "warm":
            raise SystemExit("the clients were not let in: is the server up?")

    def stop(self):
        """Stops the clients and returns what they saw."""
        # A load whose server is gone has ended by itself.
        with contextlib.suppress(BrokenPipeError):
            self.pipe.send("stop")
        if not self.pipe.poll(30):
            raise SystemExit("the clients do not end")
        results = self.pipe.recv()
        self.process.join(10)
        return results

    def close(self):
        """Ends the process, whatever it does."""
        if self.process.is_alive():
            self.process.kill()
        self.process.join()


def run_load(pipe, port, keys, path, first):
    """The process of the clients."""
    asyncio.run(Clients(pipe, port, keys, path, first).run())


class Clients:
    """All clients of a load, in one event loop."""

    def __init__(self, pipe, port, keys, path, first):
        self.pipe = pipe
        self.port = port
        self.keys = keys
        self.path = path
        self.next = first
        self.results = []
        self.stopping = False
        self.cold = set(range(CONNECTIONS))

    async def run(self):
        """Runs until told to stop, or until the server is gone; then sends the results."""
        asyncio.get_running_loop().add_reader(self.pipe.fileno(), self.stop)
        await asyncio.gather(*(self.client(number) for number in range(CONNECTIONS)))
        asyncio.get_running_loop().remove_reader(self.pipe.fileno())
        self.pipe.send(self.results)

    def stop(self):
        """The other side said stop, or has ended."""
        with contextlib.suppress(EOFError):
            self.pipe.recv()
        self.stopping = True

    async def client(self, number):
        """One connection after the other, one request after the other; at most half a second longer than the server."""
        refused = 0
        while not self.stopping and refused < 10:
            try:
                reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            except OSError:
                refused += 1
                await asyncio.sleep(0.05)
                continue
            refused = 0
            try:
                while not self.stopping and await self.request(number, reader, writer):
                    pass
            finally:
                writer.close()
                with contextlib.suppress(OSError):
                    await writer.wait_closed()

    async def request(self, client, reader, writer):
        """One request; false when the connection is of no more use."""
        number = None
        path = self.path
        if path is None:
            number = self.next
            self.next += 1
            path = f"{ADMIN}/{number}/audit?limit=1"
        text = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nX-API-Key: {self.keys[client % len(self.keys)]}\r\n\r\n"
        begin = time.monotonic_ns()
        try:
            writer.write(text.encode())
            status, keeps = await asyncio.wait_for(read_answer(reader), 20)
        except (OSError, asyncio.IncompleteReadError, TimeoutError):
            self.results.append((number, client, begin, None, None))
            return False
        self.results.append((number, client, begin, time.monotonic_ns(), status))
        if self.cold and status != 401:
            self.cold.discard(client)
            if not self.cold:
                self.pipe.send("warm")
        return keeps


async def read_answer(reader):
    """Reads one whole answer: its status, and whether the connection stays open."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = int(head.split(b" ", 2)[1])
    if b"\r\ntransfer-encoding: chunked\r\n" in head:
        while length := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
            await reader.readexactly(length + 2)
        await reader.readuntil(b"\r\n")
    else:
        length = re.search(rb"\r\ncontent-length: *(\d+)", head)
        await reader.readexactly(int(length.group(1)) if length else 0)
    return status, b"\r\nconnection: close" not in head


# Revocation.


def prove_revocation(mdw, rounds, folder):
    """Revokes and restores a key under load, `rounds` times; returns what went wrong."""
    warehouse = Warehouse(mdw, folder)
    warehouse.bootstrap()
    key_id, key = warehouse.create_key("hammer", "read")
    problems = []
    let_in = begun_after = 0
    latest = []
    with warehouse.serve() as server:
        for number in range(1, rounds + 1):
            load = Load(server.port, [key], path=ADMIN)
            try:
                load.wait_until_warm()
                returned = revoke(warehouse, key_id)
                time.sleep(0.1)
                results = load.stop()
            finally:
                load.close()
            warehouse.run("keys", "restore", key_id)
            accepted = [result for result in results if result[4] is not None and result[4] != 401]
            after = [result for result in results if result[2] > returned]
            wrong = [result for result in after if result[4] != 401]
            strange = {result[4] for result in results} - {200, 401}
            silent = set(range(CONNECTIONS)) - {result[1] for result in after}
            let_in += len(accepted)
            begun_after += len(after)
            # How long before the command returned the last request that was let in had begun.
            latest.append((returned - max(result[2] for result in accepted)) / 1e6)
            if wrong:
                late = max(result[2] for result in wrong) - returned
                statuses = sorted({str(result[4]) for result in wrong})
                problems.append(
                    f"round {number}: {len(wrong)} requests begun up to {late / 1e6:.2f} ms after the revocation"
                    f" were answered {', '.join(statuses)} instead of 401"
                )
            if strange:
                problems.append(f"round {number}: answers with status {sorted(map(str, strange))}")
            if silent:
                problems.append(f"round {number}: {len(silent)} connections sent nothing after the revocation")
            print(
                f"round {number:>3}: {len(results):>5} requests, {len(accepted):>5} let in;"
                f" of {len(after):>4} begun after the revocation {len(wrong)} not refused",
                flush=True,
            )
    problems += check_database(warehouse)
    print(
        f"{rounds} revocations with {CONNECTIONS} connections: {let_in:,} requests let in before,"
        f" {begun_after:,} begun after, the last one let in had begun {min(latest):.2f} ms before the command returned"
    )
    return problems


def revoke(warehouse, key_id):
    """Revokes a key in a process of its own; the instant just after it returned."""
    command = warehouse.command("keys", "revoke", key_id, "--yes")
    done = subprocess.run(command, stdout=subprocess.DEVNULL, env=environment(warehouse.folder), check=False)
    returned = time.monotonic_ns()
    if done.returncode != 0:
        raise SystemExit("mdw keys revoke failed")
    return returned


# Completeness.


def prove_completeness(mdw, rounds, folder, seed):
    """Kills the server under load, `rounds` times; returns what went wrong."""
    warehouse = Warehouse(mdw, folder)
    # Keys of their own for neighbouring connections, so that counters of several keys move in one commit.
    keys = [warehouse.bootstrap(), warehouse.create_key("first", "read")[1], warehouse.create_key("second")[1]]
    chance = random.Random(seed)
    received = {}
    sent = set()
    problems = []
    first = FIRST_UNIQUE
    for number in range(1, rounds + 1):
        with warehouse.serve() as server:
            load = Load(server.port, keys, first=first)
            try:
                load.wait_until_warm()
                time.sleep(chance.uniform(0.1, 0.6))
                server.kill()
                results = load.stop()
            finally:
                load.close()
        answered = {result[0]: result[4] for result in results if result[4] is not None}
        received |= answered
        sent |= {result[0] for result in results}
        first = max(sent) + 1
        found, rows = compare(warehouse, received, sent)
        found += check_database(warehouse)
        problems += [f"round {number}: {problem}" for problem in found]
        unanswered = len(results) - len(answered)
        print(
            f"round {number:>3}: {len(answered):>5} answers, {unanswered:>2} requests without one;"
            f" in all {len(received):,} answers, {rows:,} rows: {'; '.join(found) or 'complete'}",
            flush=True,
        )
    print(
        f"{rounds} kills with {CONNECTIONS} connections: {len(received):,} answers, {rows:,} rows;"
        f" {len(sent) - len(received):,} requests were cut off before their answer, some behind their row"
    )
    return problems


def compare(warehouse, received, sent):
    """Holds what clients received against the audit rows; returns what does not fit, and how many rows there are."""
    rows = {}
    twice = 0
    pattern = re.compile(rf"^GET {ADMIN}/(\d+)/audit")
    with closed_copy(warehouse) as database:
        for action, status in database.execute("SELECT action, status FROM api_key_audit WHERE source = 'http'"):
            match = pattern.match(action)
            if match and int(match.group(1)) >= FIRST_UNIQUE:
                twice += int(match.group(1)) in rows
                rows[int(match.group(1))] = status
    missing = received.keys() - rows.keys()
    other = sum(rows[number] != status for number, status in received.items() if number in rows)
    odd = {status for status in received.values() if status not in (200, 404)}
    found = []
    if missing:
        found.append(f"{len(missing)} answers without a row, the first for id {min(missing)}")
    if twice:
        found.append(f"{twice} rows too many for one request")
    if other:
        found.append(f"{other} rows with another status than the answer")
    if rows.keys() - sent:
        found.append(f"{len(rows.keys() - sent)} rows of requests that nobody sent")
    if odd:
        found.append(f"answers with status {sorted(odd)}")
    return found, len(rows)


# What must hold after either.


@contextlib.contextmanager
def closed_copy(warehouse):
    """A connection to a copy of a database and its log that no process writes: the original stays as it was left."""
    with tempfile.TemporaryDirectory(dir=warehouse.folder) as folder:
        copy = Path(folder) / "copy.sqlite"
        shutil.copyfile(warehouse.database, copy)
        log = Path(warehouse.database + "-wal")
        if log.exists():
            shutil.copyfile(log, f"{copy}-wal")
        with contextlib.closing(sqlite3.connect(copy)) as database:
            yield database


def check_database(warehouse):
    """The chain verifies, and the counters of the keys are those of the rows."""
    found = []
    verdict = warehouse.verify()
    if not verdict["intact"]:
        found.append(f"the audit chain is broken: {verdict}")
    with closed_copy(warehouse) as database:
        rows = "SELECT COUNT(*) FROM api_key_audit WHERE source = 'http' AND status IS NOT NULL AND api_key_id = id"
        for key, count, counted in database.execute(f"SELECT id, request_count, ({rows}) FROM api_keys ORDER BY id"):
            if count != counted:
                found.append(f"key {key} has request_count {count:,} and {counted:,} rows")
        if database.execute("SELECT COUNT(*) FROM sqlite_schema WHERE name = 'audit_key_counts'").fetchone()[0]:
            counts = f"SELECT api_key_id, rows, ({rows.replace('= id', '= k.api_key_id')}) FROM audit_key_counts k"
            for key, count, counted in database.execute(counts):
                if count != counted:
                    found.append(f"key {key} has {count:,} in audit_key_counts and {counted:,} rows")
    return found


def main():
    """Runs one of the proofs."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mdw", required=True, help="the mdw binary")
    proofs = parser.add_subparsers(dest="proof", required=True)
    revocation = proofs.add_parser("revocation", help="none is let in that begins after its key's revocation")
    revocation.add_argument("--rounds", type=int, default=100)
    completeness = proofs.add_parser("completeness", help="each answer has its audit row, whatever is killed")
    completeness.add_argument("--rounds", type=int, default=20)
    completeness.add_argument("--seed", type=int, default=None, help="of the moments of the kills")
    options = parser.parse_args()
    end_by_exception()
    with tempfile.TemporaryDirectory(prefix="mdw-chaos-") as folder:
        if options.proof == "revocation":
            problems = prove_revocation(options.mdw, options.rounds, folder)
        else:
            problems = prove_completeness(options.mdw, options.rounds, folder, options.seed)
    for problem in problems:
        print(problem, file=sys.stderr)
    print("passed" if not problems else f"FAILED: {len(problems)} problems")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
