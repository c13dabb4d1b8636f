"""Looks at the booking calendar of an item for the next ten working days, and books nothing."""

from datetime import date

from domain.failure import FailureReason
from domain.measure_name import MeasureName
from domain.observation import Measure
from domain.outcome import Outcome
from portals.citizen import NotOffered, SlotDay
from probes.journey import Journey
from probes.probe import Probe, ProbeResult, ProbeTask, probes
from probes.working_days import today_at_portal, working_days_after, working_days_until

GUIDE = "打开办事指南"
CALENDAR = "点击“预约”，查看日历（不预约）"
HORIZON = 10  # working days
NEAR = 5  # working days, the yardstick for time slots a day (methodology.md §3.7)


def look_at_calendar(journey: Journey, task: ProbeTask) -> ProbeResult:
    """Open the guide, press 预约 and count what the calendar offers."""
    journey.plan(GUIDE, CALENDAR)
    with journey.step(GUIDE):
        guide = journey.portal.open_guide(journey.browser, journey.site, task.code)
    if not guide.booking_entry:
        return without_entry(task)
    before = journey.clicks
    with journey.step(CALENDAR):
        days = journey.portal.open_booking(journey.browser, journey.site, task.code)
    journey.note(**{MeasureName.CLICKS: journey.clicks - before, MeasureName.SECOND_LOGIN: False})
    today = today_at_portal()
    window = [day for day in days if today <= day.day <= working_days_after(today, HORIZON)[-1]]
    journey.note(**count_slots(window, today))
    return conclude(window)


def without_entry(task: ProbeTask) -> ProbeResult:
    """Judge a guide page without 预约: a fault only where the guide itself declares it."""
    if not task.declared_bookable:
        raise NotOffered("该事项没有预约入口")
    return ProbeResult(
        outcome=Outcome.FAIL, failure=FailureReason.DEAD_END, reason="指南声明支持预约，但页面没有预约入口"
    )


def count_slots(window: list[SlotDay], today: date) -> dict[str, Measure]:
    """Return the figures of the calendar inside the window."""
    free_days = sorted(day.day for day in window if day.free)
    near = [day.slots for day in window if working_days_until(today, day.day) <= NEAR]
    return {
        "days_shown": len(window),
        "days_with_free": len(free_days),
        "free_slots": sum(day.free for day in window),
        "two_slots_a_day": max(near, default=0) >= 2,
        MeasureName.SLOTS_PER_DAY: max(near, default=0),
        MeasureName.FIRST_FREE_DAYS: working_days_until(today, free_days[0]) if free_days else None,
    }


def conclude(window: list[SlotDay]) -> ProbeResult:
    """Pass a calendar with at least one free slot."""
    free = sum(day.free for day in window)
    if free:
        return ProbeResult(
            outcome=Outcome.PASS, reason=f"未来 {HORIZON} 个工作日内有 {free} 个可约时段", value=float(free)
        )
    return ProbeResult(
        outcome=Outcome.FAIL,
        failure=FailureReason.NO_FREE_SLOT,
        reason=f"日历显示 {len(window)} 天，未来 {HORIZON} 个工作日内没有可约时段",
        value=0.0,
    )


probes.register(
    Probe(
        id="booking-calendar",
        title="预约日历",
        why="指南写着可以预约，日历却没有号，群众还是要去排队。",
        source="methodology.md §3.7 预约率、§5 预约；通知附件2第27项、附件3第24项",
        version=1,
        unit_of_value="个时段",
        journey=look_at_calendar,
        applies=lambda task: task.declared_bookable is not False,
        passing="plain",
        failing="no_free_slot",
    )
)
