"""Working days against the State Council's published calendars."""

from datetime import date

import pytest

from probes.services.working_days import is_working_day, working_days_after, working_days_until


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2021, 10, 1), False),  # 国办发明电〔2020〕27号: 10月1日至7日放假
        (date(2021, 9, 26), True),  # the same notice: Sunday 26 September is worked
        (date(2021, 10, 9), True),  # and Saturday 9 October
        (date(2021, 10, 8), True),
        (date(2099, 1, 3), False),  # a Saturday of a year without a calendar
        (date(2099, 1, 5), True),
    ],
)
def test_public_calendar(day: date, works: bool) -> None:
    assert is_working_day(day) is works


def test_days_after_skip_the_golden_week() -> None:
    assert working_days_after(date(2021, 9, 30), 3) == (date(2021, 10, 8), date(2021, 10, 9), date(2021, 10, 11))


def test_counting_until_a_day() -> None:
    assert working_days_until(date(2021, 9, 30), date(2021, 9, 30)) == 0
    assert working_days_until(date(2021, 9, 30), date(2021, 10, 9)) == 2
