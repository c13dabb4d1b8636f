"""Reads announced maintenance, on a page or in the settings, so that a planned pause is never taken for a fault."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, timezone

from pydantic import AwareDatetime

from domain.frozen import Frozen

PORTAL_TIME = timezone(timedelta(hours=8), "Asia/Shanghai")
SPEAKS_OF_IT = re.compile(
    r"(?:系统|平台|网站|服务器?|数据库|网络|设备)[^。；]{0,8}(?:维护|升级|割接|检修|迁移|改造)|升级维护|停机维护|例行维护|维护公告|升级公告"
)
MOMENT = re.compile(
    r"(?:(?:(?P<year>20\d\d)\s*[年/.-]\s*)?(?P<month>\d{1,2})\s*[月/.-]\s*(?P<day>\d{1,2})\s*[日号]?|(?P<day_only>\d{1,2})\s*[日号])?"
    r"\s*(?:[（(][^）)]{1,6}[）)])?\s*(?:凌晨|早上|上午|中午|(?P<late>下午|晚上?|夜间))?\s*"
    r"(?:(?P<hour>\d{1,2})\s*(?:[:：](?P<minute>\d{2})(?:[:：]\d{2})?|[时点](?:(?P<minute_zh>\d{1,2})分)?))?"
)
RANGE = re.compile(r"\s*(?:起|开始)?\s*(?:至|到|—+|－+|~|～|-+)\s*")
GRACE = timedelta(hours=2)
"""Work ends later than announced; a notice that stands longer than that is an outage with an excuse."""
OPEN_END = timedelta(days=3)  # how long a start without an end is believed


class MaintenanceWindow(Frozen):
    """A pause that the owner of a portal announced; ``portal`` is an id or "*"."""

    portal: str = "*"
    start: AwareDatetime
    end: AwareDatetime
    source: str  # where it was announced

    def covers(self, portal: str, at: datetime) -> bool:
        """Say whether the portal was said to be closed at this moment."""
        return self.portal in ("*", portal) and self.start <= at <= self.end + GRACE


def in_window(windows: Iterable[MaintenanceWindow], portal: str, at: datetime) -> MaintenanceWindow | None:
    """Return the announced window that covers a moment; ``None`` when there is none."""
    return next((window for window in windows if window.covers(portal, at)), None)


def announces_pause(text: str, now: datetime) -> bool:
    """Say whether a page announces maintenance with a time that has come and is not over.

    Without a time, or when it is over, the words excuse nothing.
    """
    if SPEAKS_OF_IT.search(text) is None:
        return False
    return any(start - GRACE <= now <= end + GRACE for start, end in read_spans(text, now))


def read_spans(text: str, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield the spans of time that a notice names, in order; a day without an end opens three days."""
    moments = [match for match in MOMENT.finditer(text) if match["month"] or match["day_only"] or match["hour"]]
    taken = -1
    for index, match in enumerate(moments):
        if index == taken or not match["month"]:
            continue
        start = read_moment(match, now)
        following = moments[index + 1] if index + 1 < len(moments) else None
        if start is None:
            continue
        if following is not None and RANGE.fullmatch(text[match.end() : following.start()]):
            taken = index + 1
            end = read_moment(following, start, ends=True)
            if end is not None and end >= start:
                yield start, end
        else:
            yield start, start + OPEN_END


def read_moment(match: re.Match[str], near: datetime, *, ends: bool = False) -> datetime | None:
    """Read one moment of a notice; parts that it leaves out are those of ``near``; ``None`` for no possible date."""
    known = near.astimezone(PORTAL_TIME)
    whole_day = match["hour"] is None
    hour = int(match["hour"] or 0) + (12 if match["late"] and int(match["hour"] or 12) < 12 else 0)
    after = timedelta(days=1) if ends and whole_day else timedelta(hours=hour)
    try:
        day = datetime(
            int(match["year"] or known.year),
            int(match["month"] or known.month),
            int(match["day"] or match["day_only"] or known.day),
            tzinfo=PORTAL_TIME,
        )
    except ValueError:
        return None
    minutes = timedelta(minutes=int(match["minute"] or match["minute_zh"] or 0))
    return (day + after + minutes).astimezone(UTC)
