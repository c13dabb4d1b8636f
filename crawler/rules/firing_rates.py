"""Knows how often each rule fired on the real records, so that a rule that accuses everybody is seen for what it is."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from domain.frozen import Frozen

RATES_FILE = Path(__file__).with_name("firing_rates.toml")
OFTEN = 0.2
"""A rule that fires more often needs a ``note`` with what reading thirty of its findings by hand showed."""


class FiringRate(Frozen):
    """Guides that a rule could judge, and of these the ones that it accused."""

    judged: int
    fired: int

    @property
    def share(self) -> float:
        """Accused of judged, 0.0 where none was judged."""
        return self.fired / self.judged if self.judged else 0.0

    def __str__(self) -> str:
        return f"{self.fired:,} of {self.judged:,} ({self.share:.1%})" if self.judged else "not judged on these records"


class FiringRates(Frozen):
    """The file as a whole: on which records the rates were counted."""

    records: str
    sha256: str
    guides: int
    rates: Mapping[str, FiringRate]


@cache
def firing_rates() -> FiringRates:
    """Read ``firing_rates.toml``, which ``python -m benchmarks.firing_rates --write`` makes."""
    return FiringRates.model_validate(tomllib.loads(RATES_FILE.read_text(encoding="utf-8")))


def rate_of(rule_id: str) -> FiringRate:
    """Return a rule's rate; a rule that is not in the file has judged nothing there."""
    return firing_rates().rates.get(rule_id, FiringRate(judged=0, fired=0))
