"""Reads how an item is handled: visits, windows, limits and depth, as plain values for the rules."""

import re
from functools import lru_cache

from crawler.rules.guide_text import remember
from domain.guide import Guide
from domain.guide_fields import FieldName
from domain.time_limit import TimeLimit, parse_time_limit

NO_WINDOW = re.compile(r"^(?:办理地点[::])?\s*(?:无|没有|不设|暂无)(?:线下|实体|现场)?(?:办理|服务|受理)?窗口")
VISITS = re.compile(r"(\d{1,2})\s*次?")
DEPTHS = {
    "Ⅰ": 1, "Ⅱ": 2, "Ⅲ": 3, "Ⅳ": 4,
    "I": 1, "II": 2, "III": 3, "IV": 4,
    "一": 1, "二": 2, "三": 3, "四": 4,
    "1": 1, "2": 2, "3": 3, "4": 4,
}  # fmt: skip
DEPTH = re.compile(r"\s*(IV|I{1,3}|[ⅠⅡⅢⅣ一二三四1-4])\s*级?", re.I)


@lru_cache(maxsize=65_536)
def read_limit(text: str) -> TimeLimit | None:
    """Read a time limit once per text."""
    return parse_time_limit(text)


@lru_cache(maxsize=1024)
def read_visits(text: str) -> int | None:
    """Read "0", "1次"; ``None`` for anything else."""
    match = VISITS.fullmatch(text.strip())
    return int(match[1]) if match else None


@lru_cache(maxsize=1024)
def read_depth(text: str) -> int | None:
    """Read 网办深度 as 1 to 4; ``None`` for anything else (portals.md §3.3)."""
    match = DEPTH.match(text)
    return DEPTHS[match[1].upper()] if match else None


@remember
def visits_of(guide: Guide) -> int | None:
    """Return 到办事现场次数; ``None`` when unseen, blank or unreadable."""
    return read_visits(guide.text(FieldName.VISITS))


def has_window(guide: Guide) -> bool | None:
    """Say whether the guide itself says that it is handled at a window; ``None`` if it does not say."""
    form = guide.field(FieldName.HANDLING_FORM)
    if guide.windows or "窗口" in form.value:
        return True
    return False if form.value or guide.windows is not None else None
