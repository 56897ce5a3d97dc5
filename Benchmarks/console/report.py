"""The figures, their budgets, and the tables they are printed in."""

import json
import statistics
from dataclasses import dataclass

MDW, PEERS = "mdw", ("htop", "tig")


def median(values):
    """The middle one."""
    return statistics.median(values)


def mean(values):
    """The average: a console that scrolls by several rows at a time writes little for most keys and much for some."""
    return statistics.fmean(values)


def p95(values):
    """What 95 of 100 stay below or at."""
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]


@dataclass(frozen=True)
class Figure:
    """A line of the table. `peers` names the peers' samples when they are others than mdw's."""

    title: str
    samples: str
    budget: float | None = None
    digits: int = 0
    of: object = median
    peers: str | None = None

    def values(self, name, samples):
        """What was measured of a program."""
        told = samples.get(name)
        return told.values.get(self.samples if name == MDW else self.peers or self.samples, []) if told else []

    def value(self, name, samples):
        """What a program came to; None when that was not measured."""
        values = self.values(name, samples)
        return self.of(values) if values else None


FIGURES = (
    Figure("start to full frame, ms", "start.ms", 50, 1),
    Figure("first frame, bytes", "start.bytes", 8192),
    Figure("paints until then", "start.frames", 1),
    Figure("one Down, bytes", "move.bytes", 250),
    Figure("one Down, ms (95th percentile)", "move.ms", 10, 2, p95),
    Figure("scroll by one line, bytes (mean)", "scroll.bytes", 250, of=mean),
    Figure("scroll by one line, ms (95th percentile)", "scroll.ms", 10, 2, p95),
    Figure("scroll by one line in a zoomed pane, bytes (mean)", "zoomed.bytes", 250, of=mean, peers="scroll.bytes"),
    Figure("ten keys in one packet, bytes", "packet.bytes", 400),
    Figure("ten keys in one packet, ms", "packet.ms", None, 2),
    Figure("ten keys in one packet, paints", "packet.frames", 1),
    Figure("ten keys in one packet, lost", "packet.lost", 0, of=max),
    Figure("Esc, ms", "escape.ms", 60, 1),
    Figure("quit, ms", "quit.ms", None, 1),
    Figure("idle, bytes/s", "idle.bytes", 0, 1),
    Figure("idle, bytes in a minute", "idle.minute"),
    Figure("idle, CPU %", "idle.cpu", 0.1, 3),
    Figure("resident memory, MB", "memory", 60, 1),
    Figure("one backfill running, bytes/s", "backfill.bytes", 150),
    Figure("one backfill running, paints/s", "backfill.frames", 4, 1),
    Figure("one backfill running, CPU %", "backfill.cpu", None, 2),
    Figure("a letter of a filter on 10,000 rows, ms (95th percentile)", "filter.ms", 16, 1, p95),
    Figure("quit while the store hangs, ms", "hang.ms", 100),
)

KEY_BUDGET = 16

# Figures of a session over SSH; the samples on the wire have a part for each direction.
REMOTE = (
    Figure("start to full frame, ms", "start.ms", None, 1),
    Figure("one Down, ms", "move.ms", None, 2),
    Figure("one Down, ms (95th percentile)", "move.ms", 10, 2, p95),
    Figure("scroll by one line, ms (95th percentile)", "scroll.ms", 10, 2, p95),
    Figure("ten keys in one packet, ms", "packet.ms", None, 2),
    Figure("quit, ms", "quit.ms", None, 1),
)
WIRE = (
    ("connect and first frame", "wire.start"),
    ("one Down", "wire.move"),
    ("scroll by one line", "wire.scroll"),
    ("ten keys in one packet", "wire.packet"),
    ("ten seconds idle", "wire.idle"),
)


def show(value, digits):
    """A number, or a dash."""
    return "–" if value is None else f"{value:,.{digits}f}"


def limit(budget):
    """How a budget is printed."""
    return "–" if budget is None else f"<= {budget:,g}"


