"""Walks through 在线办理 up to the confirm page, as far as a test account gets, and never presses the last button."""

from domain.failure import BLAME, FailureReason
from domain.measure_name import MeasureName
from domain.outcome import Outcome
from portals.citizen import Entrance, FormPage, NotOffered, Obstacle
from probes.form_effort import FormEffort
from probes.journey import Journey
from probes.probe import Probe, ProbeResult, ProbeTask, probes
from probes.recorder import StepHandle

GUIDE = "打开办事指南"
PRESS = "点击“在线办理”"
SIGN_IN = "使用测试账号登录"
CONFIRM = "停在确认页，不提交"
PROGRESS = "打开办件进度查询"
PAGES_MAX = 15  # no form is longer; one that is leads in circles

ARRIVED: dict[str, ProbeResult] = {
    "login_unified": ProbeResult(outcome=Outcome.PASS, reason="入口有效：到达统一身份认证登录页，未进入表单"),
    "login_other": ProbeResult(outcome=Outcome.PASS, reason="入口有效：到达其他登录页，未进入表单"),
    "external": ProbeResult(outcome=Outcome.PASS, reason="入口有效：转到部门自建系统，页面可以打开"),
    "download_only": ProbeResult(outcome=Outcome.PASS, reason="入口只提供表格下载"),
    "app_only": ProbeResult(outcome=Outcome.BLOCKED, reason="只能在手机应用内办理，网页探测到此为止"),
    "not_open": ProbeResult(outcome=Outcome.FAIL, failure=FailureReason.NOT_OPEN, reason="入口暂未开通"),
}
"""What an entrance that is no form amounts to; an app cannot be entered from here, which is our blindness."""


def apply_online(journey: Journey, task: ProbeTask) -> ProbeResult:
    """Open the guide, press 在线办理, sign in if there is an account, and fill the form up to the confirm page."""
    journey.plan(GUIDE, PRESS)
    with journey.step(GUIDE):
        guide = journey.portal.open_guide(journey.browser, journey.site, task.code)
    if not guide.online_entry:
        return without_entry(task)
    with journey.step(PRESS):
        entrance = journey.portal.start_application(journey.browser, journey.site)
    journey.note(entrance=entrance.kind, **{MeasureName.LOGIN_UNIFIED: entrance.kind == "login_unified"})
    if entrance.kind == "login_unified":
        journey.note(**{MeasureName.LOGIN_WAYS: entrance.login_ways})
        entrance = pass_login(journey, task, entrance)
    if entrance.kind != "form":
        journey.note(reached_confirm=False, **{MeasureName.PAGES: 0})
        return ARRIVED[entrance.kind]
    return walk_form(journey)


def without_entry(task: ProbeTask) -> ProbeResult:
    """Judge a guide page without 在线办理: a fault only where the guide itself declares it."""
    if not task.declared_online:
        raise NotOffered("该事项没有在线办理入口")
    return ProbeResult(
        outcome=Outcome.FAIL, failure=FailureReason.NOT_OPEN, reason="指南声明可网办，但页面没有在线办理入口"
    )


def pass_login(journey: Journey, task: ProbeTask, entrance: Entrance) -> Entrance:
    """Sign in with the test account where there is one; a login that does not let it in stays the entrance."""
    if journey.account is None:
        return entrance
    with journey.step(SIGN_IN):
        behind = journey.sign_in()
    if behind.kind == "form":
        journey.note(**{MeasureName.RETURNED_TO_ITEM: names_item(behind.url, task)})
    return behind


def names_item(url: str, task: ProbeTask) -> bool:
    """Say whether an address is about the item, by its code or its record id."""
    return any(name in url for name in (task.code, task.item_id) if name)


def walk_form(journey: Journey) -> ProbeResult:
    """Go through the pages of the form and stop on the confirm page."""
    effort = FormEffort()
    try:
        last = fill_pages(journey, effort)
    except Obstacle as obstacle:
        journey.note(**effort.measures(journey))
        journey.note(reached_confirm=False, **blame_form(obstacle))
        raise
    journey.note(**effort.measures(journey))
    journey.note(reached_confirm=True, **blame_form(None), **{MeasureName.RATING_ENTRY: last.rating_entry})
    journey.note(**{MeasureName.PROGRESS_REACHABLE: open_progress(journey, last)})
    return ProbeResult(
        outcome=Outcome.PASS, reason=f"填写 {effort.pages} 页到达确认页，未提交", value=float(effort.pages)
    )


def fill_pages(journey: Journey, effort: FormEffort) -> FormPage:
    """Fill and leave page after page; return the confirm page. The picture of a page shows it filled."""
    with journey.step("表单第 1 页") as step:
        page = fill_page(journey, effort, step)
    while not page.last:
        if effort.pages >= PAGES_MAX:
            raise Obstacle(FailureReason.DEAD_END, f"表单超过 {PAGES_MAX} 页仍未到确认页")
        with journey.step(f"从表单第 {effort.pages} 页继续") as step:
            journey.portal.next_form_page(journey.browser, journey.site)
            page = fill_page(journey, effort, step)
    return page


def fill_page(journey: Journey, effort: FormEffort, step: StepHandle) -> FormPage:
    """Read the open page and, unless it is the confirm page, fill it."""
    page = journey.portal.read_form(journey.browser, journey.site)
    effort.add(page)
    step.title = CONFIRM if page.last else f"表单第 {effort.pages} 页：{page.title}"
    if not page.last:
        journey.portal.fill_form(journey.browser, journey.site)
    return page


def blame_form(obstacle: Obstacle | None) -> dict[str, bool | int]:
    """Return what stopped the form as figures."""
    reason = obstacle.reason if obstacle is not None else None
    return {
        MeasureName.DEAD_ENDS: int(reason is FailureReason.DEAD_END),
        MeasureName.SESSION_LOST: reason is FailureReason.SESSION_LOST,
        MeasureName.SECOND_LOGIN: reason is FailureReason.SESSION_LOST,
    }


def open_progress(journey: Journey, page: FormPage) -> bool | None:
    """Say whether 办件进度查询 is linked and opens; ``None`` when the link leads where this probe may not go."""
    if not page.progress_entry:
        return False
    with journey.side_step(PROGRESS) as met:
        journey.portal.open_progress(journey.browser, journey.site)
    if not met:
        return True
    return False if BLAME[met[0].reason] is Outcome.FAIL else None


probes.register(
    Probe(
        id="online-application",
        title="在线办理",
        why="指南写着可以网办，点进去却办不了，是群众最常见的落空。",
        source="methodology.md §3.2、§3.7、§5；通知附件2第23、28项",
        version=1,
        unit_of_value="页",
        journey=apply_online,
        applies=lambda task: task.declared_online is not False,
        passing="plain",
        failing="apply_not_open",
    )
)
