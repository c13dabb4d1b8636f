"""Sums up the queries of one base item into the figures that scoring reads (methodology.md §4.3)."""

from collections.abc import Iterable, Sequence
from statistics import fmean, median

from domain.measure_name import MeasureName
from domain.observation import Measure, ObservedRow
from probes.search.query_kind import CITIZENS_WORDS, NAMED, VARIANTS, WORDED, QueryKind

DIGITS = 6


def sum_up(rows: Sequence[ObservedRow]) -> dict[str, Measure]:
    """Return the figures of one base item; a figure that no row shows is ``None``, never 0."""
    seen = [row for row in rows if was_seen(row)]
    graded = [row for row in seen if row.grade is not None]
    return {
        MeasureName.NDCG_WORDED: mean_of(row.grade for row in of_kinds(graded, WORDED) if row.grade is not None),
        MeasureName.HIT_AT_3_WORDED: mean_of(map(first_screen, of_kinds(graded, CITIZENS_WORDS))),
        MeasureName.FINDABLE: is_findable(rows),
        MeasureName.ROBUSTNESS: rate_robustness(graded),
        MeasureName.ZERO_SHARE: share_of(seen, MeasureName.ZERO_RESULT),
        MeasureName.WRONG_PLACE_SHARE: share_of(seen, MeasureName.WRONG_PLACE),
        "queries_planned": len(rows),
        "queries_seen": len(seen),
        "queries_graded": len(graded),
        "queries_for_review": sum(row.review and row.grade is None for row in rows),
        "median_seconds": median(seconds) if (seconds := list(read_seconds(seen))) else None,
    }


def was_seen(row: ObservedRow) -> bool:
    """Say whether the portal answered the query."""
    return MeasureName.HITS in row.measures


def of_kinds(rows: Iterable[ObservedRow], kinds: Iterable[QueryKind]) -> list[ObservedRow]:
    """Return the rows of these kinds."""
    wanted = frozenset(kinds)
    return [row for row in rows if row.kind in wanted]


def share_of(rows: Sequence[ObservedRow], name: MeasureName) -> float | None:
    """Return the share of the rows in which this holds; ``None`` of no row."""
    return mean_of(float(row.measures[name] is True) for row in rows)


def first_screen(row: ObservedRow) -> float:
    """Return Hit@3 of a graded row; where codes could not tell, the person's grade stands for it."""
    if row.review and row.grade is not None:
        return row.grade
    return float(row.measures[MeasureName.HIT_AT_3] is True)


def is_findable(rows: Sequence[ObservedRow]) -> bool | None:
    """Say whether the name, its main part or an everyday word leads to the item; ``None`` while one is still unseen."""
    named = of_kinds(rows, NAMED)
    if any(row.measures.get(MeasureName.HIT_AT_10) is True for row in named):
        return True
    return False if named and all(was_seen(row) for row in named) else None


def rate_robustness(graded: Sequence[ObservedRow]) -> float | None:
    """Return Hit@3 of the variants over Hit@3 of the official name; ``None`` where the name itself misses."""
    official = share_of(of_kinds(graded, (QueryKind.OFFICIAL,)), MeasureName.HIT_AT_3)
    variants = share_of(of_kinds(graded, VARIANTS), MeasureName.HIT_AT_3)
    return variants if official else None


def read_seconds(rows: Iterable[ObservedRow]) -> Iterable[float]:
    """Yield the seconds until results showed."""
    return (value for row in rows if isinstance(value := row.measures.get("seconds"), float))


def mean_of(values: Iterable[float]) -> float | None:
    """Return the mean; ``None`` of nothing."""
    known = list(values)
    return round(fmean(known), DIGITS) if known else None
