"""Looks for a themed service (一件事), opens what it links, and walks its joint application up to the confirm page."""

from domain.failure import REASON_TITLES_ZH, FailureReason
from domain.measure_name import MeasureName
from domain.observation import ObservedRow
from portals.citizen import NotOffered, Obstacle, SearchHit, ThemeLink, ThemePage
from probes.application.dry_run import reach_confirm
from probes.journey import Journey
from probes.probe import Probe, ProbeResult, ProbeTask, probes
from probes.services.theme_demands import Demand, ThemeCheck, answers, conclude

SEARCH = "检索主题名称"
LIST = "打开主题式服务列表"
OPEN = "打开主题页"
GUIDE = "打开合并的办事指南"
FOUND_WITHIN = 10  # places of the search
LINKS_MAX = 12
ITEMS_MIN = 2
PACKAGE = "package"


def use_theme(journey: Journey, task: ProbeTask) -> ProbeResult:
    """Find the service, open its page and everything on it, and try its one form."""
    journey.plan(OPEN, SEARCH, LIST)
    check = ThemeCheck()
    with journey.step(OPEN):
        page = journey.portal.open_theme(journey.browser, journey.site, task.code)
    check.found = find(journey, task, check)
    check.demands[Demand.TWO_ITEMS] = len(page.linked) >= ITEMS_MIN
    check.demands[Demand.LINKS_ANSWER] = open_links(journey, page, check)
    check.demands[Demand.ONE_GUIDE] = open_guide(journey, page, check)
    check.demands[Demand.ONE_FORM] = len(page.forms) == 1
    check.demands[Demand.CONFIRM] = try_form(journey, page, check)
    journey.note(
        linked_items=len(page.linked),
        merged_guides=len(page.guides),
        form_entries=len(page.forms),
        **{MeasureName.FOUND: check.found, MeasureName.USABLE: check.usable},
    )
    return conclude(check, len(page.linked))


def find(journey: Journey, task: ProbeTask, check: ThemeCheck) -> bool | None:
    """Say whether search or list show the service; one of them is enough."""
    shown: dict[str, bool | None] = {}
    for name, title in (("found_by_search", SEARCH), ("found_on_list", LIST)):
        hits: list[tuple[SearchHit, ...]] = []
        with journey.side_step(title) as met:
            hits.append(look_up(journey, task, name))
        check.met.extend(met)
        shown[name] = any(hit.code == task.code for hit in hits[0]) if hits else None
    journey.note(**shown)
    if True in shown.values():
        return True
    return None if None in shown.values() else False


def look_up(journey: Journey, task: ProbeTask, name: str) -> tuple[SearchHit, ...]:
    """Return what the search or the list shows; a portal that has no list shows nothing there."""
    if name == "found_by_search":
        return journey.portal.search(journey.browser, journey.site, task.title)[:FOUND_WITHIN]
    try:
        return journey.portal.list_themes(journey.browser, journey.site)
    except NotOffered:
        return ()


def open_links(journey: Journey, page: ThemePage, check: ThemeCheck) -> bool | None:
    """Open every linked item; say whether all of them answer."""
    seen = [open_link(journey, link, check) for link in page.linked[:LINKS_MAX]]
    journey.note(links_answering=seen.count(True), links_dead=seen.count(False))
    if False in seen:
        return False
    return True if seen and None not in seen else None


def open_link(journey: Journey, link: ThemeLink, check: ThemeCheck) -> bool | None:
    """Open one linked item in a step of its own and keep a row about it."""
    with journey.side_step(f"打开联办事项：{link.title}") as met:
        journey.portal.open_theme_link(journey.browser, journey.site, link.url)
    obstacle = met[0] if met else None
    alive = answers(obstacle)
    if alive is None:
        check.met.extend(met)
    journey.add_row(
        ObservedRow(
            kind="linked",
            asked=link.title,
            expected="打得开",
            seen="打得开" if obstacle is None else REASON_TITLES_ZH[obstacle.reason],
            grade=None if alive is None else float(alive),
            measures={"url": link.url.partition("?")[0]},
        )
    )
    return alive


def open_guide(journey: Journey, page: ThemePage, check: ThemeCheck) -> bool | None:
    """Say whether the service has one guide for all of it, and whether that opens."""
    if len(page.guides) != 1:
        return False
    with journey.side_step(GUIDE) as met:
        journey.portal.open_theme_link(journey.browser, journey.site, page.guides[0])
    check.met.extend(met)
    return answers(met[0] if met else None)


def try_form(journey: Journey, page: ThemePage, check: ThemeCheck) -> bool | None:
    """Walk the form up to the confirm page; a service with several forms has none of its own to walk."""
    if len(page.forms) != 1:
        return None
    try:
        journey.note(**{MeasureName.PAGES: reach_confirm(journey, page.forms[0])})
    except Obstacle as obstacle:
        if obstacle.reason is FailureReason.BROWSER_CRASHED:
            raise
        check.met.append(obstacle)
        check.form_obstacle = obstacle
        return answers(obstacle)
    return True


def is_package(task: ProbeTask) -> bool:
    """Say whether a guide is that of a themed service."""
    return task.known.kind == PACKAGE


probes.register(
    Probe(
        id="theme-service",
        title="主题式服务",
        why="一件事只有一个页面、几条链接，不算办成；要找得到、打得开、一次申办到底。",
        source="methodology.md §3.6 D18/C12、§3.7 主题式服务；通知附件2第18项、附件3第12项",
        version=1,
        unit_of_value="个联办事项",
        journey=use_theme,
        applies=is_package,
        passing="plain",
        failing="theme_dead_link",
    )
)
