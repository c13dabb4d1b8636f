"""The working days as booking calendars count them: holidays and worked weekends, by a table of the sandbox's own."""

from datetime import date, datetime, timedelta, timezone

PORTAL_ZONE = timezone(timedelta(hours=8), "Asia/Shanghai")
WEEKDAY_NAMES = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
HOLIDAYS: tuple[tuple[date, date], ...] = (
    (date(2025, 1, 1), date(2025, 1, 1)),
    (date(2025, 1, 28), date(2025, 2, 4)),
    (date(2025, 4, 4), date(2025, 4, 6)),
    (date(2025, 5, 1), date(2025, 5, 5)),
    (date(2025, 5, 31), date(2025, 6, 2)),
    (date(2025, 10, 1), date(2025, 10, 8)),
    (date(2026, 1, 1), date(2026, 1, 3)),
    (date(2026, 2, 15), date(2026, 2, 23)),
    (date(2026, 4, 4), date(2026, 4, 6)),
    (date(2026, 5, 1), date(2026, 5, 5)),
    (date(2026, 6, 19), date(2026, 6, 21)),
    (date(2026, 9, 25), date(2026, 9, 27)),
    (date(2026, 10, 1), date(2026, 10, 7)),
)
"""First and last day off, from the notices 国办发明电〔2024〕12号 and 〔2025〕7号 for 2025 and 2026."""
WORKED_WEEKENDS = frozenset(
    date(year, month, day)
    for year, month, day in (
        (2025, 1, 26),
        (2025, 2, 8),
        (2025, 4, 27),
        (2025, 9, 28),
        (2025, 10, 11),
        (2026, 1, 4),
        (2026, 2, 14),
        (2026, 2, 28),
        (2026, 5, 9),
        (2026, 9, 20),
        (2026, 10, 10),
    )
)
"""调休: Saturdays and Sundays that are worked, from the same notices."""
FIXED_HOLIDAYS = frozenset({(1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3)})
"""Month and day of the holidays that the law itself fixes (全国年节及纪念日放假办法), for years without a notice."""
ANNOUNCED_YEARS = frozenset({2025, 2026})


def is_workday(day: date) -> bool:
    """Say whether offices are open."""
    if day.year not in ANNOUNCED_YEARS:
        return day.weekday() < 5 and (day.month, day.day) not in FIXED_HOLIDAYS
    if day in WORKED_WEEKENDS:
        return True
    return day.weekday() < 5 and not any(first <= day <= last for first, last in HOLIDAYS)


def list_next_workdays(today: date, count: int, *, keeps_holidays: bool = True) -> list[date]:
    """List the next `count` working days after `today`; without the holidays these are Monday to Friday."""
    days: list[date] = []
    day = today
    while len(days) < count:
        day += timedelta(days=1)
        if is_workday(day) if keeps_holidays else day.weekday() < 5:
            days.append(day)
    return days


def find_today() -> date:
    """Give today's date where the portal stands."""
    return datetime.now(PORTAL_ZONE).date()
