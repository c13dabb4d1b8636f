"""Presses 在线办理 and says where it leads, by which redirects, and whether one provincial login opens it."""

from domain.entrance import EntranceKind, kind_of_obstacle
from domain.failure import FailureReason
from domain.measure_name import MeasureName
from domain.observation import ObservedRow
from domain.outcome import Outcome
from portals.citizen import Entrance, NotOffered, Obstacle
from probes.browser.document_trail import Hop
from probes.journey import Journey
from probes.probe import Probe, ProbeResult, ProbeTask, probes
from probes.services.missing_entrance import doubt_absence

PRESS = "打开办事指南，点击“在线办理”"
SIGN_IN = "使用测试账号登录，看是否还要再登录"

VERDICTS: dict[EntranceKind, tuple[Outcome, FailureReason | None, str]] = {
    EntranceKind.FORM: (Outcome.PASS, None, "入口有效：直接到达申办表单"),
    EntranceKind.LOGIN_UNIFIED: (Outcome.PASS, None, "入口有效：到达统一身份认证登录页"),
    EntranceKind.LOGIN_OTHER: (Outcome.PASS, None, "入口有效：到达其他登录页"),
    EntranceKind.EXTERNAL: (Outcome.PASS, None, "入口有效：转到部门自建系统，页面可以打开"),
    EntranceKind.PORTAL_HOME: (Outcome.INCONCLUSIVE, None, "入口只到申办首页，没有到达本事项，无法判定"),
    EntranceKind.DOWNLOAD_ONLY: (Outcome.FAIL, FailureReason.INCOMPLETE, "入口只提供表格下载，不能在线申办"),
    EntranceKind.APP_ONLY: (Outcome.BLOCKED, None, "只能在手机应用内办理，网页探测到此为止"),
}
"""What an entrance amounts to; what is met as an obstacle goes through the failure table."""


def look_at_entrance(journey: Journey, task: ProbeTask) -> ProbeResult:
    """Open the guide, press 在线办理 once and, with a test account, sign in once."""
    journey.plan(PRESS)
    try:
        entrance = press(journey, task)
    except NotOffered:
        return without_entry(journey, task)
    journey.note(
        entrance=entrance.kind.value,
        **{
            MeasureName.ASKS_LOGIN: entrance.asks_login,
            MeasureName.LOGIN_UNIFIED: entrance.kind is EntranceKind.LOGIN_UNIFIED,
            MeasureName.LOGIN_WAYS: entrance.login_ways,
        },
    )
    opened = opens_with_one_login(journey, task, entrance)
    journey.note(
        **{MeasureName.SINGLE_SIGN_ON: opened, MeasureName.SECOND_LOGIN: None if opened is None else not opened}
    )
    outcome, failure, reason = VERDICTS[entrance.kind]
    return ProbeResult(outcome=outcome, failure=failure, reason=reason)


def press(journey: Journey, task: ProbeTask) -> Entrance:
    """Press 在线办理 in one step, and keep the way that it leads, however it ends."""
    mark = None
    with journey.step(PRESS):
        try:
            journey.portal.open_guide(journey.browser, journey.site, task.code)
            mark = len(journey.trail)
            return journey.portal.start_application(journey.browser, journey.site)
        except Obstacle as obstacle:
            if mark is not None:  # before that it is the guide's page that could not be used
                journey.note(entrance=kind_of_obstacle(obstacle.reason).value)
            raise
        finally:
            keep_way(journey, mark)


def keep_way(journey: Journey, mark: int | None) -> None:
    """Keep the documents between the button and the page where the way ends."""
    hops = journey.trail.since(mark) if mark is not None else ()
    for number, hop in enumerate(hops, start=1):
        journey.add_row(describe_hop(number, hop, journey))
    if hops:
        journey.note(redirects=len(hops) - 1, end_host=hops[-1].host)


def describe_hop(number: int, hop: Hop, journey: Journey) -> ObservedRow:
    """Describe one answer; which part of the platform answered is told by its role."""
    role = journey.site.role_of(hop.place)
    return ObservedRow(
        kind="hop", asked=hop.place, seen=f"HTTP {hop.status}", measures={"number": number, "role": role or "outside"}
    )


def without_entry(journey: Journey, task: ProbeTask) -> ProbeResult:
    """Judge a guide page without 在线办理: a fault only where the guide itself declares it."""
    if not task.declared_online:
        raise NotOffered("该事项没有在线办理入口")
    doubt_absence(journey, "online_word")
    journey.note(entrance=EntranceKind.MISSING.value)
    return ProbeResult(
        outcome=Outcome.FAIL, failure=FailureReason.NOT_OPEN, reason="指南声明可网办，但页面没有在线办理入口"
    )


def opens_with_one_login(journey: Journey, task: ProbeTask, entrance: Entrance) -> bool | None:
    """Say whether one provincial login opens the item; ``None``: it asks for no login, or nobody could try."""
    if entrance.kind is not EntranceKind.LOGIN_UNIFIED:
        return False if entrance.asks_login else None
    if journey.account is None:
        return None
    behind: list[Entrance] = []
    with journey.side_step(SIGN_IN):
        behind.append(journey.sign_in())
        if behind[0].kind is EntranceKind.PORTAL_HOME:  # signed in, but sent home: the citizen presses once more
            journey.portal.open_guide(journey.browser, journey.site, task.code)
            behind[0] = journey.portal.start_application(journey.browser, journey.site)
    return judge_behind(behind[0]) if behind else None


def judge_behind(behind: Entrance) -> bool | None:
    """Judge what one login led to; an account that is not let in (a company's is wanted) tells nothing."""
    if behind.refused or behind.kind in (EntranceKind.APP_ONLY, EntranceKind.DOWNLOAD_ONLY):
        return None
    return not behind.asks_login


probes.register(
    Probe(
        id="online-entrance",
        title="在线办理入口",
        why="每个声明可网办的事项，按钮后面都应当有地方可办；跳到哪里、要登录几次，逐项看清。",
        source="methodology.md §3.2、§3.7 网上可办率、统一身份认证／单点登录；通知附件2第11、12、29项，附件3第26项",
        version=1,
        unit_of_value="",
        journey=look_at_entrance,
        applies=lambda task: task.declared_online is not False,
        passing="plain",
        failing="apply_not_open",
    )
)
