"""What a night is going to do, fixed before it starts and kept with the run, so that a resumed night does the same."""

from collections.abc import Mapping
from pathlib import Path

from domain.frozen import Frozen
from domain.guide import Guide
from domain.guide_fields import FieldName
from domain.known_facts import facts_of
from engine.settings import PlanSizes
from engine.visiting.search_plan import basis_of
from portals.citizen import Account
from portals.site import Overlay
from probes.probe import ProbeTask
from probes.search.query_kind import QueryKind
from probes.search.search_basis import SearchBasis

MAIN_PORTAL = "gdzwfw"
YES = "是"
FACES = "guide-faces"
PAGE_TIMES = "page-times"
ENTRANCE = "online-entrance"
THEME = "theme-service"
PACKAGE = "package"
DESK = "chatbot"
DESK_CONTROLS = "chatbot-controls"
CONTROLS_ITEM = "out-of-scope"  # stands where other tasks have an item
DESK_PORTALS = (MAIN_PORTAL, "yss")  # 粤商通 has no 智能客服
MOBILE_DESK_BODIES = 2
SEARCH = "keyword-search"
MOBILE_KINDS = (QueryKind.OFFICIAL, QueryKind.MAIN_PART, QueryKind.EVERYDAY, QueryKind.PLACE)  # right words only
APPLICATION = "online-application"
MOBILE_ENTRANCE = "mobile-entrance"
PORTAL_CONSISTENCY = "portal-consistency"
MOBILE_SIZES = PlanSizes(search=1, application=1, booking=1, faces=0, mobile=0, consistency=0, entrance=0, theme=0)


class SandboxOptions(Frozen):
    """How the sandbox of a run is started, and started again on resume."""

    size: str = "medium"
    seed: int = 2021
    corpus: str = "demo"
    faults: Path | None = None
    announcement: Path | None = None  # of a sandbox that runs already


class NightPlan(Frozen):
    """The plan of one night; stored as ``Run.settings``."""

    target: str  # sandbox | live
    period: str
    units: tuple[str, ...]  # unit ids, or ("all-listed",): a captured corpus has none of the 48 bodies
    portals: tuple[str, ...]
    overlays: Mapping[str, Overlay] = {}  # portal → tables of the owner's own site file, as they were that night
    portal_options: Mapping[str, tuple[str, ...]] = {}  # laid over the portals' own options, such as the region
    sizes: PlanSizes
    salt: str
    anchor_salt: str = "yuece"  # of the base items that are searched for in every period
    life_events: Mapping[str, tuple[str, ...]] = {}  # the owner's own list; none: the shipped one
    full: bool = False  # fetch every document, also those that seem unchanged
    addresses: bool = True  # look at the addresses that guides publish
    link_occasion_gap_h: float = 6.0  # kept with the run, so that judging it again counts occasions in the same way
    visit_occasion_gap_h: float = 0.0  # between two visits that count as two; 0: suspects are visited again at once
    rerun_of: str = ""  # the observation that this run makes again
    sandbox: SandboxOptions | None = None


class Stage(Frozen):
    """Where the portals are tonight: origins of the sandbox, or ``None`` for the real hosts."""

    origins: dict[str, str] | None
    account: Account | None


def task_for(guide: Guide, probe_id: str, salt: str = "") -> ProbeTask:
    """Turn a guide into a probe's task, with what the guide declares."""
    return ProbeTask(
        portal=guide.portal,
        unit=guide.unit,
        probe_id=probe_id,
        item_id=guide.item_id,
        code=guide.code,
        title=guide.title,
        declared_online=_declared(guide, FieldName.ONLINE),
        declared_bookable=_declared(guide, FieldName.BOOKABLE),
        online_url=guide.text(FieldName.ONLINE_URL),
        known=facts_of(guide),
        salt=salt,
        search=basis_of(guide) if probe_id == SEARCH else SearchBasis(),
    )


def _declared(guide: Guide, name: FieldName) -> bool | None:
    text = guide.text(name)
    return None if not text else text == YES
