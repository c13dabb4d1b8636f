"""Reads opening hours as offices print them: clock ranges, halves of the day, days of the week."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

CLOCK = (
    r"(?P<{0}half>上午|下午|早上|中午|晚上|晚|早|凌晨|夜间)?\s*(?P<{0}hour>\d{{1,2}})\s*(?:[:.·]|时|点)"
    r"\s*(?P<{0}minute>半|[0-5]?\d)?\s*分?"
)
RANGE = re.compile(rf"{CLOCK.format('from_')}\s*(?:[-~—–－～至到]+|——)\s*(?:次日|第二天|翌日)?\s*{CLOCK.format('to_')}")
NEXT_DAY = re.compile(r"次日|第二天|翌日|夜|凌晨|24\s*小时|值班|急诊")
ROUND_THE_CLOCK = re.compile(r"24\s*小时|全天|全年无休|二十四小时|00:00\s*[-~—至到]\s*2[34]:\d\d")
WEEKDAY = re.compile(r"(?:周|星期|礼拜)\s*[一二三四五1-5]|工作日|节假日除外|上班|每天|每日|双休日除外|周末除外")
WEEKEND = re.compile(r"(?:周|星期|礼拜)\s*[六日天]|周末|双休日|节假日")
NO_WEEKDAY = re.compile(
    r"(?:工作日|(?:周|星期)一\s*[-~—至到]+\s*(?:(?:周|星期)?五))\s*(?:除外|休息|不办公|不办理|不开放|闭馆)"
)
AFTERNOON = frozenset({"下午", "晚上", "晚", "夜间"})
MINUTES_PER_DAY = 24 * 60
EVENING = 20 * 60  # who opens so late may close on the next day


@dataclass(frozen=True, kw_only=True)
class ClockRange:
    """One range in minutes since midnight; ``fault`` is a Chinese phrase, ``""`` when the range can be kept."""

    text: str
    begins: int
    ends: int
    fault: str = ""


@lru_cache(maxsize=65_536)
def read_hours(text: str) -> tuple[ClockRange, ...]:
    """Return every clock range in a text, in order."""
    plain = unicodedata.normalize("NFKC", text)
    overnight = bool(NEXT_DAY.search(plain))
    return tuple(read_range(match, overnight=overnight) for match in RANGE.finditer(plain))


def read_range(match: re.Match[str], *, overnight: bool) -> ClockRange:
    """Judge one range: both times exist, and the end is later than the beginning."""
    begins, ends = minutes(match, "from_"), minutes(match, "to_")
    if begins is None or ends is None:
        return ClockRange(text=match[0], begins=0, ends=0, fault="没有这样的钟点")
    printed = ends
    if ends <= begins and match["to_half"] is None and ends < 12 * 60:
        ends += 12 * 60  # 8:30-5:30 means half past five in the afternoon
    late = overnight or begins >= EVENING
    fault = "" if ends > begins or late else "结束早于开始"
    return ClockRange(text=match[0].strip(), begins=begins, ends=ends if not fault else printed, fault=fault)


def minutes(match: re.Match[str], which: str) -> int | None:
    """Return a time of day in minutes; ``None`` for 25:00 or 12:75."""
    hour, minute = int(match[f"{which}hour"]), match[f"{which}minute"]
    if match[f"{which}half"] in AFTERNOON and hour < 12:
        hour += 12
    total = hour * 60 + (30 if minute == "半" else int(minute or 0))
    return total if hour <= 24 and total <= MINUTES_PER_DAY else None


@lru_cache(maxsize=65_536)
def is_round_the_clock(text: str) -> bool:
    """Say whether a place never closes."""
    return bool(ROUND_THE_CLOCK.search(unicodedata.normalize("NFKC", text)))


@lru_cache(maxsize=65_536)
def is_weekend_only(text: str) -> bool:
    """Say whether a text names days of the weekend and no working day."""
    if NO_WEEKDAY.search(text):
        return True
    plain = re.sub(r"(?:周|星期|礼拜)?[一1]\s*[-~—至到]+\s*(?:周|星期|礼拜)?[五六日天5-7]", "工作日", text)
    return bool(WEEKEND.search(plain)) and not WEEKDAY.search(plain) and "除外" not in plain and "休息" not in plain
