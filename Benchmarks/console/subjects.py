"""The programs that are measured: the console, and two that administrators know."""

import contextlib
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass

from shared import harness
from terminal import Program

COMMITS = 2000
THREADS = 120
# What would make programs behave otherwise than on a plain terminal, or the peers otherwise than they come.
FOREIGN = ("COLORTERM", "COLUMNS", "HTOPRC", "LINES", "NO_COLOR", "STY", "TIGRC_SYSTEM", "TIGRC_USER", "TMUX")


@dataclass(frozen=True)
class Subject:
    """A program, and how it is started."""

    name: str
    command: tuple
    environment: dict
    folder: str | None = None
    # tig takes Esc for the beginning of a longer key and waits for the rest.
    answers_escape: bool = True
    # The key that gives a list the whole screen, as the peers' lists always have it.
    zoom: bytes | None = None

    def start(self):
        """Runs it on a terminal, in a home where it has never been: it may keep filters or settings."""
        home = new_home(self.environment["HOME"])
        return Program(self.command, self.environment | {"HOME": home}, self.folder)


def new_home(folder):
    """An empty folder below `folder`."""
    return tempfile.mkdtemp(prefix="home-", dir=folder)


def environment(folder):
    """At home in `folder`, with nothing of the user's own settings."""
    kept = {name: value for name, value in harness.environment(folder).items() if not name.startswith("GIT_")}
    kept = {name: value for name, value in kept.items() if name not in FOREIGN}
    return kept | {"LC_ALL": "C.UTF-8", "GIT_CONFIG_NOSYSTEM": "1"}


def console(warehouse, *options):
    """The console on a store."""
    command = warehouse.command("console", "--no-worker", *options)
    return Subject("mdw", tuple(command), environment(warehouse.folder), zoom=b"z")


def htop(folder):
    """A list that refreshes by itself."""
    return Subject("htop", ("htop",), environment(folder))


def tig(folder):
    """A list that stands still, of a repository that is made here."""
    repository = os.path.join(folder, "repository")
    run = {"check": True, "env": environment(folder), "stdout": subprocess.DEVNULL}
    subprocess.run(["git", "init", "-q", "-b", "main", repository], **run)
    subprocess.run(["git", "fast-import", "--quiet"], cwd=repository, input=history(), **run)
    subprocess.run(["git", "reset", "-q", "--hard"], cwd=repository, **run)
    return Subject("tig", ("tig",), environment(folder), repository, answers_escape=False)


def history():
    """A stream of commits for git."""
    lines = []
    for number in range(COMMITS):
        person = f"Somebody {number % 9} <somebody{number % 9}@example.org> {1_700_000_000 + number * 3600} +0000"
        title = f"Change number {number}: " + "a title of the usual length"[: 10 + number % 17]
        text = f"line {number}\n"
        lines += ["commit refs/heads/main", f"committer {person}", f"data {len(title)}", title]
        lines += ["M 100644 inline notes", f"data {len(text)}", text]
    return "\n".join(lines).encode() + b"\n"


@contextlib.contextmanager
def crowd():
    """Sleeping threads, so that htop has something to scroll wherever it runs."""
    code = (
        "import sys, threading, time\n"
        f"for _ in range({THREADS}): threading.Thread(target=time.sleep, args=(86400,), daemon=True).start()\n"
        "print(flush=True)\n"
        "sys.stdin.read()\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        process.stdout.readline()
        yield
    finally:
        process.kill()
        process.communicate()
