"""Applies online up to the confirm page, twice on a desktop and once on a telephone's width, and files nothing."""

import json
import time

from domain.entrance import EntranceKind
from domain.evidence import EvidenceKind
from domain.failure import BLAME, FailureReason
from domain.measure_name import MeasureName
from domain.observation import Measure, ObservedRow
from domain.outcome import Outcome
from portals.citizen import FormPage, NotOffered, Obstacle
from probes.application.accessibility import AxeViolation, axe_version
from probes.application.application_entry import pass_login
from probes.application.application_walk import Walk, fill_pages, follow
from probes.application.print_address import print_opens
from probes.journey import Journey
from probes.probe import Probe, ProbeResult, ProbeTask, probes
from probes.services.missing_entrance import doubt_absence

GUIDE = "打开办事指南"
PRESS = "点击“在线办理”"
PROGRESS = "打开办件进度查询"
AGAIN_S_MAX = 75.0  # after that no further walk is begun, so that what was seen is kept within the budget
REPEATED = (False, True)  # whether on a telephone: the second walk and the third
NOT_THERE = frozenset({FailureReason.HTTP_4XX, FailureReason.PAGE_GONE, FailureReason.ABSENT, FailureReason.NOT_OPEN})

ARRIVED: dict[EntranceKind, ProbeResult] = {
    EntranceKind.LOGIN_UNIFIED: ProbeResult(
        outcome=Outcome.PASS, reason="入口有效：到达统一身份认证登录页，未进入表单"
    ),
    EntranceKind.LOGIN_OTHER: ProbeResult(outcome=Outcome.PASS, reason="入口有效：到达其他登录页，未进入表单"),
    EntranceKind.PORTAL_HOME: ProbeResult(outcome=Outcome.PASS, reason="入口有效：登录后停在申办首页，未进入表单"),
    EntranceKind.EXTERNAL: ProbeResult(outcome=Outcome.PASS, reason="入口有效：转到部门自建系统，页面可以打开"),
    EntranceKind.DOWNLOAD_ONLY: ProbeResult(
        outcome=Outcome.FAIL, failure=FailureReason.INCOMPLETE, reason="入口只提供表格下载，不能在线申办"
    ),
    EntranceKind.APP_ONLY: ProbeResult(outcome=Outcome.BLOCKED, reason="只能在手机应用内办理，网页探测到此为止"),
    EntranceKind.NOT_OPEN: ProbeResult(outcome=Outcome.FAIL, failure=FailureReason.NOT_OPEN, reason="入口暂未开通"),
}
"""What an entrance that is no form amounts to; an app cannot be entered from here, which is our blindness."""


def apply_online(journey: Journey, task: ProbeTask) -> ProbeResult:
    """Enter the form, walk it closely once, and walk it again where it was walked to its end."""
    began = time.monotonic()
    if task.like_services:
        journey.note(**{MeasureName.LIKE_SERVICES: task.like_services})
    arrived = enter(journey, task)
    if arrived is not EntranceKind.FORM:
        journey.note(reached_confirm=False, **{MeasureName.PAGES: 0})
        return ARRIVED[arrived]
    walks = [walk_first(journey)]
    if not journey.phone:
        walks += walk_again(journey, task, walks[0], began)
    journey.note(**sum_up(walks), **{MeasureName.PRINT_OPENS: print_opens(journey, task)})
    reason = f"填写 {walks[0].effort.pages} 页到达确认页，未提交；共填报 {len(walks)} 次"
    return ProbeResult(outcome=Outcome.PASS, reason=reason, value=float(walks[0].effort.pages))


def enter(journey: Journey, task: ProbeTask) -> EntranceKind:
    """Open the guide, press 在线办理 and sign in if there is an account; a guide without a button is judged at once."""
    journey.plan(GUIDE, PRESS)
    with journey.step(GUIDE):
        guide = journey.portal.open_guide(journey.browser, journey.site, task.code)
    if not guide.online_entry:
        raise_without_entry(journey, task)
    with journey.step(PRESS):
        entrance = journey.portal.start_application(journey.browser, journey.site)
    unified = entrance.kind is EntranceKind.LOGIN_UNIFIED
    journey.note(entrance=entrance.kind, **{MeasureName.LOGIN_UNIFIED: unified})
    if unified:
        journey.note(**{MeasureName.LOGIN_WAYS: entrance.login_ways})
        entrance = pass_login(journey, task, entrance)
    return entrance.kind


def raise_without_entry(journey: Journey, task: ProbeTask) -> None:
    """Judge a guide page without 在线办理: a fault only where the guide itself declares it."""
    if not task.declared_online:
        raise NotOffered("该事项没有在线办理入口")
    doubt_absence(journey, "online_word")
    raise Obstacle(FailureReason.NOT_OPEN, "指南声明可网办，但页面没有在线办理入口")


def walk_first(journey: Journey) -> Walk:
    """Walk the form and look at everything; what was seen is noted however the walk ends."""
    walk = Walk(number=1, phone=journey.phone, first=True)
    try:
        with follow(journey, walk):
            last = fill_pages(journey, walk)
    finally:
        note_walk(journey, walk)
    journey.note(**{MeasureName.PROGRESS_REACHABLE: open_progress(journey, last)})
    return walk


def note_walk(journey: Journey, walk: Walk) -> None:
    """Note what the first walk saw."""
    journey.note(reached_confirm=walk.effort.reached_confirm, **walk.figures())
    journey.note(**walk.effort.offers(), **walk.complaints.measures(), **judge_accessibility(walk))
    if walk.stopped_by(FailureReason.SESSION_LOST):
        journey.note(**{MeasureName.SECOND_LOGIN: True})
    if walk.phone:
        journey.note(**judge_width(walk))
    keep_violations(journey, walk)


