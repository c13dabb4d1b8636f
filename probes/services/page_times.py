"""Takes the times of a portal's pages and services on a sample of items, alone and without anything that slows pages.

Nothing is kept of such a visit but its steps and figures: DOM snapshots, pictures and a listening network record cost
time that would be charged to the portal (docs/evidence.md, "Two passes"). A time is that of the citizen: from the
press of a key until what was asked for stands on the page.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from domain.entrance import EntranceKind
from domain.measure_name import MeasureName
from domain.outcome import Outcome
from probes.application.application_walk import Walk, fill_pages
from probes.journey import Journey
from probes.probe import Probe, ProbeResult, ProbeTask, probes

WARM_UP = "打开首页（预热，不计时）"
SEARCH = "计时：检索事项名称"
GUIDE = "计时：打开办事指南"
PRESS = "计时：点击“在线办理”"
SIGN_IN = "计时：登录"
FORM = "计时：填报至确认页，不提交"


def take_times(journey: Journey, task: ProbeTask) -> ProbeResult:
    """Search, open the guide, enter the form and walk it; only the guide must open, the rest is timed where it is."""
    journey.plan(WARM_UP, SEARCH, GUIDE, PRESS)
    with journey.side_step(WARM_UP):
        journey.portal.search(journey.browser, journey.site, task.title)
    with journey.side_step(SEARCH), timed(journey, MeasureName.TIMED_SEARCH_S):
        journey.portal.search(journey.browser, journey.site, task.title)
    with journey.step(GUIDE), timed(journey, MeasureName.TIMED_GUIDE_S):
        guide = journey.portal.open_guide(journey.browser, journey.site, task.code)
    if guide.online_entry:
        with journey.side_step(PRESS):
            time_application(journey)
    seconds = float(str(journey.measures[MeasureName.TIMED_GUIDE_S]))
    return ProbeResult(outcome=Outcome.PASS, reason=f"办事指南 {seconds:.2f} 秒打开", value=seconds)


def time_application(journey: Journey) -> None:
    """Time the way into the form and through it."""
    with timed(journey, MeasureName.TIMED_ENTRANCE_S):
        entrance = journey.portal.start_application(journey.browser, journey.site)
    if entrance.kind is EntranceKind.LOGIN_UNIFIED and journey.account is not None:
        with timed(journey, MeasureName.TIMED_SIGN_IN_S):
            entrance = journey.sign_in()
    if entrance.kind is not EntranceKind.FORM:
        return
    walk = Walk(number=1, phone=journey.phone, first=False)
    fill_pages(journey, walk)
    if walk.effort.reached_confirm:
        figures = walk.effort.figures()
        waits = max(1, walk.effort.pages - 1)
        waited_s = float(str(figures[MeasureName.WAITING_S]))
        journey.note(
            **{
                MeasureName.TIMED_WAITING_S: waited_s,
                MeasureName.TIMED_PAGE_S: round(waited_s / waits, 3),
                MeasureName.TIMED_KLM_S: figures[MeasureName.KLM_S],
            }
        )


@contextmanager
def timed(journey: Journey, name: MeasureName) -> Iterator[None]:
    """Note the seconds of what stands inside; what an obstacle ended has no time."""
    began = time.monotonic()
    yield
    journey.note(**{name: round(time.monotonic() - began, 3)})


probes.register(
    Probe(
        id="page-times",
        title="用时（单独计时）",
        why="截图和页面快照会拖慢网页；用时只在不留快照、一次只做一件的访问中计。",
        source="methodology.md §3.7、§5；docs/evidence.md",
        version=1,
        unit_of_value="秒",
        journey=take_times,
        applies=lambda task: bool(task.title.strip()),
        passing="plain",
        failing="page_waf",
        timing=True,
    )
)
