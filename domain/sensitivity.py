"""What would become of a ranking if a choice of its makers had been another one (methodology.md §7)."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from domain.frozen import Frozen


class Choice(StrEnum):
    """The choices that are varied, one at a time."""

    WEIGHTS = "weights"
    MAPS = "maps"
    READING = "reading"
    RATIOS = "ratios"
    HALVES = "halves"
    GROUP_LEFT_OUT = "group_left_out"
    OVERLAPS = "overlaps"
    CONSISTENCY = "consistency"


CHOICE_TITLES_ZH = {
    Choice.WEIGHTS: "权重 ±20 %",
    Choice.MAPS: "比值换算方式",
    Choice.READING: "不适用规则的理解（窄/宽）",
    Choice.RATIOS: "比值的平均与合计之比",
    Choice.HALVES: "上下半年权重",
    Choice.GROUP_LEFT_OUT: "去掉一组二级指标",
    Choice.OVERLAPS: "合并重叠指标",
    Choice.CONSISTENCY: "一致性系数 k 取区间端点",
}


class Variation(Frozen):
    """One choice made otherwise: how far the bodies move from where they stand."""

    choice: Choice
    title: str  # Chinese
    bodies: Annotated[int, Field(ge=0)]  # compared: those with a total both ways
    mean_shift: float  # mean absolute rank shift, in places
    max_shift: float
    tau_b: float | None  # Kendall's τ-b between the two rankings; ``None`` for fewer than two distinct places
    most_moved: str = ""  # unit id
    note: str = ""  # Chinese: why it moves nothing, or what was drawn


class Mover(Frozen):
    """The choice that moves one body most."""

    unit: str
    choice: Choice
    title: str  # Chinese
    shift: float  # places, absolute
    rank: int  # where it stands
    rank_otherwise: float  # where it would stand; a mean over draws for weights


class Sensitivity(Frozen):
    """All variations of one ranking."""

    run: str
    period: str
    table: str
    in_list: str
    reading: str
    kind: str
    seed: int
    draws: int
    variations: tuple[Variation, ...]
    movers: tuple[Mover, ...]  # one for each body that moves at all, furthest first
