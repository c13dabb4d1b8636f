"""The working days of the public calendar, moved holidays and make-up Saturdays included."""

from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import chinese_calendar

PORTAL_ZONE = ZoneInfo("Asia/Shanghai")
FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
"""Month and day of the holidays whose date the law itself fixes (全国年节及纪念日放假办法 第二条, as of 2025)."""


def today_at_portal() -> date:
    """Return today's date where the portals stand."""
    return datetime.now(PORTAL_ZONE).date()


@cache
def is_working_day(day: date) -> bool:
    """Say whether offices are open.

    For a year whose arrangement the calendar package does not know yet: Monday to Friday without the fixed holidays.
    """
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5 and (day.month, day.day) not in FIXED_HOLIDAYS


@cache
def is_arranged(day: date) -> bool:
    """Say whether the holidays of a day's year are known; otherwise ``is_working_day`` is a guess."""
    try:
        chinese_calendar.is_workday(day)
    except NotImplementedError:
        return False
    return True


def working_days_after(today: date, count: int) -> tuple[date, ...]:
    """Return the next ``count`` working days after today."""
    days: list[date] = []
    day = today
    while len(days) < count:
        day += timedelta(days=1)
        if is_working_day(day):
            days.append(day)
    return tuple(days)


def working_days_until(today: date, day: date) -> int:
    """Count the working days after today up to and including a day; 0 for today."""
    return sum(is_working_day(today + timedelta(days=ahead)) for ahead in range(1, (day - today).days + 1))
