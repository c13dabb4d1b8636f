"""Looks at the booking calendar of an item for the next ten working days, and books nothing."""

from domain.entrance import EntranceKind
from domain.failure import FailureReason
from domain.measure_name import MeasureName
from domain.outcome import Outcome
from portals.citizen import LoginAsked, NotOffered, Obstacle, SlotDay
from probes.journey import Journey
from probes.probe import Probe, ProbeResult, ProbeTask, probes
from probes.services.booking_days import HORIZON, CalendarReading, explains_cancelling, list_days, measure_calendar
from probes.services.missing_entrance import doubt_absence
from probes.services.working_days import today_at_portal

GUIDE = "打开办事指南"
CALENDAR = "点击“预约”，查看日历（不预约）"
SIGN_IN = "使用测试账号登录后查看日历（不预约）"
ANYTHING = "body"
NOT_KEPT = frozenset({FailureReason.NOT_OPEN, FailureReason.DEAD_END})


def look_at_calendar(journey: Journey, task: ProbeTask) -> ProbeResult:
    """Open the guide, press 预约 and read what the calendar offers."""
    journey.plan(GUIDE, CALENDAR)
    with journey.step(GUIDE):
        guide = journey.portal.open_guide(journey.browser, journey.site, task.code)
    journey.note(declared_bookable=task.declared_bookable, entry_shown=guide.booking_entry)
    if not guide.booking_entry:
        return without_entry(journey, task)
    try:
        days = reach_calendar(journey, task)
    except Obstacle as obstacle:
        if obstacle.reason in NOT_KEPT:
            journey.note(**{MeasureName.FLAG_CONSISTENT: contradicts(task)})
        raise
    reading = CalendarReading(today=today_at_portal(), shown=days)
    journey.note(**measure_calendar(reading))
    journey.note(
        **{
            MeasureName.CANCEL_EXPLAINED: explains_cancelling(journey.browser.text(ANYTHING)),
            MeasureName.FLAG_CONSISTENT: task.declared_bookable,
        }
    )
    return conclude(reading)


def without_entry(journey: Journey, task: ProbeTask) -> ProbeResult:
    """Judge a guide page without 预约: a fault only where the guide itself declares it."""
    if not task.declared_bookable:
        raise NotOffered("该事项没有预约入口")
    doubt_absence(journey, "booking_word")
    journey.note(**{MeasureName.FLAG_CONSISTENT: False})
    return ProbeResult(
        outcome=Outcome.FAIL, failure=FailureReason.DEAD_END, reason="指南声明支持预约，但页面没有预约入口"
    )


def contradicts(task: ProbeTask) -> bool | None:
    """Say what an entrance without a calendar means for the guide's flag; a silent guide contradicts nothing."""
    return False if task.declared_bookable else None


def reach_calendar(journey: Journey, task: ProbeTask) -> tuple[SlotDay, ...]:
    """Press 预约 and, where the provincial login stands before the calendar, sign in once."""
    asked, before = None, journey.clicks
    days: tuple[SlotDay, ...] = ()
    with journey.step(CALENDAR):
        try:
            days = journey.portal.open_booking(journey.browser, journey.site, task.code)
        except LoginAsked as login:
            asked = login
    second = asked is not None and asked.kind is EntranceKind.LOGIN_OTHER
    journey.note(login_asked=asked is not None, **{MeasureName.CLICKS: journey.clicks - before})
    journey.note(**{MeasureName.SECOND_LOGIN: second})
    if asked is None:
        return days
    if second or journey.account is None:
        raise asked
    return read_behind_login(journey)


def read_behind_login(journey: Journey) -> tuple[SlotDay, ...]:
    """Sign in and read the calendar; a login that comes again is a second one."""
    with journey.step(SIGN_IN):
        journey.pass_login()
        try:
            return journey.portal.read_calendar(journey.browser, journey.site)
        except LoginAsked:
            journey.note(**{MeasureName.SECOND_LOGIN: True})
            raise


def conclude(reading: CalendarReading) -> ProbeResult:
    """Pass a calendar with at least one free slot."""
    rows = list_days(reading)
    if reading.free:
        sentence = f"未来 {HORIZON} 个工作日内有 {reading.free} 个可约时段"
        return ProbeResult(outcome=Outcome.PASS, reason=sentence, value=float(reading.free), rows=rows)
    return ProbeResult(
        outcome=Outcome.FAIL,
        failure=FailureReason.NO_FREE_SLOT,
        reason=f"日历显示 {len(reading.days)} 天，未来 {HORIZON} 个工作日内没有可约时段",
        value=0.0,
        rows=rows,
    )


probes.register(
    Probe(
        id="booking-calendar",
        title="预约日历",
        why="指南写着可以预约，日历却没有号，群众还是要去排队。",
        source="methodology.md §3.7 预约率、§5 预约；通知附件2第27项、附件3第24项",
        version=2,
        unit_of_value="个时段",
        journey=look_at_calendar,
        applies=lambda task: task.declared_bookable is not False,
        passing="plain",
        failing="no_free_slot",
    )
)
