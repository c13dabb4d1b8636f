"""The sandbox's own table of holidays against the kept calendar package, which took it from the same notices."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from sandbox.calendar_truth import write_calendar
from sandbox.model import Booking
from sandbox.workdays import is_workday, list_next_workdays


def test_every_day_of_the_announced_years_agrees_with_the_package() -> None:
    day, wrong = date(2025, 1, 1), []
    while day.year < 2027:
        if is_workday(day) is not bool(chinese_calendar.is_workday(day)):
            wrong.append(day)
        day += timedelta(days=1)
    assert wrong == []


@pytest.mark.parametrize(
    ("day", "works"), [(date(2027, 1, 1), False), (date(2027, 1, 4), True), (date(2027, 1, 9), False)]
)
def test_a_year_without_a_notice_keeps_the_fixed_holidays(day: date, works: bool) -> None:
    assert is_workday(day) is works


def test_a_calendar_that_ignores_the_holidays_offers_the_golden_week() -> None:
    """国办发明电〔2025〕7号: 1 to 7 October off, Saturday 10 October worked."""
    today = date(2026, 9, 30)
    assert list_next_workdays(today, 3) == [date(2026, 10, 8), date(2026, 10, 9), date(2026, 10, 10)]
    truth = write_calendar(Booking(free_by_day=(2,) * 10, slots_per_day=2, keeps_holidays=False), today)
    assert truth["closed_days_offered"][:3] == ["2026-10-01", "2026-10-02", "2026-10-05"]
    assert "2026-10-10" in truth["days_missing"]
    assert truth["first_free_days"] == 0


def test_a_calendar_with_gaps() -> None:
    booking = Booking(free_by_day=(0, 1, 0, 3, 0, 0, 0, 0, 0, 0), slots_per_day=3, missing=(1,))
    truth = write_calendar(booking, date(2026, 9, 18))
    assert truth["working_days"][:2] == ["2026-09-20", "2026-09-21"]  # Sunday 20 September is worked
    assert truth["days_missing"] == ["2026-09-21"]
    assert truth["first_free_days"] == 4
