"""Everything that marking one simulated application looks at: its figures, the item's other probes and its guide."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from domain.facts import ItemFact, ProbeFact


@dataclass(frozen=True, kw_only=True)
class DryRun:
    """One task; ``results`` are the item's probe results by probe id, the application itself among them.

    ``least_efforts_s`` holds for each group of like services the least seconds that any of them takes.
    """

    results: Mapping[str, ProbeFact]
    item: ItemFact | None = None
    readability_calibrated: bool = False
    least_efforts_s: Mapping[str, Fraction] = field(default_factory=dict)

    def seen(self, probe_id: str) -> ProbeFact | None:
        """Return a probe's result where it passed or failed; ``None`` where it settles nothing."""
        fact = self.results.get(probe_id)
        return fact if fact is not None and fact.outcome.counts else None
