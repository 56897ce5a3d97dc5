"""Runs a full-screen program on a pseudo-terminal, and keeps what it writes with the time at which each piece came.

What it writes is looked at after the run only (screen.py): an emulator would slow down the program that it watches.
"""

import contextlib
import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from dataclasses import dataclass

SIZE = (120, 40)
TERM = "xterm-256color"
# As xterm sends them once a program has switched its keypad on.
KEYS = {
    "Up": b"\x1bOA",
    "Down": b"\x1bOB",
    "Home": b"\x1bOH",
    "End": b"\x1bOF",
    "PgUp": b"\x1b[5~",
    "PgDn": b"\x1b[6~",
    "Tab": b"\t",
    "Enter": b"\r",
    "Esc": b"\x1b",
    "Backspace": b"\x7f",
}
FRAME = b"\x1b[?2026h"
# Pieces that come closer together than this belong to one paint.
SAME_PAINT = 0.004


def key(name):
    """The bytes of a key: one with a name, or the character itself."""
    return KEYS.get(name) or name.encode()


@dataclass(frozen=True)
class Answer:
    """What a program wrote after a key; times are seconds since then, None without an answer."""

    length: int
    first: float | None
    last: float | None
    frames: int


def count_frames(pieces):
    """How many times a program painted: synchronized updates if it marks them, else pieces close together in time."""
    marked = sum(data.count(FRAME) for _, data in pieces)
    if marked:
        return marked
    times = [moment for moment, _ in pieces]
    return sum(1 for before, now in zip([0, *times], times, strict=False) if now - before > SAME_PAINT)


class Program:
    """A program on a terminal of its own; it is gone when the `with` block ends."""

    def __init__(self, command, environment, folder=None, size=SIZE):
        self.size = size
        self.record = []
        self.ended = False
        window = struct.pack("HHHH", size[1], size[0], 0, 0)
        self.started = time.monotonic()
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            with contextlib.suppress(BaseException):
                fcntl.ioctl(0, termios.TIOCSWINSZ, window)
                if folder:
                    os.chdir(folder)
                os.execvpe(command[0], command, environment | {"TERM": TERM})
            os._exit(127)
        self.exit = os.pidfd_open(self.process)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if not self.has_exited():
            os.kill(self.process, signal.SIGKILL)
        os.waitpid(self.process, 0)
        os.close(self.exit)
        os.close(self.terminal)

    def has_exited(self, timeout=0):
        """Whether the process is gone, or goes within `timeout` seconds."""
        return bool(select.select([self.exit], [], [], timeout)[0])

    def read(self, timeout):
        """Takes what comes next; False when nothing came in `timeout` seconds or the program is gone."""
        if self.ended or not select.select([self.terminal], [], [], max(0, timeout))[0]:
            return False
        try:
            data = os.read(self.terminal, 1 << 16)
        except OSError:
            data = b""
        if not data:
            self.ended = True
            return False
        self.record.append((time.monotonic(), data))
        # The two questions on whose answer programs wait.
        if b"\x1b[c" in data or b"\x1b[0c" in data:
            self.send(b"\x1b[?62;22c")
        if b"\x1b[6n" in data:
            self.send(b"\x1b[1;1R")
        return True

    def send(self, data):
        """Types `data`, in one piece."""
        with contextlib.suppress(OSError):
            os.write(self.terminal, data)

    def watch(self, seconds):
        """Only reads for a while; returns what came."""
        start = len(self.record)
        end = time.monotonic() + seconds
        while not self.ended and (left := end - time.monotonic()) > 0:
            self.read(left)
        return self.record[start:]

    def listen(self, quiet=0.06, patience=1.5, limit=60):
        """Reads until an answer has ended: for `quiet` seconds the program neither wrote nor worked.

        Waits `patience` for its beginning while the program does nothing, and no longer than `limit` for its end.
        """
        begin = time.monotonic()
        heard = False
        while not self.ended and time.monotonic() - begin < limit:
            if self.read(quiet / 2):
                heard = True
                continue
            # On a busy machine a program that works waits for a processor most of the time.
            before = self.cpu_seconds() + self.waited_seconds()
            if self.read(quiet / 2):
                heard = True
                continue
            works = self.cpu_seconds() + self.waited_seconds() - before > quiet / 2 * 0.3
            if not works and (heard or time.monotonic() - begin > patience):
                break

    def press(self, data, quiet=0.06, patience=1.5):
        """Types `data` in one piece and returns the answer."""
        start = len(self.record)
        sent = time.monotonic()
        self.send(data)
        self.listen(quiet, patience)
        pieces = self.record[start:]
        if not pieces:
            return Answer(0, None, None, 0)
        length = sum(len(piece) for _, piece in pieces)
        return Answer(length, pieces[0][0] - sent, pieces[-1][0] - sent, count_frames(pieces))

    def quit(self, data, limit=20):
        """Types `data` and returns the seconds until the process is gone; None when it stays."""
        sent = time.monotonic()
        self.send(data)
        while (left := sent + limit - time.monotonic()) > 0:
            # A program that has closed its terminal may still run.
            sources = [self.exit] if self.ended else [self.exit, self.terminal]
            ready = select.select(sources, [], [], left)[0]
            if self.exit in ready:
                return time.monotonic() - sent
            if ready:
                self.read(0)
        return None

    def processes(self):
        """The process and all below it."""
        found, todo = [], [self.process]
        while todo:
            process = todo.pop()
            found.append(process)
            with contextlib.suppress(OSError):
                for thread in os.listdir(f"/proc/{process}/task"):
                    with open(f"/proc/{process}/task/{thread}/children") as children:
                        todo += map(int, children.read().split())
        return found

    def cpu_seconds(self):
        """The seconds that all these processes ran so far, in threads that have ended too."""
        seconds = 0
        for process in self.processes():
            with contextlib.suppress(OSError):
                # The clock that clock_getcpuclockid(3) names: the whole process, in nanoseconds.
                seconds += time.clock_gettime((~process << 3) | 2)
        return seconds

    def waited_seconds(self):
        """The seconds that their threads waited for a processor."""
        nanoseconds = 0
        for process in self.processes():
            with contextlib.suppress(OSError):
                for thread in os.listdir(f"/proc/{process}/task"):
                    with contextlib.suppress(OSError), open(f"/proc/{process}/task/{thread}/schedstat") as numbers:
                        nanoseconds += int(numbers.read().split()[1])
        return nanoseconds / 1e9

    def memory(self):
        """The resident memory of the process in MB."""
        with open(f"/proc/{self.process}/status") as status:
            for line in status:
                if line.startswith("VmRSS:"):
                    return int(line.split()[1]) / 1024
        raise RuntimeError("the resident memory is not told")