def walk_again(journey: Journey, task: ProbeTask, first: Walk, began: float) -> list[Walk]:
    """Walk the form again with a fresh session, the last time on a telephone; obstacles there decide nothing."""
    walks: list[Walk] = []
    for number, phone in enumerate(REPEATED, start=2):
        if first.effort.slow_pages or time.monotonic() - began > AGAIN_S_MAX:
            break
        walks.append(repeat_walk(journey, task, Walk(number=number, phone=phone, first=False)))
    return walks


def repeat_walk(journey: Journey, task: ProbeTask, walk: Walk) -> Walk:
    """Make one walk from the guide to the confirm page as a single step."""
    if walk.phone:
        journey.take_phone()
    journey.start_afresh()
    with journey.side_step(walk.title), follow(journey, walk):
        reenter(journey, task)
        fill_pages(journey, walk)
    if walk.phone:
        journey.note(**judge_width(walk))
    return walk


def reenter(journey: Journey, task: ProbeTask) -> None:
    """Go from the guide into the form once more; raise ``Obstacle`` when there is no form this time."""
    try:
        journey.portal.open_guide(journey.browser, journey.site, task.code)
        entrance = journey.portal.start_application(journey.browser, journey.site)
    except NotOffered as fact:
        raise Obstacle(FailureReason.NOT_OPEN, str(fact)) from fact
    if entrance.kind is EntranceKind.LOGIN_UNIFIED:
        entrance = pass_login(journey, task, entrance, quiet=True)
    if entrance.kind is not EntranceKind.FORM:
        raise Obstacle(FailureReason.LOGIN_REQUIRED, "再次进入时没有到达表单")


def sum_up(walks: list[Walk]) -> dict[str, Measure]:
    """Return what all walks say together: how many there were, whether they agree, and the effort on a desktop."""
    desktop = [walk.effort.klm_s for walk in walks if walk.effort.klm_s is not None and not walk.phone]
    efforts = desktop or [walk.effort.klm_s for walk in walks if walk.effort.klm_s is not None]
    whole = [walk for walk in walks if walk.effort.reached_confirm]
    return {
        MeasureName.WALKS: len(walks),
        "walks_reached_confirm": len(whole),
        "walks_agree": len({walk.effort.pages for walk in whole}) == 1 if len(whole) > 1 else None,
        MeasureName.KLM_S: round(sum(efforts) / len(efforts), 2) if efforts else None,
        MeasureName.DEAD_ENDS: sum(walk.stopped_by(FailureReason.DEAD_END) for walk in walks),
        MeasureName.SESSION_LOST: any(walk.stopped_by(FailureReason.SESSION_LOST) for walk in walks),
    }


def judge_width(walk: Walk) -> dict[str, Measure]:
    """Say whether a page of the form was wider than a telephone; ``None`` when none was seen."""
    sideways = None if walk.sideways_px is None else walk.sideways_px > 0
    return {MeasureName.SIDEWAYS_SCROLLING: sideways, "sideways_px": walk.sideways_px}


def judge_accessibility(walk: Walk) -> dict[str, Measure]:
    """Count the rules broken; ``None`` where axe ran on no page."""
    rules = len(walk.rules) if walk.pages_checked else None
    return {MeasureName.SERIOUS_AXE_RULES: rules, "axe_pages": walk.pages_checked, "axe": axe_version()}


def keep_violations(journey: Journey, walk: Walk) -> None:
    """Keep the list of violations as evidence, and one row for each rule."""
    if not walk.violations:
        return
    listed = [{"page": page, **violation.model_dump()} for page, violation in walk.violations]
    text = journey.scrub(json.dumps({"axe": axe_version(), "violations": listed}, ensure_ascii=False, indent=1))
    journey.keep(
        text.encode(),
        kind=EvidenceKind.ACCESSIBILITY,
        media_type="application/json",
        url=journey.scrub(journey.browser.url),
    )
    for rule in sorted(walk.rules):
        of_rule = [(page, violation) for page, violation in walk.violations if violation.rule == rule]
        journey.add_row(describe_rule(of_rule))


def describe_rule(found: list[tuple[str, AxeViolation]]) -> ObservedRow:
    """Write one broken rule as a row."""
    violation = found[0][1]
    return ObservedRow(
        kind="axe",
        asked=violation.rule,
        expected="无严重或关键问题",
        seen=violation.help,
        grade=0.0,
        measures={
            "impact": violation.impact,
            "pages": len({page for page, _ in found}),
            "nodes": sum(one.nodes for _, one in found),
        },
    )


def open_progress(journey: Journey, page: FormPage) -> bool | None:
    """Say whether 办件进度查询 is linked and opens; ``None`` when line, server or policy kept us from seeing it."""
    if not page.progress_entry:
        return False
    with journey.side_step(PROGRESS) as met:
        journey.portal.open_progress(journey.browser, journey.site)
    if not met:
        return True
    return False if met[0].reason in NOT_THERE or BLAME[met[0].reason] is Outcome.FAIL else None


probes.register(
    Probe(
        id="online-application",
        title="在线办理",
        why="指南写着可以网办，点进去却办不了，是群众最常见的落空。",
        source="methodology.md §3.2、§3.7、§5；通知附件2第23、28项",
        version=2,
        unit_of_value="页",
        journey=apply_online,
        applies=lambda task: task.declared_online is not False,
        passing="plain",
        failing="apply_not_open",
    )
)
