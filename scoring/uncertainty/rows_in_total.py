"""The rows that entered one body's total, in the form in which another choice can be tried on them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from domain.score import Score

Weigh = Callable[[Score], float]
Value = Callable[[Score], float]


@dataclass(frozen=True, kw_only=True)
class Body:
    """One body of a ranking: its total and the scores that entered it; ``outside`` is what lies beside the 100."""

    unit: str
    total: float
    rows: tuple[Score, ...]
    outside: float = 0.0

    @classmethod
    def of(cls, unit: str, total: float, scores: Iterable[Score]) -> "Body":
        """Keep the rows with a weight in the total; what it holds beyond Σ w·s / Σ w × 100 is bonus and penalty."""
        rows = tuple(score for score in scores if score.value is not None and score.weight_entered > 0)
        body = cls(unit=unit, total=total, rows=rows)
        return replace(body, outside=total - body.total_with())

    def total_with(self, *, weigh: Weigh | None = None, value: Value | None = None) -> float:
        """Return the total with other weights or other values of the rows; without any row, as it is."""
        weights = [score.weight_entered if weigh is None else weigh(score) for score in self.rows]
        values = [(score.value or 0.0) if value is None else value(score) for score in self.rows]
        whole = sum(weights)
        if not whole:
            return self.total
        return 100 * sum(w * s for w, s in zip(weights, values, strict=True)) / whole + self.outside
