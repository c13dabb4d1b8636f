"""One indicator's score of one body, with everything needed to compute it again by hand."""

from collections.abc import Mapping
from enum import StrEnum

from domain.frozen import Frozen
from domain.spread import Spread


class ScoreState(StrEnum):
    """Three different kinds of "no number" are kept apart (methodology.md §3.3)."""

    SCORED = "scored"
    NOT_APPLICABLE = "not_applicable"  # the notice exempts the body
    INSUFFICIENT = "insufficient"  # 数据不足: our gap


class Score(Frozen):
    """A score; ``value`` is in 0..1 and ``None`` unless ``state`` is scored."""

    run: str
    period: str
    unit: str
    table: str  # D or C
    row: int  # row number in the notice's table
    indicator: str
    version: int
    title: str
    weight: float
    state: ScoreState
    value: float | None
    points: float | None  # weight × value
    numerator: float | None
    denominator: float | None
    coverage: float  # seen / planned, 0..1
    minimum_coverage: float
    measured_share: float = 1.0  # share of the indicator's formula that tonight's channels speak for
    interval: tuple[float, float] | None = None
    spread: Spread = Spread()  # what of the value rests on chance
    parts: Mapping[str, float | None] = {}  # named terms of the formula
    note: str = ""  # Chinese
    inputs: tuple[str, ...] = ()  # item ids and observation ids that entered
    excluded: tuple[str, ...] = ()  # item ids and observation ids that were left out as unseen


class UnitTotal(Frozen):
    """The user-side partial score of a body, out of 100 (用户视角部分得分, never the total)."""

    run: str
    period: str
    unit: str
    table: str
    value: float | None
    weight_scored: float  # Σ weight of rows that entered
    weight_applicable: float  # Σ weight of user-side rows that apply to the body
    rank: int | None = None
