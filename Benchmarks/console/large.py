"""How long each key takes on a store with millions of rows."""

import statistics
from dataclasses import dataclass

from measure import begin
from terminal import key

# An answer may come in two parts, the second one from the store: nothing else writes, so there is time to wait for it.
QUIET = 0.2


@dataclass(frozen=True)
class Task:
    """Keys that are pressed before, those that are measured, and those that are pressed after."""

    name: str
    keys: tuple
    before: tuple = ()
    after: tuple = ()


def typed(name, pane, text):
    """Letters that are typed into the filter of a pane."""
    return Task(name, tuple(text), (pane, "/"), ("Esc",))


TASKS = (
    Task("symbols: one row down", ("Down",) * 12, ("1", "Home")),
    Task("symbols: scroll by one row", ("Down",) * 20),
    Task("symbols: one page down", ("PgDn",) * 40),
    Task("symbols: one page up", ("PgUp",) * 40),
    Task("symbols: to the last row and back", ("G", "g") * 6),
    Task("symbols: open and close a detail", ("Enter", "q") * 6),
    typed("symbols: a letter of a filter", "1", "xabcd"),
    typed("symbols: a letter of a filter that nothing matches", "1", "qqqq"),
    Task("symbols: take a letter of a filter back", ("Backspace",) * 3, ("1", "/", "x", "a", "b"), ("Esc",)),
    Task("keys: one page down", ("PgDn",) * 40, ("2", "Home")),
    Task("keys: to the last row and back", ("G", "g") * 6),
    Task("keys: open and close a detail", ("Enter", "q") * 6),
    typed("keys: a letter of a filter", "2", "seeded-9"),
    Task("next pane", ("Tab",) * 12, ("1",)),
    Task("zoom a pane and back", ("z",) * 12),
    Task("audit: one row up", ("Up",) * 20, ("4", "G")),
    Task("audit: one page up", ("PgUp",) * 60),
    Task("audit: to the first row that is loaded and back", ("g", "G") * 6),
    Task("audit: open and close a detail", ("Enter", "q") * 6),
    typed("audit: a letter of a filter, most rows match", "4", "http"),
    typed("audit: a letter of a filter, few rows match", "4", "seeded-9999"),
    typed("audit: a letter of a filter that nothing matches", "4", "qq"),
)


@dataclass
class Timing:
    """What came of a task: milliseconds until the first and the last byte of each answer."""

    name: str
    firsts: list
    lasts: list
    silent: int

    @property
    def median(self):
        """Until the last byte."""
        return statistics.median(self.lasts)

    @property
    def p95(self):
        """Until the last byte."""
        return sorted(self.lasts)[int(len(self.lasts) * 0.95)]


def run_tasks(subject, tell):
    """Does all tasks in one console; calls `tell` with each timing."""
    with begin(subject) as program:
        for task in TASKS:
            for name in task.before:
                program.press(key(name), QUIET, patience=0.5)
            answers = [program.press(key(name), QUIET, patience=0.5) for name in task.keys]
            heard = [answer for answer in answers if answer.last is not None]
            firsts = [answer.first * 1000 for answer in heard]
            lasts = [answer.last * 1000 for answer in heard]
            tell(Timing(task.name, firsts, lasts, len(answers) - len(heard)))
            for name in task.after:
                program.press(key(name), QUIET, patience=0.5)
        program.quit(b"q")
