"""What people check on a sample of a body's items, and the promise that nobody could steer which items were drawn."""

import hashlib
from collections.abc import Mapping
from datetime import timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import AwareDatetime, Field

from domain.frozen import Frozen

CHINA_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")
PEOPLE_CHECKED_MIN = 20
"""Floor for samples that people check; a smaller population is taken whole (methodology.md §3.5)."""


class Aspect(StrEnum):
    """A kind of declaration that one visit, call or dry run can settle; the values are stable and published."""

    GUIDE_TRUTH = "guide-truth"
    BOOKING = "booking"
    ONE_WINDOW = "one-window"
    FULLY_ONLINE = "fully-online"
    COMPREHENSIVE = "comprehensive"
    NEARBY = "nearby"
    LESS_TIME = "less-time"
    FEWER_VISITS = "fewer-visits"
    INSTANT = "instant"


ASPECT_ROWS: Mapping[Aspect, Mapping[str, int]] = {
    Aspect.GUIDE_TRUTH: {"D": 13, "C": 7},
    Aspect.BOOKING: {"D": 27, "C": 24},
    Aspect.ONE_WINDOW: {"D": 28, "C": 25},
    Aspect.FULLY_ONLINE: {"D": 31, "C": 28},
    Aspect.COMPREHENSIVE: {"D": 34, "C": 31},
    Aspect.NEARBY: {"D": 35, "C": 32},
    Aspect.LESS_TIME: {"D": 36, "C": 33},
    Aspect.FEWER_VISITS: {"D": 37, "C": 34},
    Aspect.INSTANT: {"D": 38, "C": 35},
}
"""Aspect → table → row of the notice (methodology.md §3.6)."""

ASPECT_TITLES_ZH: Mapping[Aspect, str] = {
    Aspect.GUIDE_TRUTH: "指南真实性（地点、时间、电话、材料）",
    Aspect.BOOKING: "可预约",
    Aspect.ONE_WINDOW: "一窗受理",
    Aspect.FULLY_ONLINE: "全程网办",
    Aspect.COMPREHENSIVE: "综合受理",
    Aspect.NEARBY: "就近办",
    Aspect.LESS_TIME: "承诺时限",
    Aspect.FEWER_VISITS: "零跑动",
    Aspect.INSTANT: "即办",
}
ASPECT_TITLES_EN: Mapping[Aspect, str] = {aspect: aspect.value.replace("-", " ") for aspect in Aspect}
QUESTIONS_ZH: Mapping[Aspect, str] = {
    Aspect.GUIDE_TRUTH: "办理地点、办理时间、咨询电话、申请材料四项与实际是否都一致？",
    Aspect.BOOKING: "能否真的预约到办理时段？（只看到确认页，不提交）",
    Aspect.ONE_WINDOW: "是否由指南所写的综合窗口受理？",
    Aspect.FULLY_ONLINE: "能否不到现场、不交纸质材料，在网上办到确认页并取得结果？",
    Aspect.COMPREHENSIVE: "是否由综合窗口统一受理？",
    Aspect.NEARBY: "能否在指南所列的镇街、村居、银行或自助终端办理？",
    Aspect.LESS_TIME: "窗口答复或已办结件的用时是否不超过承诺时限？",
    Aspect.FEWER_VISITS: "是否真的一次都不用到现场？",
    Aspect.INSTANT: "是否当场办结？",
}
"""What the observer settles."""


class Volume(StrEnum):
    """How often an item is asked for, where case figures were handed in."""

    TOP = "top"  # the top fifth by cases
    REST = "rest"
    UNKNOWN = "unknown"


VOLUME_TITLES_ZH: Mapping[Volume, str] = {
    Volume.TOP: "办件量前五分之一",
    Volume.REST: "其余",
    Volume.UNKNOWN: "不分办件量",
}


PublicText = Annotated[str, Field(max_length=200, pattern=r"^[^\r\n]*$")]


class FrameItem(Frozen):
    """One item of a body with what it declares; ``declared`` and ``denied`` keep the order of ``Aspect``."""

    unit: str
    code: str  # 业务办理项编码 where there is one, 实施编码 otherwise
    item_id: str
    title: str
    url: str = ""
    item_type_code: str = ""
    volume: Volume = Volume.UNKNOWN
    declared: tuple[Aspect, ...] = ()  # F⁺
    denied: tuple[Aspect, ...] = ()  # F⁻: watched for under-reporting, never scored

    @property
    def stratum(self) -> str:
        """事项类型 × case volume."""
        return f"{self.item_type_code or '--'}/{self.volume.value}"


