"""A year is 40 and 60 % of two published halves; whatever is missing gives no year (notice; methodology.md §7)."""

from decimal import Decimal
from typing import Any

import pytest

from domain.score import UnitTotal
from domain.total import TotalKind, TotalList
from scoring.total_rules import TotalRules
from scoring.year import add_up_year


def half(unit: str, published: str | None, period: str = "2021H1", **more: Any) -> UnitTotal:  # noqa: ANN401
    return UnitTotal.model_validate(
        {
            "run": f"run-{period}",
            "period": period,
            "unit": unit,
            "table": "D" if unit.startswith("dept") else "C",
            "kind": TotalKind.FULL,
            "value": None if published is None else float(published),
            "published": published,
            "weight_scored": 100,
            "weight_applicable": 100,
            **more,
        }
    )


def test_a_year_is_forty_and_sixty_percent_of_the_published_halves() -> None:
    (year,) = add_up_year(2021, [half("dept-01", "80.01")], [half("dept-01", "90.02", "2021H2")], TotalRules())
    # 0.4 · 80.01 + 0.6 · 90.02 = 32.004 + 54.012 = 86.016
    assert (year.value, year.published, year.kind) == (Decimal("86.016"), Decimal("86.02"), TotalKind.FULL)
    assert (year.first_run, year.second_run, year.rank, year.note) == ("run-2021H1", "run-2021H2", 1, "")


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        ([], [half("dept-01", "90")], "缺少上半年"),
        ([half("dept-01", "90")], [], "缺少下半年"),
        ([half("dept-01", "90")], [half("dept-01", None)], "缺少下半年"),
        ([half("dept-01", None)], [half("dept-01", None)], "缺少上半年、下半年"),
        ([half("dept-01", "90")], [half("dept-01", "90", kind=TotalKind.PARTIAL)], "不可合并"),
        ([half("dept-01", "90")], [half("dept-01", "90", reading="wide")], "口径不同"),
    ],
)
def test_what_is_missing_or_of_another_kind_gives_no_year(
    first: list[UnitTotal], second: list[UnitTotal], said: str
) -> None:
    (year,) = add_up_year(2021, first, second, TotalRules())
    assert (year.value, year.published, year.rank) == (None, None, None)
    assert said in year.note


def test_years_are_ranked_one_two_two_four_within_table_and_list() -> None:
    totals = {"dept-01": "70", "dept-02": "80", "dept-03": "80", "dept-04": "60", "county-1": "10", "dept-05": "5"}
    lists = {"dept-05": TotalList.B}
    halves = [
        [half(unit, value, period, in_list=lists.get(unit, TotalList.A)) for unit, value in totals.items()]
        for period in ("2021H1", "2021H2")
    ]
    ranks = {year.unit: year.rank for year in add_up_year(2021, halves[0], halves[1], TotalRules())}
    assert ranks == {"dept-01": 3, "dept-02": 1, "dept-03": 1, "dept-04": 4, "county-1": 1, "dept-05": 1}


def test_the_client_may_weigh_the_halves_otherwise() -> None:
    even = TotalRules(first_half=Decimal("0.5"), second_half=Decimal("0.5"))
    (year,) = add_up_year(2021, [half("dept-01", "80")], [half("dept-01", "90", "2021H2")], even)
    assert year.published == Decimal("85.00")
