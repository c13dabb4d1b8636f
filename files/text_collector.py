"""Collects text up to a limit, so that a small file cannot become a huge string."""

from collections.abc import Iterable


class TextCollector:
    """Takes pieces of text until ``characters_max`` and silently drops the rest; ``full`` says so."""

    def __init__(self, characters_max: int) -> None:
        self._left = characters_max
        self._pieces: list[str] = []

    @property
    def full(self) -> bool:
        """Say whether the limit is reached."""
        return self._left <= 0

    def add(self, piece: str) -> None:
        """Take a piece, or its beginning."""
        if self._left > 0 and piece:
            self._pieces.append(piece[: self._left])
            self._left -= len(piece)

    def extend(self, pieces: Iterable[str]) -> None:
        """Take pieces until the limit; the rest of the iterable is not drawn."""
        for piece in pieces:
            if self.full:
                return
            self.add(piece)

    def text(self) -> str:
        """Return what was collected."""
        return "".join(self._pieces)
