"""Looks at what is known to work, so that trouble of our own line, machine or clock never becomes a portal's fault.

A control is made when a probe found a fault: the portal's home page, a guide that opened tonight and, where one is
known, the same service on another item. It is kept as an observation of its own and never scored.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from string import Formatter

from domain.failure import BLAME, REASON_TITLES_ZH, FailureReason
from domain.outcome import Outcome
from portals.citizen import Obstacle
from portals.site import Site
from probes.browser.playwright_browser import PlaywrightBrowser
from probes.journey import Journey
from probes.probe import Probe, ProbeResult, ProbeTask, probes

CONTROL = "control"
HOME = "对照：打开门户首页"
GUIDE = "对照：打开另一事项的办事指南"
SERVICE = "对照：在另一事项上使用同一服务"
SKEW_MAX_S = 300
"""A clock that is further off than this may show yesterday's calendar."""
CLOCK = """async () => {
  const answer = await fetch(location.href, {method: 'HEAD', cache: 'no-store'});
  return answer.headers.get('Date') || '';
}"""


def look_at_known_good(journey: Journey, task: ProbeTask) -> ProbeResult:
    """Open home page, guide and service of a known good item; an obstacle on the way is the result."""
    family = family_of(task)
    service = SERVICES.get(family)
    journey.plan(HOME, *((GUIDE,) if task.code else ()), *((SERVICE,) if service and task.code else ()))
    with journey.step(HOME):
        journey.browser.open(home_address(journey.site))
        journey.browser.settle()
    skew_s = clock_skew_s(journey)
    journey.note(clock_skew_s=skew_s)
    if skew_s is not None and abs(skew_s) > SKEW_MAX_S:
        reason = FailureReason.CLOCK
        said = f"{REASON_TITLES_ZH[reason]}：门户比本机{'快' if skew_s > 0 else '慢'} {abs(skew_s):.0f} 秒"
        return ProbeResult(outcome=BLAME[reason], failure=reason, reason=said)
    if task.code:
        with journey.step(GUIDE):
            journey.portal.open_guide(journey.browser, journey.site, task.code)
    if task.code and service is not None:
        with journey.step(SERVICE):
            service(journey, task)
    return ProbeResult(outcome=Outcome.PASS, reason="首页和已知正常的事项均可使用，本方网络和浏览器正常")


def search_known(journey: Journey, task: ProbeTask) -> None:
    """Search the known item; a search without a single result is no healthy search."""
    if not journey.portal.search(journey.browser, journey.site, task.title):
        raise Obstacle(FailureReason.EMPTY_ANSWER, "检索另一事项同样没有结果")


def enter_known(journey: Journey, task: ProbeTask) -> None:
    """Press 在线办理 of the known item, and go no further."""
    journey.portal.start_application(journey.browser, journey.site)


def book_known(journey: Journey, task: ProbeTask) -> None:
    """Look at the calendar of the known item."""
    journey.portal.open_booking(journey.browser, journey.site, task.code)


SERVICES: dict[str, Callable[[Journey, ProbeTask], None]] = {
    "keyword-search": search_known,
    "online-application": enter_known,
    "online-entrance": enter_known,
    "booking-calendar": book_known,
}
"""Probe id → what of it can be looked at on another item at little cost; other probes have home page and guide."""


def control_task(suspect: ProbeTask, known: ProbeTask | None, *, same_service: bool, mark: str) -> ProbeTask:
    """Make the control of a suspect; ``known`` is an item that worked tonight, ``mark`` makes the key unique."""
    family = suspect.probe_id if same_service else "guide"
    return ProbeTask(
        portal=suspect.portal,
        unit=None,
        probe_id=CONTROL,
        item_id=f"{family}@{mark}",
        code=known.code if known else "",
        title=known.title if known else "",
        online_url=known.online_url if known else "",
    )


def family_of(task: ProbeTask) -> str:
    """Name the probe whose service a control looks at."""
    return task.item_id.partition("@")[0]


def home_address(site: Site) -> str:
    """Build the address of the portal's home page, for the first region that is configured."""
    role = next(iter(site.hosts))
    names = {name for _, name, _, _ in Formatter().parse(site.paths["home"]) if name}
    region = site.options.get("region", "")
    first = region if isinstance(region, str) else region[0]
    return site.url(role, "home", **dict.fromkeys(names, first))


def clock_skew_s(journey: Journey) -> float | None:
    """Return how many seconds the portal's clock is ahead of ours; ``None`` when it does not tell."""
    browser = journey.browser
    if not isinstance(browser, PlaywrightBrowser):
        return None
    try:
        told = str(browser.reader.ask(CLOCK))
        at = parsedate_to_datetime(told)
    except (Obstacle, ValueError, TypeError):
        return None
    return round((at.replace(tzinfo=at.tzinfo or UTC) - datetime.now(UTC)).total_seconds(), 1)


probes.register(
    Probe(
        id=CONTROL,
        title="对照探测",
        why="自己的网络、浏览器或时钟有问题时，不能说别人的服务坏了。",
        source="docs/fairness.md；methodology.md §3.2",
        version=1,
        unit_of_value="",
        journey=look_at_known_good,
        applies=lambda task: True,
        passing="plain",
        failing="portal_down",
        docs="docs/fairness.md",
    )
)
