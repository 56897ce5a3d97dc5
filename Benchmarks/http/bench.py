"""Measures the HTTP API against a bare Hummingbird route, a Python peer, and itself on a larger database.

All servers run side by side on loopback and are measured in turns, round after round, so that what slows the machine
down slows all of them. Figures are medians over the rounds; goals are ratios.

Usage: bench.py --mdw PATH --bare PATH [--growth] [--memory]; scripts/bench-http.sh builds and runs it.
"""

import argparse
import contextlib
import http.client
import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import seed
from formats import make_key
from harness import Warehouse, end_by_exception, free_port, running

HERE = Path(__file__).resolve().parent
LIST = "/api/v1/admin/api-keys"


@dataclass
class Case:
    """One request that is measured: what it is called, where it goes, and the status that every answer must have."""

    name: str
    server: object
    path: str
    headers: str | None = None
    status: int = 200
    results: dict = field(default_factory=dict)

    def check(self):
        """Sends the request once; returns the length of the answer's body."""
        status, body = self.server.get(self.path, read_headers(self.headers))
        if status != self.status:
            raise SystemExit(f"{self.name}: {self.path} answered {status} instead of {self.status}: {body[:200]!r}")
        return len(body)

    def load(self, connections, seconds):
        """Sends the request over and over on kept connections; ends when an answer is not the expected one."""
        done = subprocess.run(
            [
                "wrk",
                "-t1",
                f"-c{connections}",
                f"-d{seconds}s",
                "-s",
                str(HERE / "wrk.lua"),
                self.server.base + self.path,
            ],
            capture_output=True,
            text=True,
            env=os.environ | {"BENCH_HEADERS": self.headers or ""},
            check=False,
        )
        lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
        if done.returncode != 0 or not lines:
            raise SystemExit(f"wrk failed: {done.stderr.strip() or done.stdout.strip()}")
        told = json.loads(lines[-1])
        # wrk counts statuses from 400 on: none of a list, all of a refusal.
        expected = 0 if self.status < 400 else told["requests"]
        if told["status_errors"] != expected or told["socket_errors"] or not told["requests"]:
            raise SystemExit(f"{self.name}: not every answer was {self.status}: {lines[-1]}")
        return told

    def measure(self, connections, seconds):
        """One round."""
        told = self.load(connections, seconds)
        self.results.setdefault(connections, []).append(
            (told["requests"] / told["seconds"], told["p50_us"], told["p99_us"])
        )

    def median(self, connections, column=0):
        """The median of the rounds: requests a second, or the 50th (1) or 99th (2) percentile in microseconds."""
        return statistics.median(result[column] for result in self.results[connections])


def read_headers(file):
    """The headers in a file of `Name: value` lines."""
    if file is None:
        return {}
    return dict(line.split(": ", 1) for line in Path(file).read_text().splitlines() if line)


def headers_file(folder, name, key):
    """A file with the header that carries `key`, for its owner only."""
    path = Path(folder) / f"{name}.headers"
    path.touch(mode=0o600)
    path.write_text(f"X-API-Key: {key}\n")
    return str(path)


def run_rounds(cases, options):
    """Warms every case up, then measures them in turns."""
    for case in cases:
        case.check()
        case.load(max(options.connections), 2)
    for round_number in range(options.rounds):
        # Every second round goes backwards, so that no case always follows the same one.
        for case in cases if round_number % 2 == 0 else reversed(cases):
            for connections in options.connections:
                case.measure(connections, options.seconds)
    for case in cases:
        case.check()


class Report:
    """Prints tables, and keeps in mind whether a goal was missed."""

    def __init__(self):
        self.missed = 0

    def rates(self, cases, options):
        """Requests a second and latencies."""
        print(f"{'case':<34} {'connections':>11} {'requests/s':>11} {'p50 ms':>8} {'p99 ms':>8}   rounds")
        for case in cases:
            for connections in options.connections:
                rounds = " ".join(f"{result[0]:,.0f}" for result in case.results[connections])
                print(
                    f"{case.name:<34} {connections:>11} {case.median(connections):>11,.0f}"
                    f" {case.median(connections, 1) / 1000:>8.2f} {case.median(connections, 2) / 1000:>8.2f}   {rounds}"
                )
        print()

    def head(self):
        """The head of the table of ratios."""
        print(f"{'ratio':<58} {'connections':>11} {'measured':>9} {'goal':>9}")

    def ratio(self, name, connections, value, goal, at_least):
        """One line: a ratio and its goal."""
        met = value >= goal if at_least else value <= goal
        self.missed += not met
        sign = ">=" if at_least else "<="
        print(f"{name:<58} {connections:>11} {value:>9.2f} {f'{sign} {goal}':>9}   {'met' if met else 'MISSED'}")


