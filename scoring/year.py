"""Puts two half-years together: 40 and 60 % by the notice; a half that is missing gives no year."""

from collections.abc import Iterable, Sequence

from domain.score import UnitTotal
from domain.total import TotalKind
from domain.year_total import YearTotal, why_no_year
from scoring.ranking import published, rank
from scoring.total_rules import TotalRules


def add_up_year(
    year: int, first: Iterable[UnitTotal], second: Iterable[UnitTotal], rules: TotalRules
) -> tuple[YearTotal, ...]:
    """Return every body that has at least one half, ranked; the order is that of the halves."""
    halves = [{total.unit: total for total in half} for half in (first, second)]
    years = [join_halves(year, halves[0].get(unit), halves[1].get(unit), rules) for unit in {**halves[0], **halves[1]}]
    return rank_years(years)


def join_halves(year: int, first: UnitTotal | None, second: UnitTotal | None, rules: TotalRules) -> YearTotal:
    """Join one body's halves by their published totals, as the reports print them (notice: 按评估报告得分计算)."""
    known = second or first
    assert known is not None
    note = why_no_year(first, second)
    value = None
    if not note and first and second and first.published is not None and second.published is not None:
        value = rules.first_half * first.published + rules.second_half * second.published
    full = all(half is not None and half.kind is TotalKind.FULL for half in (first, second))
    return YearTotal(
        year=year,
        unit=known.unit,
        table=known.table,
        reading=known.reading,
        kind=TotalKind.FULL if full else TotalKind.PARTIAL,
        in_list=known.in_list,
        first=None if first is None else first.published,
        second=None if second is None else second.published,
        first_run="" if first is None else first.run,
        second_run="" if second is None else second.run,
        value=value,
        published=None if value is None else published(value),
        note=note,
    )


def rank_years(years: Sequence[YearTotal]) -> tuple[YearTotal, ...]:
    """Rank within table, list and kind."""
    places: dict[str, int | None] = {}
    for group in {(one.table, one.in_list, one.kind) for one in years}:
        members = [one for one in years if (one.table, one.in_list, one.kind) == group]
        places.update(zip((one.unit for one in members), rank([one.value for one in members]), strict=True))
    return tuple(one.model_copy(update={"rank": places[one.unit]}) for one in years)
