"""One indicator's score of one body, with everything needed to compute it again by hand."""

from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum

from domain.frozen import Frozen
from domain.spread import Spread
from domain.total import MissingPart, ReadingTotal, TotalKind, TotalList


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
    version: int  # of the indicator
    rule_set: str = ""  # id of the rule set by which the run's guides were judged; several joined by +
    title: str
    weight: float
    weight_entered: float = 0.0  # weight with which the row entered the body's total in the chosen reading
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
    """A body's total out of 100 in the chosen reading: 总分 where ``kind`` is full, else 用户视角部分得分.

    ``base`` is Σ w·s / Σ w × 100; a full total adds ``bonus`` and takes off ``penalty``. ``value`` is unrounded,
    ``published`` is what is printed and ranked. ``readings`` holds the narrow and the wide one side by side.
    """

    run: str
    period: str
    unit: str
    table: str
    kind: TotalKind = TotalKind.PARTIAL
    reading: str = "narrow"  # which of ``readings`` the fields below repeat
    value: float | None
    published: Decimal | None = None  # two decimals, halves upwards
    base: float | None = None
    bonus: Decimal | None = None  # points added, 0 or more; ``None``: nobody has judged it yet
    penalty: Decimal | None = None  # points taken off, 0 or more; ``None``: nobody has judged it yet
    weight_scored: float  # Σ weight of rows that entered
    weight_applicable: float  # Σ weight of rows that apply to the body; partial: of the user-side rows
    applicable_points: Decimal | None = None  # Σ weight of all base rows of the notice that apply; ``None``: old run
    in_list: TotalList = TotalList.A
    rank: int | None = None  # 1, 2, 2, 4 among bodies of one table, list and kind
    missing: tuple[MissingPart, ...] = ()
    readings: tuple[ReadingTotal, ...] = ()
