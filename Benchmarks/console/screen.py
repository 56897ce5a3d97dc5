"""Tells from a program's output what its terminal showed, and when."""

import codecs

import pyte
from terminal import SAME_PAINT, count_frames

# A selected row is told from text with a background by its length.
SHORTEST_MARK = 20


class Screen(pyte.Screen):
    """A screen with the sequences that ncurses writes and pyte lacks: repeat, scroll, tab backwards."""

    last = " "

    def draw(self, data):
        self.last = data[-1:] or self.last
        super().draw(data)

    def repeat(self, count=1):
        self.draw(self.last * max(1, count))

    def scroll_up(self, count=1):
        self._scroll(count, self.index, bottom=True)

    def scroll_down(self, count=1):
        self._scroll(count, self.reverse_index, bottom=False)

    def _scroll(self, count, step, bottom):
        top_line, bottom_line = self.margins or (0, self.lines - 1)
        line = self.cursor.y
        self.cursor.y = bottom_line if bottom else top_line
        for _ in range(max(1, count)):
            step()
        self.cursor.y = line

    def tab_backwards(self, count=1):
        for _ in range(max(1, count)):
            self.cursor.x = max((stop for stop in self.tabstops if stop < self.cursor.x), default=0)


class Stream(pyte.Stream):
    """Reads those sequences."""

    csi = pyte.Stream.csi | {"b": "repeat", "S": "scroll_up", "T": "scroll_down", "Z": "tab_backwards"}
    events = pyte.Stream.events | {"repeat", "scroll_up", "scroll_down", "tab_backwards"}


def replay(pieces, size):
    """The screen after these pieces, and how many characters stood on it after each."""
    screen = Screen(*size)
    stream = Stream(screen)
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    counts = []
    for _, data in pieces:
        stream.feed(decoder.decode(data))
        counts.append(sum(1 for line in screen.buffer.values() for cell in line.values() if cell.data.strip()))
    return screen, counts


def full_frame(pieces, size):
    """How many of these pieces it took until the screen held 95 % of what it holds after the last one, and the paint
    that brought it there was over."""
    counts = replay(pieces, size)[1]
    index = next(index for index, count in enumerate(counts) if count >= 0.95 * counts[-1])
    while index + 1 < len(pieces) and pieces[index + 1][0] - pieces[index][0] < SAME_PAINT:
        index += 1
    return index + 1


def count_paints(pieces, size):
    """How many times something was painted: without what only switches the terminal's modes."""
    counts = replay(pieces, size)[1]
    empty = sum(1 for count in counts if count == 0)
    return count_frames(pieces[empty:])


def marked_rows(screen):
    """The rows with a long run of cells that stand out by their background."""
    return {
        y
        for y in range(screen.lines)
        if sum(1 for x in range(screen.columns) if screen.buffer[y][x].reverse or screen.buffer[y][x].bg != "default")
        >= SHORTEST_MARK
    }


def rows_moved(before, after):
    """By how many rows the selection moved between two screens; None when that can't be told."""
    left, entered = marked_rows(before) - marked_rows(after), marked_rows(after) - marked_rows(before)
    if len(left) != 1 or len(entered) != 1:
        return None
    return entered.pop() - left.pop()
