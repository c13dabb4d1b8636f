"""The guides of a run as a plan reads them: body by body, so that memory never holds a portal."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from domain.guide import Guide
from storage.store import Store


class ShownGuides(Protocol):
    """What the portals show; every call reads anew."""

    def bodies(self, portal: str) -> Iterable[str]:
        """Return the bodies that a portal shows guides of, in any order."""

    def guides(self, portal: str, unit: str) -> Iterable[Guide]:
        """Return a body's guides, always in the same order."""


class StoredGuides:
    """The guides that a run measured."""

    def __init__(self, store: Store, run: str) -> None:
        self._store, self._run = store, run

    def bodies(self, portal: str) -> tuple[str, ...]:
        """Return the bodies that the run visited on a portal."""
        return self._store.crawls.units(self._run, portal)

    def guides(self, portal: str, unit: str) -> Iterator[Guide]:
        """Yield a body's guides by item id."""
        return self._store.guides.of_run(self._run, portal=portal, unit=unit)
