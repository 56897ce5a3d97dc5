"""What is measured of every program, and what of the console alone."""

import contextlib
import time

from screen import count_paints, full_frame, replay, rows_moved
from stores import Unmeasured, backfilling, hanging, is_backfilling
from terminal import count_frames, key

STEPS = 10
SCROLLS = 20


class Samples:
    """What was measured, by figure."""

    def __init__(self):
        self.values = {}

    def add(self, figure, value):
        """Takes one value."""
        self.values.setdefault(figure, []).append(value)

    def add_answers(self, figure, answers):
        """Takes bytes and latencies of answers."""
        for answer in answers:
            if answer.last is None:
                raise Unmeasured(f"{figure}: a key got no answer")
            self.add(f"{figure}.bytes", answer.length)
            self.add(f"{figure}.ms", answer.last * 1000)


@contextlib.contextmanager
def begin(subject, quiet=0.5):
    """Runs a program until the block ends; the block begins when it has painted all it has to."""
    with subject.start() as program:
        program.listen(quiet, patience=10)
        if program.ended or not program.record:
            shown = b"".join(data for _, data in program.record).decode(errors="replace").strip()
            raise Unmeasured(f"{subject.name} did not start: {shown[-300:]}")
        yield program


def add_start(samples, program, prefix="start"):
    """What it took until the first full frame stood."""
    pieces = list(program.record)
    needed = full_frame(pieces, program.size)
    samples.add(f"{prefix}.ms", (pieces[needed - 1][0] - program.started) * 1000)
    samples.add(f"{prefix}.bytes", sum(len(data) for _, data in pieces[:needed]))
    samples.add(f"{prefix}.frames", count_paints(pieces[:needed], program.size))


def move(program, count):
    """Goes to the first row and then down; returns the answers to the latter."""
    program.press(key("Home"))
    answers = []
    for _ in range(count):
        program.watch(0.05)
        answers.append(program.press(key("Down")))
    return answers


def scroll(program):
    """Goes below the last row that is on the screen, then on; returns the answers to the latter."""
    for _ in range(2):
        program.press(key("Down") * (program.size[1] // 2 + 5))
    answers = []
    for _ in range(SCROLLS):
        program.watch(0.05)
        answers.append(program.press(key("Down")))
    return answers


def run_round(subject, samples):
    """One start, the keys, and the end."""
    with begin(subject) as program:
        add_start(samples, program)
        for _ in range(2):
            samples.add_answers("move", move(program, STEPS))
        samples.add_answers("scroll", scroll(program))
        if subject.zoom:
            program.press(subject.zoom)
            samples.add_answers("zoomed", scroll(program))
            program.press(subject.zoom)

        program.press(key("Home"))
        program.watch(0.3)
        before = len(program.record)
        answer = program.press(key("Down") * STEPS, quiet=0.1)
        after = len(program.record)
        samples.add_answers("packet", [answer])
        samples.add("packet.frames", answer.frames)
        if subject.answers_escape:
            for _ in range(3):
                program.press(b"/")
                program.watch(0.1)
                samples.add_answers("escape", [program.press(key("Esc"))])
        program.watch(0.2)
        left = program.quit(b"q")
        if left is None:
            raise Unmeasured(f"{subject.name} did not quit")
        samples.add("quit.ms", left * 1000)
    screens = [replay(program.record[:end], program.size)[0] for end in (before, after)]
    moved = rows_moved(*screens)
    if moved is not None:
        samples.add("packet.lost", STEPS - moved)


def run_idle(subjects, samples, seconds):
    """All programs side by side, without a key: what they write and what they cost."""
    with contextlib.ExitStack() as stack:
        programs = [stack.enter_context(begin(subject)) for subject in subjects]
        watch_all(programs, 3)
        marks = [(program, len(program.record), program.cpu_seconds()) for program in programs]
        begun = time.monotonic()
        watch_all(programs, seconds)
        elapsed = time.monotonic() - begun
        for subject, (program, mark, cpu) in zip(subjects, marks, strict=True):
            if program.ended:
                raise Unmeasured(f"{subject.name} ended by itself")
            told = samples[subject.name]
            told.add("idle.cpu", (program.cpu_seconds() - cpu) / elapsed * 100)
            told.add("memory", program.memory())
            told.add("idle.minute", sum(len(data) for _, data in program.record[mark:]) * 60 / elapsed)
            # By tens of seconds, of which at most one holds the change of a clock's minute.
            for window in range(int(seconds // 10)):
                first, last = begun + window * 10, begun + window * 10 + 10
                told.add("idle.bytes", sum(len(data) for t, data in program.record if first <= t < last) / 10)


def watch_all(programs, seconds):
    """Reads what several programs write."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for program in programs:
            while program.read(0):
                pass
        time.sleep(0.005)


def run_backfill(subject, warehouse, samples, seconds=20):
    """What the console writes while a worker goes on with a job."""
    with backfilling(warehouse), begin(subject, quiet=0.2) as program:
        program.watch(3)
        cpu = program.cpu_seconds()
        pieces = program.watch(seconds)
        samples.add("backfill.cpu", (program.cpu_seconds() - cpu) / seconds * 100)
        if program.ended or not is_backfilling(warehouse):
            raise Unmeasured("the backfill ended while it was watched")
        samples.add("backfill.bytes", sum(len(data) for _, data in pieces) / seconds)
        samples.add("backfill.frames", count_frames(pieces) / seconds)


def type_filter(program, text, quiet=0.15):
    """Types a filter letter by letter, then takes it back; returns the answers to the letters."""
    program.press(b"/", quiet)
    answers = [program.press(letter.encode(), quiet) for letter in text]
    program.press(key("Esc"), quiet)
    return answers


def run_filter(subject, samples, rounds):
    """Letters typed into the filter of a long list."""
    for _ in range(rounds):
        with begin(subject) as program:
            for text in ("xab", "xcd"):
                samples.add_answers("filter", type_filter(program, text))


def run_hang(subject, warehouse, samples, rounds):
    """Leaves the console while a question to the store is under way that nobody answers."""
    for _ in range(rounds):
        with begin(subject) as program:
            with hanging(warehouse):
                for data in (b"/", b"zzzz", key("Enter")):
                    program.press(data)
                program.watch(1)
                asked = len(program.record)
                left = program.quit(b"q")
            shown = "\n".join(replay(program.record[:asked], program.size)[0].display)
            if "Nothing matches" in shown:
                raise Unmeasured("the store answered although all of its locks were taken")
            if left is None:
                raise Unmeasured("the console did not quit while the store hung")
            samples.add("hang.ms", left * 1000)
