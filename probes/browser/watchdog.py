"""Ends a probe that has outlived its budget, because Playwright's own calls can hang without any time limit."""

import threading
from collections.abc import Callable
from types import TracebackType
from typing import Self

GRACE_S = 5.0
"""What a bite may take until the hanging call has come back; then the next one bites deeper."""


class Watchdog:
    """The one budget of one probe; ``bitten`` says afterwards whether it had to act.

    The bites come one after the other for as long as the probe does not end: the browser, the driver, the process.
    """

    def __init__(self, budget_s: float, *bites: Callable[[], None], grace_s: float = GRACE_S) -> None:
        self.bitten = False
        self._budget_s = budget_s
        self._grace_s = grace_s
        self._bites = bites
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()

    def _watch(self) -> None:
        wait_s = self._budget_s
        for bite in self._bites:
            if self._over.wait(wait_s):
                return
            self.bitten = True
            bite()
            wait_s = self._grace_s
