"""What a body's total says of itself: partial or full, in which reading, and what is still missing for the full one."""

from decimal import Decimal
from enum import StrEnum

from domain.frozen import Frozen


class TotalKind(StrEnum):
    """A partial score is never printed as the total (methodology.md §3.1)."""

    PARTIAL = "partial"  # 用户视角部分得分
    FULL = "full"  # 总分


TOTAL_KIND_TITLES_ZH = {TotalKind.PARTIAL: "用户视角部分得分", TotalKind.FULL: "总分"}


class TotalList(StrEnum):
    """Bodies with few applicable points stand on a list of their own (methodology.md §3.3)."""

    A = "A"
    B = "B"


class GapChannel(StrEnum):
    """The channel of the evaluation that still owes a part of a row (notice, annex 1 §4)."""

    WEB = "web"  # 网上抓取: our own gap
    VISIT = "visit"  # 现场走访
    STATISTICS = "statistics"  # 系统统计
    MONITORING = "monitoring"  # 日常工作监测


GAP_CHANNEL_TITLES_ZH = {
    GapChannel.WEB: "网上抓取",
    GapChannel.VISIT: "现场走访",
    GapChannel.STATISTICS: "系统统计",
    GapChannel.MONITORING: "日常工作监测",
}


class MissingPart(Frozen):
    """Something that a row lacks, and by which channel it would come."""

    row: int
    title: str  # the notice's name of the row
    channel: GapChannel
    figures: tuple[str, ...] = ()  # ids of the imported figures that are not there; empty: seen from the user's side
    share: float  # share of the row's formula that is missing, 0..1
    blocking: bool = True  # without it there is no full total
    note: str = ""  # Chinese


class ReadingTotal(Frozen):
    """A body's total in one reading of the exemption; ``None`` stands where too little was measured."""

    reading: str  # narrow or wide
    kind: TotalKind
    base: float | None  # Σ w·s / Σ w × 100, before bonus and penalty
    value: float | None  # base + bonus − penalty for a full total, base for a partial one; unrounded
    published: Decimal | None  # two decimals
    weight_scored: float
    weight_applicable: float
    applicable_points: Decimal  # Σ weight of all base rows of the notice that apply
    in_list: TotalList
    rank: int | None = None  # among bodies of one table, list and kind
