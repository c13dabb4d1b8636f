"""The next working days as the booking calendar counts them: Monday to Friday, in the portal's own time zone."""

from datetime import date, datetime, timedelta, timezone

PORTAL_ZONE = timezone(timedelta(hours=8), "Asia/Shanghai")
WEEKDAY_NAMES = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


def list_next_workdays(today: date, count: int) -> list[date]:
    """List the first `count` days after `today` that are no Saturday or Sunday (public holidays are not known here)."""
    days: list[date] = []
    day = today
    while len(days) < count:
        day += timedelta(days=1)
        if day.weekday() < 5:
            days.append(day)
    return days


def find_today() -> date:
    """Give today's date where the portal stands."""
    return datetime.now(PORTAL_ZONE).date()
