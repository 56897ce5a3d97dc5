"""Measures the console on a pseudo-terminal, beside htop and tig: what it writes, how fast it answers, what it costs.

The three are measured in turns by the same code, round after round, on a terminal of 120x40, so that what slows the
machine down slows all of them. Figures are medians over the rounds unless their name says otherwise; less is better in
each. Speed is shown, never asserted: the exit code is 1 only when something could not be measured.

Usage: bench.py --mdw PATH [--large] [--ssh] [--json FILE]; scripts/bench-console.sh builds and runs it.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile

import large
import measure
import remote
import report
import subjects
from shared import harness
from stores import Unmeasured, make_store

LONG_LIST = 10_000


class Trouble:
    """Carries the parts out, and keeps in mind what could not be measured."""

    def __init__(self):
        self.sentences = []

    def attempt(self, what, *arguments):
        """Measures something; what it returns, None when that did not work."""
        try:
            return what(*arguments)
        except Unmeasured as error:
            self.sentences.append(str(error))
            print(f"not measured: {error}", file=sys.stderr, flush=True)
            return None


def compare(options, folder, trouble):
    """The console beside its peers, and what only the console has."""
    store = make_store(options.mdw, folder, "mdw", options.symbols, options.keys, options.audit_rows, 900)
    console = subjects.console(store)
    programs = [console, subjects.htop(folder), subjects.tig(folder)]
    samples = {program.name: measure.Samples() for program in programs}
    with subjects.crowd():
        for number in range(options.rounds):
            # Every second round goes backwards, so that no program always follows the same one.
            for program in programs if number % 2 == 0 else reversed(programs):
                trouble.attempt(measure.run_round, program, samples[program.name])
        trouble.attempt(measure.run_idle, programs, samples, options.idle)
    ours = samples[report.MDW]
    trouble.attempt(measure.run_hang, console, store, ours, options.rounds)
    trouble.attempt(measure.run_backfill, console, store, ours)
    long = make_store(options.mdw, folder, "long", LONG_LIST, options.keys, 1000, 40)
    trouble.attempt(measure.run_filter, subjects.console(long), ours, options.rounds)
    print()
    return report.comparison(samples)


def time_keys(options, folder, trouble):
    """Every kind of key on a store with millions of rows, and each question that the console asks it."""
    store = make_store(
        options.mdw, folder, "large", options.large_symbols, options.large_keys, options.large_audit_rows, 40
    )
    found = []

    def tell(timing):
        print(f"\r\x1b[K{timing.name}" if sys.stderr.isatty() else "", end="", file=sys.stderr, flush=True)
        found.append(timing)

    trouble.attempt(large.run_tasks, subjects.console(store), tell)
    print("\r\x1b[K" if sys.stderr.isatty() else "", end="", file=sys.stderr, flush=True)
    print()
    told = report.timings(found)
    if options.queries:
        subprocess.run([options.queries, "refresh", store.database], check=True)
    return told


def compare_remote(options, folder, trouble):
    """The console over SSH."""
    store = make_store(options.mdw, folder, "ssh", options.symbols, options.keys, 10_000, 900)
    found = trouble.attempt(remote.run_remote, subjects.console(store), folder, options.rounds)
    print()
    return found and report.remote(*found)


def parse():
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mdw", required=True)
    parser.add_argument("--queries", metavar="MDW-BENCH", help="what times the single questions on the large store")
    parser.add_argument("--large", action="store_true", help="also each key on a store with millions of rows (3 GB)")
    parser.add_argument("--ssh", action="store_true", help="also a session over SSH on loopback")
    parser.add_argument("--only", action="store_true", help="leave out what was not asked for: no comparison")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--idle", type=int, default=60, help="seconds for which nobody presses a key")
    parser.add_argument("--symbols", type=int, default=1000)
    parser.add_argument("--keys", type=int, default=1000)
    parser.add_argument("--audit-rows", type=int, default=1_000_000)
    parser.add_argument("--large-symbols", type=int, default=10_000, help="symbols of the large store")
    parser.add_argument("--large-keys", type=int, default=10_000, help="keys of the large store")
    parser.add_argument("--large-audit-rows", type=int, default=10_000_000, help="audit rows of the large store")
    parser.add_argument("--folder", help="where the stores are made; the default is temporary")
    parser.add_argument("--json", help="write the figures to this file too")
    options = parser.parse_args()
    options.mdw = os.path.abspath(options.mdw)
    if not os.access(options.mdw, os.X_OK):
        parser.error(f"{options.mdw} is no program")
    return options


def main():
    """Measures what was asked for."""
    options = parse()
    harness.end_by_exception()
    trouble = Trouble()
    told = {"machine": f"{platform.machine()}, {os.cpu_count()} processors, Linux {platform.release()}"}
    loads = [os.getloadavg()[0]]
    with tempfile.TemporaryDirectory(prefix="mdw-bench-", dir=options.folder) as folder:
        parts = [
            ("comparison", compare, not options.only),
            ("large", time_keys, options.large),
            ("ssh", compare_remote, options.ssh),
        ]
        for name, part, is_wanted in parts:
            if is_wanted:
                told[name] = part(options, folder, trouble)
    loads.append(os.getloadavg()[0])
    told["load"] = loads
    print(f"{told['machine']}; load average {loads[0]:.1f} before, {loads[1]:.1f} after")
    if options.json:
        report.save(options.json, told)
    if trouble.sentences:
        sys.exit(f"{len(trouble.sentences)} parts could not be measured, see above")


if __name__ == "__main__":
    main()
