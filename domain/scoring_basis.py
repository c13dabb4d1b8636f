"""By which definitions a run was scored, kept with its scores: what a row says today proves nothing about then."""

from collections.abc import Mapping

from domain.frozen import Frozen
from domain.spread import PointsCurve


class RowDefinition(Frozen):
    """One row of the notice as it was computed."""

    table: str  # D or C
    row: int
    indicator: str  # id of the indicator that computed the row
    version: int
    level1: str
    level2: str
    level3: str
    weight: float
    unit: str  # % of the hundred, or 分 outside it
    description: str  # the notice's text
    row_class: str  # F, P, N or J
    channels: tuple[str, ...]
    formula: str  # Chinese
    points_map: str  # how the row's ratio becomes its share of the points, such as "share"
    curve: PointsCurve | None = None  # the same as a curve; ``None``: the ratio itself, or a map by problems
    targets: tuple[str, ...] = ()  # names of the target values that the row uses
    expressions: tuple[str, ...] = ()  # how the value follows from the figures that a score keeps (scoring/expressions)
    terms: Mapping[str, float] = {}  # imported terms of the formula: name → weight
    rules: tuple[str, ...] = ()  # ids of the audit's rules whose outcomes enter the row
    why: str
    source: str
    minimum_coverage: float


class ScoringBasis(Frozen):
    """Definitions, versions and values with which one run was scored; replaced when the run is scored again."""

    run: str
    period: str
    tool_version: str
    reading: str  # narrow or wide: which of the two the scores follow
    rule_sets: tuple[str, ...]  # ids of the rule sets by which the run's guides were judged
    targets: Mapping[str, str]  # target values as used, by name
    targets_placeholder: bool  # not yet decided by the client
    readability_calibrated: bool
    seed: int  # of the intervals and standings
    draws: int
    rows: tuple[RowDefinition, ...]

    def definition(self, table: str, row: int) -> RowDefinition | None:
        """Return a row's definition; ``None`` for a row that was not computed."""
        return next((one for one in self.rows if (one.table, one.row) == (table, row)), None)