def measure_speed(options, folder, report):
    """The list of ten keys: bare, mdw, refusals by mdw, the peer."""
    warehouse = Warehouse(options.mdw, folder)
    key = warehouse.bootstrap()
    for number in range(9):
        warehouse.create_key(f"client-{number}", "read")
    peer_database = os.path.join(folder, "peer.sqlite")
    connect = sqlite3.connect
    with contextlib.closing(connect(warehouse.database)) as source, contextlib.closing(connect(peer_database)) as copy:
        source.backup(copy)
    good = headers_file(folder, "good", key)
    unknown = headers_file(folder, "unknown", make_key())
    malformed = headers_file(folder, "malformed", key[:-1] + ("A" if key[-1] != "A" else "B"))

    with contextlib.ExitStack() as servers:
        mdw = servers.enter_context(warehouse.serve())
        listing = Case("mdw: list of keys", mdw, LIST, good)
        listing.check()
        size = listing.check()
        refusals = [
            Case("mdw: 401, unknown key", mdw, LIST, unknown, 401),
            Case("mdw: 401, malformed key", mdw, LIST, malformed, 401),
        ]
        refusal_size = refusals[0].check()

        def bare(length):
            port = free_port()
            command = [options.bare, port, length]
            server = servers.enter_context(running(command, port, folder, "/bare", f"bare-{length}"))
            return Case(f"bare: {length} bytes", server, "/bare")

        bare_listing, bare_refusal = bare(size), bare(refusal_size)
        port = free_port()
        command = [sys.executable, HERE / "peer.py", "--database", peer_database, "--port", port]
        peer = Case(
            "peer: list of keys", servers.enter_context(running(command, port, folder, "/health", "peer")), LIST, good
        )
        cases = [bare_listing, listing, peer, bare_refusal, *refusals]
        run_rounds(cases, options)

    report.rates(cases, options)
    report.head()
    for connections in options.connections:

        def ratio(name, case, base, goal, connections=connections):
            value = case.median(connections) / base.median(connections)
            report.ratio(name, connections, value, goal, at_least=True)

        ratio("list: mdw to bare", listing, bare_listing, 0.6)
        ratio("list: mdw to peer", listing, peer, 8)
        for refusal in refusals:
            ratio(f"{refusal.name.removeprefix('mdw: ')}: mdw to bare", refusal, bare_refusal, 0.8)
    print()
    for database in (warehouse, Warehouse(options.mdw, folder, "peer")):
        verify(database)


def verify(warehouse):
    """The chain must have survived the load."""
    found = warehouse.verify()
    if not found["intact"]:
        raise SystemExit(f"the audit log of {warehouse.name} is broken: {found}")
    print(f"{warehouse.name}: {found['rows']:,} audit rows, the chain is intact")


def make_seeded(options, folder, name, keys, audit, candles, series):
    """A warehouse with content, the headers of its admin key, and what an export of one symbol holds."""
    warehouse = Warehouse(options.mdw, folder, name)
    key = warehouse.bootstrap()
    start = time.monotonic()
    export = seed.seed(warehouse.database, keys, audit, candles, series)
    size = os.path.getsize(warehouse.database) / 1e6
    print(
        f"{name}: {keys:,} keys, {audit:,} audit rows, {candles:,} candles, {size:,.0f} MB"
        f" in {time.monotonic() - start:.0f} s",
        flush=True,
    )
    return warehouse, headers_file(folder, name, key), export