def verdict(value, budget):
    """Whether a value keeps to its budget."""
    return "–" if value is None or budget is None else "yes" if value <= budget else "OVER"


def rank(value, others, digits):
    """Whether mdw is ahead of the better of its peers: less is better in every figure."""
    others = [other for other in others if other is not None]
    if value is None or not others:
        return "–"
    ours, best = round(value, digits), round(min(others), digits)
    return "yes" if ours < best else "even" if ours == best else "NO"


def table(head, rows):
    """Prints aligned columns, the first one to the left."""
    lines = [head, *rows]
    widths = [max(len(line[column]) for line in lines) for column in range(len(head))]
    for line in lines:
        cells = [f"{cell:>{width}}" for cell, width in zip(line[1:], widths[1:], strict=True)]
        print("  ".join([f"{line[0]:<{widths[0]}}", *cells]))
    print(flush=True)


def comparison(samples):
    """Prints the figures of all programs; returns them for machines."""
    rows, told = [], []
    for figure in FIGURES:
        ours = figure.value(MDW, samples)
        theirs = [figure.value(name, samples) for name in PEERS]
        cells = [show(value, figure.digits) for value in (ours, *theirs)]
        within, ahead = verdict(ours, figure.budget), rank(ours, theirs, figure.digits)
        rows.append([figure.title, limit(figure.budget), *cells, within, ahead])
        told.append({"figure": figure.title, "budget": figure.budget, "in_budget": within, "ahead": ahead})
        for name, value in zip((MDW, *PEERS), (ours, *theirs), strict=True):
            value = None if value is None else round(value, 3)
            told[-1][name] = {"value": value, "samples": [round(one, 3) for one in figure.values(name, samples)]}
    table(["figure", "budget", MDW, *PEERS, "in budget", "ahead"], rows)
    return told


def timings(found):
    """Prints how long keys take on a large store; returns it for machines."""
    rows, told = [], []
    for timing in found:
        first = median(timing.firsts) if timing.firsts else None
        parts = [timing.median, timing.p95, max(timing.lasts)] if timing.lasts else [None] * 3
        cells = [str(len(timing.lasts)), *(show(value, 1) for value in (first, *parts))]
        rows.append([timing.name, *cells, limit(KEY_BUDGET), verdict(parts[1], KEY_BUDGET)])
        names = ("first_ms", "median_ms", "p95_ms", "max_ms")
        told.append({"keys": timing.name, "pressed": len(timing.lasts), "without_answer": timing.silent})
        told[-1] |= dict(zip(names, (first, *parts), strict=True))
    head = ["keys, ms until the last byte of the answer", "pressed", "first byte", "median", "p95", "max"]
    table([*head, "budget", "in budget"], rows)
    return told


def remote(local, distant):
    """Prints a session over SSH beside one without it; returns both for machines."""
    samples = {MDW: local, "ssh": distant}
    rows, told = [], []
    for figure in REMOTE:
        near = figure.value(MDW, samples)
        far = figure.value("ssh", samples)
        cells = [show(value, figure.digits) for value in (near, far)]
        rows.append([figure.title, limit(figure.budget), *cells, verdict(far, figure.budget)])
        told.append({"figure": figure.title, "budget": figure.budget, "direct": near, "ssh": far})
    table(["figure", "budget", "direct", "over SSH", "in budget"], rows)
    lines, counted = [], []
    for title, name in WIRE:
        parts = [distant.values.get(f"{name}.{part}") for part in ("up", "down", "written")]
        numbers = [median(values) if values else None for values in parts]
        lines.append([title, *(show(value, 0) for value in numbers)])
        counted.append({"figure": title} | dict(zip(("up", "down", "written"), numbers, strict=True)))
    table(["bytes", "to the server", "from the server", "mdw wrote"], lines)
    return {"figures": told, "wire": counted}


def save(path, content):
    """Writes it all as JSON."""
    with open(path, "w") as file:
        json.dump(content, file, indent=2)
        file.write("\n")
