"""The working days of the public calendar, moved holidays and make-up Saturdays included."""

from datetime import date, datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import chinese_calendar

PORTAL_ZONE = ZoneInfo("Asia/Shanghai")


def today_at_portal() -> date:
    """Return today's date where the portals stand."""
    return datetime.now(PORTAL_ZONE).date()


@cache
def is_working_day(day: date) -> bool:
    """Say whether offices are open; for a year whose holidays are not published yet, Monday to Friday."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


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
