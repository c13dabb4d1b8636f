"""Whether the scores of two runs may be set side by side, and if not, what differs: never mixed in silence."""

from collections.abc import Iterable
from enum import StrEnum

from domain.frozen import Frozen
from domain.score import Score
from domain.scoring_basis import ScoringBasis


class Difference(StrEnum):
    """What two scorings may differ in."""

    NO_BASIS = "no_basis"
    INDICATOR_VERSION = "indicator_version"
    RULE_SET = "rule_set"
    WEIGHT = "weight"
    FORMULA = "formula"
    TARGETS = "targets"
    READING = "reading"
    READABILITY = "readability"
    ROWS = "rows"


DIFFERENCE_TITLES_ZH = {
    Difference.NO_BASIS: "其中一次没有留下计分依据",
    Difference.INDICATOR_VERSION: "指标版本不同",
    Difference.RULE_SET: "规则集不同",
    Difference.WEIGHT: "权重不同",
    Difference.FORMULA: "公式或换算方式不同",
    Difference.TARGETS: "目标值不同",
    Difference.READING: "不适用规则的理解（窄/宽）不同",
    Difference.READABILITY: "易懂性是否计分不同",
    Difference.ROWS: "只有一次计了分",
}

DIFFERENCE_TITLES_EN = {
    Difference.NO_BASIS: "one scoring left no definitions",
    Difference.INDICATOR_VERSION: "versions of the indicator differ",
    Difference.RULE_SET: "rule sets differ",
    Difference.WEIGHT: "weights differ",
    Difference.FORMULA: "formula or map differs",
    Difference.TARGETS: "targets differ",
    Difference.READING: "readings (narrow, wide) differ",
    Difference.READABILITY: "readability counts in one only",
    Difference.ROWS: "scored once only",
}


class Incomparable(Frozen):
    """One reason why two scorings, or two scores of one row, do not measure the same."""

    difference: Difference
    table: str = ""  # "" for what holds for every row
    row: int | None = None
    earlier: str
    later: str

    @property
    def sentence_zh(self) -> str:
        """The sentence for the evaluator."""
        about = f"{self.table}{self.row}：" if self.row is not None else ""
        return f"{about}{DIFFERENCE_TITLES_ZH[self.difference]}（{self.earlier or '无'} → {self.later or '无'}）"

    @property
    def sentence_en(self) -> str:
        """The same in English; what is compared stays as it is kept."""
        about = f"{self.table}{self.row}: " if self.row is not None else ""
        return f"{about}{DIFFERENCE_TITLES_EN[self.difference]} ({self.earlier or 'none'} → {self.later or 'none'})"


def compare_bases(earlier: ScoringBasis | None, later: ScoringBasis | None) -> tuple[Incomparable, ...]:
    """Return everything in which two scorings differ; () when every difference between their scores is the bodies'.

    What holds for a whole run comes first, then row by row.
    """
    if earlier is None or later is None:
        there = tuple("有" if basis else "" for basis in (earlier, later))
        return (Incomparable(difference=Difference.NO_BASIS, earlier=there[0], later=there[1]),)
    whole = (
        (Difference.READING, earlier.reading, later.reading),
        (Difference.RULE_SET, "+".join(earlier.rule_sets), "+".join(later.rule_sets)),
        (Difference.READABILITY, str(earlier.readability_calibrated), str(later.readability_calibrated)),
        *(
            (Difference.TARGETS, f"{name}={earlier.targets.get(name, '')}", f"{name}={later.targets.get(name, '')}")
            for name in sorted({*earlier.targets, *later.targets})
        ),
    )
    told = tuple(Incomparable(difference=what, earlier=one, later=two) for what, one, two in whole if one != two)
    return (*told, *(one for key in _rows_of(earlier, later) for one in compare_rows(earlier, later, *key)))


def compare_rows(earlier: ScoringBasis, later: ScoringBasis, table: str, row: int) -> tuple[Incomparable, ...]:
    """Return in what the definitions of one row differ."""
    one, two = earlier.definition(table, row), later.definition(table, row)
    if one is None or two is None:
        names = (one.indicator if one else "", two.indicator if two else "")
        return (Incomparable(difference=Difference.ROWS, table=table, row=row, earlier=names[0], later=names[1]),)
    pairs = (
        (Difference.INDICATOR_VERSION, f"{one.indicator} v{one.version}", f"{two.indicator} v{two.version}"),
        (Difference.WEIGHT, f"{one.weight:g}", f"{two.weight:g}"),
        (Difference.FORMULA, f"{one.formula}；{one.points_map}", f"{two.formula}；{two.points_map}"),
    )
    return tuple(
        Incomparable(difference=what, table=table, row=row, earlier=was, later=now)
        for what, was, now in pairs
        if was != now
    )


def compare_scores(earlier: Score, later: Score) -> tuple[Incomparable, ...]:
    """Return why two scores of one row must not be subtracted from each other; () when they may."""
    pairs = (
        (
            Difference.INDICATOR_VERSION,
            f"{earlier.indicator} v{earlier.version}",
            f"{later.indicator} v{later.version}",
        ),
        (Difference.RULE_SET, earlier.rule_set, later.rule_set),
        (Difference.WEIGHT, f"{earlier.weight:g}", f"{later.weight:g}"),
    )
    return tuple(
        Incomparable(difference=what, table=later.table, row=later.row, earlier=was, later=now)
        for what, was, now in pairs
        if was != now
    )


def are_of_one_make(scores: Iterable[Score]) -> bool:
    """Say whether scores may stand in one table: each indicator in one version, all by one rule set."""
    kept = list(scores)
    versions = {(score.indicator, score.version) for score in kept}
    one_version = len(versions) == len({indicator for indicator, _ in versions})
    return one_version and len({score.rule_set for score in kept}) <= 1


def _rows_of(earlier: ScoringBasis, later: ScoringBasis) -> list[tuple[str, int]]:
    return sorted({(one.table, one.row) for basis in (earlier, later) for one in basis.rows})
