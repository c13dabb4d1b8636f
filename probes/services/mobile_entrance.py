"""Looks for an item with a telephone: the address that its guide gives, and the platforms 粤省事 and 粤商通."""

from domain.entrance import EntranceKind
from domain.failure import FailureReason
from portals.citizen import NotOffered, Obstacle
from portals.mobile_address import open_mobile_address
from probes.faces.guide_faces import is_main_portal
from probes.journey import Journey, OtherPortal
from probes.probe import Probe, ProbeResult, ProbeTask, probes
from probes.search.search_gain import gain
from probes.services.mobile_entry import DECLARED, Declaration, MobileEntry, conclude, read_declaration

OPEN_ADDRESS = "用手机大小的窗口打开指南声明的移动端地址"
SEARCH = "在{}检索该事项"
OPEN_SERVICE = "打开{}的服务页面"
PRESS = "点击{}的“在线办理”"
SAME_ITEM = 3  # gain of the item itself, see search_gain.py


def look_for_mobile_entrances(journey: Journey, task: ProbeTask) -> ProbeResult:
    """Try the declared address, then each platform; what one of them lacks is said of that one alone."""
    declaration = read_declaration(task.known)
    journey.take_phone()
    entries = [try_address(journey, declaration)] if declaration.url else []
    for other in journey.companions:
        entry = try_platform(journey, task, other, declaration)
        entries += [entry] if entry is not None else []
    return conclude(entries, declaration)


def try_address(journey: Journey, declaration: Declaration) -> MobileEntry:
    """Open the address that the guide gives; a page that says it has no such service breaks the promise."""
    entry = MobileEntry(kind=DECLARED, title="指南声明的地址", asked=declaration.url, declared=True)
    with journey.side_step(OPEN_ADDRESS) as met:
        kind = open_mobile_address(journey.browser, journey.site, declaration.url)
        entry = entry.model_copy(update={"opens": True, "entrance": kind, **measure_page(journey)})
    return blamed(entry, met)


def try_platform(journey: Journey, task: ProbeTask, other: OtherPortal, declaration: Declaration) -> MobileEntry | None:
    """Search the item on a platform, open it and press 在线办理; ``None`` for a platform that cannot be reached."""
    declared = declaration.names(title=other.title, origin=other.site.hosts.get(other.id, ""))
    entry = MobileEntry(kind=other.id, title=other.title, asked=task.title, declared=declared)
    try:
        with journey.side_step(SEARCH.format(other.title)) as met:
            hits = other.citizen.search(journey.browser, other.site, task.title)
            rank = next((hit.rank for hit in hits if gain(hit.code, task.code) == SAME_ITEM), None)
            entry = entry.model_copy(update={"searched": True, "rank": rank})
    except NotOffered:
        return None
    return blamed(entry, met) if met else open_service(journey, task, other, entry)


def open_service(journey: Journey, task: ProbeTask, other: OtherPortal, entry: MobileEntry) -> MobileEntry:
    """Open the service's page by its code, so that a search that failed is told from a service that is not there."""
    try:
        with journey.side_step(OPEN_SERVICE.format(other.title)) as met:
            page = other.citizen.open_guide(journey.browser, other.site, task.code)
            entry = entry.model_copy(update={"opens": True, **measure_page(journey)})
    except NotOffered:
        missing = {"carried": False, "opens": False if entry.declared else None}
        trouble = {"trouble": FailureReason.ABSENT, "said": "指南已声明，平台却没有此服务"} if entry.declared else {}
        return entry.model_copy(update={**missing, **trouble})
    if met:
        return blamed(entry, met)
    if entry.rank is None:
        said = "服务页面可以打开，但用事项名称检索不到"
        return entry.model_copy(update={"trouble": FailureReason.NOT_FOUND_IN_SEARCH, "said": said})
    return press_online(journey, other, entry) if page.online_entry else entry


def press_online(journey: Journey, other: OtherPortal, entry: MobileEntry) -> MobileEntry:
    """Press 在线办理 on the open service page and see where it leads; nothing is signed in or filled in."""
    with journey.side_step(PRESS.format(other.title)) as met:
        entrance = other.citizen.start_application(journey.browser, other.site)
        entry = entry.model_copy(update={"entrance": EntranceKind(entrance.kind)})
    return blamed(entry, met)


def measure_page(journey: Journey) -> dict[str, int | bool]:
    """Measure how the open page suits a telephone."""
    return {
        "sideways_px": journey.sideways_px(),
        "scaled": journey.browser.count("meta[name=viewport]") > 0,
    }


def blamed(entry: MobileEntry, met: list[Obstacle]) -> MobileEntry:
    """Return the entry with what kept the citizen out, where something did."""
    if not met:
        return entry
    update = {"opens": entry.opens or False, "trouble": met[0].reason, "said": str(met[0])}
    return entry.model_copy(update=update)


probes.register(
    Probe(
        id="mobile-entrance",
        title="移动端入口",
        why="指南写着手机能办，手机上却找不到、打不开或要左右滑动，等于不能办。",
        source="methodology.md §3.6 D19/C13、§3.7 移动端；通知附件2第19项、附件3第13项",
        version=1,
        unit_of_value="个入口可用",
        journey=look_for_mobile_entrances,
        applies=is_main_portal,
        passing="plain",
        failing="mobile_gone",
    )
)