def measure_growth(options, folder, report):
    """The same requests on a small and on a large database."""
    small, small_headers, _ = make_seeded(options, folder, "small", 10, 1000, 20_000, options.series)
    large, large_headers, export = make_seeded(
        options, folder, "large", options.keys, options.audit_rows, options.candles, options.series
    )
    requests = [
        ("list of ten keys", f"{LIST}?limit=10", True),
        ("audit of a key", f"{LIST}/1/audit?limit=100", True),
        ("status", "/api/v1/status", False),
        ("symbols with statistics", "/api/v1/admin/symbols?include_stats=true", True),
    ]
    with small.serve() as small_server, large.serve() as large_server:
        pairs = [
            tuple(
                Case(f"{size}: {name}", server, path, headers if needs_key else None)
                for size, server, headers in (
                    ("small", small_server, small_headers),
                    ("large", large_server, large_headers),
                )
            )
            for name, path, needs_key in requests
        ]
        cases = [case for pair in pairs for case in pair]
        run_rounds(cases, options)
    print()
    report.rates(cases, options)
    report.head()
    for connections in options.connections:
        for (name, _, _), (small_case, large_case) in zip(requests, pairs, strict=True):
            value = small_case.median(connections) / large_case.median(connections)
            report.ratio(f"{name}: time on large to time on small", connections, value, 1.5, at_least=False)
    print()
    return large, large_headers, export


def measure_memory(warehouse, headers, export, report):
    """Exports the candles of one symbol, and tells the most memory that the server had resident."""
    path = (
        f"/api/v1/historical/{export['symbol']}?timeframe={export['timeframe']}"
        f"&start={export['start']}&end={export['end']}"
    )
    with warehouse.serve() as server:
        before = server.memory("VmRSS")
        start = time.monotonic()
        candles, length = count_candles(server, path, read_headers(headers))
        seconds = time.monotonic() - start
        peak = server.memory("VmHWM")
    if candles != export["count"]:
        raise SystemExit(f"the export held {candles:,} candles instead of {export['count']:,}")
    print(f"export: {candles:,} candles, {length / 1e6:,.0f} MB in {seconds:.1f} s, {candles / seconds:,.0f} candles/s")
    print(f"memory: {before:.0f} MB resident before, {peak:.0f} MB at most   goal: < 150 MB", end="   ")
    print("met" if peak < 150 else "MISSED")
    report.missed += peak >= 150


def count_candles(server, path, headers):
    """Reads an answer as it comes, without keeping it: its number of candles and of bytes."""
    mark = b'"fetched_at"'
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=300)
    with contextlib.closing(connection):
        connection.request("GET", path, headers=headers)
        response = connection.getresponse()
        if response.status != 200:
            raise SystemExit(f"{path} answered {response.status}: {response.read(200)!r}")
        count = length = 0
        tail = b""
        while chunk := response.read1(1 << 20):
            length += len(chunk)
            text = tail + chunk
            count += text.count(mark)
            tail = text[-len(mark) + 1 :]
    return count, length


def parse():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mdw", required=True)
    parser.add_argument("--bare", required=True)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=6, help="of each round of each case")
    parser.add_argument("--connections", type=int, nargs="+", default=[16, 64])
    parser.add_argument("--growth", action="store_true", help="also a small database against a large one, and memory")
    parser.add_argument("--memory", action="store_true", help="also the memory that a long export needs")
    parser.add_argument("--only", action="store_true", help="leave out what was not asked for: no comparison of speed")
    parser.add_argument("--keys", type=int, default=10_000, help="keys of the large database")
    parser.add_argument("--audit-rows", type=int, default=10_000_000, help="audit rows of the large database")
    parser.add_argument("--candles", type=int, default=20_000_000, help="candles of the large database")
    parser.add_argument("--series", type=int, default=4, help="symbols that share the candles; one of them is exported")
    parser.add_argument("--folder", help="where the databases are made, 8 GB with --growth; the default is temporary")
    parser.add_argument("--strict", action="store_true", help="end with 1 when a goal is missed")
    return parser.parse_args()


def main():
    """Measures what was asked for."""
    options = parse()
    end_by_exception()
    report = Report()
    with tempfile.TemporaryDirectory(prefix="mdw-bench-", dir=options.folder) as folder:
        if not options.only:
            measure_speed(options, folder, report)
            print()
        if options.growth:
            large = measure_growth(options, folder, report)
            measure_memory(*large, report)
        elif options.memory:
            candles = options.candles // options.series
            measure_memory(*make_seeded(options, folder, "export", 1, 0, candles, 1), report)
    if report.missed:
        print(f"{report.missed} goals were missed")
    return 1 if report.missed and options.strict else 0


if __name__ == "__main__":
    sys.exit(main())
