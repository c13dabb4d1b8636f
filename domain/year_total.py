"""A body's year: two half-years of one kind, put together by the weights of the notice."""

from decimal import Decimal

from domain.frozen import Frozen
from domain.total import TotalKind, TotalList


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
