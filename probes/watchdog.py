"""Ends a browser that has outlived its budget, because Playwright's own calls can hang without any time limit."""

import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self


class Watchdog:
    """A timer around one probe; ``bitten`` says afterwards whether it had to act."""

    def __init__(self, budget_s: float, bite: Callable[[], None]) -> None:
        self.bitten = False
        self._bite = bite
        self._timer = threading.Timer(budget_s, self._act)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()

    def _act(self) -> None:
        self.bitten = True
        self._bite()
