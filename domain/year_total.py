"""A body's year: two half-years of one kind, put together by the weights of the notice."""

from decimal import Decimal

from domain.frozen import Frozen
from domain.score import UnitTotal
from domain.total import TotalKind, TotalList

HALF_MISSING = "缺少{}得分，不出年度得分。"
KINDS_DIFFER = "两个半年一个是总分、一个是用户视角部分得分，不可合并。"
READINGS_DIFFER = "两个半年适用范围的口径不同，不可合并。"
HALVES = ("上半年", "下半年")


class YearTotal(Frozen):
    """Y = 0.4·H1 + 0.6·H2 of the published halves; no ``value`` where a half is missing or of another kind."""

    year: int
    unit: str
    table: str
    reading: str
    kind: TotalKind
    in_list: TotalList  # that of the second half, the later and weightier one
    first: Decimal | None  # published total of the first half
    second: Decimal | None
    first_run: str = ""
    second_run: str = ""
    value: Decimal | None  # exact
    published: Decimal | None  # two decimals
    rank: int | None = None  # 1, 2, 2, 4 among bodies of one table, list and kind
    note: str = ""  # Chinese: why there is no year


def why_no_year(first: UnitTotal | None, second: UnitTotal | None) -> str:
    """Say in Chinese why two halves make no year; "" when they do (notice: 按评估报告得分计算)."""
    missing = [
        name for name, half in zip(HALVES, (first, second), strict=True) if half is None or half.published is None
    ]
    if missing or first is None or second is None:
        return HALF_MISSING.format("、".join(missing))
    if first.kind is not second.kind:
        return KINDS_DIFFER
    return READINGS_DIFFER if first.reading != second.reading else ""