class SizeRule(Frozen):
    """How large samples are; part of the commitment, since a size that may change later steers the draw."""

    floor: Annotated[int, Field(ge=1)] = PEOPLE_CHECKED_MIN
    half_width: Annotated[Decimal, Field(gt=0, lt=1)] | None = None  # a share known to ± this at 95 %, where wished


class SampleCommitment(Frozen):
    """What is published before the window: the salt's hash binds the draw, the frame's hash what is drawn from."""

    id: str  # 2026H2-1; the number counts the commitments of a period
    period: str
    target: str  # live | sandbox
    run: str  # the run whose guides are the frame
    salt_sha256: str
    frame_sha256: str  # of the frame file, see docs/sampling.md
    frame_items: int
    size: SizeRule = SizeRule()
    beacon: PublicText = ""  # which public value, unknown to everybody until later, is joined to the salt; "" = none
    made_at: AwareDatetime
    made_by: Annotated[str, Field(min_length=1)]
    in_time: bool  # made before the first day of the sampling window


class SampledItem(Frozen):
    """A drawn item: what people check on it, and the hash that put it there."""

    commitment: str
    unit: str
    code: str
    item_id: str
    title: str
    url: str
    stratum: str
    order: str  # SHA-256 of period|unit|code|salt (with the beacon's value behind the salt), hexadecimal
    checks: tuple[Aspect, ...] = ()  # rows whose sample it belongs to
    spare: tuple[Aspect, ...] = ()  # rows in which it stands in, in order, for an item that nobody could settle
    watched: tuple[Aspect, ...] = ()  # declared negative: looked at, never scored
    second: bool = False  # a second observer looks at it whatever the first one saw

    @property
    def asked(self) -> tuple[Aspect, ...]:
        """Everything that an observer may answer about it."""
        return (*self.checks, *self.spare, *self.watched)


class SampleDraw(Frozen):
    """The draw of one commitment; ``populations`` and ``sizes``: unit → aspect → count."""

    commitment: str
    drawn_at: AwareDatetime
    drawn_by: Annotated[str, Field(min_length=1)]
    beacon_value: PublicText = ""  # the public value once it was known
    populations: Mapping[str, Mapping[Aspect, int]]
    sizes: Mapping[str, Mapping[Aspect, int]]


class SaltReveal(Frozen):
    """The salt, published after the window."""

    commitment: str
    salt: str
    revealed_at: AwareDatetime
    revealed_by: Annotated[str, Field(min_length=1)]


class Verdict(StrEnum):
    """What an observer found."""

    CONFIRMED = "confirmed"
    MISMATCH = "mismatch"
    UNCLEAR = "unclear"  # cannot tell


VERDICT_TITLES_ZH: Mapping[Verdict, str] = {
    Verdict.CONFIRMED: "属实",
    Verdict.MISMATCH: "不符",
    Verdict.UNCLEAR: "无法判断",
}
VERDICT_TITLES_EN: Mapping[Verdict, str] = {
    Verdict.CONFIRMED: "confirmed",
    Verdict.MISMATCH: "mismatch",
    Verdict.UNCLEAR: "cannot tell",
}


class SampleCheck(Frozen):
    """What one observer found on one item in one aspect; a second observer's stands beside it, nothing is replaced."""

    commitment: str
    unit: str
    code: str
    aspect: Aspect
    observer: Annotated[str, Field(min_length=1)]
    observation: str  # Observation.id of the hand-in, with its pictures
    verdict: Verdict
    seen: str
    source: str  # window and hall, number dialled, device
    observed_at: AwareDatetime
    note: str
    pictures: tuple[str, ...]  # SHA-256
    recorded_by: str
    recorded_at: AwareDatetime

    @property
    def day(self) -> str:
        """The day of the look in China."""
        return self.observed_at.astimezone(CHINA_TIME).date().isoformat()


def hash_salt(salt: str) -> str:
    """Return what is published before the window: SHA-256 of the salt's text."""
    return hashlib.sha256(salt.encode()).hexdigest()
