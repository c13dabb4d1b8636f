"""The half-years that are scored, and the window in which each may be sampled (notice, annex 1 §5)."""

import re
from datetime import date
from typing import Self

from domain.errors import UsageError
from domain.frozen import Frozen

PERIOD_FORM = re.compile(r"(?P<year>20\d{2})H(?P<half>[12])")


class Period(Frozen):
    """One evaluation round, such as 2021H1."""

    year: int
    half: int

    def __str__(self) -> str:
        return f"{self.year}H{self.half}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``2021H1``; raise ``UsageError`` for anything else."""
        match = PERIOD_FORM.fullmatch(text.strip().upper())
        if match is None:
            raise UsageError(f"unknown period {text!r}; allowed: a year and a half, such as 2021H1 or 2026H2")
        return cls(year=int(match["year"]), half=int(match["half"]))

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the round that a day works towards; H1 is sampled in July, so July still belongs to H1."""
        return cls(year=day.year, half=1 if day.month <= 7 else 2)

    @property
    def sampling_window(self) -> tuple[date, date]:
        """First and last day of sampling: July for H1, December for H2."""
        month = 7 if self.half == 1 else 12
        return date(self.year, month, 1), date(self.year, month, 31)
