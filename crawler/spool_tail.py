"""Reads a spool while it is being written, so that a crawl is in the store soon after it ends and memory stays flat."""

from collections.abc import Iterable, Iterator
from itertools import islice, takewhile
from pathlib import Path

from crawler.spool import SpoolEvents, read_line

EVENTS_MAX = 4_000
"""Events taken at once: some four megabytes, and a transaction of a few tenths of a second."""


class SpoolTail:
    """Remembers how far a spool has been read; a line that is still being written waits for the next time."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._bytes = 0
        self._lines = 0

    def news(self) -> Iterator[SpoolEvents]:
        """Yield what is new, in batches; raise ``MachineError`` for a whole line that is no event.

        What is written meanwhile waits for the next time, or there would be a batch for every few lines.
        """
        if not self._path.exists():
            return
        end = self._path.stat().st_size
        with self._path.open("rb") as file:
            file.seek(self._bytes)
            whole = whole_lines(file)
            while self._bytes < end and (lines := list(islice(whole, EVENTS_MAX))):
                events = SpoolEvents()
                for number, line in enumerate(lines, self._lines + 1):
                    events.add(read_line(line, f"line {number} of spool {self._path.name}"))
                self._lines += len(lines)
                self._bytes += sum(map(len, lines))
                yield events


def whole_lines(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Yield lines up to the first that is not at its end yet: what follows that one is its other half, no line."""
    return takewhile(lambda line: line.endswith(b"\n"), lines)
