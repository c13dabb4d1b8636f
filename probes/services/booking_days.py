"""Holds what a booking calendar shows against the next ten working days of the public calendar, day by day."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from domain.measure_name import MeasureName
from domain.observation import Measure, ObservedRow
from portals.citizen import SlotDay
from probes.services.working_days import is_arranged, is_working_day, working_days_after, working_days_until

HORIZON = 10  # working days
NEAR = 5  # working days, the yardstick for time slots a day (methodology.md §3.7)
SLOTS_A_DAY = 2
WEEKDAYS = "一二三四五六日"
CANCELLING = re.compile(
    r"(?:取消|变更|改期|改约|修改|撤销)[^。；;\n]{0,12}预约|预约[^。；;\n]{0,12}(?:取消|变更|改期|改约|修改|撤销)"
)
"""Words with which a page tells how to cancel or change a booking; a bare 取消 is a button, not an explanation."""


@dataclass(frozen=True, kw_only=True)
class CalendarReading:
    """The days that a calendar shows, seen from one day; days behind the tenth working day are left out."""

    today: date
    shown: tuple[SlotDay, ...]

    @property
    def window(self) -> tuple[date, ...]:
        """The next ten working days."""
        return working_days_after(self.today, HORIZON)

    @property
    def days(self) -> tuple[SlotDay, ...]:
        """What is shown of the time up to the tenth working day, today included."""
        return tuple(day for day in self.shown if self.today <= day.day <= self.window[-1])

    @property
    def free(self) -> int:
        """Free slots within the window."""
        return sum(day.free for day in self.days)

    @property
    def missing(self) -> tuple[date, ...]:
        """Working days that the calendar leaves out."""
        shown = {day.day for day in self.days}
        return tuple(day for day in self.window if day not in shown)

    @property
    def closed(self) -> tuple[SlotDay, ...]:
        """Days on which offices are closed, and which the calendar shows all the same."""
        return tuple(day for day in self.days if not is_working_day(day.day))


def measure_calendar(reading: CalendarReading) -> dict[str, Measure]:
    """Return the figures of a calendar."""
    free_days = sorted(day.day for day in reading.days if day.free)
    near = [day.slots for day in reading.days if working_days_until(reading.today, day.day) <= NEAR]
    first = working_days_until(reading.today, free_days[0]) if free_days else None
    return {
        "days_shown": len(reading.days),
        "days_missing": len(reading.missing),
        "days_with_free": len(free_days),
        "closed_days_offered": sum(bool(day.free) for day in reading.closed),
        "free_slots": reading.free,
        "two_slots_a_day": max(near, default=0) >= SLOTS_A_DAY,
        "holidays_known": all(map(is_arranged, reading.window)),
        MeasureName.SLOTS_PER_DAY: max(near, default=0),
        MeasureName.FIRST_FREE_DAYS: first,
    }


def list_days(reading: CalendarReading) -> tuple[ObservedRow, ...]:
    """Return one row per working day of the window, and one per closed day that is shown, in order of date."""
    return tuple(row for _, row in sorted(dated_rows(reading), key=lambda pair: pair[0]))


def dated_rows(reading: CalendarReading) -> Iterator[tuple[date, ObservedRow]]:
    """Yield the rows with their dates; a day is graded 1 when it has a free slot."""
    shown = {day.day: day for day in reading.days}
    for day in reading.window:
        yield day, describe_day(day, shown.get(day), "工作日")
    for closed in reading.closed:
        yield closed.day, describe_day(closed.day, closed, "休息日", kind="closed_day")


def describe_day(day: date, shown: SlotDay | None, expected: str, kind: str = "day") -> ObservedRow:
    """Describe one day; one that the calendar leaves out has no slot to choose."""
    slots, free = (shown.slots, shown.free) if shown else (0, 0)
    return ObservedRow(
        kind=kind,
        asked=f"{day.isoformat()} 周{WEEKDAYS[day.weekday()]}",
        expected=expected,
        seen=f"{slots} 个时段，余 {free} 个" if shown else "未显示",
        grade=float(free > 0) if kind == "day" else None,
        measures={"shown": shown is not None, "slots": slots, "free": free},
    )


def explains_cancelling(text: str) -> bool:
    """Say whether a page tells how to cancel or change a booking."""
    return CANCELLING.search(text) is not None
