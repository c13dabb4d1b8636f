"""What a night tells about its progress, independent of how a door shows it."""

from typing import Protocol


class Reporter(Protocol):
    """Receives the phases of a night."""

    def begin(self, phase: str, total: int) -> None:
        """A phase with so many units of work begins."""
        ...

    def advance(self, phase: str, amount: int = 1) -> None:
        """Some of them are done."""
        ...

    def note(self, text: str) -> None:
        """Something worth a line."""
        ...


class SilentReporter:
    """Says nothing: for machines and tests."""

    def begin(self, phase: str, total: int) -> None:
        return None

    def advance(self, phase: str, amount: int = 1) -> None:
        return None

    def note(self, text: str) -> None:
        return None
